package dev.sluice.eval.picture;

import dev.sluice.metric.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes SVG. Everything is in user units of the view box, y downwards; numbers have at most two decimals and a point whatever the locale; all text is escaped. Colours are classes of the
 * {@link #STYLE} with the light colour as a presentation attribute beside them, for programs that know no style sheets. No method writes an inline style, a script or a reference.
 */
public final class Svg {
  /**
   * The style sheet of all pictures. A page that shows pictures made by {@link #inline} holds it once, in a style block of its own.
   */
  public static final String STYLE = style();

  private static final String FONTS =
      "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";

  private final double width;
  private final double height;
  private final StringBuilder body = new StringBuilder();

  /** A size of text and its weight. */
  public enum Font {
    /** The title of a picture. */
    TITLE(15, true),
    /** A heading within a picture. */
    HEADING(12, true),
    /** Everything else. */
    TEXT(12, false);

    private final double size;
    private final boolean bold;

    Font(double size, boolean bold) {
      this.size = size;
      this.bold = bold;
    }

    /** About how wide a text is: no font is at hand, so letters count by kind, rather too much than too little. */
    public double width(String text) {
      double ems = text.codePoints().mapToDouble(Font::ems).sum();
      return size * ems * (bold ? 1.08 : 1);
    }

    private static double ems(int c) {
      if (Character.getType(c) == Character.NON_SPACING_MARK) return 0;
      if (c < 0x80) {
        if ("iIjlt.,:;|!'()[] ".indexOf(c) >= 0) return 0.36;
        if ("mwMW%@".indexOf(c) >= 0) return 0.9;
        if (Character.isUpperCase(c)) return 0.7;
        return c >= '0' && c <= '9' ? 0.64 : 0.6;
      }
      return Character.isIdeographic(c) || c >= 0x1F000 || c >= 0x3040 && c < 0xD800 || c >= 0xFF00
          ? 1.05
          : 0.64;
    }

    /** The text, or as much of its beginning as fits with an ellipsis behind it. */
    public String fit(String text, double most) {
      if (width(text) <= most) return text;
      int end = text.length();
      while (end > 0 && width(text.substring(0, end) + "…") > most)
        end = text.offsetByCodePoints(end, -1);
      return text.substring(0, end) + "…";
    }

    /** The text in lines that fit, broken at blanks; a longer word is cut. */
    public List<String> lines(String text, double most) {
      List<String> lines = new ArrayList<>();
      String line = "";
      for (String word : text.strip().split("\\s+")) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (width(longer) > most && !line.isEmpty()) {
          lines.add(line);
          longer = word;
        }
        line = fit(longer, most);
      }
      if (!line.isEmpty()) lines.add(line);
      return lines;
    }
  }

  /** Where a text has its point. */
  public enum Anchor {
    /** At its beginning. */
    START,
    /** In its middle. */
    MIDDLE,
    /** At its end. */
    END
  }

  /** An empty picture with a ground. */
  public Svg(double width, double height) {
    this.width = width;
    this.height = height;
    rect(Paint.GROUND, 0, 0, width, height);
  }

  /** The width in user units. */
  public double width() {
    return width;
  }

  /** The height in user units. */
  public double height() {
    return height;
  }

  /** A filled rectangle. */
  public Svg rect(Paint paint, double x, double y, double w, double h) {
    open("rect").fill(paint).at("x", x).at("y", y).at("width", w).at("height", h);
    return close();
  }

  /** A filled circle. */
  public Svg circle(Paint paint, double x, double y, double r) {
    open("circle").fill(paint).at("cx", x).at("cy", y).at("r", r);
    return close();
  }

  /** A ring. */
  public Svg ring(Paint paint, double width, double x, double y, double r) {
    open("circle").stroke(paint, width).at("cx", x).at("cy", y).at("r", r);
    return close();
  }

  /** A line. */
  public Svg line(Paint paint, double width, double x1, double y1, double x2, double y2) {
    return path(paint, width, "", new double[] {x1, x2}, new double[] {y1, y2});
  }

  /**
   * A line through points, with gaps where a coordinate is not a number.
   *
   * @param dashes lengths of dashes and gaps with blanks between, empty for a solid line
   */
  public Svg path(Paint paint, double width, String dashes, double[] x, double[] y) {
    StringBuilder d = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < x.length; i++) {
      boolean there = Double.isFinite(x[i]) && Double.isFinite(y[i]);
      if (there)
        d.append(drawing ? "L" : "M").append(number(x[i])).append(' ').append(number(y[i]));
      drawing = there;
    }
    if (d.length() == 0) return this;
    open("path").stroke(paint, width);
    if (!dashes.isEmpty()) attribute("stroke-dasharray", dashes);
    attribute("stroke-linejoin", "round");
    attribute("d", d.toString());
    return close();
  }

  /** A text on a line. */
  public Svg text(Font font, Paint paint, Anchor anchor, double x, double y, String text) {
    return text(font, paint, anchor, x, y, 0, text);
  }

  /** A text that stays readable above lines: it has a rim of the ground's colour. */
  public Svg textAbove(Font font, Paint paint, Anchor anchor, double x, double y, String text) {
    open("text").attribute("class", "sp-f-" + paint.label() + " sp-s-" + Paint.GROUND.label());
    attribute("fill", paint.light()).attribute("stroke", Paint.GROUND.light());
    at("stroke-width", 4).attribute("stroke-linejoin", "round").attribute("paint-order", "stroke");
    return finish(font, anchor, x, y, text);
  }

  /** A text that is turned around its point, clockwise in degrees. */
  public Svg text(
      Font font, Paint paint, Anchor anchor, double x, double y, double turn, String text) {
    open("text").fill(paint);
    if (turn != 0)
      attribute("transform", "rotate(" + number(turn) + " " + number(x) + " " + number(y) + ")");
    return finish(font, anchor, x, y, text);
  }

  private Svg finish(Font font, Anchor anchor, double x, double y, String text) {
    at("x", x).at("y", y).at("font-size", font.size);
    if (font.bold) attribute("font-weight", "600");
    if (anchor != Anchor.START) attribute("text-anchor", anchor.name().toLowerCase(Locale.ROOT));
    body.append('>').append(escape(text)).append("</text>\n");
    return this;
  }

  /** Another picture inside this one. */
  public Svg place(Svg other, double x, double y) {
    body.append("<g transform=\"translate(" + number(x) + " " + number(y) + ")\">\n");
    body.append(other.body).append("</g>\n");
    return this;
  }

  private Svg open(String element) {
    body.append('<').append(element);
    return this;
  }

  private Svg fill(Paint paint) {
    attribute("class", "sp-f-" + paint.label());
    return attribute("fill", paint.light());
  }

  private Svg stroke(Paint paint, double width) {
    attribute("class", "sp-s-" + paint.label());
    attribute("fill", "none");
    return attribute("stroke", paint.light()).at("stroke-width", width);
  }

  private Svg at(String name, double value) {
    return attribute(name, number(value));
  }

  private Svg attribute(String name, String value) {
    body.append(' ').append(name).append("=\"").append(escape(value)).append('"');
    return this;
  }

  private Svg close() {
    body.append("/>\n");
    return this;
  }

  /** A file of its own, style sheet included. */
  public String document(String title, String description) {
    return element(title, description, "<style>" + STYLE + "</style>\n");
  }

  /** An element for a page that holds the {@link #STYLE}. */
  public String inline(String title, String description) {
    return element(title, description, "");
  }

  private String element(String title, String description, String style) {
    String w = number(width), h = number(height);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sp\" role=\"img\" width=\""
        + w
        + "\" height=\""
        + h
        + "\" viewBox=\"0 0 "
        + w
        + " "
        + h
        + "\" font-family=\""
        + FONTS
        + "\">\n<title>"
        + escape(title)
        + "</title>\n<desc>"
        + escape(description)
        + "</desc>\n"
        + style
        + body
        + "</svg>\n";
  }

  /**
   * A number as all pictures write it, such as {@code 12} or {@code 0.25}.
   *
   * @throws IllegalArgumentException when it is infinite or not a number
   */
  public static String number(double value) {
    if (!Double.isFinite(value)) throw new IllegalArgumentException("a coordinate is " + value);
    double rounded = Math.rint(value * 100) / 100 + 0.0; // no -0
    if (rounded == Math.rint(rounded)) return String.format(Locale.ROOT, "%.0f", rounded);
    return String.format(Locale.ROOT, "%.2f", rounded).replaceFirst("0$", "");
  }

  /**
   * Text as XML holds it, between tags and in attributes: markup characters as entities, what steers a terminal or turns the direction of writing as by {@link Printable}, and what XML does
   * not allow as the replacement character.
   */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    Printable.of(text)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    return c == '\t' || c == '\n' || c >= 0x20 && !surrogate && c != 0xFFFE && c != 0xFFFF;
  }

  private static String style() {
    StringBuilder light = new StringBuilder(), dark = new StringBuilder();
    StringBuilder classes = new StringBuilder();
    for (Paint p : Paint.values()) {
      light.append(p.variable()).append(':').append(p.light()).append(';');
      dark.append(p.variable()).append(':').append(p.dark()).append(';');
      for (String property : List.of("fill", "stroke")) {
        classes.append(".sp-" + property.charAt(0) + "-" + p.label());
        classes.append("{" + property + ":var(" + p.variable() + ")}\n");
      }
    }
    return "\n.sp{"
        + light
        + "max-width:100%;height:auto;font-variant-numeric:tabular-nums}\n"
        + "@media (prefers-color-scheme:dark){.sp{"
        + dark
        + "}}\n"
        + classes;
  }
}
