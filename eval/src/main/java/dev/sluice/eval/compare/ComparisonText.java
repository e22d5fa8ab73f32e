package dev.sluice.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A comparison as text in lines of at most 100 columns: what each system scores, what may be said of each difference, and where each wins. */
public final class ComparisonText {
  private static final int MOST = 8;
  private static final double ALPHA = 0.05;

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
    TextTable table = new TextTable("system", "runs", headline, "95 % interval", "sentences right");
    for (JsonNode system : json.path("systems")) {
      JsonNode seeds = system.path("seeds");
      boolean several = seeds.isObject();
      table.row(
          system.path("name").asText(),
          system.path("runs").asText(),
          several
              ? percent(seeds.path("mean")) + " ± " + percent(seeds.path("deviation"))
              : percent(system.path("headline").path("value")),
          several
              ? "± " + percent(seeds.path("halfWidth")) + " over seeds"
              : interval(system.path("interval")),
          percent(system.path("sentenceAccuracy").path("value")));
    }
    text.append(table).append('\n');
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
    text.append("\n\n");
    types(pair);
    buckets(pair);
  }

  private void types(JsonNode pair) {
    TextTable table =
        new TextTable("type", "baseline", "other", "difference", "95 % interval", "p (Holm)");
    int shown = 0;
    for (JsonNode row : pair.path("types")) {
      if (shown == MOST || row.path("difference").asDouble() == 0) continue;
      shown++;
      table.row(
          row.path("type").asText(),
          percent(row.path("first")),
          percent(row.path("second")),
          signed(row.path("difference")),
          interval(row.path("interval")),
          Verdict.p(row.path("p").asDouble()).replace("= ", ""));
    }
    if (shown == 0) return;
    long sure =
        stream(pair.path("types")).stream().filter(r -> r.path("p").asDouble() < ALPHA).count();
    text.append(table)
        .append(
            sure == 0
                ? "no type differs for sure\n\n"
                : sure + (sure == 1 ? " type differs" : " types differ") + " for sure\n\n");
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
    TextTable table = new TextTable("pair", "difference", "p (Holm)", "verdict");
    for (JsonNode pair : json.path("pairs"))
      table.row(
          pair.path("second").asText() + " - " + pair.path("first").asText(),
          signed(pair.path("difference")),
          Verdict.p(pair.path("p").asDouble()).replace("= ", ""),
          switch (pair.path("verdict").asText()) {
            case "real" -> "real";
            case "belowSeedNoise" -> "below seed noise";
            default -> "unknown";
          });
    text.append(table);
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
}
