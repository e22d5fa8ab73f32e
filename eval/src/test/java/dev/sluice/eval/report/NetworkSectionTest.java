package dev.sluice.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The network at work: pictures with their numbers beside them, of nothing but the document. */
class NetworkSectionTest {
  private final ObjectNode document = SampleDocument.spans(5, 1).json();
  private final ObjectNode gates = (ObjectNode) document.get("gates");

  @Test
  void everyPictureHasItsNumbersBesideIt() throws Exception {
    Element section = section();
    List<Element> figures = all(section, "figure");
    assertEquals(
        4, figures.size(), "two directions, the network's curves and those of fresh cells");
    for (Element figure : figures) {
      assertEquals(1, all(figure, "svg").size());
      assertEquals(1, all(all(figure, "details").get(0), "table").size());
    }
    assertEquals(
        List.of("Token", "i", "f", "|g|", "o", "‖h‖"), texts(all(figures.get(0), "thead"), "th"));
    List<Element> rows = all(all(figures.get(0), "tbody").get(0), "tr");
    assertEquals(8, rows.size());
    assertEquals("Bern0.56620.77630.68630.49630.4063", rows.get(5).getTextContent());
    assertEquals(
        List.of("Steps back", "layer 1 forward", "layer 1 backward"),
        texts(all(figures.get(2), "thead"), "th"));
    assertEquals(50, all(all(figures.get(3), "tbody").get(0), "tr").size());
    assertEquals(
        "499.96e-117.55e-07",
        all(all(figures.get(3), "tbody").get(0), "tr").get(49).getTextContent());
  }

  @Test
  void theHeatMapShowsEveryNumberAndTheChartTheFactor() throws Exception {
    List<String> heat = texts(List.of(all(section(), "svg").get(0)), "text");
    assertTrue(
        heat.containsAll(List.of("Bern", "0.57", "0.78", "0.69", "0.50", "0.41")), heat::toString);
    List<String> chart = texts(List.of(all(section(), "svg").get(3)), "text");
    assertTrue(chart.contains("RNN, × 0.63 per step"), chart::toString);
  }

  @Test
  void theTextIsThatOfTheCell() throws Exception {
    String lstm = section().getTextContent();
    assertTrue(lstm.contains("Layer 1: LSTM, 24 units per direction"), lstm);
    assertTrue(lstm.contains("from the show list of the config: is there a seat"), lstm);
    assertTrue(
        lstm.contains("Fresh cells of 64 units over 50 steps of random input, seed 1"), lstm);
    assertTrue(lstm.contains("forget gate (f)"), lstm);
    ((ArrayNode) gates.get("layers")).remove(1);
    ((ObjectNode) gates.at("/layers/0")).put("cell", "gru").put("units", 1);
    ((ObjectNode) gates.get("sentence")).put("from", "dev").put("omitted", 3);
    String gru = section().getTextContent();
    assertTrue(gru.contains("Layer 1: GRU, 1 unit") && !gru.contains("1 unit per"), gru);
    assertTrue(gru.contains("update gate (z)") && !gru.contains("forget gate (f)"), gru);
    assertTrue(gru.contains("a sentence of dev: "), gru);
    assertTrue(lstm.contains("the backward one") && !gru.contains("the backward one"), gru);
    assertTrue(gru.contains("Gates of layer 1 forward"), gru);
    assertTrue(gru.contains("3 tokens more are left out"), gru);
    ((ObjectNode) gates.at("/layers/0")).put("cell", "rnn");
    String rnn = section().getTextContent();
    assertTrue(rnn.contains("States of layer 1 forward") && !rnn.contains("Gates of"), rnn);
    assertTrue(rnn.contains("has no gates") && !rnn.contains("update gate (z)"), rnn);
  }

  /** What grew beyond the numbers is null in the document. */
  @Test
  void whatIsNoNumberIsShownAsSuch() throws Exception {
    ArrayNode values = (ArrayNode) gates.at("/layers/0/state/values");
    values.setNull(7);
    ((ArrayNode) gates.at("/layers/0/reach/norms")).setNull(3);
    ((ArrayNode) gates.at("/layers/0/reach/norms")).set(4, 0);
    ((ObjectNode) gates.at("/layers/0/reach")).putNull("perStep");
    Element section = section();
    assertTrue(texts(List.of(all(section, "svg").get(0)), "text").contains("–"));
    List<Element> figures = all(section, "figure");
    assertTrue(all(figures.get(0), "tbody").get(0).getTextContent().endsWith("n/a\n"));
    List<Element> rows = all(all(figures.get(2), "tbody").get(0), "tr");
    assertEquals("3n/a0.216", rows.get(3).getTextContent());
    assertEquals("400.130", rows.get(4).getTextContent());
    assertTrue(texts(List.of(all(section, "svg").get(2)), "text").contains("layer 1 forward"));
  }

  @Test
  void aSentenceOfOneTokenCanBeDrawn() throws Exception {
    for (var layer : gates.get("layers")) {
      for (var gate : layer.get("gates")) shorten(gate.get("values"));
      shorten(layer.at("/state/values"));
      shorten(layer.at("/reach/norms"));
      ((ObjectNode) layer.get("reach")).putNull("perStep");
    }
    shorten(gates.at("/sentence/words"));
    assertEquals(4, all(section(), "svg").size());
  }

  private static void shorten(com.fasterxml.jackson.databind.JsonNode array) {
    while (array.size() > 1) ((ArrayNode) array).remove(1);
  }

  @Test
  void withoutGatesThereIsNoSection() {
    NetworkSection section = new NetworkSection();
    assertTrue(section.isThere(ReportData.of("run", document)));
    assertFalse(
        HtmlReport.of(ReportData.of("run", document.deepCopy().putNull("gates")))
            .contains("network"));
    document.remove("gates");
    assertFalse(section.isThere(ReportData.of("old", document)));
  }

  private Element section() throws Exception {
    String page = HtmlReport.of(ReportData.of("run", document));
    return all(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)))
                .getDocumentElement(),
            "section")
        .stream()
        .filter(s -> s.getAttribute("id").equals("network"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(List<Element> within, String tag) {
    List<String> texts = new ArrayList<>();
    for (Element each : within) all(each, tag).forEach(e -> texts.add(e.getTextContent()));
    return texts;
  }

  private static List<Element> all(Element from, String tag) {
    List<Element> found = new ArrayList<>();
    var nodes = from.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) found.add((Element) nodes.item(i));
    return found;
  }
}
