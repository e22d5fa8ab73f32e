package dev.sluice.eval.picture;

import dev.sluice.eval.picture.Svg.Anchor;
import dev.sluice.eval.picture.Svg.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Parallel coordinates: an upright axis for each property, and a line for each thing through its values. Source: Inselberg 1985, The plane with parallel coordinates, The Visual Computer 1. An
 * axis whose values are all numbers reaches from the lowest to the highest, by factors when they are positive and the highest is at least {@value #WIDE} times the lowest; other values stand at
 * equal distances in the order of their letters. A missing value leaves a gap.
 */
public final class ParallelCoordinates extends Picture<ParallelCoordinates> {
  private static final double WIDE = 20;
  private static final double EDGE = 12;
  private static final double STEP = 112; // from axis to axis
  private static final double PLOT = 220; // its height
  private static final double LINE = 16;

  private final List<String> names;
  private final List<Axis> axes = new ArrayList<>();

  /**
   * An axis.
   *
   * @param name what it is
   * @param texts the values as they are written, empty where there is none
   * @param places where they stand, 0 at the bottom and 1 at the top, not a number where there is none
   */
  private record Axis(String name, List<String> texts, double[] places) {}

  /** A picture without axes, with a line for each name. */
  public ParallelCoordinates(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Adds an axis to the right of the others.
   *
   * @param name what its values are
   * @param values one for each line, as they shall be written; empty for none
   * @throws IllegalArgumentException when there are not as many values as lines
   */
  public ParallelCoordinates axis(String name, List<String> values) {
    if (values.size() != names.size())
      throw new IllegalArgumentException(
          values.size() + " values of " + name + " for " + names.size() + " lines");
    axes.add(new Axis(name, List.copyOf(values), places(values)));
    return this;
  }

  private static double[] places(List<String> values) {
    List<String> there = values.stream().filter(v -> !v.isEmpty()).toList();
    boolean numbers = there.stream().allMatch(v -> Double.isFinite(number(v)));
    List<String> order = new ArrayList<>(new TreeSet<>(there));
    double[] raw =
        values.stream()
            .mapToDouble(v -> v.isEmpty() ? Double.NaN : numbers ? number(v) : -order.indexOf(v))
            .toArray();
    double low = Double.POSITIVE_INFINITY, high = Double.NEGATIVE_INFINITY;
    for (double v : raw) {
      if (Double.isNaN(v)) continue;
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    boolean factors = numbers && low > 0 && high >= WIDE * low;
    double[] places = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      if (Double.isNaN(raw[i])) places[i] = Double.NaN;
      else if (high == low) places[i] = 0.5;
      else
        places[i] =
            factors ? Math.log(raw[i] / low) / Math.log(high / low) : (raw[i] - low) / (high - low);
    }
    return places;
  }

  /** The number that a value is, not a number when it is none. */
  private static double number(String value) {
    if (!value.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?")) return Double.NaN;
    return Double.parseDouble(value);
  }

  @Override
  ParallelCoordinates self() {
    return this;
  }

  @Override
  Svg draw() {
    double width = Math.max(430, 2 * EDGE + axes.size() * STEP);
    List<List<String>> heads = new ArrayList<>();
    for (Axis axis : axes) heads.add(lines(axis.name));
    int most = heads.stream().mapToInt(List::size).max().orElse(0);
    List<String> titles = Font.TITLE.lines(title(), width - 2 * EDGE);
    List<String> notes = Font.TEXT.lines(note(), width - 2 * EDGE);
    double top = EDGE + 20 * titles.size() + most * LINE + 12, bottom = top + PLOT;
    List<double[]> legend = LineChart.places(names, width);
    double legendAt = bottom + LINE + 8;
    double legendEnd = legendAt + (legend.isEmpty() ? 0 : legend.get(legend.size() - 1)[1] + LINE);
    Svg svg = new Svg(width, legendEnd + notes.size() * LINE + EDGE);
    HeatMap.lines(svg, titles, Font.TITLE, Paint.INK, EDGE + 13, 20);
    double[] x = new double[axes.size()];
    for (int a = 0; a < x.length; a++) {
      x[a] = EDGE + 6 + a * STEP;
      svg.line(Paint.MUTED, 1, x[a], top, x[a], bottom);
      List<String> head = heads.get(a);
      for (int i = 0; i < head.size(); i++)
        svg.text(
            Font.HEADING,
            Paint.INK,
            Anchor.START,
            x[a] - 6,
            top - 12 - (head.size() - 1 - i) * LINE,
            head.get(i));
    }
    for (int n = 0; n < names.size(); n++) {
      double[] y = new double[x.length];
      for (int a = 0; a < x.length; a++) y[a] = bottom - PLOT * axes.get(a).places[n];
      svg.path(Paint.series(n), 2, LineChart.dashes(n), x, y);
      for (int a = 0; a < x.length; a++)
        if (!Double.isNaN(y[a])) svg.circle(Paint.series(n), x[a], y[a], 3);
    }
    for (int a = 0; a < x.length; a++) values(svg, axes.get(a), x[a], bottom);
    LineChart.legend(svg, names, legend, legendAt, width);
    HeatMap.lines(svg, notes, Font.TEXT, Paint.MUTED, legendEnd + 14, LINE);
    return svg;
  }

  /** Writes each value once, save where it would stand on another one. */
  private static void values(Svg svg, Axis axis, double x, double bottom) {
    TreeSet<Double> taken = new TreeSet<>();
    for (int n = 0; n < axis.texts.size(); n++) {
      if (axis.texts.get(n).isEmpty()) continue;
      double y = bottom - PLOT * axis.places[n];
      Double above = taken.floor(y), below = taken.ceiling(y);
      if (above != null && y - above < LINE - 3 || below != null && below - y < LINE - 3) continue;
      taken.add(y);
      String text = Font.TEXT.fit(axis.texts.get(n), STEP - 16);
      svg.textAbove(Font.TEXT, Paint.INK, Anchor.START, x + 7, y + 4, text);
    }
  }

  /** A name in lines that fit, broken behind points and blanks. */
  private static List<String> lines(String name) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String part : name.split("(?<=[. ])")) {
      if (Font.HEADING.width(line + part) > STEP - 8 && !line.isEmpty()) {
        lines.add(line.strip());
        line = "";
      }
      line += part;
    }
    lines.add(line);
    return lines.stream().map(each -> Font.HEADING.fit(each, STEP - 8)).toList();
  }
}
