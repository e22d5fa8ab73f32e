package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong ends in one line with a code, a place and a way out, and in the exit code for its kind. */
class ErrorsTest {
  private static final List<String> COMMANDS =
      List.of(
          "train",
          "tag",
          "evaluate",
          "score",
          "report",
          "compare",
          "errors",
          "validate",
          "convert",
          "repair",
          "check",
          "describe");

  @TempDir Path folder;

  private static void assertFails(int code, String line, String... arguments) {
    Cli.Outcome outcome = Cli.run(arguments);
    assertEquals(line + "\n", outcome.err());
    assertEquals(code, outcome.code());
    assertEquals("", outcome.out());
  }

  @Test
  void mistypedNamesGetTheNearestOnes() {
    assertFails(
        2,
        "error[CLI-001] command line: there is no command \"trian\". Fix: did you mean train? See sluice --help",
        "trian");
    assertFails(
        2,
        "error[CLI-001] command line: there is no option \"--modle\". Fix: did you mean --model? See sluice tag --help",
        "tag",
        "--modle",
        "x");
  }

  @Test
  void aValueOfAnotherKindIsToldWithoutWordsOfJava() {
    assertFails(
        2,
        "error[CLI-003] command line: --format is \"xml\", expected one of text, csv, conll, jsonl. Fix: e.g. sluice tag --model runs/quickstart/model.safetensors requests.txt --format jsonl --output tagged.jsonl; see sluice tag --help",
        "tag",
        "--model",
        "m",
        "--format",
        "xml");
    assertFails(
        2,
        "error[CLI-003] command line: --folds is \"many\", expected a whole number. Fix: e.g. sluice train configs/quickstart.yaml --folds 5 --out runs/folds; see sluice train --help",
        "train",
        "c.yaml",
        "--folds",
        "many");
    assertFails(
        2,
        "error[CLI-003] command line: --threads is \"x\", expected a whole number. Fix: e.g. --threads 4; see sluice evaluate --help",
        "evaluate",
        "--model",
        "m",
        "--data",
        "d",
        "--threads",
        "x");
  }

  @Test
  void aConfigIsNoModelAndCheckReadsIt() throws IOException {
    Path config = Cli.corpus(Files.createDirectories(folder.resolve("my corpus")), "slots", "");
    for (String[] command :
        new String[][] {
          {"describe", config.toString()},
          {"tag", "--model", config.toString()},
          {"evaluate", "--data", "x", "--model", config.toString()}
        })
      assertFails(
          2,
          "error[CLI-016] "
              + config
              + ": a config found, expected a model (.safetensors). Fix: see what the config says with sluice check '"
              + config
              + "', or name the model that was trained with it",
          command);
  }

  @Test
  void aFolderWhereAFileIsExpectedIsToldAsAFolder() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path model = Files.writeString(run.resolve("model.safetensors"), "");
    String fix = ". Fix: name the model in it: " + model;
    for (String[] command :
        new String[][] {{"describe", run.toString()}, {"tag", "--model", run.toString()}})
      assertFails(
          2,
          "error[CLI-016] " + run + ": a folder found, expected a model (.safetensors)" + fix,
          command);
    assertFails(
        2,
        "error[DAT-005] "
            + run
            + ": a folder found, expected a file, or a folder that holds seq.in, seq.out and label. Fix: name a file in it, such as "
            + model,
        "check",
        run.toString());
    assertFails(
        2,
        "error[DAT-005] " + run + ": a folder found, expected a file. Fix: name a file in it",
        "check",
        "--format",
        "csv",
        run.toString());
  }

  @Test
  void whyAFileCannotBeWrittenIsToldInWords() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Cli.Outcome outcome =
        Cli.run("train", Cli.corpus(folder, "slots", "").toString(), "--out", file + "/run");
    assertEquals(3, outcome.code());
    assertTrue(outcome.err().startsWith("error[RUN-003] "), outcome.err());
    assertFalse(outcome.err().contains("Exception"), outcome.err());
  }

  @Test
  void whatSteersATerminalIsEscapedInMessages() {
    Cli.Outcome outcome = Cli.run("tr\u001b[31mian");
    assertTrue(outcome.err().contains("\"tr\\u001b[31mian\""), outcome.err());
    assertFalse(outcome.err().contains("\u001b"), "escaped");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertFails(
        2,
        "error[CLI-002] command line: --model is missing, expected MODEL (the model file). Fix: e.g. echo 'a flight from oslo to rome' | sluice tag --model runs/quickstart/model.safetensors -; see sluice tag --help",
        "tag");
    assertEquals(2, Cli.run().code());
    assertEquals(2, Cli.run("train").code());
  }

  @Test
  void aMissingConfigIsNamedWithItsFolderAndItsNeighbours() throws IOException {
    Cli.corpus(folder, "slots", "");
    Cli.Outcome outcome = Cli.run("train", folder.resolve("tinny.yaml").toString());
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().startsWith("error[CFG-001] "), outcome.err());
    assertTrue(outcome.err().contains("tiny.yaml"), outcome.err());
  }

  @Test
  void everyMistakeOfAConfigIsShownInOneGo() throws IOException {
    Path config = Cli.corpus(folder, "slots", "trainning: {}\nvocabulary: {minCount: -1}");
    Cli.Outcome outcome = Cli.run("train", config.toString());
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().lines().count() >= 2, outcome.err());
    assertTrue(outcome.err().contains("training"), outcome.err());
  }

  @Test
  void whatIsNoModelIsRefusedAsDamaged() throws IOException {
    Path file = Files.writeString(folder.resolve("m.safetensors"), "");
    for (String command : new String[] {"describe", "check"})
      assertEquals(4, Cli.run(command, file.toString()).code(), command);
    assertEquals(4, Cli.run("tag", "--model", file.toString()).code());
  }

  @Test
  void anUnforeseenExceptionIsABugWithAReportThatHoldsNoText() throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = Cli.console("", new ByteArrayOutputStream(), err);
    int code = Failures.execution(new IllegalStateException("secret words"), "tag", false, console);
    String line = err.toString(StandardCharsets.UTF_8);
    assertEquals(70, code);
    assertTrue(line.startsWith("error[CLI-070] sluice tag: this is a bug in sluice: "), line);
    assertFalse(line.contains("secret"), line);
    Path report = Path.of(line.replaceFirst("(?s).*with the file (\\S+),.*", "$1"));
    String text = Files.readString(report);
    assertTrue(text.contains("IllegalStateException") && !text.contains("secret"), text);
    Files.delete(report);
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (String command : COMMANDS) {
      Cli.Outcome help = Cli.run(command, "--help");
      assertEquals(0, help.code());
      help.out().lines().forEach(line -> assertTrue(line.length() <= 100, line));
      assertTrue(
          help.out().lines().noneMatch(line -> line.matches("\\S{0,11}[^.:\\s]")),
          "a line of one short word tells of a break within a line: " + help.out());
      assertTrue(
          help.out().contains("Example") && help.out().contains("sluice " + command), help.out());
    }
    assertTrue(Cli.run("--version").out().startsWith("sluice "));
  }
}
