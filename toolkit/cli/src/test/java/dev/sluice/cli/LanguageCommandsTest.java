package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** Language models on the command line: trained once, then used in every way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LanguageCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path temp;
  private Path run;
  private String model;
  private Outcome trained;

  @BeforeAll
  void train(@TempDir Path shared) throws IOException {
    temp = shared;
    StringBuilder text = new StringBuilder();
    String[] places = {"oslo", "rome", "bern", "lima", "cairo"};
    for (int i = 0; i < 60; i++)
      text.append("a flight from " + places[i % 5] + " to " + places[(i / 5 + i) % 5] + ".\n");
    Files.writeString(temp.resolve("all.txt"), text);
    Path config =
        Files.writeString(
            temp.resolve("words.yaml"),
            """
            task: language-model
            data: {format: text, train: all.txt, text: {unit: word, split: [60, 20, 20]}}
            text: {tokenizer: simple}
            inputs: [{type: word, dimension: 8}]
            encoder: {hidden: 16}
            training: {optimizer: {type: adam, rate: 0.02}, epochs: 12, batch: 8, steps: 10, seed: 1, threads: 2}
            samples: {count: 2, length: 20}
            """);
    run = temp.resolve("run");
    model = run.resolve("model.safetensors").toString();
    trained = Cli.run("train", config.toString(), "--out", run.toString());
    assertEquals(0, trained.code(), trained.err());
  }

  @Test
  void trainingSaysPerplexityAndWritesItByEpochAndSplit() throws IOException {
    assertTrue(trained.out().contains("dev perplexity"), trained.out());
    assertTrue(trained.out().contains("bits per character"), trained.out());
    JsonNode metrics = JSON.readTree(run.resolve("metrics.json").toFile());
    assertEquals("language-model", metrics.path("task").asText());
    assertEquals(12, metrics.path("curve").size());
    double best = metrics.path("scores").path("dev").path("perplexity").asDouble();
    int epoch = metrics.path("bestEpoch").asInt();
    assertEquals(
        best, metrics.path("curve").path(epoch - 1).path("perplexity").asDouble(), 1e-9 * best);
    assertTrue(metrics.path("scores").path("test").path("bitsPerCharacter").asDouble() > 0);
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("Bits per character of dev") && page.contains("<svg"), "the curve");
    assertTrue(page.contains("Samples"));
  }

  @Test
  void aFinishedRunIsShownAgain() {
    Outcome again =
        Cli.run(
            "train", temp.resolve("words.yaml").toString(), "--out", run.toString(), "--resume");
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().contains("finished") && again.out().contains("perplexity"));
  }

  @Test
  void oneSeedMakesOneTextJoinedAsPeopleWriteIt() {
    String[] command = {
      "generate", "--model", model, "--prompt", "a flight", "--seed", "3", "--count", "2"
    };
    Outcome first = Cli.run(command), second = Cli.run(command);
    assertEquals(0, first.code(), first.err());
    assertEquals(first.out(), second.out());
    assertTrue(first.out().startsWith("a flight from "), first.out());
    assertTrue(first.out().contains(".\n"), first.out());
    assertFalse(first.out().contains(" ."), first.out());
    assertTrue(first.out().contains("\n\n"), first.out());
    Outcome drawn = Cli.run("generate", "--model", model);
    assertTrue(drawn.err().startsWith("seed "), drawn.err());
  }

  @Test
  void probabilitiesAreShownSymbolBySymbol() {
    Outcome found =
        Cli.run(
            "generate",
            "--model",
            model,
            "--temperature",
            "0",
            "--probabilities",
            "--length",
            "4",
            "--prompt",
            "a");
    assertEquals(0, found.code(), found.err());
    String[] lines = found.out().split("\n");
    assertEquals(4, lines.length, found.out());
    assertTrue(lines[0].matches("0\\.\\d{6}\t flight"), found.out());
  }

  @Test
  void aTextEndsWithAStop() {
    Outcome found =
        Cli.run(
            "generate", "--model", model, "--temperature", "0", "--stop", "from", "--prompt", "a");
    assertEquals("a flight from\n", found.out());
  }

  @Test
  void everyLineIsScored() throws IOException {
    Outcome found =
        Cli.runWith(
            "a flight from oslo to rome.\n\nrome oslo flight\n", "score-text", "--model", model);
    assertEquals(0, found.code(), found.err());
    String[] lines = found.out().split("\n");
    assertEquals(4, lines.length, found.out());
    assertEquals("log2_probability\tsymbols\tbits_per_character\tperplexity\tunknown", lines[0]);
    assertEquals("8", lines[1].split("\t")[1]);
    assertEquals("1", lines[2].split("\t")[1]);
    assertTrue(
        Double.parseDouble(lines[1].split("\t")[3]) < Double.parseDouble(lines[3].split("\t")[3]));
    assertTrue(found.err().startsWith("3 lines: perplexity"), found.err());
    Outcome json =
        Cli.runWith(
            "a flight zzz\n", "score-text", "--model", model, "--format", "jsonl", "--symbols");
    JsonNode one = JSON.readTree(json.out());
    assertEquals(1, one.path("unknown").asInt());
    assertEquals("unknown", one.path("each").path(2).path("kind").asText());
    assertEquals("end", one.path("each").path(3).path("kind").asText());
    double product = 1;
    for (JsonNode symbol : one.path("each")) product *= symbol.path("probability").asDouble();
    assertEquals(one.path("log2Probability").asDouble(), Math.log(product) / Math.log(2), 1e-9);
  }

  @Test
  void theModelAndItsConfigAreCheckedAndDescribed() {
    Outcome described = Cli.run("describe", model);
    assertEquals(0, described.code(), described.err());
    assertTrue(described.out().contains("softmax of"), described.out());
    Outcome checked = Cli.run("check", model, temp.resolve("words.yaml").toString());
    assertEquals(0, checked.code(), checked.err());
    assertTrue(checked.out().contains("5 built-in examples came out"), checked.out());
    assertTrue(checked.out().contains("known words"), checked.out());
    Outcome wide =
        Cli.run("check", temp.resolve("words.yaml").toString(), "--set", "encoder.hidden=900");
    assertTrue(Cli.megabytes(wide, "\n  memory     about ", " for a batch") > 1, wide.out());
  }

  private static void refused(String code, String... command) {
    Outcome found = Cli.run(command);
    assertEquals(2, found.code(), found.err());
    assertTrue(found.err().contains(code), found.err());
  }

  @Test
  void whatCannotBeIsRefused() {
    refused("CLI-003", "generate", "--model", model, "--temperature", "-1");
    refused("CLI-003", "generate", "--model", model, "--top-p", "2");
    refused("CLI-003", "generate", "--model", model, "--top-k", "0");
    refused("CLI-003", "generate", "--model", model, "--count", "0");
    refused("CLI-028", "score-text", "--model", model, "--symbols");
    refused("MOD-030", "tag", "--model", model);
    refused(
        "TRN-019",
        "train",
        temp.resolve("words.yaml").toString(),
        "--seeds",
        "1..2",
        "--out",
        temp.resolve("s").toString());
  }
}
