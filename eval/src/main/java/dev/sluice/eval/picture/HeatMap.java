package dev.sluice.eval.picture;

import dev.sluice.eval.picture.Svg.Anchor;
import dev.sluice.eval.picture.Svg.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table of numbers as colours, with a text in every cell: gates by token, confusions, attention. A value that is not a number has no colour and a dash for a text.
 *
 * <p>The picture is as wide as its labels and cells need. Names of columns that are wider than a cell are turned.
 */
public final class HeatMap extends Picture<HeatMap> {
  private static final double EDGE = 12;
  private static final double GAP = 10; // between groups of columns
  private static final double ROW = 24;
  private static final double LINE = 16;
  private static final double LEAST_CELL = 34;
  private static final double LEAST_WIDTH = 300;
  private static final double MOST_LABEL = 150;
  private static final double TURN = -50;

  private final List<String> rows;
  private final List<String> columns;
  private final double[][] values;
  private String[][] texts;
  private String rowAxis = "";
  private String columnAxis = "";
  private double low;
  private double high;
  private List<Group> groups;
  private double least = LEAST_CELL; // the width of a cell
  private double row = ROW; // and its height
  private boolean bare;

  /**
   * Columns that belong together and have a common heading; between groups there is a gap.
   *
   * @param columns how many, at least 1
   */
  public record Group(String name, int columns) {}

  private HeatMap(List<String> rows, List<String> columns, double[][] values) {
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
    this.values = values;
    if (rows.isEmpty() || columns.isEmpty() || values.length != rows.size())
      throw new IllegalArgumentException(
          values.length + " rows of values for " + rows.size() + " by " + columns.size());
    requireWidth(values, row -> row.length);
    double[] all = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    low = Arrays.stream(all).filter(Double::isFinite).min().orElse(0);
    high = Arrays.stream(all).filter(Double::isFinite).max().orElse(1);
    texts =
        Arrays.stream(values)
            .map(row -> Arrays.stream(row).mapToObj(HeatMap::decimals).toArray(String[]::new))
            .toArray(String[][]::new);
    groups = List.of(new Group("", columns.size()));
  }

  private <T> void requireWidth(T[] all, java.util.function.ToIntFunction<T> width) {
    for (T row : all) {
      if (width.applyAsInt(row) != columns.size())
        throw new IllegalArgumentException(
            "a row of " + width.applyAsInt(row) + " for " + columns.size() + " columns");
    }
  }

  private static String decimals(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "–";
  }

  /**
   * A heat map whose colours run from the smallest to the largest value and whose cells show two decimals.
   *
   * @param rows the names of the rows, at least one
   * @param columns the names of the columns, at least one
   * @param values [rows][columns]
   * @throws IllegalArgumentException when the sizes do not fit
   */
  public static HeatMap of(List<String> rows, List<String> columns, double[][] values) {
    return new HeatMap(rows, columns, values);
  }

  /** The values of the palest and of the deepest colour; those beyond get the nearest colour. */
  public HeatMap range(double newLow, double newHigh) {
    low = newLow;
    high = newHigh;
    return this;
  }

  /** What stands in the cells, [rows][columns], such as counts where colours are shares. */
  public HeatMap texts(String[][] newTexts) {
    if (newTexts.length != rows.size())
      throw new IllegalArgumentException(newTexts.length + " rows of texts for " + rows.size());
    requireWidth(newTexts, row -> row.length);
    texts = newTexts;
    return this;
  }

  /**
   * Makes cells squares without texts, for maps of many cells.
   *
   * @param side how wide and high each is
   */
  public HeatMap squares(double side) {
    least = side;
    row = side;
    bare = true;
    return this;
  }

  /** What rows and columns are. */
  public HeatMap axes(String ofRows, String ofColumns) {
    rowAxis = ofRows;
    columnAxis = ofColumns;
    return this;
  }

  /** Headings over columns; their numbers add up to that of the columns. */
  public HeatMap groups(List<Group> newGroups) {
    if (newGroups.stream().mapToInt(Group::columns).sum() != columns.size())
      throw new IllegalArgumentException(newGroups + " for " + columns.size() + " columns");
    groups = List.copyOf(newGroups);
    return this;
  }

  @Override
  HeatMap self() {
    return this;
  }

  @Override
  Svg draw() {
    double label = Font.HEADING.width(rowAxis);
    for (String name : rows) label = Math.max(label, Font.TEXT.width(name));
    label = Math.min(MOST_LABEL, label);
    double cell = least;
    for (String[] all : bare ? new String[0][] : texts) {
      for (String text : all) cell = Math.max(cell, Font.TEXT.width(text) + 6);
    }
    double[] x = new double[columns.size()];
    double left = EDGE + label + 6, end = left;
    for (int c = 0, g = 0, until = groups.get(0).columns(); c < x.length; c++, end += cell) {
      if (c == until) {
        end += GAP;
        until += groups.get(++g).columns();
      }
      x[c] = end;
    }
    double widest = 0;
    for (String column : columns)
      widest = Math.max(widest, Math.min(MOST_LABEL, Font.TEXT.width(column)));
    boolean turned = widest > cell - 2;
    double overhang = turned ? widest * Math.cos(Math.toRadians(TURN)) - cell / 2 : 0;
    double width = Math.max(LEAST_WIDTH, end + Math.max(0, overhang) + EDGE);

    List<String> titles = Font.TITLE.lines(title(), width - 2 * EDGE);
    List<String> notes = Font.TEXT.lines(note(), width - 2 * EDGE);
    boolean headed = groups.stream().anyMatch(g -> !g.name().isEmpty());
    double names = turned ? widest * Math.sin(Math.toRadians(-TURN)) + LINE : LINE;
    double top = EDGE + 20 * titles.size() + 4 + (headed ? LINE : 0);
    double axis = top + (columnAxis.isEmpty() ? 0 : LINE);
    double first = axis + names + 4, bottom = first + rows.size() * row;
    double height = bottom + 8 + 30 + notes.size() * LINE + EDGE;

    Svg svg = new Svg(width, height);
    lines(svg, titles, Font.TITLE, Paint.INK, EDGE + 13, 20);
    if (headed) headings(svg, x, cell, top - 4);
    if (!columnAxis.isEmpty())
      svg.text(Font.HEADING, Paint.INK, Anchor.MIDDLE, (left + end) / 2, top + 8, columnAxis);
    if (!rowAxis.isEmpty())
      svg.text(Font.HEADING, Paint.INK, Anchor.END, EDGE + label, first - 6, rowAxis);
    for (int c = 0; c < x.length; c++) {
      String name = Font.TEXT.fit(columns.get(c), MOST_LABEL);
      if (turned)
        svg.text(Font.TEXT, Paint.INK, Anchor.START, x[c] + cell / 2 + 3, first - 6, TURN, name);
      else svg.text(Font.TEXT, Paint.INK, Anchor.MIDDLE, x[c] + cell / 2, first - 6, name);
    }
    for (int r = 0; r < rows.size(); r++) {
      double y = first + r * row;
      String name = Font.TEXT.fit(rows.get(r), label);
      svg.text(Font.TEXT, Paint.INK, Anchor.END, EDGE + label, y + row / 2 + 4, name);
      for (int c = 0; c < x.length; c++) cell(svg, r, c, x[c], y, cell);
    }
    scale(svg, left, bottom + 8);
    lines(svg, notes, Font.TEXT, Paint.MUTED, bottom + 8 + 30 + 12, LINE);
    return svg;
  }

  private void cell(Svg svg, int r, int c, double x, double y, double width) {
    double value = values[r][c];
    boolean there = Double.isFinite(value);
    Paint heat = there ? Paint.heat(share(value)) : Paint.GROUND;
    if (bare) {
      svg.rect(heat, x, y, width, row);
      return;
    }
    svg.rect(heat, x, y, width - 1, row - 1);
    Paint ink = there ? heat.text() : Paint.MUTED;
    svg.text(Font.TEXT, ink, Anchor.MIDDLE, x + (width - 1) / 2, y + row / 2 + 4, texts[r][c]);
  }

  private double share(double value) {
    return high > low ? (value - low) / (high - low) : 0;
  }

  private void headings(Svg svg, double[] x, double cell, double y) {
    int c = 0;
    for (Group group : groups) {
      double from = x[c], to = x[c + group.columns() - 1] + cell;
      String name = Font.HEADING.fit(group.name(), to - from);
      svg.text(Font.HEADING, Paint.INK, Anchor.MIDDLE, (from + to) / 2, y, name);
      c += group.columns();
    }
  }

  /** The colours from low to high. */
  private void scale(Svg svg, double left, double y) {
    double step = 14, x = left + Font.TEXT.width(decimals(low)) + 6;
    svg.text(Font.TEXT, Paint.MUTED, Anchor.START, left, y + 17, decimals(low));
    for (int i = 0; i < Paint.HEATS; i++)
      svg.rect(Paint.heat((i + 0.5) / Paint.HEATS), x + i * step, y + 7, step, 12);
    double end = x + Paint.HEATS * step + 6;
    svg.text(Font.TEXT, Paint.MUTED, Anchor.START, end, y + 17, decimals(high));
  }

  static void lines(
      Svg svg, List<String> lines, Font font, Paint paint, double y, double distance) {
    for (int i = 0; i < lines.size(); i++)
      svg.text(font, paint, Anchor.START, EDGE, y + i * distance, lines.get(i));
  }
}
