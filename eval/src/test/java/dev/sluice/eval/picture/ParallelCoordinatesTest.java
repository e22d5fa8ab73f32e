package dev.sluice.eval.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ParallelCoordinatesTest {
  /** The height of an axis is 220, so the middle of two values stands 110 below the upper one. */
  @Test
  void numbersStandByTheirSizeAndOtherValuesByTheirLetters() throws Exception {
    ParallelCoordinates picture = new ParallelCoordinates(List.of("x", "y", "z"));
    picture.axis("hidden", List.of("100", "200", "150"));
    picture.axis("cell", List.of("rnn", "gru", "lstm"));
    List<Double> y = heights(picture);
    double top = y.get(2);
    assertEquals(List.of(top + 220, top + 220, top, top, top + 110, top + 110), y);
  }

  /** From 0.001 to 0.1 the middle is 0.01. */
  @Test
  void farNumbersStandByTheirFactors() throws Exception {
    ParallelCoordinates picture = new ParallelCoordinates(List.of("x", "y", "z"));
    picture.axis("rate", List.of("0.001", "0.01", "1e-1"));
    List<Double> y = heights(picture);
    assertEquals(y.get(2) + 110, y.get(1), 0.011);
    assertEquals(y.get(2) + 220, y.get(0), 0.011);
  }

  @Test
  void aValueIsWrittenOnceAndAMissingOneLeavesAGap() throws Exception {
    ParallelCoordinates picture = new ParallelCoordinates(List.of("one", "two"));
    picture.axis("a.long.name.of.a.setting", List.of("5", "5"));
    picture.axis("b", List.of("", "7")).titled("Settings", "Two lines");
    Element root = Xml.parse(picture.svg());
    List<String> texts = Xml.texts(root, "text");
    assertEquals(1, texts.stream().filter("5"::equals).count());
    assertTrue(
        texts.containsAll(List.of("Settings", "a.long.name.", "7", "one", "two")),
        texts.toString());
    assertEquals(3, Xml.attributes(root, "circle", "cy").size());
    assertFalse(picture.svg().contains("NaN"));
  }

  @Test
  void asManyValuesAsLinesAreNeededAndNamesCannotHarm() throws Exception {
    ParallelCoordinates picture = new ParallelCoordinates(List.of("<b>\u202e", "two"));
    assertThrows(IllegalArgumentException.class, () -> picture.axis("a", List.of("1")));
    picture.axis("</svg><script>", List.of("\"><b>", "2"));
    Xml.parse(picture.inline());
    Xml.parse(new ParallelCoordinates(List.of()).svg());
  }

  private static List<Double> heights(ParallelCoordinates picture) throws Exception {
    return Xml.attributes(Xml.parse(picture.svg()), "circle", "cy").stream()
        .map(Double::valueOf)
        .toList();
  }
}
