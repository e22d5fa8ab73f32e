package dev.sluice.eval.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.Configs;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.eval.EvaluationOptions;
import dev.sluice.eval.PairedFiles;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.eval.json.Json;
import dev.sluice.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of systems side by side. */
class ComparisonTest {
  private static final String GOLD = "B-a O O\nO B-b O\nB-a O B-b\n";

  @TempDir private Path temp;

  @Test
  void aSystemIsNoBetterThanItself() throws IOException {
    Path one = evaluate("one", GOLD, "B-a O O\nO O O\nB-a O O\n");
    Path copy = evaluate("copy", GOLD, "B-a O O\nO O O\nB-a O O\n");
    JsonNode pair = Comparison.of(List.of(one, copy), Optional.empty(), 1).at("/pairs/0");
    assertEquals(0, pair.get("difference").asDouble());
    assertEquals(1, pair.get("p").asDouble());
    assertEquals("unknown", pair.get("verdict").asText());
    assertTrue(pair.get("sentence").asText().endsWith("score the same"));
  }

  /** One system finds two of four spans, the other all of them; of two differing sentences 4 exchanges are possible, of which 2 differ as much. */
  @Test
  void differencesAndTheirTestAreThoseWorkedOutByHand() throws IOException {
    Path low = evaluate("low", GOLD, "B-a O O\nO O O\nB-a O O\n");
    Path high = evaluate("high", GOLD, GOLD);
    JsonNode json = Comparison.of(List.of(low, high), Optional.empty(), 1);
    JsonNode pair = json.at("/pairs/0");
    assertEquals(1 - 2 / 3.0, pair.get("difference").asDouble(), 1e-12);
    assertEquals(0.5, pair.get("p").asDouble());
    assertEquals(2, pair.get("differing").asInt());
    assertEquals(2, pair.at("/mcnemar/onlySecond").asInt());
    assertEquals(2, pair.get("fixed").size());
    assertEquals(0, pair.get("broken").size());
    JsonNode type = pair.at("/types/0");
    assertEquals("b", type.get("type").asText(), "the largest difference first");
    assertEquals(1, type.get("difference").asDouble());
    assertEquals(1, type.get("p").asDouble(), "2 types times 2 of 4 exchanges");
    String text = ComparisonText.of(json);
    assertTrue(text.contains("66.67") && text.contains("100.00"), text);
    for (String line : text.split("\n")) assertTrue(line.length() <= 100, line);
  }

  @Test
  void anyNumberOfThreadsAndAnyRunGiveTheSameBytes() throws IOException {
    Path low = evaluate("low", GOLD.repeat(30), "B-a O O\nO O O\nB-a O O\n".repeat(30));
    Path high = evaluate("high", GOLD.repeat(30), "B-a O O\nO B-b O\nO O O\n".repeat(30));
    Path other = evaluate("other", GOLD.repeat(30), "B-b O O\nO B-b O\nO O O\n".repeat(30));
    String one = Json.text(Comparison.of(List.of(low, high, other), Optional.empty(), 1));
    assertEquals(one, Json.text(Comparison.of(List.of(low, high, other), Optional.empty(), 2)));
    JsonNode json = Comparison.of(List.of(low, high, other), Optional.empty(), 1);
    assertEquals(3, json.get("pairs").size());
    assertTrue(ComparisonText.of(json).contains("verdict"));
  }

  @Test
  void otherSentencesOtherScoresAndMissingResultsAreRefused() throws IOException {
    Path one = evaluate("one", GOLD, GOLD);
    Path longer = evaluate("longer", GOLD + "O B-b O\n", GOLD + "O B-b O\n");
    Path changed = evaluate("changed", GOLD.replace("O B-b O", "O B-a O"), GOLD);
    assertEquals("EVA-045", code(one, longer));
    assertEquals("EVA-045", code(longer, one));
    assertEquals("EVA-045", code(one, changed));
    assertEquals("EVA-041", code(one, temp.resolve("nothing")));
    assertEquals("EVA-043", code(one));
  }

  /** However many runs a side has, both weigh the same: copies of one output are no more than that output. */
  @Test
  void aSeriesOfCopiesCountsAsOneOfThem() throws IOException {
    String low = "B-a O O\nO O O\nB-a O O\n".repeat(9),
        high = "B-a O O\nO B-b O\nO O O\n".repeat(9);
    Path one = evaluate("one", GOLD.repeat(9), low),
        other = evaluate("other", GOLD.repeat(9), high);
    Path series = series("series", GOLD.repeat(9), high);
    JsonNode single = Comparison.of(List.of(one, other), Optional.empty(), 1).at("/pairs/0");
    JsonNode copies = Comparison.of(List.of(one, series), Optional.empty(), 1).at("/pairs/0");
    for (String key : List.of("difference", "p", "differing", "interval"))
      assertEquals(single.get(key), copies.get(key), key);
    JsonNode same = Comparison.of(List.of(other, series), Optional.empty(), 1).at("/pairs/0");
    assertEquals(0, same.get("differing").asInt());
    assertEquals(1, same.get("p").asDouble());
  }

  @Test
  void documentsAreExchangedWhereThereAreEnough() throws IOException {
    String start = "-DOCSTART- O\n\n";
    StringBuilder gold = new StringBuilder(), found = new StringBuilder();
    for (int d = 0; d < 10; d++) {
      gold.append(start);
      found.append(start);
      for (int n = 0; n < 4; n++) {
        gold.append("w B-a\n\n");
        found.append(d < 3 ? "w O\n\n" : "w B-a\n\n");
      }
    }
    Path low = temp.resolve("low"), high = temp.resolve("high");
    score("d.gold", gold.toString(), "d.low", found.toString(), low);
    score("d.gold", gold.toString(), "d.high", gold.toString(), high);
    JsonNode json = Comparison.of(List.of(low, high), Optional.empty(), 1);
    assertEquals("document", json.at("/unit/kind").asText());
    assertEquals(10, json.at("/unit/count").asInt());
    assertEquals(3, json.at("/pairs/0/differing").asInt());
    assertEquals(0.25, json.at("/pairs/0/p").asDouble(), "2 of 8 exchanges of 3 documents");
  }

  @Test
  void withoutAScoreThereIsNoDifference() throws IOException {
    Path nothing = evaluate("nothing", "O O\n", "O O\n"),
        wrong = evaluate("wrong", "O O\n", "B-a O\n");
    JsonNode pair = Comparison.of(List.of(nothing, wrong), Optional.empty(), 1).at("/pairs/0");
    assertTrue(pair.get("difference").isNull());
    assertEquals("unknown", pair.get("verdict").asText());
    assertTrue(
        pair.get("sentence").asText().contains("has no score"), pair.get("sentence").asText());
  }

  @Test
  void otherGoldLabelsOfTokensAreRefusedToo() throws IOException {
    Path one = evaluate("one", "N V\n", "N N\n"), other = evaluate("other", "V N\n", "N N\n");
    assertEquals("EVA-045", code(one, other));
  }

  /** Two types that one system finds and the other does not, over 12 sentences each: 2 of 2¹² exchanges, times the number of tests that are left. */
  @Test
  void typesAreCorrectedOverAllTypesAndAllSystems() throws IOException {
    String gold = "B-a B-b B-c\n".repeat(12);
    Path none = evaluate("none", gold, "O O B-c\n".repeat(12));
    Path both = evaluate("both", gold, "B-a B-b B-c\n".repeat(12));
    Path one = evaluate("one", gold, "B-a O B-c\n".repeat(12));
    double p = 2 / 4096.0;
    JsonNode two = Comparison.of(List.of(none, both), Optional.empty(), 1);
    assertEquals(1, two.at("/tests/pairs").asInt());
    assertEquals(3, two.at("/tests/types").asInt());
    assertEquals(p, two.at("/pairs/0/p").asDouble());
    assertEquals(3 * p, p(two.at("/pairs/0"), "a"));
    assertEquals(3 * p, p(two.at("/pairs/0"), "b"), "an adjusted p is never below the one before");
    assertEquals(1, p(two.at("/pairs/0"), "c"));
    JsonNode three = Comparison.of(List.of(none, both, one), Optional.empty(), 1);
    assertEquals(3, three.at("/tests/pairs").asInt());
    assertEquals(6, three.at("/tests/types").asInt(), "3 types of 2 systems with the baseline");
    assertEquals(3 * p, three.at("/pairs/0/p").asDouble());
    assertEquals(6 * p, p(three.at("/pairs/0"), "a"));
    assertEquals(6 * p, p(three.at("/pairs/0"), "b"));
    assertEquals(6 * p, p(three.at("/pairs/1"), "a"));
    assertEquals(1, p(three.at("/pairs/1"), "b"));
    assertTrue(three.at("/pairs/2/types").isMissingNode(), "not with the baseline");
    String text = ComparisonText.of(three).replace('\n', ' ');
    assertTrue(text.contains("p after Holm's correction for 6 tests of types"), text);
    assertTrue(text.contains("p after Holm's correction for 3 tests of pairs"), text);
    assertTrue(text.contains("p = 0.001 after Holm over 3 pairs"), text);
  }

  private static double p(JsonNode pair, String type) {
    for (JsonNode row : pair.get("types"))
      if (row.get("type").asText().equals(type)) return row.get("p").asDouble();
    throw new AssertionError(type);
  }

  /** Of sentences of one and of three tokens, each system finds the spans of one kind; 30 of each are enough for a bucket. */
  @Test
  void oneSentenceSaysWhereEachSystemWins() throws IOException {
    String gold = "B-a\n".repeat(30) + "O B-b I-b\n".repeat(30);
    Path one = evaluate("one", gold, "B-a\n".repeat(30) + "O B-b O\n".repeat(30));
    Path other = evaluate("other", gold, "O\n".repeat(30) + "O B-b I-b\n".repeat(30));
    JsonNode json = Comparison.of(List.of(one, other), Optional.empty(), 1);
    assertEquals(
        "other wins on b (+100.00), one wins on a (+100.00); without a test, other is ahead in spans of length 2 (+100.00),"
            + " sentences of length 1-5 (+16.67); one is ahead in spans of length 1 (+66.67)",
        json.at("/pairs/0/wins").asText());
    Path same = evaluate("same", gold, "B-a\n".repeat(30) + "O B-b O\n".repeat(30));
    assertEquals(
        "neither wins on any type for sure",
        Comparison.of(List.of(one, same), Optional.empty(), 1).at("/pairs/0/wins").asText());
  }

  @Test
  void aFolderIsNotComparedWithItselfWhateverItIsCalled() throws IOException {
    Path one = evaluate("one", GOLD, GOLD), other = evaluate("other", GOLD, GOLD);
    Path link = Files.createSymbolicLink(temp.resolve("link"), one);
    assertEquals("EVA-046", code(one, one));
    assertEquals("EVA-046", code(one, link));
    assertEquals("EVA-046", code(other, one, temp.resolve("other/../one")));
    Path series = series("s", GOLD, GOLD);
    assertEquals("EVA-046", code(series, series.resolve("seed-2")), "it is in the series");
    assertEquals(
        0,
        Comparison.of(List.of(one, other), Optional.empty(), 1).at("/pairs/0/differing").asInt());
  }

  /** Folds are tested on different sentences, and parts of a curve trained on different shares. */
  @Test
  void runsThatAreNoSingleSystemAreRefusedWithOneToName() throws IOException {
    Path one = evaluate("one", GOLD, GOLD);
    Path folds = Files.createDirectories(temp.resolve("folds"));
    Files.writeString(
        folds.resolve("folds.json"),
        "{\"schemaVersion\": 1, \"runs\": [{\"name\": \"fold-1\"}, {\"name\": \"fold-2\"}]}");
    assertEquals(
        folds
            + ": this is a series of 2 folds (train --folds), each tested on other sentences, so they are not one system."
            + " Fix: compare one of its runs with the same one of another series, e.g. "
            + folds.resolve("fold-1"),
        message(folds, one));
    Path curve = Files.createDirectories(temp.resolve("curve"));
    Files.writeString(
        curve.resolve("learning-curve.json"),
        "{\"schemaVersion\": 1, \"points\": [{\"runs\": [{\"name\": \"share-1-seed-1\"}]}]}");
    assertTrue(message(one, curve).contains("this is a series of 1 run (train --learning-curve)"));
  }

  private static String message(Path... folders) {
    var problem =
        assertThrows(
                SluiceException.class, () -> Comparison.of(List.of(folders), Optional.empty(), 1))
            .problems()
            .get(0);
    assertEquals("EVA-041", problem.code());
    return problem.where() + ": " + problem.what() + ". Fix: " + problem.fix();
  }

  private static String code(Path... folders) {
    return assertThrows(
            SluiceException.class, () -> Comparison.of(List.of(folders), Optional.empty(), 1))
        .problems()
        .get(0)
        .code();
  }

  /** Three seeds that say the same. */
  private Path series(String name, String gold, String predicted) throws IOException {
    Path series = Files.createDirectories(temp.resolve(name));
    StringBuilder runs = new StringBuilder();
    for (int n = 1; n <= 3; n++) {
      evaluate(name + "/seed-" + n, gold, predicted);
      runs.append(n == 1 ? "" : ",").append("{\"name\": \"seed-").append(n).append("\"}");
    }
    Files.writeString(
        series.resolve("seeds.json"), "{\"schemaVersion\": 1, \"runs\": [" + runs + "]}");
    return series;
  }

  /** Evaluates predictions, a sentence of tags a line. */
  private Path evaluate(String name, String gold, String predicted) throws IOException {
    Path out = temp.resolve(name);
    String file = name.replace('/', '-');
    score(file + ".gold", conll(gold), file + ".found", conll(predicted), out);
    return out;
  }

  private static String conll(String sentences) {
    StringBuilder conll = new StringBuilder();
    for (String sentence : sentences.split("\n")) {
      int t = 0;
      for (String tag : sentence.split(" "))
        conll.append("w").append(t++).append(' ').append(tag).append('\n');
      conll.append('\n');
    }
    return conll.toString();
  }

  private void score(String gold, String goldText, String found, String foundText, Path out)
      throws IOException {
    PairedFiles.score(
        side(gold, goldText),
        side(found, foundText),
        Tokenizers.of("whitespace"),
        EvaluationOptions.DEFAULT.withOut(Optional.of(out)));
  }

  private Side side(String name, String conll) throws IOException {
    String scheme = conll.contains(" N\n") ? "plain" : "bio";
    String yaml = "format: conll\ntrain: t\ndev: d\nscheme: " + scheme + "\n";
    return new Side(
        Files.writeString(temp.resolve(name), conll),
        Configs.parse(yaml, "c", DataConfig.class).value());
  }
}
