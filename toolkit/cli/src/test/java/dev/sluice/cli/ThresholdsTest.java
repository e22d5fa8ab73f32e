package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that never gives the slot {@code to} nor accepts the intent {@code fare}, through every command that sees it; and probabilities on demand. */
class ThresholdsTest {
  private static final String[] PLACES = {"oslo", "rome", "bern", "lima"};
  private static final String FLIGHT = "flight from bern to oslo", FARE = "price from rome to lima";

  @TempDir static Path folder;
  private static Cli.Outcome trained;
  private static String model;

  @BeforeAll
  static void train() throws IOException {
    StringBuilder csv = new StringBuilder("tokens,tags,intent\n");
    for (int i = 0; i < 32; i++)
      csv.append(i % 2 == 0 ? "flight" : "price")
          .append(" from " + PLACES[i % 4] + " to " + PLACES[(i / 4 + i + 1) % 4])
          .append(",O O B-from O B-to,")
          .append(i % 2 == 0 ? "flight\n" : "fare\n");
    for (String split : List.of("train", "dev", "test"))
      Files.writeString(folder.resolve(split + ".csv"), csv.toString());
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            task: joint
            data:
              format: csv
              train: train.csv
              dev: dev.csv
              test: test.csv
              csv: {tokens: tokens, tags: tags, intent: intent}
              overlap: ignore
            inputs: [{type: word, dimension: 8}]
            encoder: {hidden: 12}
            output: {thresholds: {labels: [{label: to, threshold: 1}]}}
            sentence: {reject: {labels: [{label: fare, threshold: 1}]}}
            training: {optimizer: {type: adam, rate: 0.03}, epochs: 20, patience: 20, batch: 8, seed: 1, threads: 2}
            show: [price from lima to rome]
            """);
    trained = Cli.run("train", config.toString(), "--out", folder.resolve("run").toString());
    assertEquals(0, trained.code(), trained.err());
    model = folder.resolve("run/model.safetensors").toString();
  }

  private static String tag(String text, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "tag";
    arguments[1] = "--model";
    arguments[2] = model;
    System.arraycopy(options, 0, arguments, 3, options.length);
    Cli.Outcome tagged = Cli.runWith(text, arguments);
    assertEquals(0, tagged.code(), tagged.err());
    return tagged.out();
  }

  private static void assertProbability(String number) {
    assertTrue(number.matches("[01]\\.[0-9]{6}"), number);
  }

  @Test
  void trainSaysHowHonestProbabilitiesAreAndWhatIsAccepted() {
    String out = trained.out();
    assertTrue(out.contains("temperature of tokens 1.0000, since dev has no mistake"), out);
    assertTrue(out.contains("temperature of sentences 1.0000, since dev has no mistake"), out);
    for (String row :
        List.of("dev, before: spans", "dev, after: tokens not O", "test, after: intents"))
      assertTrue(out.contains(row), row);
    assertTrue(out.contains("intents accepted: 50.00 of 32\n"), out);
    assertTrue(out.contains("intent accuracy among accepted: 100.00 of 16\n"), out);
    assertTrue(out.contains("  - ("), "the sentence shown is rejected: " + out);
  }

  @Test
  void chosenThresholdsAreShownWithWhatTheyDoToDev() {
    Cli.Outcome outcome =
        Cli.run(
            "train",
            folder.resolve("config.yaml").toString(),
            "--out",
            folder.resolve("chosen").toString(),
            "--set",
            "output.thresholds={recall: 1, least: 20}",
            "--set",
            "sentence.reject={precision: 0.9, least: 20}");
    assertEquals(0, outcome.code(), outcome.err());
    String out = outcome.out();
    assertTrue(out.contains("thresholds of spans  threshold  dev precision  dev recall"), out);
    assertTrue(out.contains("100.00      100.00        32    its own"), out);
    assertTrue(out.contains("thresholds of sentences"), out);
    assertTrue(out.contains("16  all, too few of its own"), out);
  }

  @Test
  void textShowsAHyphenAndNoSpan() {
    assertEquals(
        "flight\tflight from [bern](from) to oslo\n\n-\tprice from [rome](from) to lima\n",
        tag(FLIGHT + "\n\n" + FARE + "\n"));
    assertEquals(tag(FLIGHT + "\n"), tag(FLIGHT + "\n", "--scores"));
  }

  @Test
  void conllHasAThirdColumnWithScores() {
    assertEquals(
        "# intent = -\nprice\tO\nfrom\tO\nrome\tB-from\nto\tO\nlima\tO\n\n",
        tag(FARE + "\n", "--format", "conll"));
    List<String> lines = tag(FARE + "\n", "--format", "conll", "--scores").lines().toList();
    assertEquals("# intent = -", lines.get(0));
    for (int t = 1; t <= 5; t++) {
      String[] cells = lines.get(t).split("\t");
      assertEquals(3, cells.length);
      assertProbability(cells[2]);
    }
    assertTrue(Double.parseDouble(lines.get(3).split("\t")[2]) > 0.5, "rome is B-from");
    assertTrue(Double.parseDouble(lines.get(5).split("\t")[2]) < 0.5, "lima is hardly O");
  }

  @Test
  void jsonLinesShowWhatIsHeldBackAndRejected() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode plain = mapper.readTree(tag(FARE + "\n", "--format", "jsonl"));
    assertEquals("[\"O\",\"O\",\"B-from\",\"O\",\"O\"]", plain.get("labels").toString());
    assertEquals("from", plain.at("/spans/0/label").asText());
    assertEquals(1, plain.get("spans").size());
    assertEquals("to", plain.at("/rejected/0/label").asText());
    assertEquals("lima", plain.at("/rejected/0/text").asText());
    assertEquals(19, plain.at("/rejected/0/start").asInt());
    assertTrue(plain.at("/rejected/0/confidence").asDouble() > 0.5);
    assertEquals("fare", plain.get("intent").asText());
    assertFalse(plain.get("accepted").asBoolean());
    assertFalse(plain.has("probabilities") || plain.has("probability"));
    JsonNode scored = mapper.readTree(tag(FLIGHT + "\n", "--format", "jsonl", "--scores"));
    assertTrue(scored.get("accepted").asBoolean());
    assertEquals(5, scored.get("probabilities").size());
    assertTrue(scored.get("probability").asDouble() < 0.5, "the label of oslo was taken away");
    assertEquals(
        1,
        scored.at("/intentProbabilities/flight").asDouble()
            + scored.at("/intentProbabilities/fare").asDouble(),
        2e-6);
  }

  @Test
  void csvHasColumnsForBoth() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("in.csv"), "id,text\n1," + FLIGHT + "\n2,\n3," + FARE + "\n");
    List<String> lines = tag("", file.toString(), "--format", "csv", "--scores").lines().toList();
    assertEquals(
        "id,text,predicted_tokens,predicted_tags,predicted_slots,predicted_confidences,predicted_intent,intent_confidence,accepted",
        lines.get(0));
    String[] flight = lines.get(1).split(",", -1);
    assertEquals("from=bern", flight[4]);
    assertTrue(flight[5].startsWith("from="), flight[5]);
    assertProbability(flight[5].substring(5));
    assertEquals("flight", flight[6]);
    assertEquals("true", flight[8]);
    assertEquals("2,,,,,,,,", lines.get(2));
    assertTrue(lines.get(3).contains(",fare,") && lines.get(3).endsWith(",false"), lines.get(3));
  }

  @Test
  void evaluateCountsRejectedSentencesAsWrongAndWritesCalibration() throws IOException {
    Path out = folder.resolve("evaluation");
    Cli.Outcome evaluated =
        Cli.run(
            "evaluate",
            "--model",
            model,
            "--data",
            folder.resolve("test.csv").toString(),
            "--out",
            out.toString());
    assertEquals(0, evaluated.code(), evaluated.err());
    assertTrue(evaluated.out().contains("calibration, 15 bins"), evaluated.out());
    JsonNode part = new ObjectMapper().readTree(out.resolve("metrics.json").toFile()).get("pooled");
    assertEquals(0.5, part.at("/scores/intentAccuracy/value").asDouble());
    assertEquals(0.5, part.at("/scores/intentCoverage/value").asDouble());
    assertEquals(1, part.at("/scores/acceptedIntentAccuracy/value").asDouble());
    assertEquals(64, part.at("/calibration/spans/cases").asInt(), "held back or not");
    assertEquals(160, part.at("/calibration/tokens/cases").asInt());
    assertEquals(15, part.at("/calibration/intents/bins").size());
    JsonNode run =
        new ObjectMapper().readTree(folder.resolve("run/metrics.json").toFile()).get("parts");
    assertEquals(
        run.at("/1/calibration/spans").toString(), part.at("/calibration/spans").toString());
    assertEquals(
        run.at("/1/calibration/intents").toString(), part.at("/calibration/intents").toString());
    String copy = Files.readString(out.resolve("predictions/test.csv"));
    assertTrue(
        copy.startsWith(
            "tokens,tags,intent,predicted_tags,confidence,predicted_intent,intent_confidence,accepted\n"),
        copy);
    assertTrue(copy.contains(",false\n") && copy.contains(",true\n"), copy);
  }
}
