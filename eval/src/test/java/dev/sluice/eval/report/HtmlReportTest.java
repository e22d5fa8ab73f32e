package dev.sluice.eval.report;

import static dev.sluice.eval.report.Pages.HOSTILE;
import static dev.sluice.eval.report.Pages.all;
import static dev.sluice.eval.report.Pages.between;
import static dev.sluice.eval.report.Pages.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.eval.metrics.Gate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The page is XML, complete, closed to the outside, and inert whatever stands in the data. */
class HtmlReportTest {
  @TempDir private Path temp;

  @Test
  void sectionsStandInTheOrderOfTheDesign() throws Exception {
    List<String> ids = Pages.sections(parse(full()));
    assertEquals(
        List.of(
            "headline",
            "types",
            "confusion",
            "errors",
            "sentences",
            "buckets",
            "calibration",
            "training",
            "network",
            "comparison",
            "data",
            "reproduction"),
        ids);
  }

  @Test
  void sectionsWithoutDataAreLeftOut() throws Exception {
    ObjectNode document = SmallDocument.json().deepCopy();
    ((ObjectNode) document.get("parts").get(0)).remove("analysis");
    Document page = parse(HtmlReport.of(ReportData.of("old", document)));
    List<String> ids = Pages.sections(page);
    assertEquals(List.of("headline", "types", "reproduction"), ids);
    assertEquals(ids.size(), all(all(page, "nav").get(0), "a").size());
  }

  @Test
  void everyLinkLeadsToAPlaceOnThePageAndEveryIdIsUnique() throws Exception {
    Set<String> ids = new HashSet<>();
    Document page = parse(full());
    for (Element e : all(page, "*")) {
      if (e.hasAttribute("id")) assertTrue(ids.add(e.getAttribute("id")), e.getAttribute("id"));
    }
    List<Element> links = all(page, "a");
    assertTrue(links.size() > 50);
    for (Element link : links) {
      assertTrue(link.getAttribute("href").startsWith("#"), link.getAttribute("href"));
      assertTrue(ids.contains(link.getAttribute("href").substring(1)), link.getAttribute("href"));
    }
    for (Element label : all(page, "label")) assertTrue(ids.contains(label.getAttribute("for")));
  }

  @Test
  void thePolicyAllowsTheOneStyleAndTheOneScriptAlone() throws Exception {
    Pages.requirePolicy(full());
  }

  @Test
  void thereIsNoInlineStyleNoHandlerAndNothingToLoad() throws Exception {
    Pages.requireClosed(full());
  }

  @Test
  void hostileTextIsInertAndVisible() throws Exception {
    String json = SampleDocument.spans(40, 5).json().toString();
    String quoted = TextNode.valueOf(HOSTILE).toString();
    String escaped = quoted.substring(1, quoted.length() - 1);
    JsonNode document =
        SmallDocument.parse(
            json.replace("from_city", escaped)
                .replace("Bern", escaped)
                .replace("data/test.csv", escaped)
                .replace("\"test\"", "\"" + escaped + "\""));
    ReportData data =
        ReportData.of(HOSTILE, document).gates(List.of(new Gate.Verdict(true, HOSTILE)));
    String html = HtmlReport.of(data);
    Document page = parse(html);
    assertEquals(0, all(page, "img").size());
    assertEquals(1, all(page, "script").size());
    assertEquals(1, all(page, "h1").size());
    assertTrue(
        all(page, "h1")
            .get(0)
            .getTextContent()
            .startsWith(
                "</script><img src=x onerror=alert(1)>\"'&]]>\\u202e\\u0000\\ud800\\u000a<!--"));
    assertFalse(html.contains("\u202e") || html.contains("\u0000"), "a character that steers");
    assertEquals(between(full(), "<script>", "</script>"), between(html, "<script>", "</script>"));
    for (String other :
        List.of(
            MarkdownReport.of(data),
            CsvReport.of(data),
            LatexTable.of(data),
            TextReport.of(data, 80)))
      assertFalse(other.chars().anyMatch(c -> c == 0 || c == 0x202e), other);
  }

  @Test
  void tenThousandSentencesStayBelowTwoMegabytes() throws Exception {
    ReportData data = ReportData.of("large", SampleDocument.spans(10_000, 7).json());
    String html = HtmlReport.of(data);
    int size = html.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(size < HtmlReport.MOST_BYTES, size + " bytes");
    int shown = items(parse(html));
    assertTrue(shown > 1_000, shown + " sentences");
    assertTrue(
        html.contains(Figures.count(10_000 - shown) + " sentences more are left out"),
        shown + " shown");
  }

  @Test
  void sentencesThatTheDocumentLeavesOutAreCounted() throws Exception {
    String html =
        HtmlReport.of(ReportData.of("some", SampleDocument.spans(100, 7).examples(30).json()));
    assertEquals(30, items(parse(html)));
    assertTrue(html.contains("70 sentences more are left out"));
  }

  @Test
  void theHeadlineSaysHowCertainAndHowStrictItIs() throws Exception {
    ReportData data = SmallDocument.data();
    String text = all(parse(HtmlReport.of(data)), "section").get(0).getTextContent();
    for (String part :
        List.of(
            "F1 57.30 95 % interval 54.00–60.12",
            "Strict F157.04",
            "Lenient F157.30",
            "Invalid moves3",
            "Support813",
            "Signature F1=spanmicro|scheme=BIO",
            "3 invalid moves")) assertTrue(text.contains(part), part + " in " + text);
  }

  @Test
  void everyHeatCellHasANumberAndTheDiagonalNoShade() throws Exception {
    int cells = 0;
    for (Element table : all(parse(full()), "table")) {
      if (!table.getAttribute("class").equals("heat")) continue;
      for (Element cell : all(table, "td")) {
        assertTrue(cell.getTextContent().matches("[0-9,]+([0-9]+ %)?|–"), cell.getTextContent());
        assertFalse(
            cell.getAttribute("class").contains("right")
                && cell.getAttribute("class").contains("h" + "1"));
        cells++;
      }
    }
    assertEquals(2 * 11 * 11, cells);
  }

  @Test
  void anImageOfALabelPerTokenAndOfASentenceCanBeMadeToo() throws Exception {
    ObjectNode labels = SmallDocument.json().deepCopy();
    ObjectNode part = (ObjectNode) labels.get("parts").get(0);
    ((ObjectNode) part.get("scores")).put("kind", "labels");
    JsonNode examples =
        SmallDocument.parse(
            """
            [{"where": "a.conllu:1", "words": ["we", "run"], "gold": [], "predicted": [], "codes": [],
              "tags": [{"gold": "PRON", "predicted": "PRON", "confidence": 0.9}, {"gold": "VERB", "predicted": "NOUN", "confidence": 0.6}],
              "intent": {"gold": "tell", "predicted": null, "confidence": 0.3, "right": false}, "right": false, "confidence": 0.6}]
            """);
    ((ObjectNode) part.get("analysis")).set("examples", examples);
    String text = text(parse(HtmlReport.of(ReportData.of("tags", labels))), "sentences");
    assertTrue(text.contains("VERB") && text.contains("NOUN 60"), text);
    assertTrue(text.contains("intent tell → rejected 30"), text);
    ((ObjectNode) part.get("scores")).put("kind", "sentences");
    assertTrue(
        text(parse(HtmlReport.of(ReportData.of("intents", labels))), "types").contains("Label"));
  }

  @Test
  void whatIsNotClosedIsNoticed() {
    Html html = new Html().open("p");
    assertThrows(IllegalStateException.class, html::toString);
    assertThrows(IllegalStateException.class, () -> html.close("div"));
    assertThrows(IllegalArgumentException.class, () -> html.empty("div"));
    assertThrows(IllegalArgumentException.class, () -> html.open("br"));
    assertEquals(
        "<p title=\"&lt;&quot;\\u0007\">a&amp;<bdi>b<span class=\"esc\">\\u200f</span></bdi></p>",
        new Html()
            .open("p", "title", "<\"\u0007", "id", null)
            .text("a&")
            .user("b\u200f")
            .close()
            .toString());
  }

  @Test
  void aRunOfOneEpochHasCurvesThatBeginAtNothing() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("one"));
    SampleFolder.write(folder, 5);
    Files.writeString(folder.resolve("training.csv"), SampleDocument.training(1));
    Document page = parse(HtmlReport.of(ReportData.read(folder)));
    List<Element> figures = all(Pages.section(page, "training"), "figure");
    assertEquals(15, figures.size(), "five curves on three axes");
    List<String> texts = all(figures.get(0), "text").stream().map(Element::getTextContent).toList();
    assertTrue(texts.containsAll(List.of("0", "1", "epoch")), texts.toString());
    assertTrue(all(figures.get(5), "text").get(0).getTextContent().contains("Loss"));
  }

  @Test
  void curvesWithoutStepsOrSecondsHaveTheAxisOfEpochsAlone() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("old"));
    SampleFolder.write(folder, 5);
    Files.writeString(folder.resolve("training.csv"), "epoch,loss\n1,2.5\n2,1.5\n");
    Element training = Pages.section(parse(HtmlReport.of(ReportData.read(folder))), "training");
    assertEquals(
        List.of("axis-epoch"),
        all(training, "input").stream().map(e -> e.getAttribute("id")).toList());
    assertEquals(1, all(training, "figure").size());
  }

  @Test
  void bothViewsOfWhatIsPartlyRightStandOnThePageUnderTheirNames() throws Exception {
    List<String> summaries =
        all(Pages.section(parse(full()), "types"), "summary").stream()
            .map(Element::getTextContent)
            .toList();
    assertEquals(
        List.of(
            "By type: a pair counts under its gold type", "By type: both sides filtered by type"),
        summaries);
  }

  /** Files and the values of a column have a row each, with the interval that the part itself has. */
  @Test
  void partsAndGroupsHaveTheirIntervalBesideTheScore() throws Exception {
    ObjectNode document = PartsDocument.json();
    Element headline =
        Pages.section(parse(HtmlReport.of(ReportData.of("x", document))), "headline");
    List<Element> tables = all(headline, "table");
    assertEquals(3, tables.size());
    assertEquals(
        List.of("news_1.conll", "898", "12,000", "57.41", "57.20", "57.30", "54.00–60.12"),
        Pages.cells(tables.get(1)).get(1));
    assertEquals(
        List.of("(empty)", "898", "12,000", "57.41", "57.20", "57.30", "50.00–65.00"),
        Pages.cells(tables.get(2)).get(1));
  }

  @Test
  void smoothingFreesTheMeanFromItsStart() {
    double[] smooth = TrainingSection.smooth(new double[] {2, Double.NaN, 4});
    assertEquals(2, smooth[0], 1e-12);
    assertEquals(2, smooth[1], 1e-12);
    assertEquals((0.6 * 0.4 * 2 + 0.4 * 4) / (1 - 0.36), smooth[2], 1e-12);
  }

  // --- helpers

  /** A page with every section. */
  private String full() throws Exception {
    return HtmlReport.of(SampleFolder.write(temp, 60));
  }

  private static int items(Document page) {
    int items = 0;
    for (Element list : all(page, "ol")) {
      if (!list.getAttribute("class").equals("sentences")) continue;
      for (Node n = list.getFirstChild(); n != null; n = n.getNextSibling())
        if (n instanceof Element) items++;
    }
    return items;
  }

  private static String text(Document page, String section) {
    return Pages.section(page, section).getTextContent();
  }

  @Test
  void aFileIsWritten() throws Exception {
    Path file = temp.resolve("r.html");
    HtmlReport.write(SmallDocument.data(), file);
    assertEquals(HtmlReport.of(SmallDocument.data()), Files.readString(file));
  }
}
