package dev.sluice.eval.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.eval.picture.ReliabilityDiagram.Bin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ReliabilityDiagramTest {
  /** Two bins that are not empty: two points, two bars and two counts, of which the larger is as high as its place. */
  @Test
  void emptyBinsHaveNeitherBarNorPoint() throws Exception {
    ReliabilityDiagram diagram =
        new ReliabilityDiagram(
                List.of(new Bin(0, 0, 0), new Bin(5, 0.4, 0.45), new Bin(1_500, 1, 0.9)))
            .titled("Reliability & more", "Two bins")
            .note("A note");
    Element root = Xml.parse(diagram.svg());
    assertEquals(2, Xml.attributes(root, "circle", "cx").size());
    List<String> heights = Xml.attributes(root, "rect", "height");
    assertEquals(List.of("84", "0.21", "210", "64"), heights.subList(1, heights.size()));
    List<String> texts = Xml.texts(root, "text");
    for (String text : List.of("Reliability & more", "accuracy", "1,500", "confidence", "A note"))
      assertTrue(texts.contains(text), text + " in " + texts);
  }

  @Test
  void aPageHoldsTheStyleItself() {
    String inline = new ReliabilityDiagram(List.of(new Bin(1, 1, 1))).inline();
    assertFalse(inline.contains("<style>"), inline);
    assertFalse(inline.contains("style="), inline);
    assertThrows(IllegalArgumentException.class, () -> new ReliabilityDiagram(List.of()));
  }
}
