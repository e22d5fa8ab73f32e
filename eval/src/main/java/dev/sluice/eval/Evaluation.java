package dev.sluice.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.metrics.Baseline;
import dev.sluice.eval.metrics.Grouped;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.metrics.Part;
import dev.sluice.label.Detection;
import dev.sluice.metric.CalibrationTable;
import dev.sluice.metric.Counts;
import dev.sluice.metric.ScoreTable;
import dev.sluice.metric.Scores;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What an evaluation found. */
public final class Evaluation {
  private static final int WIDEST_VALUE = 40;

  private final Detection scheme;
  private final List<Part> parts;
  private final Part pooled;
  private final Optional<Grouped> groups;
  private final Optional<Baseline> baseline;
  private final MetricsJson metrics;

  /**
   * What an evaluation found.
   *
   * @param modelSha256 the model, when it is ours
   * @param scheme how the gold tags were read and why
   * @param parts the files
   * @param pooled all files together
   * @param groups the same divided by the values of a column
   * @param baseline earlier scores that mean the same
   */
  Evaluation(
      Optional<String> modelSha256,
      Detection scheme,
      List<Part> parts,
      Part pooled,
      Optional<Grouped> groups,
      Optional<Baseline> baseline) {
    this.scheme = scheme;
    this.parts = List.copyOf(parts);
    this.pooled = pooled;
    this.groups = groups;
    metrics = MetricsJson.of(modelSha256, parts, Optional.of(pooled));
    groups.ifPresent(metrics::withGroups);
    this.baseline = baseline;
    baseline.ifPresent(metrics::withBaseline);
  }

  /** The files. */
  public List<Part> parts() {
    return parts;
  }

  /** All files together. */
  public Part pooled() {
    return pooled;
  }

  /** The same divided by the values of a column, when one was named. */
  public Optional<Grouped> groups() {
    return groups;
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
    return table("file", parts, "/parts", Part::name);
  }

  /** A row per value of the column and one for all. */
  private String groupTable(Grouped grouped) {
    String column = grouped.by().matches("[-+]?\\d+") ? "column " + grouped.by() : grouped.by();
    return table(
        TextLines.cut(column, WIDEST_VALUE), grouped.parts(), "/groups/parts", Evaluation::value);
  }

  private static String value(Part group) {
    return group.name().isEmpty() ? "(empty)" : TextLines.cut(group.name(), WIDEST_VALUE);
  }

  private String table(String first, List<Part> rows, String at, Function<Part, String> name) {
    Scores.Kind kind = pooled.scores().kind();
    List<String> header = new ArrayList<>(List.of(first, "sentences"));
    if (kind != Scores.Kind.SENTENCES) header.add("tokens");
    if (kind == Scores.Kind.SPANS) header.addAll(List.of("precision", "recall"));
    header.add(pooled.scores().headlineName());
    header.add("95 % interval");
    if (pooled.scores().hasFrames())
      header.addAll(List.of(Scores.INTENT_ACCURACY, Scores.WHOLE_FRAMES));
    if (pooled.unlabelled() > 0) header.add("unlabelled");
    TextTable table = new TextTable(header.toArray(String[]::new));
    JsonNode numbers = metrics.json().at(at);
    for (int i = 0; i < rows.size(); i++)
      table.row(row(name.apply(rows.get(i)), rows.get(i), numbers.path(i)));
    table.rule();
    table.row(row(Part.POOLED, pooled, metrics.json().path("pooled")));
    return table.toString();
  }

  private String[] row(String name, Part part, JsonNode numbers) {
    Scores scores = part.scores();
    List<String> row = new ArrayList<>(List.of(name, Long.toString(scores.sentences())));
    if (scores.kind() != Scores.Kind.SENTENCES) row.add(Long.toString(scores.tokens()));
    if (scores.kind() == Scores.Kind.SPANS) {
      Counts micro = scores.byType().micro();
      row.add(scores.shown(micro.precision()).percent());
      row.add(scores.shown(micro.recall()).percent());
    }
    row.add(scores.headline().percent());
    row.add(interval(numbers.path("interval")));
    if (pooled.scores().hasFrames())
      row.addAll(List.of(scores.intentAccuracy().percent(), scores.sentenceAccuracy().percent()));
    if (pooled.unlabelled() > 0) row.add(Long.toString(part.unlabelled()));
    return row.toArray(String[]::new);
  }

  private static String interval(JsonNode json) {
    if (!json.isObject()) return "n/a";
    double low = json.path("low").asDouble(), high = json.path("high").asDouble();
    return String.format(Locale.ROOT, "%.2f to %.2f", 100 * low, 100 * high);
  }

  /** Everything as text: the note, a table of the files when there are several, one of the values of a column, the scores of all together, what was left out, the calibration, and the
   * differences to a baseline. */
  public String report() {
    StringBuilder text = new StringBuilder();
    if (pooled.scores().kind() == Scores.Kind.SPANS) text.append(note()).append("\n\n");
    if (parts.size() > 1) text.append(fileTable()).append('\n');
    groups.ifPresent(g -> text.append(groupTable(g)).append('\n'));
    text.append(ScoreTable.report(pooled.scores())).append(metrics.certainty());
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
    baseline.ifPresent(b -> text.append('\n').append(b.report(metrics.json(), pooled.scores())));
    return text.toString();
  }
}
