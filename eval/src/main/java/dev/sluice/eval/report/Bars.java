package dev.sluice.eval.report;

import java.util.Optional;
import java.util.OptionalDouble;

/** Small pictures within a row of a table. The numbers stand beside them, so they are hidden from screen readers. */
final class Bars {
  private static final int WIDTH = 120;
  private static final int HEIGHT = 14;
  private static final int EDGE = 4;

  private Bars() {}

  /** A score as a point on a line from 0 to 100 %, with whiskers for its interval. */
  static void interval(Html html, OptionalDouble score, Optional<Range> interval) {
    if (score.isEmpty()) return;
    double middle = HEIGHT / 2.0;
    begin(html);
    line(html, "axis", EDGE, middle, WIDTH - EDGE, middle);
    for (double tick : new double[] {0, 0.5, 1})
      line(html, "axis", x(tick), middle - 3, x(tick), middle + 3);
    interval.ifPresent(
        i -> {
          line(html, "whisker", x(i.low()), middle, x(i.high()), middle);
          line(html, "whisker", x(i.low()), middle - 4, x(i.low()), middle + 4);
          line(html, "whisker", x(i.high()), middle - 4, x(i.high()), middle + 4);
        });
    html.empty(
        "circle",
        "class",
        "dot",
        "cx",
        number(x(score.getAsDouble())),
        "cy",
        number(middle),
        "r",
        "3.5");
    html.close("svg");
  }

  /** A share as a bar. */
  static void share(Html html, double share) {
    begin(html);
    html.empty(
        "rect",
        "class",
        "bar",
        "x",
        "0",
        "y",
        "2",
        "rx",
        "1",
        "width",
        number(Math.max(0.5, Math.min(1, share) * WIDTH)),
        "height",
        number(HEIGHT - 4));
    html.close("svg");
  }

  private static void begin(Html html) {
    html.open(
        "svg",
        "class",
        "mini",
        "width",
        String.valueOf(WIDTH),
        "height",
        String.valueOf(HEIGHT),
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "aria-hidden",
        "true",
        "focusable",
        "false");
  }

  private static double x(double score) {
    return EDGE + Math.max(0, Math.min(1, score)) * (WIDTH - 2 * EDGE);
  }

  private static void line(Html html, String kind, double x1, double y1, double x2, double y2) {
    html.empty(
        "line",
        "class",
        kind,
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2));
  }

  private static String number(double n) {
    String text = Figures.fixed(n, 1);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
