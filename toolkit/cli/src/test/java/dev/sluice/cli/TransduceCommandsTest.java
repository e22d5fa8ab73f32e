package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Transducers on the command line: trained once, then used in every way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransduceCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] WORDS = {"one", "two", "three", "four"};

  private Path temp;
  private Path run;
  private String model;
  private Outcome trained;

  @BeforeAll
  void train(@TempDir Path shared) throws IOException {
    temp = shared;
    StringBuilder train = new StringBuilder("said,meant\n"), dev = new StringBuilder(train);
    for (int i = 0; i < 64; i++) {
      String said = WORDS[i % 4] + " " + WORDS[i / 4 % 4] + " " + WORDS[i / 16];
      String meant = "" + (i % 4 + 1) + (i / 4 % 4 + 1) + (i / 16 + 1);
      train.append(said + "," + meant + "\n");
      if (i % 8 == 3) dev.append(said + "," + meant + "\n");
    }
    Files.writeString(temp.resolve("train.csv"), train);
    Files.writeString(temp.resolve("dev.csv"), dev);
    Path config =
        Files.writeString(
            temp.resolve("digits.yaml"),
            """
            task: transduction
            data:
              {format: csv, train: train.csv, dev: dev.csv, test: dev.csv, overlap: ignore,
               pairs: {source: {column: said}, target: {column: meant, unit: character}}}
            inputs: [{type: word, dimension: 8}]
            encoder: {hidden: 10, dropout: {input: 0, layer: 0}}
            decoder: {hidden: 20, dimension: 8, dropout: 0}
            training: {optimizer: {type: adam, rate: 0.02}, epochs: 25, batch: 8, seed: 1, threads: 2}
            samples: {count: 2}
            show: [one two one]
            """);
    run = temp.resolve("run");
    model = run.resolve("model.safetensors").toString();
    trained = Cli.run("train", config.toString(), "--out", run.toString());
    assertEquals(0, trained.code(), trained.err());
  }

  @Test
  void trainingSaysItsScoresAndWritesThem() throws IOException {
    assertTrue(trained.out().contains("dev sequence accuracy 100.00"), trained.out());
    assertTrue(trained.out().contains("one two one -> 121"), trained.out());
    JsonNode metrics = JSON.readTree(run.resolve("metrics.json").toFile());
    assertEquals("transduction", metrics.path("task").asText());
    assertEquals(1, metrics.path("scores").path("test").path("sequenceAccuracy").asDouble());
    assertEquals(8, metrics.path("scores").path("dev").path("pairs").asInt());
    assertEquals(2, metrics.path("shown").path(0).path("drawn").size());
    assertEquals(metrics.path("epochs").asInt(), metrics.path("curve").size());
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("<svg") && page.contains("sequence accuracy"), "the curve");
  }

  @Test
  void aFinishedRunIsShownAgain() {
    Outcome again =
        Cli.run(
            "train", temp.resolve("digits.yaml").toString(), "--out", run.toString(), "--resume");
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().contains("finished") && again.out().contains("sequence accuracy"));
  }

  @Test
  void eachLineIsAnsweredInItsLine() {
    Outcome found = Cli.runWith("one two three\n\nfour four one\n", "transduce", "--model", model);
    assertEquals(0, found.code(), found.err());
    assertEquals("123\n\n441\n", found.out());
    Outcome greedy = Cli.runWith("one two three\n", "transduce", "--model", model, "--beam", "1");
    assertEquals("123\n", greedy.out());
  }

  @Test
  void theBestFewAreShownWithTheirProbabilities() throws IOException {
    Outcome found =
        Cli.runWith(
            "one two\nthree\n", "transduce", "--model", model, "--count", "2", "--probabilities");
    assertEquals(0, found.code(), found.err());
    String[] lines = found.out().split("\n", -1);
    assertEquals(7, lines.length, found.out());
    assertTrue(lines[0].matches("[01]\\.\\d{6}\t[1-4]*"), found.out());
    assertEquals("", lines[2]);
    Outcome json =
        Cli.runWith(
            "one two one\n", "transduce", "--model", model, "--count", "3", "--format", "jsonl");
    JsonNode one = JSON.readTree(json.out());
    assertEquals("one two one", one.path("source").asText());
    assertEquals("121", one.path("targets").path(0).path("text").asText());
    assertEquals(3, one.path("targets").size());
    assertTrue(one.path("targets").path(0).path("logProbability").asDouble() <= 0);
  }

  @Test
  void oneSeedDrawsOneText() {
    String[] command = {
      "transduce", "--model", model, "--sample", "--seed", "3", "--count", "4", "--temperature", "2"
    };
    Outcome first = Cli.runWith("one two\n", command), second = Cli.runWith("one two\n", command);
    assertEquals(0, first.code(), first.err());
    assertEquals(first.out(), second.out());
    assertEquals(5, first.out().lines().count(), first.out());
    Outcome drawn = Cli.runWith("one\n", "transduce", "--model", model, "--sample");
    assertTrue(drawn.err().startsWith("seed "), drawn.err());
  }

  @Test
  void theModelAndItsConfigAreCheckedAndDescribed() {
    Outcome described = Cli.run("describe", model);
    assertEquals(0, described.code(), described.err());
    assertTrue(described.out().contains("general attention"), described.out());
    Outcome checked = Cli.run("check", model, temp.resolve("digits.yaml").toString());
    assertEquals(0, checked.code(), checked.err());
    assertTrue(checked.out().contains("5 built-in examples came out"), checked.out());
    assertTrue(checked.out().contains("4 known characters"), checked.out());
    Outcome wide =
        Cli.run("check", temp.resolve("digits.yaml").toString(), "--set", "encoder.hidden=900");
    assertTrue(Cli.megabytes(wide, "\n  memory     about ", " for a batch") > 1, wide.out());
  }

  private static void refused(String code, String... command) {
    Outcome found = Cli.run(command);
    assertEquals(2, found.code(), found.err());
    assertTrue(found.err().contains(code), found.err());
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    refused("CLI-003", "transduce", "--model", model, "--beam", "0");
    refused("CLI-003", "transduce", "--model", model, "--beam", "2", "--count", "3");
    refused("CLI-003", "transduce", "--model", model, "--count", "1001");
    refused("CLI-003", "transduce", "--model", model, "--sample", "--top-p", "0");
    refused("TRA-001", "transduce", "--model", model, "--seed", "1");
    refused("TRA-002", "transduce", "--model", model, "--sample", "--beam", "2");
    refused("MOD-030", "tag", "--model", model);
    refused("MOD-030", "evaluate", "--model", model, "--data", temp.resolve("dev.csv").toString());
    refused("MOD-030", "export", "--model", model, "--format", "onnx");
    refused("MOD-030", "generate", "--model", model);
    refused("MOD-030", "describe", model, "--gates", "one");
    refused("EVA-031", "report", run.toString());
    refused("EVA-031", "compare", run.toString(), run.toString());
    String config = temp.resolve("digits.yaml").toString(), out = temp.resolve("s").toString();
    refused("TRN-019", "train", config, "--seeds", "1..2", "--out", out);
    refused("TRN-019", "train", config, "--folds", "3", "--out", out);
    refused("TRN-019", "train", config, "--learning-curve", "--out", out);
  }
}
