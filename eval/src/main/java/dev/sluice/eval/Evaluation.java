package dev.sluice.eval;

import dev.sluice.label.Detection;
import dev.sluice.metric.CalibrationTable;
import dev.sluice.metric.Counts;
import dev.sluice.metric.ScoreTable;
import dev.sluice.metric.Scores;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an evaluation found. */
public final class Evaluation {
  private final Detection scheme;
  private final List<Part> parts;
  private final Part pooled;
  private final MetricsJson metrics;

  /**
   * What an evaluation found.
   *
   * @param modelSha256 the model, when it is ours
   * @param scheme how the gold tags were read and why
   * @param parts the files
   * @param pooled all files together
   */
  Evaluation(Optional<String> modelSha256, Detection scheme, List<Part> parts, Part pooled) {
    this.scheme = scheme;
    this.parts = List.copyOf(parts);
    this.pooled = pooled;
    metrics = MetricsJson.of(modelSha256, parts, Optional.of(pooled));
  }

  /** The files. */
  public List<Part> parts() {
    return parts;
  }

  /** All files together. */
  public Part pooled() {
    return pooled;
  }

  /** The numbers. */
  public MetricsJson metrics() {
    return metrics;
  }

  /** How the gold tags were read, without a line end. */
  public String note() {
    return TextLines.wrap("scheme of the gold tags: ", scheme.scheme() + ", " + scheme.reason());
  }

  /** A row per file and one for all. */
  public String fileTable() {
    Scores.Kind kind = pooled.scores().kind();
    List<String> header = new ArrayList<>(List.of("file", "sentences"));
    if (kind != Scores.Kind.SENTENCES) header.add("tokens");
    if (kind == Scores.Kind.SPANS) header.addAll(List.of("precision", "recall"));
    header.add(pooled.scores().headlineName());
    if (pooled.scores().hasFrames())
      header.addAll(List.of(Scores.INTENT_ACCURACY, Scores.WHOLE_FRAMES));
    if (pooled.unlabelled() > 0) header.add("unlabelled");
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Part part : parts) table.row(row(part));
    table.rule();
    table.row(row(pooled));
    return table.toString();
  }

  private String[] row(Part part) {
    Scores scores = part.scores();
    List<String> row = new ArrayList<>(List.of(part.name(), Long.toString(scores.sentences())));
    if (scores.kind() != Scores.Kind.SENTENCES) row.add(Long.toString(scores.tokens()));
    if (scores.kind() == Scores.Kind.SPANS) {
      Counts micro = scores.byType().micro();
      row.add(micro.precision().percent());
      row.add(micro.recall().percent());
    }
    row.add(scores.headline().percent());
    if (pooled.scores().hasFrames())
      row.addAll(List.of(scores.intentAccuracy().percent(), scores.sentenceAccuracy().percent()));
    if (pooled.unlabelled() > 0) row.add(Long.toString(part.unlabelled()));
    return row.toArray(String[]::new);
  }

  /** Everything as text: the note, a table of the files when there are several, the scores of all together, what was left out, and the calibration. */
  public String report() {
    StringBuilder text = new StringBuilder();
    if (pooled.scores().kind() == Scores.Kind.SPANS) text.append(note()).append("\n\n");
    if (parts.size() > 1) text.append(fileTable()).append('\n');
    text.append(ScoreTable.report(pooled.scores()));
    if (pooled.unlabelled() > 0)
      text.append("sentences without gold labels, not scored: ")
          .append(pooled.unlabelled())
          .append('\n');
    pooled
        .skipped()
        .forEach(
            (reason, n) ->
                text.append("left out, ").append(reason).append(": ").append(n).append('\n'));
    CalibrationTable table = new CalibrationTable();
    pooled.calibration().ifPresent(c -> table.add("", c));
    if (!table.isEmpty()) text.append('\n').append(table);
    return text.toString();
  }
}
