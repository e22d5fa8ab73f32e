package dev.sluice.eval.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class HeatMapTest {
  private static HeatMap map() {
    return HeatMap.of(
        List.of("a", "b"), List.of("x", "y"), new double[][] {{0, 0.25}, {Double.NaN, 1}});
  }

  @Test
  void everyCellHasItsColourAndItsNumber() throws Exception {
    String svg = map().titled("Title", "About").svg();
    Element root = Xml.parse(svg);
    assertEquals(
        List.of("Title", "x", "y", "a", "0.00", "0.25", "b", "–", "1.00", "0.00", "1.00"),
        Xml.texts(root, "text"));
    assertEquals(List.of("About"), Xml.texts(root, "desc"));
    List<String> classes = Xml.attributes(root, "rect", "class");
    assertEquals(
        List.of("sp-f-ground", "sp-f-heat-0", "sp-f-heat-2", "sp-f-ground", "sp-f-heat-9"),
        classes.subList(0, 5));
    assertEquals(5 + Paint.HEATS, classes.size());
    assertTrue(
        svg.contains(
            "<rect class=\"sp-f-heat-9\" fill=\"#082f5e\" x=\"59.2\" y=\"80\" width=\"33\" height=\"23\"/>\n"
                + "<text class=\"sp-f-on-high\" fill=\"#ffffff\" x=\"75.7\" y=\"96\" font-size=\"12\" text-anchor=\"middle\">1.00</text>\n"),
        svg);
  }

  @Test
  void squaresHaveColoursAlone() throws Exception {
    Element root = Xml.parse(map().squares(9).svg());
    assertEquals(List.of("x", "y", "a", "b", "0.00", "1.00"), Xml.texts(root, "text"));
    assertEquals(List.of("9", "9", "9", "9"), Xml.attributes(root, "rect", "width").subList(1, 5));
    assertEquals(List.of("9", "9", "9", "9"), Xml.attributes(root, "rect", "height").subList(1, 5));
  }

  @Test
  void textsAndRangeMayDifferFromTheValues() throws Exception {
    HeatMap map =
        map()
            .range(0, 2)
            .texts(new String[][] {{"7", "<b>"}, {"", "12345678"}})
            .axes("gold", "predicted")
            .note("a note");
    Element root = Xml.parse(map.inline());
    assertEquals(
        List.of(
            "predicted",
            "gold",
            "x",
            "y",
            "a",
            "7",
            "<b>",
            "b",
            "",
            "12345678",
            "0.00",
            "2.00",
            "a note"),
        Xml.texts(root, "text"));
    assertTrue(Xml.attributes(root, "rect", "class").contains("sp-f-heat-5"));
  }

  @Test
  void longNamesOfColumnsAreTurnedAndAllNamesStayInside() throws Exception {
    String name = "B-departure.airport.name".repeat(9);
    HeatMap map =
        HeatMap.of(List.of(name), List.of(name, name), new double[][] {{1, 1}}).titled(name, "");
    Element root = Xml.parse(map.svg());
    assertEquals(2, Xml.attributes(root, "text", "transform").size());
    for (String text : Xml.texts(root, "text")) assertTrue(text.length() < name.length(), text);
    Element plain = Xml.parse(map().svg());
    assertEquals(0, Xml.attributes(plain, "text", "transform").size());
  }

  @Test
  void equalValuesHaveThePalestColour() throws Exception {
    Element root = Xml.parse(HeatMap.of(List.of("a"), List.of("x"), new double[][] {{3}}).svg());
    assertEquals("sp-f-heat-0", Xml.attributes(root, "rect", "class").get(1));
  }

  @Test
  void groupsHaveHeadingsWithAGapBetween() throws Exception {
    HeatMap map =
        map().groups(List.of(new HeatMap.Group("left", 1), new HeatMap.Group("right", 1)));
    Element root = Xml.parse(map.svg());
    assertEquals(List.of("left", "right", "x", "y"), Xml.texts(root, "text").subList(0, 4));
    List<String> x = Xml.attributes(root, "rect", "x");
    assertEquals(34 + 10, Double.parseDouble(x.get(2)) - Double.parseDouble(x.get(1)), 0.01);
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    List<String> one = List.of("a");
    double[][] cell = {{1}};
    assertThrows(IllegalArgumentException.class, () -> HeatMap.of(one, List.of(), cell));
    assertThrows(IllegalArgumentException.class, () -> HeatMap.of(List.of("a", "b"), one, cell));
    assertThrows(
        IllegalArgumentException.class, () -> HeatMap.of(one, one, new double[][] {{1, 2}}));
    HeatMap map = HeatMap.of(one, one, cell);
    assertThrows(IllegalArgumentException.class, () -> map.texts(new String[][] {{"1", "2"}}));
    assertThrows(
        IllegalArgumentException.class, () -> map.groups(List.of(new HeatMap.Group("", 2))));
  }
}
