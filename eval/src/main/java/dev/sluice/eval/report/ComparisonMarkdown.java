package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A comparison as Markdown with tables as GitHub has them: a row for each system, and what may be said of each difference. */
public final class ComparisonMarkdown {
  private static final double ALPHA = 0.05;
  private static final int MOST_TYPES = 50;

  private final ComparisonData data;
  private final StringBuilder out = new StringBuilder();

  private ComparisonMarkdown(ComparisonData data) {
    this.data = data;
  }

  /** The text, ending with a line feed. */
  public static String of(ComparisonData data) {
    return new ComparisonMarkdown(data).write();
  }

  private String write() {
    JsonNode baseline = data.systems().get(0);
    line(
        "# Comparison with "
            + escape(data.name(0))
            + ", "
            + escape(baseline.path("part").asText()));
    line("");
    line(
        Figures.count(data.json().path("sentences").asLong(), "sentence")
            + ". Signature: `"
            + Visible.of(data.json().path("signature").asText()).replace('`', '\'')
            + "`");
    line("");
    systems();
    line("");
    for (JsonNode pair : data.pairs()) {
      if (!pair.has("types")) continue; // not with the baseline
      VerdictMark mark = VerdictMark.of(pair);
      line(
          "- "
              + mark.sign()
              + " **"
              + mark.word()
              + "**: "
              + escape(pair.path("sentence").asText())
              + ". "
              + escape(pair.path("wins").asText())
              + ".");
    }
    types();
    if (data.systems().size() > 2) pairs();
    notes();
    return out.toString();
  }

  private void systems() {
    List<String> heads =
        new ArrayList<>(List.of("System", SystemsTable.headline(data), "95 % interval"));
    heads.addAll(List.of("Difference", "its 95 % interval", "Verdict"));
    if (data.isSpans()) heads.addAll(List.of("P", "R"));
    heads.addAll(List.of("Sentences right", "Runs"));
    row(heads.stream().map(ComparisonMarkdown::escape).toList());
    row(
        heads.stream()
            .map(head -> head.equals("System") || head.equals("Verdict") ? "---" : "--:")
            .toList());
    for (int i = 0; i < data.systems().size(); i++) {
      JsonNode system = data.systems().get(i);
      List<String> cells = new ArrayList<>();
      cells.add(escape(data.name(i)));
      cells.add(SystemsTable.score(system));
      cells.add(SystemsTable.interval(system));
      if (i == 0) {
        cells.addAll(List.of("", "", "baseline"));
      } else {
        JsonNode pair = data.pair(0, i);
        cells.add(SystemsTable.difference(pair, 1));
        cells.add(SystemsTable.interval(pair, 1));
        cells.add(VerdictMark.of(pair).sign() + " " + VerdictMark.of(pair).word());
      }
      if (data.isSpans()) {
        var micro = Figures.counts(system.path("micro"));
        cells.addAll(List.of(micro.precision().percent(), micro.recall().percent()));
      }
      cells.add(Figures.ratio(system.path("sentenceAccuracy")).percent());
      cells.add(system.path("runs").asText());
      row(cells);
    }
  }

  /** The types that differ from the baseline for sure. */
  private void types() {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode pair : data.pairs())
      for (JsonNode row : pair.path("types")) {
        if (row.path("p").asDouble() >= ALPHA) continue;
        rows.add(
            List.of(
                escape(pair.path("second").asText()),
                escape(row.path("type").asText()),
                Figures.percent(Figures.score(row.path("first"))),
                Figures.percent(Figures.score(row.path("second"))),
                SystemsTable.difference(row, 1),
                SystemsTable.interval(row, 1),
                escape(Figures.p(row.path("p")))));
      }
    if (rows.isEmpty()) return;
    line("");
    row(
        List.of(
            "System",
            data.isSpans() ? "Type" : "Label",
            "Baseline F1",
            "F1",
            "Difference",
            "95 % interval",
            "p (Holm)"));
    row(List.of("---", "---", "--:", "--:", "--:", "--:", "--:"));
    rows.subList(0, Math.min(MOST_TYPES, rows.size())).forEach(this::row);
    if (rows.size() > MOST_TYPES)
      line("\n" + Figures.count(rows.size() - MOST_TYPES, "more row") + " left out.");
  }

  /** Every two systems. */
  private void pairs() {
    line("");
    row(List.of("Pair", "Difference", "95 % interval", "p (Holm)", "Verdict"));
    row(List.of("---", "--:", "--:", "--:", "---"));
    for (JsonNode pair : data.pairs()) {
      VerdictMark mark = VerdictMark.of(pair);
      row(
          List.of(
              escape(pair.path("second").asText()) + " − " + escape(pair.path("first").asText()),
              SystemsTable.difference(pair, 1),
              SystemsTable.interval(pair, 1),
              escape(Figures.p(pair.path("p"))),
              mark.sign() + " " + mark.word()));
    }
  }

  /** What the figures are. */
  private void notes() {
    JsonNode tests = data.json().path("tests");
    line("");
    line(
        "p: paired approximate randomisation over "
            + data.json().at("/unit/kind").asText("sentence")
            + "s, after Holm's correction for "
            + Figures.count(tests.path("pairs").asLong(), "pair")
            + " and for "
            + Figures.count(tests.path("types").asLong(), "test")
            + " of types. sd: the standard deviation of single runs over seeds; the interval of several runs is that of their mean.");
  }

  private static String escape(String text) {
    return MarkdownReport.escape(text);
  }

  private void row(List<String> cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
