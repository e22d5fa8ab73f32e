package dev.sluice.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Configs;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.eval.metrics.Baseline;
import dev.sluice.eval.metrics.Gate;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New scores beside earlier ones: before, two of three gold spans were found and one was made up; now all three and none. */
class BaselineTest {
  private static final String GOLD = "a B-x\nb O\n\nc B-y\n\nd B-x\n";
  private static final String BEFORE = "a B-x\nb B-z\n\nc B-y\n\nd O\n";

  @TempDir private Path temp;
  private Path earlier;

  @BeforeEach
  void measureBefore() throws IOException {
    earlier = temp.resolve("earlier");
    score(GOLD, BEFORE, "", Optional.of(earlier), Optional.empty());
  }

  @Test
  void differencesAreNewMinusEarlier() throws IOException {
    Evaluation now = score(GOLD, GOLD, "", Optional.empty(), Optional.of(Baseline.read(earlier)));
    JsonNode json = new ObjectMapper().readTree(now.metrics().toString()).get("baseline");
    assertEquals(earlier.toString(), json.get("name").asText());
    assertTrue(json.get("sameData").asBoolean());
    JsonNode differences = json.get("differences");
    assertEquals(1 / 3.0, differences.at("/headline").asDouble(), 1e-15);
    assertEquals(1 / 3.0, differences.at("/micro/precision").asDouble(), 1e-15);
    assertEquals(1 / 3.0, differences.at("/strict/f1").asDouble(), 1e-15);
    assertEquals(2 / 3.0, differences.at("/sentenceAccuracy").asDouble(), 1e-15);
    assertEquals(0.5, differences.at("/types/x/recall").asDouble());
    assertEquals(0, differences.at("/types/y/f1").asDouble());
    assertTrue(differences.at("/types/z/f1").isNull(), "there is no z any more");
    List<String> lines = now.report().lines().map(line -> line.replaceAll(" +", " ")).toList();
    assertTrue(lines.contains("F1 66.67 100.00 +33.33"), now.report());
    assertTrue(lines.contains("sentence accuracy 33.33 100.00 +66.67"), now.report());
    assertTrue(lines.contains("F1 of y 100.00 100.00 0.00"), now.report());
    assertTrue(lines.contains("F1 of z 0.00 n/a n/a"), now.report());
  }

  @Test
  void otherDataAreSaidToBeOther() throws IOException {
    Evaluation now =
        score(
            GOLD + "\ne O\n",
            GOLD + "\ne O\n",
            "",
            Optional.empty(),
            Optional.of(Baseline.read(earlier)));
    assertTrue(now.report().contains("\nthe baseline was measured on other data\n"), now.report());
    assertTrue(now.metrics().toString().contains("\"sameData\": false"));
  }

  @Test
  void scoresThatDoNotMeanTheSameAreRefusedBeforeAnythingIsWritten() throws IOException {
    Baseline baseline = Baseline.read(earlier);
    Path out = temp.resolve("out");
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> score(GOLD, GOLD, "repair: discard", Optional.of(out), Optional.of(baseline)));
    assertEquals("EVA-034", e.problems().get(0).code());
    assertTrue(e.getMessage().contains("|repair=conlleval|"), e.getMessage());
    assertTrue(e.getMessage().contains("|repair=discard|"), e.getMessage());
    assertFalse(Files.exists(out.resolve("metrics.json")));
  }

  /** Differences of doubles are not exact, so what is within 1e-12 of a bar meets it. */
  @Test
  void aGateMayLookAtADifference() throws IOException {
    MetricsJson now =
        score(GOLD, GOLD, "", Optional.empty(), Optional.of(Baseline.read(earlier))).metrics();
    assertTrue(Gate.parse("baseline.micro.f1>=-0.005").check(now).met());
    assertTrue(Gate.parse("baseline.types.x.recall>=0.5").check(now).met());
    assertTrue(Gate.parse("baseline.headline<=0.333333333333").check(now).met());
    assertFalse(Gate.parse("baseline.headline>0.34").check(now).met());
    assertEquals(
        "gate not met: baseline.types.z.f1>=0, found undefined",
        Gate.parse("baseline.types.z.f1>=0").check(now).line());
    MetricsJson alone = score(GOLD, GOLD, "", Optional.empty(), Optional.empty()).metrics();
    Gate gate = Gate.parse("baseline.micro.f1>=0");
    assertThrows(SluiceException.class, () -> gate.check(alone));
    List<Scores> spans =
        List.of(Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(TagScheme.BIO)));
    gate.requireKnown(spans, true);
    Gate.parse("baseline.types.new.f1>=0").requireKnown(spans, true);
    assertThrows(SluiceException.class, () -> gate.requireKnown(spans, false));
    for (String unknown : List.of("baseline.micro.f2", "baseline.boundary.f1", "baseline.types.f1"))
      assertThrows(
          SluiceException.class, () -> Gate.parse(unknown + ">=0").requireKnown(spans, true));
  }

  @Test
  void whatIsNoMetricsJsonIsRefused() throws IOException {
    refused("EVA-030", temp.resolve("none"), "there is no such file or folder");
    refused(
        "EVA-030", Files.createDirectory(temp.resolve("empty")), "no metrics.json in the folder");
    String metrics = Files.readString(earlier.resolve("metrics.json"));
    for (String other :
        List.of(
            "",
            "[1]",
            "{\"schemaVersion\": 1}",
            metrics.substring(0, metrics.length() / 2),
            metrics.replace("\"schemaVersion\": 1", "\"schemaVersion\": 2")))
      refused(
          "EVA-031",
          Files.writeString(temp.resolve("m.json"), other),
          "expected a metrics.json of schemaVersion 1");
  }

  private static void refused(String code, Path path, String words) {
    SluiceException e = assertThrows(SluiceException.class, () -> Baseline.read(path));
    assertEquals(code, e.problems().get(0).code(), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  private Evaluation score(
      String gold,
      String predicted,
      String settings,
      Optional<Path> out,
      Optional<Baseline> baseline)
      throws IOException {
    return PairedFiles.score(
        side("g.conll", gold, settings),
        side("p.conll", predicted, settings),
        Tokenizers.of("whitespace"),
        EvaluationOptions.DEFAULT.withOut(out).withBaseline(baseline));
  }

  private Side side(String name, String content, String settings) throws IOException {
    String yaml = "format: conll\ntrain: t\ndev: d\nscheme: bio\n" + settings + "\n";
    return new Side(
        Files.writeString(temp.resolve(name), content),
        Configs.parse(yaml, "test", DataConfig.class).value());
  }
}
