package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice compare} on the results of two small evaluations. */
class CompareCommandTest {
  private static final Map<String, String> STARTS =
      Map.of(
          "html",
          "<!DOCTYPE html>",
          "md",
          "# Comparison with ",
          "txt",
          "2 sentences, ",
          "json",
          "{");

  @TempDir private Path temp;
  private Path one;
  private Path other;

  @BeforeEach
  void score() throws IOException {
    one = score("one", "a B-x B-x\nb I-x O\n\nc B-y B-y\n");
    other = score("other", "a B-x B-x\nb I-x I-x\n\nc B-y B-y\n");
  }

  private Path score(String name, String both) throws IOException {
    Path file = Files.writeString(temp.resolve("both.conll"), both), out = temp.resolve(name);
    assertEquals(0, Cli.run("score", "--gold", file.toString(), "--out", out.toString()).code());
    return out;
  }

  private Outcome compare(String... options) {
    List<String> arguments = new ArrayList<>(List.of("compare", one.toString(), other.toString()));
    arguments.addAll(List.of(options));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void theEndingOfTheFileTellsTheFormAndTextIsPrintedAsBefore() throws IOException {
    String printed = compare().out();
    assertTrue(printed.contains("other is 50.00 points above one"), printed);
    for (String ending : STARTS.keySet()) {
      Path file = temp.resolve("c." + ending);
      Outcome outcome = compare("--output", file.toString());
      assertEquals("", outcome.err());
      assertEquals(0, outcome.code());
      assertEquals(printed + "comparison in " + file + System.lineSeparator(), outcome.out());
      String text = Files.readString(file);
      assertTrue(text.startsWith(STARTS.get(ending)), ending + ": " + text.substring(0, 20));
    }
  }

  @Test
  void theNumbersAreTheSameWhicheverOptionWritesThem() throws IOException {
    Path file = temp.resolve("c.json"), option = temp.resolve("j.json");
    compare("--output", file.toString(), "--json", option.toString());
    assertEquals(Files.readString(option), Files.readString(file));
    assertEquals(Files.readString(option), compare("--json", "-").out());
  }

  @Test
  void anEndingThatTellsNoFormIsRefusedBeforeAnythingIsRead() {
    Outcome outcome = Cli.run("compare", "no", "such", "--output", "c.pdf");
    assertEquals(2, outcome.code());
    assertEquals(
        "error[CLI-025] command line: --output c.pdf has no ending that tells a form. Fix: let it end with .html, .md, .txt or .json",
        outcome.err().strip());
  }

  /** Whatever wants the scores of one run says what the folder is, and names a run. */
  @Test
  void aSeriesWhereOneRunIsAskedForIsCalledOne() throws IOException {
    Path folds = Files.createDirectory(temp.resolve("folds"));
    Files.writeString(
        folds.resolve("folds.json"),
        "{\"schemaVersion\": 1, \"runs\": [{\"name\": \"fold-1\"}, {\"name\": \"fold-2\"}]}");
    String name = folds.toString(), both = temp.resolve("both.conll").toString();
    for (List<String> command :
        List.of(
            List.of("errors", name),
            List.of("report", one.toString(), "--baseline", name),
            List.of("score", "--gold", both, "--baseline", name))) {
      Outcome outcome = Cli.run(command.toArray(String[]::new));
      assertEquals(2, outcome.code(), command::toString);
      assertTrue(
          outcome
              .err()
              .startsWith(
                  "error[EVA-030] " + name + ": this is a series of 2 folds (train --folds), "),
          outcome.err());
      assertTrue(outcome.err().contains("e.g. " + folds.resolve("fold-1")), outcome.err());
    }
    Outcome compared = Cli.run("compare", one.toString(), name);
    assertTrue(
        compared.err().startsWith("error[EVA-041] " + name + ": this is a series of 2 folds"),
        compared.err());
  }

  @Test
  void resultsAreNotOverwritten() throws IOException {
    Path metrics = one.resolve("metrics.json");
    String before = Files.readString(metrics);
    for (String option : List.of("--output", "--json")) {
      Outcome outcome = compare(option, metrics.toString());
      assertEquals(2, outcome.code());
      assertTrue(outcome.err().startsWith("error[EVA-004] "), outcome.err());
    }
    assertEquals(before, Files.readString(metrics));
    assertEquals(0, compare("--output", one.resolve("comparison.json").toString()).code());
  }
}
