package dev.sluice.eval.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LineChartTest {
  @Test
  void seriesDifferInColourAndInDashesAndStandInTheLegend() throws Exception {
    LineChart chart = new LineChart("epoch", "F1").titled("Curves", "Two of them");
    chart.series("train", new double[] {1, 2, 3}, new double[] {10, 55.5, 90});
    chart.series("dev", new double[] {1, 2, 3}, new double[] {8, 40, 61});
    chart.mark(3, 61, "best");
    String svg = chart.svg();
    Element root = Xml.parse(svg);
    assertEquals(
        List.of(
            "Curves", "F1", "0", "20", "40", "60", "80", "100", "1", "2", "3", "epoch", "best",
            "train", "dev"),
        Xml.texts(root, "text"));
    assertTrue(
        svg.contains(
            "<path class=\"sp-s-series-0\" fill=\"none\" stroke=\"#0068a8\" stroke-width=\"2\" stroke-linejoin"),
        svg);
    assertTrue(
        svg.contains(
            "<path class=\"sp-s-series-1\" fill=\"none\" stroke=\"#c04a00\" stroke-width=\"2\" stroke-dasharray=\"7 3\""),
        svg);
    assertEquals(
        List.of("5"),
        Xml.attributes(root, "circle", "r").stream().filter(r -> r.equals("5")).toList());
  }

  /** Equal factors are equal distances: 1, 0.1 and 0.01 stand at the top, in the middle and at the bottom of 200. */
  @Test
  void aLogarithmicAxisMakesFactorsDistancesAndLeavesOutWhatIsNotPositive() throws Exception {
    LineChart chart = new LineChart("", "").logarithmic();
    double[] k = {0, 1, 2, 3, 4};
    chart.series("", k, new double[] {1, 0.1, 0.01, 0, Double.NaN});
    Element root = Xml.parse(chart.inline());
    List<String> y = Xml.attributes(root, "circle", "cy");
    assertEquals(3, y.size());
    double top = Double.parseDouble(y.get(0));
    assertEquals(top + 100, Double.parseDouble(y.get(1)), 0.011);
    assertEquals(top + 200, Double.parseDouble(y.get(2)), 0.011);
    assertEquals(
        List.of("", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "0", "1", "2", "3", "4", ""),
        Xml.texts(root, "text"));
  }

  @Test
  void aChartWithoutAnythingToDrawIsStillAPicture() throws Exception {
    Xml.parse(new LineChart("x", "y").svg());
    Xml.parse(
        new LineChart("x", "y").logarithmic().series("a", new double[0], new double[0]).svg());
    double[] none = {Double.NaN}, one = {5};
    Xml.parse(new LineChart("x", "y").series("a", none, none).mark(Double.NaN, 1, "m").svg());
    Xml.parse(new LineChart("x", "y").series("a", one, one).svg());
  }

  @Test
  void axesReachOverRangesAndPointsAlike() throws Exception {
    LineChart chart = new LineChart("confidence", "accuracy").xRange(0, 1).yRange(0, 1);
    chart.series("bins", new double[] {0.3, 0.9}, new double[] {0.35, 0.8});
    List<String> texts = Xml.texts(Xml.parse(chart.svg()), "text");
    assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), texts.subList(1, 7));
    assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), texts.subList(7, 13));
  }

  @Test
  void marksOfAnAxisAreRoundNumbers() {
    assertEquals(List.of("0", "5", "10"), Ticks.linear(0, 12, 4, true, false).labels());
    assertEquals(List.of("0", "1"), Ticks.linear(0, 1, 8, true, false).labels());
    assertEquals(
        List.of("-0.5", "0.0", "0.5", "1.0"), Ticks.linear(-0.3, 0.9, 4, false, true).labels());
    assertEquals(
        List.of("2,000", "2,500", "3,000"), Ticks.linear(2100, 2900, 3, false, true).labels());
    assertEquals(List.of("10⁻¹¹", "10⁻⁶", "0.1"), Ticks.decades(1e-15, 0.1, 4).labels());
    assertEquals(List.of("10⁴", "2·10⁴", "5·10⁴", "10⁵"), Ticks.decades(20000, 30000, 6).labels());
    assertEquals(List.of("1", "2", "5", "10"), Ticks.decades(1, 1, 6).labels());
  }

  /** In colour and dashes together, of which there are six each. */
  @Test
  void thirtySixSeriesCanBeToldApart() {
    LineChart chart = new LineChart("", "");
    double[] ends = {0, 1};
    for (int n = 0; n < 36; n++) chart.series("s" + n, ends, ends);
    Set<String> looks = new HashSet<>();
    for (String line : chart.inline().lines().toList()) {
      if (line.startsWith("<path class=\"sp-s-series-")) looks.add(line.replaceFirst(" d=.*", ""));
    }
    assertEquals(36, looks.size());
  }

  @Test
  void seriesOfUnequalLengthsAreRefused() {
    LineChart chart = new LineChart("", "");
    assertThrows(
        IllegalArgumentException.class,
        () -> chart.series("a", new double[] {1}, new double[] {1, 2}));
  }
}
