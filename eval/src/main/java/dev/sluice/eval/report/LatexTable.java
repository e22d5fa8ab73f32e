package dev.sluice.eval.report;

import dev.sluice.metric.Counts;
import java.util.List;

/** The scores by type as a {@code tabular} of LaTeX with the rules of the package booktabs, to be put into a table of a paper. Needs UTF-8 input. */
public final class LatexTable {
  private final ReportData data;
  private final boolean intervals;
  private final StringBuilder out = new StringBuilder();

  private LatexTable(ReportData data) {
    this.data = data;
    intervals = TypeRow.types(data).stream().anyMatch(row -> row.f1().isPresent());
  }

  /** The text, ending with a line feed; the headline and the signature stand above as comments. */
  public static String of(ReportData data) {
    return new LatexTable(data).write();
  }

  private String write() {
    line(
        "% "
            + comment(
                data.name()
                    + ", "
                    + data.partName()
                    + ": "
                    + Summary.headline(data)
                    + " on "
                    + Summary.size(data)));
    line("% " + comment(data.signature()));
    if (!Summary.intervals(data).isEmpty()) line("% " + comment(Summary.intervals(data)));
    line("\\begin{tabular}{l" + "r".repeat(intervals ? 5 : 4) + "}");
    line("\\toprule");
    String interval = intervals ? " & " + escape(Summary.level(data)) + " interval" : "";
    line(Summary.typeWord(data) + " & Precision & Recall & F$_1$" + interval + " & Support \\\\");
    line("\\midrule");
    for (TypeRow row : TypeRow.types(data)) {
      Counts c = row.counts();
      row(
          escape(row.name()),
          c.precision().percent(),
          c.recall().percent(),
          c.f1().percent(),
          row.f1().map(Range::percent).orElse(""),
          Figures.count(c.gold()));
    }
    List<TypeRow> intents = TypeRow.intents(data);
    if (!intents.isEmpty()) line("\\midrule");
    for (TypeRow row : intents) {
      Counts c = row.counts();
      row(
          escape(row.name()),
          c.precision().percent(),
          c.recall().percent(),
          c.f1().percent(),
          row.f1().map(Range::percent).orElse(""),
          Figures.count(c.gold()));
    }
    line("\\midrule");
    for (Average a : Average.of(data))
      row(
          a.name(),
          a.precision(),
          a.recall(),
          a.f1(),
          a.interval().map(Range::percent).orElse(""),
          a.counts().map(c -> Figures.count(c.gold())).orElse(""));
    line("\\bottomrule");
    line("\\end{tabular}");
    return out.toString();
  }

  private void row(
      String name, String precision, String recall, String f1, String interval, String support) {
    String middle = intervals ? " & " + interval.replace("–", "--") : "";
    line(
        name
            + " & "
            + precision
            + " & "
            + recall
            + " & "
            + f1
            + middle
            + " & "
            + support.replace(",", "{,}")
            + " \\\\");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String comment(String text) {
    return Visible.of(text);
  }

  /** Text that stays text. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : Visible.of(text).toCharArray()) {
      switch (c) {
        case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(c);
        case '\\' -> escaped.append("\\textbackslash{}");
        case '~' -> escaped.append("\\textasciitilde{}");
        case '^' -> escaped.append("\\textasciicircum{}");
        case '<' -> escaped.append("\\textless{}");
        case '>' -> escaped.append("\\textgreater{}");
        case '|' -> escaped.append("\\textbar{}");
        case '"' -> escaped.append("\\textquotedbl{}");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
