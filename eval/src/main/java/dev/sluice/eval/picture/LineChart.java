package dev.sluice.eval.picture;

import dev.sluice.eval.picture.Svg.Anchor;
import dev.sluice.eval.picture.Svg.Font;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Lines over a common axis: training curves, a reliability diagram, norms of gradients. Series differ in colour and in dashes. A point that is not a number, or on a logarithmic axis not
 * positive, is left out and leaves a gap. Both axes reach over all points.
 */
public final class LineChart extends Picture<LineChart> {
  private static final double EDGE = 12;
  private static final double WIDTH = 430;
  private static final double PLOT = 200; // its height
  private static final double LINE = 16;
  private static final double SAMPLE = 34; // of a line in the legend
  private static final int DOTTED = 30; // series of at most so many points show them
  private static final String[] DASHES = {"", "7 3", "2 3", "9 3 2 3", "4 2", "12 4"};

  private final String xAxis;
  private final String yAxis;
  private final List<Series> all = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private boolean logarithmic;
  private boolean counting;
  private double[] xRange = {};
  private double[] yRange = {};

  private record Series(String name, double[] x, double[] y) {}

  private record Mark(double x, double y, String text) {}

  /** A chart without lines. */
  public LineChart(String xAxis, String yAxis) {
    this.xAxis = xAxis;
    this.yAxis = yAxis;
  }

  /**
   * Adds a line.
   *
   * @param x ascending
   * @param y as many
   * @throws IllegalArgumentException when they are not as many
   */
  public LineChart series(String name, double[] x, double[] y) {
    if (x.length != y.length)
      throw new IllegalArgumentException(x.length + " x but " + y.length + " y in " + name);
    all.add(new Series(name, x.clone(), y.clone()));
    return this;
  }

  /** Makes equal distances on the y axis equal factors. */
  public LineChart logarithmic() {
    logarithmic = true;
    return this;
  }

  /** Says that the x axis counts something, so that it has marks at whole numbers alone. */
  public LineChart counting() {
    counting = true;
    return this;
  }

  /** What the x axis covers at least. */
  public LineChart xRange(double low, double high) {
    xRange = new double[] {low, high};
    return this;
  }

  /** What the y axis covers at least. */
  public LineChart yRange(double low, double high) {
    yRange = new double[] {low, high};
    return this;
  }

  /** Rings a point and writes a text beside it, such as the best epoch. */
  public LineChart mark(double x, double y, String text) {
    marks.add(new Mark(x, y, text));
    return this;
  }

  private Ticks ticksOfX() {
    double[] x =
        DoubleStream.concat(
                Arrays.stream(xRange),
                DoubleStream.concat(
                    all.stream().flatMapToDouble(s -> Arrays.stream(s.x)),
                    marks.stream().mapToDouble(Mark::x)))
            .filter(Double::isFinite)
            .toArray();
    double low = Arrays.stream(x).min().orElse(0), high = Arrays.stream(x).max().orElse(1);
    boolean whole =
        counting || xRange.length == 0 && Arrays.stream(x).allMatch(v -> v == Math.rint(v));
    return Ticks.linear(low, high, 8, whole, false);
  }

  private Ticks ticksOfY() {
    double[] y =
        DoubleStream.concat(
                Arrays.stream(yRange),
                DoubleStream.concat(
                    all.stream().flatMapToDouble(s -> Arrays.stream(s.y)),
                    marks.stream().mapToDouble(Mark::y)))
            .filter(v -> Double.isFinite(v) && (!logarithmic || v > 0))
            .toArray();
    double low = Arrays.stream(y).min().orElse(logarithmic ? 0.1 : 0);
    double high = Arrays.stream(y).max().orElse(1);
    return logarithmic ? Ticks.decades(low, high, 6) : Ticks.linear(low, high, 6, false, true);
  }

  @Override
  LineChart self() {
    return this;
  }

  @Override
  Svg draw() {
    Ticks xs = ticksOfX(), ys = ticksOfY();
    double label = 0;
    for (String text : ys.labels()) label = Math.max(label, Font.TEXT.width(text));
    double left = EDGE + label + 6, right = WIDTH - EDGE - 6;
    List<String> titles = Font.TITLE.lines(title(), WIDTH - 2 * EDGE);
    List<String> notes = Font.TEXT.lines(note(), WIDTH - 2 * EDGE);
    List<String> names = all.stream().map(Series::name).toList();
    boolean plain = all.size() == 1 && names.get(0).isEmpty();
    List<double[]> legend = plain ? List.of() : places(names, WIDTH);
    double top = EDGE + 20 * titles.size() + LINE + 8, bottom = top + PLOT;
    double legendAt = bottom + 2 * LINE + 12;
    double legendEnd =
        legend.isEmpty() ? legendAt : legendAt + legend.get(legend.size() - 1)[1] + LINE;
    Svg svg = new Svg(WIDTH, legendEnd + notes.size() * LINE + EDGE);

    HeatMap.lines(svg, titles, Font.TITLE, Paint.INK, EDGE + 13, 20);
    svg.text(
        Font.TEXT,
        Paint.MUTED,
        Anchor.START,
        EDGE,
        top - 10,
        Font.TEXT.fit(yAxis, WIDTH - 2 * EDGE));
    for (int i = 0; i < ys.marks().size(); i++) {
      double y = bottom - PLOT * ys.place(ys.marks().get(i));
      svg.line(Paint.GRID, 1, left, y, right, y);
      svg.text(Font.TEXT, Paint.MUTED, Anchor.END, left - 6, y + 4, ys.labels().get(i));
    }
    for (int i = 0; i < xs.marks().size(); i++) {
      double x = left + (right - left) * xs.place(xs.marks().get(i));
      svg.line(Paint.MUTED, 1, x, bottom, x, bottom + 4);
      svg.text(Font.TEXT, Paint.MUTED, Anchor.MIDDLE, x, bottom + LINE + 2, xs.labels().get(i));
    }
    svg.line(Paint.MUTED, 1, left, bottom, right, bottom);
    svg.text(
        Font.TEXT, Paint.MUTED, Anchor.MIDDLE, (left + right) / 2, bottom + 2 * LINE + 4, xAxis);

    for (int n = 0; n < all.size(); n++) {
      Series s = all.get(n);
      double[] x = new double[s.x.length], y = new double[s.x.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = left + (right - left) * xs.place(s.x[i]);
        y[i] = bottom - PLOT * ys.place(s.y[i]);
      }
      svg.path(Paint.series(n), 2, dashes(n), x, y);
      for (int i = 0; i < x.length; i++) {
        if (x.length <= DOTTED && Double.isFinite(x[i]) && Double.isFinite(y[i]))
          svg.circle(Paint.series(n), x[i], y[i], 2.5);
      }
    }
    for (Mark m : marks) {
      double x = left + (right - left) * xs.place(m.x), y = bottom - PLOT * ys.place(m.y);
      mark(svg, m.text, x, y, x > (left + right) / 2, y < (top + bottom) / 2);
    }
    legend(svg, names, legend, legendAt, WIDTH);
    HeatMap.lines(svg, notes, Font.TEXT, Paint.MUTED, legendEnd + 14, LINE);
    return svg;
  }

  /** Once the colours begin again, other dashes go with them. */
  static String dashes(int n) {
    return DASHES[(n + n / DASHES.length) % DASHES.length];
  }

  private static void mark(Svg svg, String text, double x, double y, boolean right, boolean high) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) return;
    svg.ring(Paint.INK, 1.5, x, y, 5);
    Anchor anchor = right ? Anchor.END : Anchor.START;
    svg.textAbove(
        Font.HEADING, Paint.INK, anchor, x + (right ? -6 : 6), y + (high ? 20 : -12), text);
  }

  private static String fitted(String name, double width) {
    return Font.TEXT.fit(name, width - 2 * EDGE - SAMPLE);
  }

  /** Where the entries of a legend stand, x and y from its own top, in as many lines as they take. */
  static List<double[]> places(List<String> names, double width) {
    List<double[]> places = new ArrayList<>();
    double x = EDGE, y = 0;
    for (String name : names) {
      double entry = SAMPLE + Font.TEXT.width(fitted(name, width)) + 16;
      if (x > EDGE && x + entry - 16 > width - EDGE) {
        x = EDGE;
        y += LINE + 2;
      }
      places.add(new double[] {x, y});
      x += entry;
    }
    return places;
  }

  /** Draws a legend: a piece of each line and its name. */
  static void legend(Svg svg, List<String> names, List<double[]> places, double top, double width) {
    for (int n = 0; n < places.size(); n++) {
      double x = places.get(n)[0], y = top + places.get(n)[1];
      double[] ends = {x, x + SAMPLE - 6};
      svg.path(Paint.series(n), 2, dashes(n), ends, new double[] {y + 8, y + 8});
      svg.text(Font.TEXT, Paint.INK, Anchor.START, x + SAMPLE, y + 12, fitted(names.get(n), width));
    }
  }
}
