package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.testing.TinyCorpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples work on a small model, and the README shows them as they are. */
class ExamplesTest {
  private static final Path SOURCES = Path.of("src/test/java/dev/sluice/examples");
  private static final String MARK = "// README\n";
  private static final String TRAINING =
      "training: {epochs: 25, batch: 32, seed: 7, optimizer: {type: adam, rate: 0.01}, clip: {norm: 5}}";

  @TempDir static Path temp;
  private static Path slots;
  private static String slotModel;
  private static String intentModel;
  private static String streamModel;

  @BeforeAll
  static void train() throws IOException {
    slots = TinyCorpus.write(temp.resolve("slots"), "slots", "encoder: {hidden: 24}", TRAINING);
    Path intents =
        TinyCorpus.write(temp.resolve("intents"), "classify", "encoder: {hidden: 16}", TRAINING);
    Path forward =
        TinyCorpus.write(
            temp.resolve("forward"),
            "slots",
            "encoder: {hidden: 24, bidirectional: false}",
            "output: {type: softmax, constraints: false}",
            TRAINING);
    streamModel = model(Training.from(forward).out(temp.resolve("forward-run")));
    slotModel = model(Training.from(slots).out(temp.resolve("slot-run")));
    intentModel = model(Training.from(intents).out(temp.resolve("intent-run")));
  }

  private static String model(Training training) {
    return training.run().folder().resolve("model.safetensors").toString();
  }

  @Test
  void aSentenceIsTagged() {
    assertEquals(
        List.of("from = Oslo", "to = New Delhi", "date = next week"),
        printed(TagASentence::main, slotModel));
  }

  @Test
  void wordsAreLabelledWhileTheyArrive() {
    assertEquals(
        List.of("a O", "flight O", "from O", "Oslo B-from", "to O", "New B-to", "Delhi I-to"),
        printed(TagWhileWordsArrive::main, streamModel));
  }

  @Test
  void aSentenceIsClassified() {
    List<String> lines = printed(ClassifyASentence::main, intentModel);
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).matches("weather \\((0\\.[5-9][0-9]|1\\.00)\\)"), lines::toString);
  }

  @Test
  void aModelIsTrained() {
    List<String> lines =
        printed(TrainFromJava::main, slots.toString(), temp.resolve("third-run").toString());
    assertTrue(lines.get(0).startsWith("F1 "), lines::toString);
    assertEquals("a flight from [Lima](from) to [Rome](to) [today](date)", lines.get(1));
  }

  /** The slot model stands for the taggers of parts of speech, names and chunks. */
  @Test
  void openNlpIsServed() {
    List<String> lines = printed(UseInOpenNlp::main, slotModel, slotModel, slotModel, intentModel);
    assertEquals("O O O B-from O B-to I-to", lines.get(0));
    assertTrue(lines.get(1).startsWith("["), lines::toString);
    assertEquals(
        List.of("[3..4) from", "[5..7) to", "O O O B-from O B-to I-to", "flight"),
        lines.subList(2, lines.size()));
  }

  @Test
  void theReadmeShowsEveryExample() throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    int shown = 0;
    for (Path file : sources()) {
      String[] parts = Files.readString(file).split(MARK, -1);
      if (file.endsWith("ExamplesTest.java")) continue;
      assertEquals(3, parts.length, () -> file + " needs two lines " + MARK.strip());
      String code = parts[1].stripIndent().strip();
      assertTrue(code.lines().count() <= 15, () -> file + " is too long to be shown");
      String block = "```java\n" + code + "\n```\n";
      assertTrue(readme.contains(block), () -> "README.md does not show\n" + block);
      shown++;
    }
    assertEquals(5, shown);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static List<String> printed(Consumer<String[]> main, String... args) {
    PrintStream console = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      main.accept(args);
    } finally {
      System.setOut(console);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
