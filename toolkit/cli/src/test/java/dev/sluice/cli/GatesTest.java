package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice describe --gates} as tables and as a picture. */
class GatesTest {
  @TempDir static Path folder;
  private static String model;

  @BeforeAll
  static void train() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    Path run = folder.resolve("run");
    Cli.Outcome trained =
        Cli.run("train", config.toString(), "--out", run.toString(), "--set", "training.epochs=1");
    assertEquals(0, trained.code(), trained.err());
    model = run.resolve("model.safetensors").toString();
  }

  @Test
  void theTablesHaveALineForEachTokenFitTheScreenAndAgreeWithThePage() throws IOException {
    Cli.Outcome shown =
        Cli.run("describe", model, "--gates", "a flight from oslo to " + "rome".repeat(40));
    assertEquals(0, shown.code(), shown.err());
    List<String> lines = shown.out().lines().toList();
    assertTrue(lines.contains("Layer 1: lstm, 8 units per direction"), shown.out());
    assertTrue(
        lines.stream()
            .anyMatch(l -> l.matches("  token +i +f +\\|g\\| +o +‖h‖ +i +f +\\|g\\| +o +‖h‖")),
        shown.out());
    assertEquals(
        6,
        lines.stream().filter(l -> l.matches("  \\S+( +[01]\\.[0-9]{2}){10}")).count(),
        shown.out());
    assertTrue(
        lines.stream().anyMatch(l -> l.matches("  this network +0 +1 +2 +5 +per step")),
        shown.out());
    assertTrue(
        lines.stream().anyMatch(l -> l.matches("  layer 1 backward +1\\.00 .* x 0\\.[0-9]{2}")),
        shown.out());
    assertTrue(lines.contains("Fresh cells of 64 units over 50 steps of random input, seed 1:"));
    String page = Files.readString(Path.of("../../docs/gates.md"));
    int fresh = shown.out().indexOf("  fresh cell ");
    shown
        .out()
        .substring(fresh)
        .lines()
        .forEach(l -> assertTrue(page.contains("\n    " + l + "\n"), l));
    for (String line : lines) assertTrue(line.codePointCount(0, line.length()) <= 100, line);
    assertFalse(shown.out().contains("Labels"), "the rest of the description is not shown");
  }

  @Test
  void thePictureIsWrittenBesideTheTables() throws IOException {
    Path file = folder.resolve("gates.svg");
    Cli.Outcome shown =
        Cli.run("describe", model, "--gates", "a train <to> bern", "--output", file.toString());
    assertEquals(0, shown.code(), shown.err());
    assertTrue(shown.out().endsWith("\nPicture: " + file + "\n"), shown.out());
    String svg = Files.readString(file);
    assertTrue(svg.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\""), svg);
    assertTrue(svg.contains(">Layer 1: LSTM, 8 units per direction</text>"), svg);
    assertTrue(svg.contains("&lt;") && !svg.contains("<to>"), svg);
  }

  @Test
  void aPageHoldsThePictureAndAnyOtherEndingIsRefused() throws IOException {
    Path file = folder.resolve("gates.HTML");
    Cli.Outcome shown = Cli.run("describe", model, "--gates", "oslo", "--output", file.toString());
    assertEquals(0, shown.code(), shown.err());
    String page = Files.readString(file);
    assertTrue(page.startsWith("<!DOCTYPE html>") && page.contains("charset=\"utf-8\""), page);
    assertTrue(page.contains("<svg xmlns=\"http://www.w3.org/2000/svg\""), page);
    for (String name : new String[] {"gates.png", "gates"}) {
      Path other = folder.resolve(name);
      Cli.Outcome refused =
          Cli.run("describe", model, "--gates", "oslo", "--output", other.toString());
      assertEquals(2, refused.code());
      assertEquals(
          "error[CLI-027] command line: --output "
              + other
              + " has an ending that is neither .svg nor .html. Fix: let it end with .svg for a picture, or with .html for a page that holds it\n",
          refused.err());
      assertFalse(Files.exists(other));
    }
  }

  @Test
  void aModelWithoutARecurrentLayerHasNoGatesToShow() {
    Path run = folder.resolve("jordan");
    Cli.Outcome trained =
        Cli.run(
            "train",
            folder.resolve("tiny.yaml").toString(),
            "--out",
            run.toString(),
            "--set",
            "training.epochs=1",
            "--set",
            "encoder.layers=0",
            "--set",
            "output={type: softmax, feedback: {hidden: 5, previous: own}}");
    assertEquals(0, trained.code(), trained.err());
    Cli.Outcome shown =
        Cli.run("describe", run.resolve("model.safetensors").toString(), "--gates", "oslo");
    assertEquals(2, shown.code());
    assertTrue(
        shown.err().startsWith("error[CLI-030] command line: --gates shows recurrent layers, and"),
        shown.err());
  }

  @Test
  void oneTokenHasNoFactorPerStep() {
    Cli.Outcome shown = Cli.run("describe", model, "--gates", "oslo");
    assertEquals(0, shown.code(), shown.err());
    assertTrue(
        shown.out().lines().anyMatch(l -> l.matches("  layer 1 forward +1\\.00 +-")), shown.out());
  }

  @Test
  void aSentenceWithoutWordsAndAPictureOfNothingAreRefused() {
    Cli.Outcome empty = Cli.run("describe", model, "--gates", " ");
    assertEquals(2, empty.code());
    assertEquals(
        "error[CLI-021] command line: there is no word in the sentence of --gates, \" \"."
            + " Fix: give a sentence, as in --gates \"a flight from oslo to rome\"\n",
        empty.err());
    Cli.Outcome alone = Cli.run("describe", model, "--output", "x.svg");
    assertEquals(2, alone.code());
    assertEquals(
        "error[CLI-022] command line: --output is for --gates. Fix: add --gates SENTENCE\n",
        alone.err());
  }
}
