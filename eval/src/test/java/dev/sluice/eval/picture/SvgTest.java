package dev.sluice.eval.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.eval.picture.Svg.Anchor;
import dev.sluice.eval.picture.Svg.Font;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Whatever text and numbers are drawn, the file is well-formed, says only what it was given, and follows light and dark. */
class SvgTest {
  private static final String HOSTILE =
      "</text><script>alert(1)</script><a href='x' onclick=\"y\">&amp; ]]> <!-- \u0000\u0007\uD800 \uFFFF \u202E";

  @Test
  void hostileTextIsTextInEveryPlace() throws Exception {
    Svg svg = new Svg(100, 50);
    svg.text(Font.TEXT, Paint.INK, Anchor.START, 1, 2, HOSTILE);
    Element root = Xml.parse(svg.document(HOSTILE, HOSTILE));
    String shown =
        "</text><script>alert(1)</script><a href='x' onclick=\"y\">&amp; ]]> <!-- \\u0000\\u0007\uFFFD \uFFFD \\u202e";
    for (String place : List.of("title", "desc", "text"))
      assertEquals(List.of(shown), Xml.texts(root, place), place);
  }

  @Test
  void theRootIsAnImageThatScales() throws Exception {
    Element root = Xml.parse(new Svg(430, 99.5).inline("T", "D"));
    assertEquals("img", root.getAttribute("role"));
    assertEquals("0 0 430 99.5", root.getAttribute("viewBox"));
    assertEquals(List.of("T"), Xml.texts(root, "title"));
    assertEquals(List.of("D"), Xml.texts(root, "desc"));
    assertEquals(List.of(), Xml.texts(root, "style"), "the page has it");
    assertEquals(List.of(Svg.STYLE), Xml.texts(Xml.parse(new Svg(1, 1).document("", "")), "style"));
    assertTrue(Svg.STYLE.contains(".sp{") && Svg.STYLE.contains("max-width:100%"), Svg.STYLE);
    assertTrue(Svg.STYLE.contains("@media (prefers-color-scheme:dark){.sp{--sp-ground:#0d1117;"));
    assertTrue(Svg.STYLE.contains("\n.sp-s-series-5{stroke:var(--sp-series-5)}\n"), Svg.STYLE);
    assertFalse(Svg.STYLE.contains("<") || Svg.STYLE.contains("url("), Svg.STYLE);
  }

  @Test
  void numbersHaveAPointAndAtMostTwoDecimalsInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals("0.25", Svg.number(0.25));
      assertEquals("12", Svg.number(12));
      assertEquals("1234567.9", Svg.number(1234567.899));
      assertEquals("0", Svg.number(-0.001));
    } finally {
      Locale.setDefault(before);
    }
    assertThrows(IllegalArgumentException.class, () -> Svg.number(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Svg.number(Double.POSITIVE_INFINITY));
  }

  @Test
  void aPathHasGapsWhereAPointIsMissing() {
    double[] x = {0, 1, 2, 3, 4}, y = {0, 1, Double.NaN, 3, 4};
    String svg = new Svg(9, 9).path(Paint.INK, 1, "2 3", x, y).inline("", "");
    assertTrue(svg.contains(" stroke-dasharray=\"2 3\""), svg);
    assertTrue(svg.contains(" d=\"M0 0L1 1M3 3L4 4\""), svg);
    double[] none = {Double.NaN};
    assertFalse(new Svg(9, 9).path(Paint.INK, 1, "", none, none).inline("", "").contains("path"));
  }

  @Test
  void textIsCutToFitAndNeverThroughALetterOfTwoCodeUnits() {
    assertEquals("short", Font.TEXT.fit("short", 100));
    String cut = Font.TEXT.fit("a\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80", 36);
    assertEquals("a\uD83D\uDE80…", cut);
    assertEquals(List.of("one two", "three"), Font.TEXT.lines(" one  two three ", 60));
    assertEquals(List.of(), Font.TEXT.lines("", 60));
  }

  /** WCAG 2.2: 4.5 for text, 3 for lines. */
  @Test
  void everyColourStandsOutFromWhatLiesBehindItInLightAndDark() {
    for (boolean dark : new boolean[] {false, true}) {
      for (Paint text : List.of(Paint.INK, Paint.MUTED))
        assertTrue(contrast(text, Paint.GROUND, dark) >= 4.5, text::toString);
      for (int i = 0; i < Paint.HEATS; i++) {
        Paint heat = Paint.heat((i + 0.5) / Paint.HEATS);
        assertTrue(
            contrast(heat.text(), heat, dark) >= 4.5,
            heat + " " + contrast(heat.text(), heat, dark));
      }
      for (int n = 0; n < 6; n++)
        assertTrue(contrast(Paint.series(n), Paint.GROUND, dark) >= 4.5, "series " + n);
    }
  }

  /** The order of the heats can be told without seeing a hue. */
  @Test
  void heatsGrowDeeperStepByStep() {
    for (int i = 1; i < Paint.HEATS; i++) {
      Paint less = Paint.heat((i - 0.5) / Paint.HEATS), more = Paint.heat((i + 0.5) / Paint.HEATS);
      assertTrue(luminance(more.light()) < luminance(less.light()), more::toString);
      assertTrue(luminance(more.dark()) > luminance(less.dark()), more::toString);
    }
    assertEquals(Paint.HEAT_0, Paint.heat(-1));
    assertEquals(Paint.HEAT_9, Paint.heat(1));
    assertEquals(Paint.HEAT_5, Paint.heat(0.5));
  }

  private static double contrast(Paint a, Paint b, boolean dark) {
    double x = luminance(dark ? a.dark() : a.light()), y = luminance(dark ? b.dark() : b.light());
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    double sum = 0;
    double[] weights = {0.0722, 0.7152, 0.2126};
    for (int i = 0; i < 3; i++) {
      double c = (rgb >> 8 * i & 0xff) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
