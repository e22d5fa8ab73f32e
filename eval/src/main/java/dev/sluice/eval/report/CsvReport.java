package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.data.CsvTable;
import dev.sluice.metric.Counts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scores by type as CSV, a row each, so that several reports can be put one below the other: part and signature stand in every row. Scores are in percent with two
 * decimals; what is not defined or not there is empty. No cell is one that a spreadsheet takes for a formula.
 */
public final class CsvReport {
  private static final List<String> HEADER =
      List.of(
          "part",
          "row",
          "name",
          "precision",
          "precision_low",
          "precision_high",
          "recall",
          "recall_low",
          "recall_high",
          "f1",
          "f1_low",
          "f1_high",
          "f1_difference",
          "support",
          "predicted",
          "true_positives",
          "false_positives",
          "false_negatives",
          "signature");

  private CsvReport() {}

  /**
   * The table with a header. The column {@code row} says what a row is: {@code type}, {@code intent}, {@code average} or a measure of what is partly
   * right, such as {@code semeval.types.partial}, whose support is all that was possible and whose true positives are what is wholly right; {@code f1_difference} is in points against the
   * baseline.
   */
  public static String of(ReportData data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CsvTable table = new CsvTable(bytes, HEADER);
      for (TypeRow row : TypeRow.types(data)) table.row(cells(data, "type", row));
      for (TypeRow row : TypeRow.intents(data)) table.row(cells(data, "intent", row));
      for (Average average : Average.of(data)) table.row(cells(data, average));
      partlyRight(table, data, "leftToRight", "all", PartlyRight.all(data));
      for (PartlyRight.View view : PartlyRight.views(data))
        for (Map.Entry<String, JsonNode> type : view.types().properties())
          partlyRight(table, data, view.key(), type.getKey(), type.getValue());
      table.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static List<String> cells(ReportData data, String kind, TypeRow row) {
    Counts c = row.counts();
    List<String> cells =
        new ArrayList<>(List.of(Visible.of(data.partName()), kind, Visible.of(row.name())));
    score(cells, c.precision().percent(), row.precision());
    score(cells, c.recall().percent(), row.recall());
    score(cells, c.f1().percent(), row.f1());
    cells.add(number(row.points()));
    counts(cells, Optional.of(c));
    cells.add(Visible.of(data.signature()));
    return cells;
  }

  private static List<String> cells(ReportData data, Average a) {
    List<String> cells = new ArrayList<>(List.of(Visible.of(data.partName()), "average", a.name()));
    score(cells, a.precision(), Optional.empty());
    score(cells, a.recall(), Optional.empty());
    score(cells, a.f1(), a.interval());
    cells.add(number(Summary.pointsOf(data, a)));
    counts(cells, a.counts());
    cells.add(Visible.of(data.signature()));
    return cells;
  }

  /** A row for each measure of SemEval-2013, named by where the document has it: {@code semeval.types.partial}. */
  private static void partlyRight(
      CsvTable table, ReportData data, String key, String name, JsonNode measures)
      throws IOException {
    for (String measure : PartlyRight.MEASURES) {
      JsonNode s = measures.path(measure);
      if (!s.isObject()) continue;
      List<String> cells = new ArrayList<>(List.of(Visible.of(data.partName())));
      cells.addAll(List.of("semeval." + key + "." + measure, Visible.of(name)));
      for (String score : List.of("precision", "recall", "f1"))
        score(cells, PartlyRight.score(s, score), Optional.empty());
      cells.add("");
      for (String count : List.of("possible", "actual", "correct"))
        cells.add(s.path(count).asText());
      cells.addAll(List.of("", "", Visible.of(data.signature())));
      table.row(cells);
    }
  }

  /** Points as programs read them. */
  private static String number(String points) {
    return points.replace("+", "").replace('−', '-');
  }

  private static void score(List<String> cells, String percent, Optional<Range> interval) {
    cells.add(percent.equals(Figures.UNDEFINED) ? "" : percent);
    cells.add(interval.map(i -> Figures.percent(i.low())).orElse(""));
    cells.add(interval.map(i -> Figures.percent(i.high())).orElse(""));
  }

  private static void counts(List<String> cells, Optional<Counts> counts) {
    if (counts.isEmpty()) {
      cells.addAll(List.of("", "", "", "", ""));
      return;
    }
    Counts c = counts.get();
    for (long n :
        new long[] {
          c.gold(), c.predicted(), c.truePositives(), c.falsePositives(), c.falseNegatives()
        }) cells.add(Long.toString(n));
  }
}
