package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.metrics.Gate;
import dev.sluice.metric.Counts;
import java.util.List;
import java.util.Map;

/** The report as Markdown with tables as GitHub has them: headline, warnings, a row per type, all other scores, and the kinds of mistakes. */
public final class MarkdownReport {
  private static final String SPECIAL = "\\`*_{}[]<>()#+-!|~&$";

  private final ReportData data;
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport(ReportData data) {
    this.data = data;
  }

  /** The text, ending with a line feed. */
  public static String of(ReportData data) {
    return new MarkdownReport(data).write();
  }

  private String write() {
    line("# " + escape(data.name()) + ", " + escape(data.partName()));
    line("");
    line("**" + escape(Summary.headline(data)) + "** on " + escape(Summary.size(data)));
    line("");
    line("Signature: `" + Visible.of(data.signature()).replace('`', '\'') + "`");
    if (!Summary.intervals(data).isEmpty()) {
      line("");
      line(escape(Summary.intervals(data)) + ".");
    }
    verdicts();
    List<String> warnings = Summary.warnings(data);
    if (!warnings.isEmpty()) line("");
    for (String warning : warnings) line("- " + escape(warning));
    types(Summary.typeWord(data), TypeRow.types(data), Average.of(data));
    if (!TypeRow.intents(data).isEmpty()) types("Intent", TypeRow.intents(data), List.of());
    parts("Part", PartRow.parts(data));
    parts(data.document().path("groups").path("by").asText(), PartRow.groups(data));
    measures();
    partlyRight();
    errors();
    return out.toString();
  }

  private void verdicts() {
    if (data.verdicts().isEmpty() && data.baseline().isEmpty()) return;
    line("");
    for (Gate.Verdict verdict : data.verdicts()) line("- " + escape(verdict.line()));
    data.baseline().ifPresent(before -> line("- " + escape(Summary.difference(data, before))));
  }

  private void types(String word, List<TypeRow> rows, List<Average> averages) {
    boolean compared = data.baseline().isPresent();
    line("");
    String more = compared ? " Δ |" : "";
    line(
        "| "
            + word
            + " | P | R | F1 | "
            + Summary.level(data)
            + " interval |"
            + more
            + " Support | Predicted | TP | FP | FN |");
    line("|---|--:|--:|--:|--:|" + (compared ? "--:|" : "") + "--:|--:|--:|--:|--:|");
    for (TypeRow row : rows) {
      Counts c = row.counts();
      String few = row.few() ? " †" : "";
      cells(
          escape(row.name()) + few,
          c.precision().percent(),
          c.recall().percent(),
          c.f1().percent(),
          row.f1().map(Range::percent).orElse(""));
      if (compared) cell(row.points());
      counts(c);
    }
    for (Average a : averages) {
      cells(
          "**" + a.name() + "**",
          a.precision(),
          a.recall(),
          a.f1(),
          a.interval().map(Range::percent).orElse(""));
      if (compared) cell(Summary.pointsOf(data, a));
      if (a.counts().isPresent()) counts(a.counts().get());
      else line(" | | | | | |");
    }
    if (rows.stream().anyMatch(TypeRow::few)) {
      line("");
      line("† fewer than " + TypeRow.FEW + " gold cases");
    }
  }

  private void counts(Counts c) {
    cell(Figures.count(c.gold()));
    cell(Figures.count(c.predicted()));
    cell(Figures.count(c.truePositives()));
    cell(Figures.count(c.falsePositives()));
    cell(Figures.count(c.falseNegatives()));
    line(" |");
  }

  private void measures() {
    line("");
    line("| Score | Value | " + Summary.level(data) + " interval | Out of |");
    line("|---|--:|--:|--:|");
    for (Measure m : Measure.all(data)) {
      cells(escape(m.name()), m.percent(), m.interval().map(Range::percent).orElse(""), m.of());
      line(" |");
    }
  }

  private void parts(String word, List<PartRow> rows) {
    if (rows.isEmpty()) return;
    line("");
    String name = Measure.headline(data).name();
    line(
        "| "
            + escape(word)
            + " | "
            + name
            + " | "
            + Summary.level(data)
            + " interval | Sentences | Tokens |");
    line("|---|--:|--:|--:|--:|");
    for (PartRow row : rows) {
      Measure headline = row.headline();
      cells(escape(row.name()), headline.percent());
      cell(headline.interval().map(Range::percent).orElse(""));
      cells(Figures.count(row.sentences()), Figures.count(row.tokens()));
      line(" |");
    }
  }

  private void partlyRight() {
    JsonNode all = PartlyRight.all(data);
    if (!all.isObject()) return;
    line("");
    line("Partly right (SemEval-2013):");
    line("");
    line("| Counts as right | P | R | F1 | Correct | Incorrect | Partial | Missing | Spurious |");
    line("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (String measure : PartlyRight.MEASURES) {
      JsonNode s = all.path(measure);
      cell(PartlyRight.meaning(measure));
      for (String score : List.of("precision", "recall", "f1")) cell(PartlyRight.score(s, score));
      for (String count : List.of("correct", "incorrect", "partial", "missing", "spurious"))
        cell(Figures.count(s.path(count).asLong()));
      line(" |");
    }
    for (PartlyRight.View view : PartlyRight.views(data)) {
      line("");
      line("F1 by type, " + view.title() + ":");
      line("");
      line("| Type | " + String.join(" | ", PartlyRight.MEASURES) + " |");
      line("|---|--:|--:|--:|--:|");
      for (Map.Entry<String, JsonNode> type : view.types().properties()) {
        cell(escape(type.getKey()));
        for (String measure : PartlyRight.MEASURES) cell(PartlyRight.f1(type.getValue(), measure));
        line(" |");
      }
    }
  }

  private void errors() {
    JsonNode operations = data.analysis().path("errors").path("operations");
    if (operations.isEmpty()) return;
    line("");
    line("| Code | Kind | Count | Oracle F1 |");
    line("|---|---|--:|--:|");
    for (ErrorCode.Operation kind : ErrorCode.OPERATIONS) {
      for (JsonNode o : operations) {
        if (!o.path("operation").asText().equals(kind.name())) continue;
        boolean right = kind.letters().equals("C");
        String oracle = right ? "" : Figures.percent(Figures.score(o.path("oracleF1")));
        cells(kind.letters(), kind.meaning(), Figures.count(o.path("count").asLong()), oracle);
        line(" |");
      }
    }
  }

  private void cells(String... texts) {
    for (String text : texts) cell(text);
  }

  private void cell(String text) {
    out.append(out.charAt(out.length() - 1) == '\n' ? "| " : " | ").append(text);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** Text that stays text, whatever it holds. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : Visible.of(text).toCharArray()) {
      if (SPECIAL.indexOf(c) >= 0 && isMarkup(c, escaped)) escaped.append('\\');
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Some characters mean something only where a line begins. */
  private static boolean isMarkup(char c, StringBuilder before) {
    return switch (c) {
      case '-', '+', '#', '(', ')', '!' -> before.isEmpty();
      default -> true;
    };
  }
}
