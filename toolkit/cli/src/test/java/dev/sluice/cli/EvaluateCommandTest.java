package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice evaluate} on a model that {@code sluice train} made a moment ago. */
class EvaluateCommandTest {
  private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
  private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();

  @TempDir private static Path temp;
  private static String model;
  private static String test;

  @BeforeAll
  static void train() throws IOException {
    String sentences =
        """
        words|slots
        fly to Oslo today|O O B-city B-date
        fly to New York|O O B-city I-city
        rain in Rome today|O O B-city B-date
        """;
    Files.writeString(temp.resolve("train.csv"), sentences);
    test =
        Files.writeString(temp.resolve("test.csv"), sentences.replace("Rome", "Lima")).toString();
    Path config = temp.resolve("config.yaml");
    Files.writeString(
        config,
        """
        task: slots
        data:
          format: csv
          train: train.csv
          dev: train.csv
          test: test.csv
          csv: {tokens: words, tags: slots, delimiter: '|'}
          overlap: ignore
        inputs: [{type: word, dimension: 8}]
        encoder: {hidden: 8}
        training: {epochs: 3, batch: 1, seed: 1, threads: 1, optimizer: {type: adam, rate: 0.02}}
        """);
    assertEquals(0, sluice("train", config.toString(), "--out", temp.resolve("run").toString()));
    model = temp.resolve("run/model.safetensors").toString();
  }

  @Test
  void theTestSplitNeedsNoOptionsAndScoresAsAfterTraining() throws IOException {
    assertEquals(0, sluice("evaluate", "--model", model, "--data", test, "--json", "-"));
    JsonNode found = json(OUT.toString(StandardCharsets.UTF_8));
    JsonNode trained = json(Files.readString(temp.resolve("run/metrics.json")));
    JsonNode split = trained.at("/parts/1");
    assertEquals("test", split.get("name").asText());
    assertEquals(split.get("scores"), found.at("/pooled/scores"));
    assertEquals(split.get("sha256"), found.at("/parts/0/sha256"));
    assertEquals(split.get("lookups"), found.at("/pooled/lookups"));
    assertEquals(trained.get("model"), found.get("model"));
    assertEquals(trained.get("signature"), found.get("signature"));
  }

  @Test
  void theRunIsABaselineFromWhichItsModelDoesNotDiffer() throws IOException {
    String run = temp.resolve("run").toString(), gate = "baseline.headline>=0";
    String[] data = {"evaluate", "--model", model, "--data", test, "--baseline", run};
    List<String> words = new ArrayList<>(List.of(data));
    words.addAll(List.of("--gate", gate, "--json", "-"));
    assertEquals(0, sluice(words.toArray(String[]::new)), error());
    JsonNode found = json(OUT.toString(StandardCharsets.UTF_8));
    JsonNode baseline = found.get("baseline");
    assertEquals("test", baseline.get("part").asText());
    assertEquals(found.get("model"), baseline.get("model"));
    assertTrue(baseline.get("sameData").asBoolean());
    assertEquals(0, baseline.at("/differences/micro/recall").asDouble(-1));
    assertTrue(error().endsWith("gate met: " + gate + ", found 0.0000\n"), error());
  }

  @Test
  void withAFolderNumbersTablesAndCopiesAreWritten() throws IOException {
    Path out = temp.resolve("evaluation");
    String first = temp.resolve("train.csv").toString();
    assertEquals(
        0, sluice("evaluate", "--model", model, "--data", first, test, "--out", out.toString()));
    String printed = OUT.toString(StandardCharsets.UTF_8);
    String last = "report in " + out.resolve("report.html") + "\n";
    assertEquals(printed, Files.readString(out.resolve("report.txt")) + last);
    assertTrue(printed.contains("\npooled "), printed);
    assertEquals(2, json(Files.readString(out.resolve("metrics.json"))).get("parts").size());
    List<String> copy = Files.readAllLines(out.resolve("predictions/test.csv"));
    assertEquals("words|slots|predicted_tags|confidence", copy.get(0));
    assertEquals(4, copy.size());
    assertEquals(
        0,
        sluice(
            "score",
            "--gold",
            out.resolve("predictions/test.csv").toString(),
            "--delimiter",
            "|",
            "--tokens",
            "words",
            "--tags",
            "slots"));
  }

  @Test
  void withoutAFolderNothingIsWritten() throws IOException {
    Path data = Files.createDirectories(temp.resolve("alone")).resolve("a.csv");
    Files.writeString(data, "request|slots\nfly to Oslo|O O B-city\n");
    assertEquals(
        1,
        sluice(
            "evaluate",
            "--model",
            model,
            "--data",
            data.getParent().toString(),
            "--text",
            "request",
            "--gate",
            "micro.f1>1"));
    assertEquals(1, data.getParent().toFile().list().length);
    assertTrue(OUT.toString(StandardCharsets.UTF_8).contains("gate not met: micro.f1>1, found "));
  }

  @Test
  void mistakesExitWithTwoAndNameTheColumnAndThePlace() {
    assertEquals(2, sluice("evaluate", "--model", model, "--data", test, "--tags", "slot"));
    assertTrue(error().startsWith("error[DAT-010] " + test + ":1: no column \"slot\""), error());
    assertTrue(error().contains("did you mean \"slots\""), error());
    assertEquals(2, sluice("evaluate", "--model", model, "--data", test, "--threads", "0"));
    assertTrue(error().startsWith("error[CLI-008]"), error());
    assertFalse(error().contains("\tat "), error());
  }

  @Test
  void theNameOfAFileTellsItsFormatAsForScore() throws IOException {
    String spans =
        "{\"text\":\"fly to Oslo today\",\"spans\":[{\"start\":7,\"end\":11,\"label\":\"city\"}]}\n";
    Path file = Files.writeString(temp.resolve("told.jsonl"), spans);
    assertEquals(0, sluice("evaluate", "--model", model, "--data", file.toString()), error());
    assertTrue(OUT.toString(StandardCharsets.UTF_8).contains("on 1 sentence, 4 tokens"));
    assertEquals(0, sluice("score", "--gold", file.toString(), "--pred", file.toString()), error());
    assertEquals(2, sluice("evaluate", "--model", model, "--data", file.toString(), test));
    assertTrue(error().contains("tell several formats: jsonl, csv. Fix: "), error());
    Path other = Files.writeString(temp.resolve("told.txt"), Files.readString(Path.of(test)));
    assertEquals(0, sluice("evaluate", "--model", model, "--data", other.toString()), error());
  }

  @Test
  void aGateOnAScoreThatThereIsNotIsRefusedBeforeAnyWork() {
    Path out = temp.resolve("gated");
    String[] data = {"--data", "no-such-file.csv", "--out", out.toString()};
    for (String gate : new String[] {"micro.f2>=0.9", "f1>=0.9"}) {
      assertEquals(2, sluice("evaluate", "--model", model, data[0], data[1], "--gate", gate));
      assertTrue(error().startsWith("error[EVA-020] "), error());
      assertEquals("", OUT.toString(StandardCharsets.UTF_8));
      assertEquals(2, sluice("score", "--gold", "no-such-file.csv", "--gate", gate));
      assertTrue(error().startsWith("error[EVA-020] "), error());
    }
    sluice("evaluate", "--model", model, data[0], data[1], "--gate", "types.new.f1>=0.9");
    assertTrue(error().startsWith("error[DAT-005] "), error());
  }

  @Test
  void messagesNameOptionsAndNoSettings() throws IOException {
    Path file = Files.writeString(temp.resolve("other.csv"), "a|b\nx|O\n");
    assertEquals(2, sluice("evaluate", "--model", model, "--data", file.toString()));
    assertTrue(error().contains("Fix: name one of them with --tokens, --text, "), error());
    Path commas = Files.writeString(temp.resolve("commas.csv"), "words,slots\nx,O\n");
    assertEquals(2, sluice("evaluate", "--model", model, "--data", commas.toString()));
    assertTrue(error().contains("Fix: give --delimiter ','"), error());
    assertEquals(2, sluice("tag", "--model", model, "--format", "csv", commas.toString()));
    assertTrue(error().contains("Fix: name one of them with --column or --tokens"), error());
  }

  private static String error() {
    return ERR.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static int sluice(String... arguments) {
    OUT.reset();
    ERR.reset();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            OUT,
            Console.printer(OUT),
            Console.printer(ERR),
            false,
            false,
            Map.of());
    return Sluice.run(console, arguments);
  }
}
