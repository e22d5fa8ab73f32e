package dev.sluice.eval.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Differences to the baseline, a row for each type or bucket and a column for each other system, as a table with shaded cells. Every cell has its number with a sign; the
 * shade only helps to find the large ones. Gains are blue and losses orange, in steps from 1 to {@value #STEPS}.
 */
final class DifferenceTable {
  /** The shades of either sign. */
  static final int STEPS = 5;

  /** More rows than a reader will look at. */
  private static final int MOST = 300;

  private static final int LABEL = 100; // characters

  private final String caption;
  private final String head;
  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  /**
   * A row.
   *
   * @param label what it is about, a text of the user's
   * @param gold how many cases there are
   * @param baseline the score of the baseline in [0, 1], not a number when there is none
   * @param cells one for each column, null where there is no difference to give
   */
  record Row(String label, long gold, double baseline, Cell[] cells) {
    private double largest() {
      double most = 0;
      for (Cell cell : cells) if (cell != null) most = Math.max(most, Math.abs(cell.difference));
      return most;
    }
  }

  /**
   * A difference.
   *
   * @param difference of scores in [0, 1]
   * @param sure whether it is more than chance explains
   * @param small what stands below it, a line each
   */
  record Cell(double difference, boolean sure, List<String> small) {}

  /**
   * An empty table.
   *
   * @param caption what it shows
   * @param head what its rows are
   * @param columns the names of the other systems
   */
  DifferenceTable(String caption, String head, List<String> columns) {
    this.caption = caption;
    this.head = head;
    this.columns = columns;
  }

  /** Adds a row. */
  DifferenceTable row(Row row) {
    rows.add(row);
    return this;
  }

  /**
   * Writes the table.
   *
   * @param sorted whether the largest differences come first, sure ones before others; else rows stay in their order
   */
  void write(Html html, boolean sorted) {
    List<Row> shown = new ArrayList<>(rows);
    if (sorted)
      shown.sort(
          Comparator.comparing((Row row) -> !anySure(row)).thenComparing(row -> -row.largest()));
    if (shown.size() > MOST) shown = shown.subList(0, MOST);
    double most = shown.stream().mapToDouble(Row::largest).max().orElse(0);
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    html.open("table", "class", "heat differences")
        .element("caption", caption)
        .open("thead")
        .open("tr");
    html.element("th", head, "scope", "col", "class", "corner");
    html.element("th", "Gold", "scope", "col").element("th", "Baseline", "scope", "col");
    for (String column : columns)
      html.userElement("th", Visible.limited(column, LABEL), "scope", "col");
    html.close("tr").close("thead").line().open("tbody");
    for (Row row : shown) {
      html.open("tr", "class", row.gold < TypeRow.FEW ? "few" : null);
      html.userElement("th", Visible.limited(row.label, LABEL), "scope", "row");
      html.element("td", Figures.count(row.gold), "class", "n");
      String baseline =
          Double.isNaN(row.baseline) ? Figures.UNDEFINED : Figures.percent(row.baseline);
      html.element("td", baseline, "class", "n");
      for (Cell cell : row.cells) cell(html, cell, most);
      html.close("tr").line();
    }
    html.close("tbody").close("table").close("div").line();
    if (rows.size() > shown.size())
      html.element(
          "p",
          Figures.count(rows.size() - shown.size(), "row") + " with smaller differences left out.",
          "class",
          "note");
  }

  private static boolean anySure(Row row) {
    for (Cell cell : row.cells) if (cell != null && cell.sure) return true;
    return false;
  }

  private static void cell(Html html, Cell cell, double most) {
    if (cell == null) {
      html.element("td", "–");
      return;
    }
    String points = Figures.points(cell.difference);
    html.open("td", "class", shade(cell.difference, most));
    if (cell.sure) html.element("strong", points + " *");
    else html.text(points);
    for (String line : cell.small) html.element("small", line);
    html.close("td");
  }

  /** The class of style of a difference: {@code g} for a gain, {@code d} for a loss, and a step; null for none. */
  static String shade(double difference, double most) {
    if (Figures.points(difference).equals("0.00") || most == 0) return null;
    double share =
        Math.sqrt(Math.abs(difference) / most); // else one large one makes all others pale
    int step = (int) Math.max(1, Math.min(STEPS, Math.ceil(STEPS * share)));
    return (difference > 0 ? "g" : "d") + step;
  }
}
