package dev.sluice.eval.report;

import static dev.sluice.eval.report.Pages.all;
import static dev.sluice.eval.report.Pages.parse;
import static dev.sluice.eval.report.Pages.section;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.eval.compare.Comparison;
import dev.sluice.eval.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The page and the Markdown of a comparison show its numbers, whatever its names are. */
class ComparisonPageTest {
  @TempDir private static Path temp;
  private static ComparisonData three;
  private static ComparisonData two;

  @BeforeAll
  static void compare() throws Exception {
    ComparedFolders folders = new ComparedFolders(temp);
    Path low = folders.score("two/low", ComparedFolders.LOW, 20);
    Path high = folders.score("two/high", ComparedFolders.GOLD, 20);
    two = ComparisonData.read(Comparison.of(List.of(low, high), Optional.empty(), 1));
    three = folders.three();
  }

  @Test
  void everythingThatIsKnownHasASection() throws Exception {
    Document page = parse(ComparisonPage.of(three));
    assertEquals(
        List.of(
            "verdicts",
            "systems",
            "significance",
            "types",
            "sentences",
            "buckets",
            "training",
            "trade-offs"),
        Pages.sections(page));
    Set<String> ids = new HashSet<>();
    for (Element e : all(page, "*"))
      if (e.hasAttribute("id")) assertTrue(ids.add(e.getAttribute("id")), e.getAttribute("id"));
    for (Element link : all(page, "a")) {
      assertTrue(link.getAttribute("href").startsWith("#"), link.getAttribute("href"));
      assertTrue(ids.contains(link.getAttribute("href").substring(1)), link.getAttribute("href"));
    }
  }

  @Test
  void ofTwoSystemsThereIsNoMatrixAndWithoutTrainingNoCurve() throws Exception {
    List<String> ids = Pages.sections(parse(ComparisonPage.of(two)));
    assertEquals(List.of("verdicts", "systems", "types", "sentences", "buckets"), ids);
  }

  @Test
  void thePageIsClosedToTheOutside() throws Exception {
    String html = ComparisonPage.of(three);
    Pages.requirePolicy(html);
    Pages.requireClosed(html);
  }

  /** Of 80 spans 40 are found, so F1 is 2/3, against all of them. */
  @Test
  void systemsStandWithTheirScoresDifferencesAndVerdicts() throws Exception {
    Document page = parse(ComparisonPage.of(three));
    List<List<String>> rows = Pages.cells(all(section(page, "systems"), "table").get(0));
    assertEquals(
        List.of("System", "F1, mean ± sd", "95 % interval", "Difference", "its 95 % interval"),
        rows.get(0).subList(0, 5));
    assertEquals(List.of("low", "66.67"), rows.get(1).subList(0, 2));
    assertEquals("+33.33", rows.get(2).get(3));
    assertTrue(
        rows.get(2).get(4).matches("\\+\\d+\\.\\d\\d to \\+\\d+\\.\\d\\d"), rows.get(2).get(4));
    assertEquals(List.of("▲ better", "100.00", "100.00"), rows.get(2).subList(5, 8));
    assertEquals("87.50 ± 17.68", rows.get(3).get(1), "the mean over seeds");
    assertEquals("0.00–100.00", rows.get(3).get(2), "of two seeds t is 12.71");
    assertTrue(rows.get(3).contains("1: 75.00, 2: 100.00"), rows.get(3).toString());
    String verdicts = section(page, "verdicts").getTextContent();
    assertTrue(verdicts.contains("▲ better. high is 33.33 points above low"), verdicts);
    List<List<String>> settings = Pages.cells(all(section(page, "systems"), "table").get(1));
    assertEquals(List.of("encoder.hidden", "8", "200", "8"), settings.get(1));
    assertEquals(List.of("loss", "crf", "crf", "softmax"), settings.get(2));
    assertEquals(3, settings.size(), "what is the same is not there");
  }

  /** An evaluation has no config, which is no difference in any setting. */
  @Test
  void aSystemWithoutAConfigDiffersInNoSetting() throws Exception {
    ComparedFolders folders = new ComparedFolders(temp);
    String config = "encoder: {hidden: 8}\nloss: crf\n";
    Path first = folders.trained(folders.score("mixed/a", ComparedFolders.LOW, 20), 1, config);
    Path evaluation = folders.score("mixed/evaluation", ComparedFolders.GOLD, 20);
    Path second =
        folders.trained(
            folders.score("mixed/b", ComparedFolders.GOLD, 20), 1, config.replace("8", "9"));
    String none = "No config recorded for evaluation: what was only evaluated has no settings";
    Element one = systems(List.of(first, evaluation));
    assertEquals(1, all(one, "table").size(), "no setting is known to differ");
    assertTrue(one.getTextContent().contains(none), one.getTextContent());
    Element all = systems(List.of(first, evaluation, second));
    assertEquals(
        List.of("encoder.hidden", "8", "no config recorded", "9"),
        Pages.cells(all(all, "table").get(1)).get(1));
    assertTrue(all.getTextContent().contains(none));
    assertFalse(section(parse(ComparisonPage.of(two)), "systems").getTextContent().contains(none));
  }

  private static Element systems(List<Path> folders) throws Exception {
    ComparisonData data = ComparisonData.read(Comparison.of(folders, Optional.empty(), 1));
    return section(parse(ComparisonPage.of(data)), "systems");
  }

  @Test
  void theMatrixSaysTheSameFromBothSides() throws Exception {
    ComparisonData data = three;
    Document page = parse(ComparisonPage.of(data));
    Element table = all(section(page, "significance"), "table").get(0);
    List<List<String>> rows = Pages.cells(table);
    assertTrue(
        rows.get(1).get(2).matches("▼ −33\\.33−\\S+ to −\\S+p < 0\\.001worse"), rows.get(1).get(2));
    assertTrue(
        rows.get(2).get(1).matches("▲ \\+33\\.33\\+\\S+ to \\+\\S+p < 0\\.001better"),
        rows.get(2).get(1));
    for (int i = 1; i <= 3; i++) assertEquals("–", rows.get(i).get(i));
    for (int i = 0; i < 3; i++)
      for (int j = i + 1; j < 3; j++) {
        JsonNode pair = data.pair(i, j);
        assertEquals(data.name(i), pair.get("first").asText());
        assertEquals(data.name(j), pair.get("second").asText());
        String points = Figures.points(pair.get("difference").asDouble());
        assertTrue(rows.get(j + 1).get(i + 1).contains(points), points);
      }
    for (Element cell : all(table, "td")) {
      boolean shaded = cell.getAttribute("class").matches("[gd][1-5]");
      assertEquals(
          cell.getTextContent().matches("[▲▼].*"),
          shaded,
          "what is real is shaded, and nothing else");
    }
  }

  @Test
  void everyCellOfTypesHasASignAndSureOnesAStar() throws Exception {
    Document page = parse(ComparisonPage.of(three));
    Element table = all(section(page, "types"), "table").get(0);
    List<List<String>> rows = Pages.cells(table);
    assertEquals(List.of("b", "40", "0.00"), rows.get(1).subList(0, 3));
    assertEquals("+100.00 *+100.00 to +100.00p < 0.001", rows.get(1).get(3));
    assertEquals(List.of("a", "40", "100.00"), rows.get(2).subList(0, 3));
    assertEquals("0.000.00 to 0.00p 1.000 ‡", rows.get(2).get(3), "they differ in no sentence");
    String note = section(page, "types").getTextContent();
    assertTrue(
        note.contains("Holm's correction for 4 tests, those of all systems on this page"), note);
    assertTrue(rows.get(2).get(4).startsWith("−"), rows.get(2).get(4));
    for (Element cell : all(table, "td")) {
      String style = cell.getAttribute("class"), text = cell.getTextContent();
      if (style.startsWith("g")) assertTrue(text.startsWith("+"), text);
      if (style.startsWith("d")) assertTrue(text.startsWith("−"), text);
    }
  }

  @Test
  void sentencesShowBothSystemsBelowTheGoldAndSayWhatIsWrong() throws Exception {
    Document page = parse(ComparisonPage.of(two));
    Element section = section(page, "sentences");
    String text = section.getTextContent();
    assertTrue(text.contains("Fixes 40 and breaks 0 sentences"), text);
    assertTrue(text.contains("Fixed: 40 sentences") && !text.contains("Broken:"), text);
    Element item = all(all(section, "ol").get(0), "li").get(0);
    assertEquals(
        List.of(List.of("b"), List.of("word1"), List.of("–"), List.of("b")),
        Pages.cells(all(item, "table").get(0)));
    assertTrue(item.getTextContent().contains("low ✗ misses b word1"), item.getTextContent());
    assertTrue(item.getTextContent().contains("high ✓ all right"), item.getTextContent());
    Element wrong = all(item, "td").get(2);
    assertEquals("", wrong.getAttribute("class"));
    assertEquals("kV", all(item, "td").get(3).getAttribute("class"));
  }

  @Test
  void labelsOfWordsAndOfSentencesAreShownToo() {
    JsonNode example =
        SmallDocument.parse(
            """
            {"first": {"where": "a:1", "words": ["we", "run"], "gold": [], "predicted": [],
              "tags": [{"gold": "PRON", "predicted": "PRON"}, {"gold": "VERB", "predicted": "NOUN"}],
              "intent": {"gold": "tell", "predicted": null}},
             "second": {"where": "a:1", "words": ["we", "run"], "gold": [], "predicted": [],
              "tags": [{"gold": "PRON", "predicted": "PRON"}, {"gold": "VERB", "predicted": "VERB"}],
              "intent": {"gold": "tell", "predicted": "tell"}}}
            """);
    Html html = new Html();
    SentenceView.writePair(html, example, "old", "new");
    String text = html.toString().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    assertTrue(text.contains("we VERB run NOUN VERB"), text);
    assertTrue(text.contains("old ✗ has NOUN run ✗ says none for tell new ✓ all right"), text);
  }

  @Test
  void hostileTextIsInertAndVisible() throws Exception {
    String quoted = TextNode.valueOf(Pages.HOSTILE).toString();
    String escaped = quoted.substring(1, quoted.length() - 1);
    String json = Json.text(two.json());
    for (String word : List.of("\"high\"", "\"b\"", "\"word1\"", "\"F1\"", "\"found\""))
      json = json.replace(word, "\"" + escaped + "\"");
    json = json.replace("high is", escaped + " is");
    ComparisonData data = ComparisonData.of(SmallDocument.parse(json));
    String html = ComparisonPage.of(data);
    Document page = parse(html);
    assertEquals(0, all(page, "img").size());
    assertEquals(1, all(page, "script").size());
    Pages.requirePolicy(html);
    Pages.requireClosed(html);
    assertTrue(all(page, "h1").get(0).getTextContent().contains("onerror=alert(1)>\"'&]]>\\u202e"));
    String markdown = ComparisonMarkdown.of(data);
    for (String text : List.of(html, markdown))
      assertFalse(text.chars().anyMatch(c -> c == 0 || c == 0x202e), "a character that steers");
    assertFalse(markdown.replace("\\<", "").contains("<img"), markdown);
  }

  @Test
  void twentySystemsWithLongSentencesStayBelowTwoMegabytes() throws Exception {
    ObjectNode json = two.json().deepCopy();
    JsonNode system = json.at("/systems/1"), pair = json.at("/pairs/0").deepCopy();
    String longer = "a sentence of many words ".repeat(100);
    for (JsonNode example : pair.get("fixed"))
      for (String side : List.of("first", "second"))
        for (int i = 0; i < 40; i++)
          ((ArrayNode) example.get(side).get("words")).add(longer.substring(i, i + 60));
    var systems = json.withArray("systems");
    var pairs = json.withArray("pairs");
    while (systems.size() < Comparison.MOST)
      systems.add(((ObjectNode) system.deepCopy()).put("name", "system " + systems.size()));
    pairs.removeAll();
    for (int i = 0; i < systems.size(); i++)
      for (int j = i + 1; j < systems.size(); j++) {
        ObjectNode its = pair.deepCopy();
        if (i > 0) its.remove(List.of("types", "buckets", "fixed", "broken"));
        pairs.add(its.put("first", "system " + i).put("second", "system " + j));
      }
    String html = ComparisonPage.of(ComparisonData.of(json));
    int size = html.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(size < HtmlReport.MOST_BYTES, size + " bytes");
    assertTrue(size > HtmlReport.MOST_BYTES / 2, size + " bytes: there was room for more");
    assertTrue(html.contains("Fixed: 40 sentences, of which "));
    parse(html);
  }

  @Test
  void markdownHasARowPerSystemAndAVerdictPerDifference() throws Exception {
    String markdown = ComparisonMarkdown.of(three);
    assertTrue(markdown.startsWith("# Comparison with low, "), markdown);
    assertTrue(markdown.contains("| low | 66.67 | "), markdown);
    assertTrue(markdown.contains(" | ▲ better | 100.00 | 100.00 | "), markdown);
    assertTrue(markdown.contains("- ▲ **better**: high is 33.33 points above low"), markdown);
    assertTrue(markdown.contains("| series − high | "), markdown);
    assertTrue(
        markdown.contains(
            "| high | b | 0.00 | 100.00 | +100.00 | +100.00 to +100.00 | \\< 0.001 |"),
        markdown);
    assertTrue(
        markdown.contains("| System | F1, mean ± sd | 95 % interval | Difference | "), markdown);
    assertTrue(markdown.contains("correction for 3 pairs and for 4 tests of types"), markdown);
    for (String line : markdown.split("\n"))
      if (line.startsWith("|")) assertTrue(line.matches("\\| .* \\|"), line);
  }

  @Test
  void aFileIsWritten() throws Exception {
    Path file = temp.resolve("comparison.html");
    ComparisonPage.write(three, file);
    assertEquals(ComparisonPage.of(three), Files.readString(file));
  }
}
