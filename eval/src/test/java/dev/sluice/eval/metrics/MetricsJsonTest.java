package dev.sluice.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Knowledge;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Calibrations;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.metric.ScoringRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What programs read: every key is there, undefined is null, and numbers are not rounded. */
class MetricsJsonTest {
  @Test
  void numbersAreUnroundedAndUndefinedIsNull() throws IOException {
    Scores scores = Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO));
    scores.add(List.of("B-a.b", "O", "B-c"), List.of("B-a.b", "O", "O"));
    scores.add(List.of("B-c"), List.of("O"));
    JsonNode json = new ObjectMapper().readTree(metrics(scores).toString());
    JsonNode found = json.get("pooled").get("scores");
    assertEquals(1, json.get("schemaVersion").asInt());
    assertEquals(1 / 3.0, found.at("/micro/recall").asDouble());
    assertEquals(0.5, found.at("/micro/f1").asDouble());
    assertTrue(found.at("/types/c/precision").isNull());
    assertEquals(2, found.at("/types/c/support").asInt());
    assertTrue(found.at("/knownWordAccuracy/value").isNull());
    assertTrue(json.get("model").isNull());
  }

  @Test
  void undefinedIsWhatTheRulesSay() throws IOException {
    for (int zero : List.of(0, 1)) {
      Scores scores =
          Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO))
              .withRules(ScoringRules.of(OptionalInt.of(zero), List.of()));
      scores.add(List.of("B-a", "B-c"), List.of("B-a", "O"));
      JsonNode found = new ObjectMapper().readTree(metrics(scores).toString());
      assertTrue(found.get("signature").asText().contains("|zero=" + zero + "|"));
      JsonNode all = found.get("pooled").get("scores");
      assertEquals(zero, all.at("/types/c/precision").asDouble(-1));
      assertEquals(0, all.at("/types/c/predicted").asInt(-1));
      assertEquals((1 + zero) / 2.0, all.at("/macro/precision").asDouble());
      assertEquals((1 + zero) / 2.0, all.at("/weighted/precision").asDouble());
      assertTrue(all.at("/slotValue").isNull());
    }
  }

  @Test
  void theSameScoresGiveTheSameBytes() {
    Scores one = Scores.ofLabels(), other = Scores.ofLabels();
    one.add(List.of("X", "Y"), List.of("X", "X"));
    other.add(List.of("X", "Y"), List.of("X", "X"));
    assertEquals(metrics(one).toString(), metrics(other).toString());
    assertTrue(metrics(one).toString().endsWith("}\n"));
    assertFalse(metrics(one).toString().contains("\r"));
  }

  @Test
  void thePageNamesEveryKey() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (Scores scores :
        List.of(
            Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO)),
            Scores.ofLabels(),
            Scores.ofSentences())) {
      collect(new ObjectMapper().readTree(metrics(scores).toString()), keys);
    }
    String page = Files.readString(Path.of("../docs/metrics-json.md"));
    for (String key : keys) assertTrue(page.contains("`" + key + "`"), key);
  }

  @Test
  void anInputWithAFileSaysHowItFitsTrain() throws IOException {
    Map<String, String> provenance = new HashMap<>();
    provenance.put("inputs.2.sha256", "a");
    for (String form : List.of("exact", "lower", "digits", "unknown"))
      provenance.put("inputs.2.words." + form, "3");
    provenance.put("inputs.10.sha256", "b");
    for (String what : List.of("phrases", "tokens", "spans")) {
      provenance.put("inputs.10." + what, "4");
      provenance.put("inputs.10." + what + ".found", "1");
    }
    JsonNode inputs = InputsJson.of(provenance);
    assertEquals(2, inputs.size());
    assertEquals("inputs.2", inputs.at("/0/setting").asText());
    assertEquals(3, inputs.at("/0/words/lower").asInt());
    assertTrue(inputs.at("/0/phrases").isNull());
    assertEquals("b", inputs.at("/1/sha256").asText());
    assertEquals(0.25, inputs.at("/1/spans/value").asDouble());
    assertTrue(inputs.at("/1/words").isNull());
    String page = Files.readString(Path.of("../docs/metrics-json.md"));
    Set<String> keys = new TreeSet<>();
    collect(inputs, keys);
    for (String key : keys) assertTrue(page.contains("`" + key + "`"), key);
  }

  private static void collect(JsonNode node, Set<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    node.forEach(child -> collect(child, keys));
  }

  @Test
  void aGateComparesOneScoreWithABar() {
    Scores scores = Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO));
    scores.add(List.of("B-a.b", "O", "B-c"), List.of("B-a.b", "O", "O"));
    MetricsJson metrics = metrics(scores);
    assertTrue(Gate.parse("micro.recall>=0.5").check(metrics).met());
    assertFalse(Gate.parse("micro.recall > 0.5").check(metrics).met());
    assertTrue(Gate.parse("types.a.b.f1>=1").check(metrics).met());
    assertTrue(Gate.parse("headline<0.7").check(metrics).met());
    assertTrue(Gate.parse("tokenAccuracy<=0.67").check(metrics).met());
    assertEquals(
        "gate not met: types.c.precision>=0, found undefined",
        Gate.parse("types.c.precision>=0").check(metrics).line());
    assertEquals(
        "gate met: tokenAccuracy>0.6, found 0.6667",
        Gate.parse("tokenAccuracy>0.6").check(metrics).line());
    assertEquals(
        "gate not met: tokenAccuracy>=0.6667, found 0.6667, exactly 0.6666666666666666",
        Gate.parse("tokenAccuracy>=0.6667").check(metrics).line());
    assertEquals(
        "gate met: micro.support>=2, found 2",
        Gate.parse("micro.support>=2").check(metrics).line());
    for (String wrong :
        List.of("micro.f1", "micro.f1=1", ">=1", "micro.f1>=x", "f1>=0.5", "types>=1"))
      assertEquals(
          "EVA-020",
          assertThrows(SluiceException.class, () -> Gate.parse(wrong).check(metrics))
              .problems()
              .get(0)
              .code());
  }

  /** A score that never comes out is refused before anything is read; which types there are only the data tell. */
  @Test
  void namesOfScoresAreKnownBeforeThereAreAny() {
    List<Scores> spans =
        List.of(Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO)));
    List<Scores> sentences = List.of(Scores.ofSentences());
    for (String known :
        List.of(
            "micro.f1",
            "headline",
            "types.a.b.f1",
            "intents.x.recall",
            "strict.precision",
            "sentenceAccuracy",
            "unseenLabels.B-x")) Gate.parse(known + ">=0.5").requireKnown(spans);
    for (String unknown : List.of("f1", "micro", "micro.f2", "types.a.f2", "types.f1", "kind"))
      assertEquals(
          "EVA-020",
          assertThrows(
                  SluiceException.class, () -> Gate.parse(unknown + ">=0.5").requireKnown(spans))
              .problems()
              .get(0)
              .code(),
          unknown);
    Gate strict = Gate.parse("strict.precision>=0.5");
    assertThrows(SluiceException.class, () -> strict.requireKnown(sentences));
    strict.requireKnown(List.of(sentences.get(0), spans.get(0)));
  }

  private static MetricsJson metrics(Scores scores) {
    Part part =
        new Part(
            "p",
            Optional.empty(),
            0,
            Map.of(),
            scores,
            Optional.empty(),
            Optional.of(new Calibrations()),
            Optional.of(new Calibrations()),
            Optional.empty(),
            Optional.of(new Analysis(scores.kind(), Knowledge.NONE, true, Optional.empty(), 1)));
    return MetricsJson.of(Optional.empty(), List.of(part), Optional.of(part));
  }
}
