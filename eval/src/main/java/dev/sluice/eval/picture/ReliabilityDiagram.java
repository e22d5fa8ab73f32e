package dev.sluice.eval.picture;

import dev.sluice.eval.picture.Svg.Anchor;
import dev.sluice.eval.picture.Svg.Font;
import java.util.List;
import java.util.Locale;

/**
 * How often statements are right that were made with a certain confidence: a bar per bin as high as its accuracy, a point at its mean confidence, a line to the diagonal where an honest
 * statement would be, and below, how many statements there are. Empty bins have neither bar nor point.
 *
 * <p>Source: DeGroot and Fienberg, The comparison and evaluation of forecasters, The Statistician 32, 1983; in this form Guo et al., arXiv:1706.04599, figure 1.
 */
public final class ReliabilityDiagram extends Picture<ReliabilityDiagram> {
  private static final double EDGE = 12;
  private static final double WIDTH = 430;
  private static final double PLOT = 210;
  private static final double COUNTS = 64;
  private static final double LINE = 16;

  private final List<Bin> bins;

  /**
   * A bin.
   *
   * @param cases how many statements
   * @param accuracy the share that is right, in [0, 1]
   * @param confidence their mean confidence, in [0, 1]
   */
  public record Bin(long cases, double accuracy, double confidence) {}

  /**
   * A diagram.
   *
   * @param bins of equal width from 0 to 1, at least one
   */
  public ReliabilityDiagram(List<Bin> bins) {
    if (bins.isEmpty()) throw new IllegalArgumentException("no bins");
    this.bins = List.copyOf(bins);
  }

  @Override
  ReliabilityDiagram self() {
    return this;
  }

  @Override
  Svg draw() {
    long most = Math.max(1, bins.stream().mapToLong(Bin::cases).max().orElse(1));
    double left = EDGE + Math.max(Font.TEXT.width("0.00"), Font.TEXT.width(count(most))) + 6;
    double right = WIDTH - EDGE - 6, size = (right - left) / bins.size();
    List<String> titles = Font.TITLE.lines(title(), WIDTH - 2 * EDGE);
    List<String> notes = Font.TEXT.lines(note(), WIDTH - 2 * EDGE);
    double top = EDGE + 20 * titles.size() + LINE + 8, bottom = top + PLOT;
    double countTop = bottom + 28, countBottom = countTop + COUNTS;
    double end = countBottom + 2 * LINE + 12;
    Svg svg = new Svg(WIDTH, end + notes.size() * LINE + EDGE);
    HeatMap.lines(svg, titles, Font.TITLE, Paint.INK, EDGE + 13, 20);
    svg.text(Font.TEXT, Paint.MUTED, Anchor.START, EDGE, top - 10, "accuracy");
    for (int i = 0; i <= 4; i++) {
      double y = bottom - PLOT * i / 4;
      svg.line(Paint.GRID, 1, left, y, right, y);
      svg.text(Font.TEXT, Paint.MUTED, Anchor.END, left - 6, y + 4, decimals(i / 4.0));
    }
    for (int b = 0; b < bins.size(); b++) {
      Bin bin = bins.get(b);
      if (bin.cases() == 0) continue;
      double x = left + b * size, width = Math.max(1, size - 2);
      svg.rect(Paint.HEAT_3, x + 1, bottom - PLOT * bin.accuracy(), width, PLOT * bin.accuracy());
      double high = COUNTS * bin.cases() / most;
      svg.rect(Paint.HEAT_4, x + 1, countBottom - high, width, high);
    }
    double[] xs = {left, right}, ys = {bottom, top};
    svg.path(Paint.MUTED, 1.5, "4 4", xs, ys);
    for (Bin bin : bins) {
      if (bin.cases() == 0) continue;
      double x = left + (right - left) * bin.confidence(), y = bottom - PLOT * bin.accuracy();
      svg.line(Paint.SERIES_1, 2, x, y, x, bottom - PLOT * bin.confidence());
      svg.circle(Paint.SERIES_0, x, y, 3.5);
    }
    svg.line(Paint.MUTED, 1, left, bottom, right, bottom);
    svg.text(Font.TEXT, Paint.MUTED, Anchor.START, EDGE, countTop - 8, "statements");
    svg.text(Font.TEXT, Paint.MUTED, Anchor.END, left - 6, countTop + 10, count(most));
    svg.line(Paint.MUTED, 1, left, countBottom, right, countBottom);
    for (int i = 0; i <= 4; i++) {
      double x = left + (right - left) * i / 4;
      svg.line(Paint.MUTED, 1, x, countBottom, x, countBottom + 4);
      svg.text(Font.TEXT, Paint.MUTED, Anchor.MIDDLE, x, countBottom + LINE + 2, decimals(i / 4.0));
    }
    svg.text(
        Font.TEXT,
        Paint.MUTED,
        Anchor.MIDDLE,
        (left + right) / 2,
        countBottom + 2 * LINE + 4,
        "confidence");
    HeatMap.lines(svg, notes, Font.TEXT, Paint.MUTED, end + 14, LINE);
    return svg;
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
