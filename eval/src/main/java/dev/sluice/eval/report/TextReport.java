package dev.sluice.eval.report;

import dev.sluice.eval.metrics.Gate;
import dev.sluice.metric.Counts;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The report as plain text that fits a terminal. The table of types gives way in two steps where it is too wide: names are shortened in their middle, down to 12
 * columns; then columns are left out, in this order: FN, FP, TP, predicted, the difference to the baseline, the interval, precision, recall. Name, F1 and support
 * always stay.
 */
public final class TextReport {
  /** The least width; where there is less, lines are longer than it. */
  public static final int LEAST_WIDTH = 40;

  private static final int LEAST_NAME = 12;
  private static final int GAP = 2;

  /** A column of the table of types; those with a higher rank are left out earlier, and rank 0 stays. */
  private record Column(String title, int rank) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("precision", 2),
          new Column("recall", 1),
          new Column("F1", 0),
          new Column("interval", 3),
          new Column("diff", 4),
          new Column("support", 0),
          new Column("predicted", 5),
          new Column("TP", 6),
          new Column("FP", 7),
          new Column("FN", 8));

  private final ReportData data;
  private final int width;

  private TextReport(ReportData data, int width) {
    this.data = data;
    this.width = Math.max(LEAST_WIDTH, width);
  }

  /**
   * The text, ending with a line feed.
   *
   * @param width the most columns of a line; a word that is longer, such as the signature, stands on a line of its own
   */
  public static String of(ReportData data, int width) {
    return new TextReport(data, width).write();
  }

  private String write() {
    StringBuilder out = new StringBuilder();
    out.append(Visible.of(data.signature())).append('\n');
    say(
        out,
        Visible.of(data.partName()) + ": ",
        Summary.headline(data) + " on " + Summary.size(data));
    for (Gate.Verdict verdict : data.verdicts()) say(out, "", verdict.line());
    data.baseline().ifPresent(before -> say(out, "", Summary.difference(data, before)));
    out.append('\n')
        .append(
            table(
                Summary.typeWord(data).toLowerCase(java.util.Locale.ROOT),
                TypeRow.types(data),
                Average.of(data)));
    List<TypeRow> intents = TypeRow.intents(data);
    if (!intents.isEmpty()) out.append('\n').append(table("intent", intents, List.of()));
    parts(out, "part", PartRow.parts(data));
    parts(out, data.document().path("groups").path("by").asText(), PartRow.groups(data));
    out.append('\n');
    for (Measure m : Measure.all(data)) {
      String interval = m.interval().map(i -> " (" + i.percent() + ")").orElse("");
      say(out, m.name() + ": ", m.percent() + interval + (m.of().isEmpty() ? "" : " of " + m.of()));
    }
    List<String> warnings = Summary.warnings(data);
    if (!warnings.isEmpty()) out.append('\n');
    for (String warning : warnings) say(out, "! ", warning);
    if (!Summary.intervals(data).isEmpty()) {
      out.append('\n');
      say(out, "", Summary.intervals(data));
    }
    return out.toString();
  }

  /** A row for each file, split or value of a column. */
  private void parts(StringBuilder out, String word, List<PartRow> rows) {
    if (rows.isEmpty()) return;
    String interval = Summary.level(data) + " interval";
    String score = Measure.headline(data).name();
    TextTable table =
        new TextTable(fit(Visible.of(word), LEAST_NAME), score, interval, "sentences");
    int others = interval.length() + 3 * GAP + Math.max(6, score.length()) + "sentences".length();
    for (PartRow row : rows)
      table.row(
          fit(Visible.of(row.name()), Math.max(LEAST_NAME, width - others)),
          row.headline().percent(),
          row.headline().interval().map(Range::percent).orElse(""),
          Figures.count(row.sentences()));
    out.append('\n').append(table.toString().replaceAll(" +\n", "\n"));
  }

  private void say(StringBuilder out, String head, String text) {
    String indent = TextTable.width(head) > width / 2 ? "" : head;
    out.append(TextLines.wrap(indent, Visible.of(indent.isEmpty() ? head + text : text), width))
        .append('\n');
  }

  private String table(String word, List<TypeRow> types, List<Average> averages) {
    List<String[]> rows = new ArrayList<>();
    for (TypeRow row : types) {
      Counts c = row.counts();
      rows.add(
          cells(
              row.name(),
              c.precision().percent(),
              c.recall().percent(),
              c.f1().percent(),
              row.f1(),
              row.points(),
              Optional.of(c)));
    }
    for (Average a : averages)
      rows.add(
          cells(
              a.name(),
              a.precision(),
              a.recall(),
              a.f1(),
              a.interval(),
              Summary.pointsOf(data, a),
              a.counts()));
    List<Integer> kept = kept(word, rows);
    int most = Math.max(LEAST_NAME, width - others(rows, kept));
    List<String> header = new ArrayList<>(List.of(word));
    for (int c : kept) header.add(title(c));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (int r = 0; r < rows.size(); r++) {
      if (r == types.size()) table.rule();
      List<String> cells = new ArrayList<>(List.of(fit(rows.get(r)[0], most)));
      for (int c : kept) cells.add(rows.get(r)[c + 1]);
      table.row(cells.toArray(String[]::new));
    }
    return table.toString().replaceAll(" +\n", "\n");
  }

  private static String[] cells(
      String name,
      String precision,
      String recall,
      String f1,
      Optional<Range> interval,
      String points,
      Optional<Counts> counts) {
    String[] cells = new String[COLUMNS.size() + 1];
    Arrays.fill(cells, "");
    cells[0] = Visible.of(name);
    cells[1] = precision;
    cells[2] = recall;
    cells[3] = f1;
    cells[4] = interval.map(Range::percent).orElse("");
    cells[5] = points;
    counts.ifPresent(
        c -> {
          long[] numbers = {
            c.gold(), c.predicted(), c.truePositives(), c.falsePositives(), c.falseNegatives()
          };
          for (int i = 0; i < numbers.length; i++) cells[6 + i] = Figures.count(numbers[i]);
        });
    return cells;
  }

  private String title(int column) {
    String title = COLUMNS.get(column).title();
    return title.equals("interval") ? Summary.level(data) + " interval" : title;
  }

  /** The columns that have anything to show and fit beside names of the least width. */
  private List<Integer> kept(String word, List<String[]> rows) {
    List<Integer> kept = new ArrayList<>();
    for (int c = 0; c < COLUMNS.size(); c++) {
      int column = c + 1;
      if (rows.stream().anyMatch(row -> !row[column].isEmpty())) kept.add(c);
    }
    int longest = rows.stream().mapToInt(row -> TextTable.width(row[0])).max().orElse(0);
    int name = Math.min(LEAST_NAME, Math.max(longest, word.length()));
    while (name + others(rows, kept) > width) {
      int worst = 0;
      for (int i = 1; i < kept.size(); i++)
        if (rank(kept.get(i)) > rank(kept.get(worst))) worst = i;
      if (kept.isEmpty() || rank(kept.get(worst)) == 0) break;
      kept.remove(worst);
    }
    return kept;
  }

  private static int rank(int column) {
    return COLUMNS.get(column).rank();
  }

  /** The width of all columns but that of names, with the gaps before them. */
  private int others(List<String[]> rows, List<Integer> kept) {
    int sum = 0;
    for (int c : kept) {
      int most = TextTable.width(title(c));
      for (String[] row : rows) most = Math.max(most, TextTable.width(row[c + 1]));
      sum += GAP + most;
    }
    return sum;
  }

  /** A text that takes at most so many columns, a longer one with an ellipsis in its middle, since types often differ at their ends. */
  static String fit(String text, int most) {
    if (TextTable.width(text) <= most) return text;
    int[] letters = text.codePoints().toArray();
    int head = 0, tail = letters.length, used = 1;
    while (true) {
      boolean front = head <= letters.length - tail;
      int next = front ? letters[head] : letters[tail - 1];
      int columns = TextTable.width(Character.toString(next));
      if (used + columns > most) break;
      used += columns;
      if (front) head++;
      else tail--;
    }
    return new String(letters, 0, head) + "…" + new String(letters, tail, letters.length - tail);
  }
}
