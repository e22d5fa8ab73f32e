package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A comparison as Markdown with tables as GitHub has them: a row for each system, and what may be said of each difference. */
public final class ComparisonMarkdown {
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
              + ".");
    }
    if (data.systems().size() > 2) pairs();
    return out.toString();
  }

  private void systems() {
    List<String> heads = new ArrayList<>(List.of("System", data.headline(), "95 % interval"));
    heads.addAll(List.of("Difference", "Verdict"));
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
        cells.addAll(List.of("", "baseline"));
      } else {
        JsonNode pair = data.pair(0, i);
        cells.add(Figures.points(pair.path("difference").asDouble()));
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

  /** Every two systems. */
  private void pairs() {
    line("");
    row(List.of("Pair", "Difference", "p (Holm)", "Verdict"));
    row(List.of("---", "--:", "--:", "---"));
    for (JsonNode pair : data.pairs()) {
      VerdictMark mark = VerdictMark.of(pair);
      row(
          List.of(
              escape(pair.path("second").asText()) + " − " + escape(pair.path("first").asText()),
              Figures.points(pair.path("difference").asDouble()),
              escape(Figures.p(pair.path("p"))),
              mark.sign() + " " + mark.word()));
    }
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
