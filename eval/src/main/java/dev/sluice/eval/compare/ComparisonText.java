package dev.sluice.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.statistics.PairedUnits;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A comparison as text in lines of at most 100 columns: what each system scores, what may be said of each difference, and where each wins. */
public final class ComparisonText {
  private static final int MOST = 8;

  private final JsonNode json;
  private final StringBuilder text = new StringBuilder();

  private ComparisonText(JsonNode json) {
    this.json = json;
  }

  /** Renders a document of {@link Comparison}. */
  public static String of(JsonNode json) {
    ComparisonText text = new ComparisonText(json);
    text.systems();
    for (JsonNode pair : json.path("pairs")) if (pair.has("types")) text.pair(pair);
    if (json.path("systems").size() > 2) text.matrix();
    return text.text.toString();
  }

  private void systems() {
    String headline = json.path("systems").path(0).path("headline").path("name").asText();
    text.append(json.path("sentences").asLong())
        .append(" sentences, part ")
        .append(json.path("systems").path(0).path("part").asText())
        .append('\n')
        .append(json.path("signature").asText())
        .append("\n\n");
    boolean seeds = stream(json.path("systems")).stream().anyMatch(s -> s.path("seeds").isObject());
    TextTable table =
        new TextTable(
            "system",
            "runs",
            seeds ? headline + ", mean ± sd" : headline,
            "95 % interval",
            "sentences right");
    for (JsonNode system : json.path("systems")) {
      JsonNode its = system.path("seeds");
      boolean several = its.isObject();
      table.row(
          system.path("name").asText(),
          system.path("runs").asText(),
          several
              ? percent(its.path("mean")) + " ± " + percent(its.path("deviation"))
              : percent(system.path("headline").path("value")),
          several ? interval(its.path("interval")) : interval(system.path("interval")),
          percent(system.path("sentenceAccuracy").path("value")));
    }
    text.append(table);
    if (seeds)
      text.append(
              TextLines.wrap(
                  "",
                  "sd: the standard deviation of single runs (divided by n - 1); their interval is that of the mean over seeds,"
                      + " by Student's t; that of a single run is one over "
                      + json.at("/unit/kind").asText()
                      + "s, by the bootstrap"))
          .append('\n');
    text.append('\n');
  }

  private void pair(JsonNode pair) {
    text.append(TextLines.wrap("", pair.path("sentence").asText() + ".")).append('\n');
    JsonNode mcnemar = pair.path("mcnemar");
    text.append(
        TextLines.wrap(
            "  ",
            "sentences: "
                + mcnemar.path("onlySecond").asInt()
                + " right in "
                + pair.path("second").asText()
                + " alone, "
                + mcnemar.path("onlyFirst").asInt()
                + " in "
                + pair.path("first").asText()
                + " alone (McNemar p "
                + Verdict.p(mcnemar.path("p").asDouble())
                + ")"));
    text.append('\n').append(TextLines.wrap("  ", pair.path("wins").asText())).append("\n\n");
    types(pair);
    buckets(pair);
  }

  private void types(JsonNode pair) {
    TextTable table =
        new TextTable(
            "type", "baseline", "other", "difference", "95 % interval", "p (Holm)", "differing");
    int shown = 0;
    for (JsonNode row : pair.path("types")) {
      if (shown == MOST || row.path("difference").asDouble() == 0) continue;
      shown++;
      table.row(
          row.path("type").asText(),
          percent(row.path("first")),
          percent(row.path("second")),
          signed(row.path("difference")),
          signedInterval(row.path("interval")),
          Verdict.p(row.path("p").asDouble()).replace("= ", ""),
          row.path("differing").asText());
    }
    if (shown == 0) return;
    text.append(table)
        .append(
            TextLines.wrap(
                "",
                "p after Holm's correction for "
                    + tests("types")
                    + (json.path("systems").size() > 2
                        ? " of types, all systems with the baseline"
                        : " of types")
                    + "; differing: "
                    + json.at("/unit/kind").asText()
                    + "s whose counts differ, below "
                    + PairedUnits.FEW_DIFFERING
                    + " of them an interval alone shows too much"))
        .append("\n\n");
  }

  /** "12 tests". */
  private String tests(String of) {
    long n = json.path("tests").path(of).asLong();
    return n + (n == 1 ? " test" : " tests");
  }

  private void buckets(JsonNode pair) {
    List<String[]> rows = new ArrayList<>();
    for (JsonNode set : pair.path("buckets"))
      for (JsonNode row : set.path("rows"))
        rows.add(
            new String[] {
              set.path("title").asText() + ": " + row.path("name").asText(),
              row.path("gold").asText(),
              percent(row.path("first")),
              percent(row.path("second")),
              signed(row.path("difference"))
            });
    rows.removeIf(row -> row[4].equals("+0.00") || row[4].equals("-0.00"));
    rows.sort(Comparator.comparingDouble(row -> -Math.abs(Double.parseDouble(row[4]))));
    if (rows.isEmpty()) return;
    TextTable table = new TextTable("where", "gold", "baseline", "other", "difference");
    for (String[] row : rows.subList(0, Math.min(MOST, rows.size()))) table.row(row);
    text.append(table).append('\n');
  }

  /** Every system against every other one. */
  private void matrix() {
    TextTable table = new TextTable("pair", "difference", "95 % interval", "p (Holm)", "verdict");
    for (JsonNode pair : json.path("pairs"))
      table.row(
          pair.path("second").asText() + " - " + pair.path("first").asText(),
          signed(pair.path("difference")),
          signedInterval(pair.path("interval")),
          Verdict.p(pair.path("p").asDouble()).replace("= ", ""),
          switch (pair.path("verdict").asText()) {
            case "real" -> "real";
            case "belowSeedNoise" -> "below seed noise";
            default -> "unknown";
          });
    text.append(table).append("p after Holm's correction for " + tests("pairs") + " of pairs\n");
  }

  private static List<JsonNode> stream(JsonNode array) {
    List<JsonNode> rows = new ArrayList<>();
    array.forEach(rows::add);
    return rows;
  }

  private static String percent(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.2f", 100 * value.asDouble()) : "n/a";
  }

  private static String signed(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%+.2f", 100 * value.asDouble()) : "n/a";
  }

  private static String interval(JsonNode interval) {
    return interval.isObject()
        ? percent(interval.path("low")) + " to " + percent(interval.path("high"))
        : "n/a";
  }

  /** The interval of a difference. */
  private static String signedInterval(JsonNode interval) {
    return interval.isObject()
        ? signed(interval.path("low")) + " to " + signed(interval.path("high"))
        : "n/a";
  }
}
