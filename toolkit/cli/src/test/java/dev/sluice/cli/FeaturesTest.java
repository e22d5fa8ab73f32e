package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose labels follow from a further column alone: without it there is nothing to go by. */
class FeaturesTest {
  @TempDir static Path folder;
  private static String model;

  @BeforeAll
  static void train() throws IOException {
    StringBuilder csv = new StringBuilder("words,slots,PART\n");
    for (int i = 0; i < 40; i++) {
      boolean first = i % 2 == 0;
      csv.append("ba do,").append(first ? "B-x O" : "O B-x");
      csv.append(first ? ",N V\n" : ",V N\n");
    }
    for (String split : List.of("train", "dev", "test"))
      Files.writeString(folder.resolve(split + ".csv"), csv);
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            task: slots
            data:
              format: csv
              train: train.csv
              dev: dev.csv
              test: test.csv
              csv: {tokens: words, tags: slots}
              features: [{name: pos, column: PART}]
              overlap: ignore
            inputs: [{type: word, dimension: 4}, {type: feature, name: pos, dimension: 4}]
            encoder: {hidden: 8}
            training: {optimizer: {type: adam, rate: 0.03}, epochs: 12, batch: 8, seed: 1, threads: 1}
            """);
    Cli.Outcome trained =
        Cli.run("train", config.toString(), "--out", folder.resolve("run").toString());
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.out().contains("test F1 100.00"), trained.out());
    model = folder.resolve("run/model.safetensors").toString();
  }

  private static Cli.Outcome tagCsv(String input, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(new String[] {"tag", "--model", model, "--format", "csv"}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Cli.runWith(input, arguments);
  }

  @Test
  void csvIsTaggedByTheColumnOfTraining() {
    String expected =
        "text,PART,predicted_tokens,predicted_tags,predicted_slots\n"
            + "ba do,N V,ba do,B-x O,x=ba\nba do,V N,ba do,O B-x,x=do\n\"\",,,,\n";
    Cli.Outcome tagged = tagCsv("text,PART\nba do,N V\nba do,V N\n,\n");
    assertEquals(0, tagged.code(), tagged.err());
    assertEquals(expected, tagged.out());
    Cli.Outcome split = tagCsv("w,PART\nba do,V N\n", "--tokens", "w");
    assertEquals(
        "w,PART,predicted_tokens,predicted_tags,predicted_slots\nba do,V N,ba do,O B-x,x=do\n",
        split.out());
  }

  @Test
  void aMissingColumnAndAMissingValueAreTheComplaintsOfTraining() {
    Cli.Outcome none = tagCsv("text,part\nba do,N V\n");
    assertEquals(2, none.code());
    assertEquals(
        "error[DAT-010] standard input:1: no column \"PART\" among \"text\", \"part\"."
            + " Fix: did you mean \"part\"\n",
        none.err());
    Cli.Outcome fewer = tagCsv("text,PART\nba do,N V\nba do,N\n");
    assertEquals(2, fewer.code());
    assertTrue(fewer.err().startsWith("error[DAT-020] standard input:3:"), fewer.err());
  }

  @Test
  void rawTextIsRefusedWithTheWayOut() {
    for (String format : List.of("text", "conll", "jsonl")) {
      Cli.Outcome refused = Cli.runWith("ba do\n", "tag", "--model", model, "--format", format);
      assertEquals(2, refused.code());
      assertEquals("", refused.out());
      assertTrue(
          refused
              .err()
              .startsWith(
                  "error[CLI-010] command line: the model reads the feature \"pos\" of each token,"
                      + " which raw text does not have. Fix: "),
          refused.err());
    }
    assertEquals(
        2, Cli.runWith("", "tag", "--model", model, "--tokens", "w").code(), "without csv");
    Cli.Outcome gates = Cli.run("describe", model, "--gates", "ba do");
    assertTrue(gates.err().startsWith("error[CLI-010] "), gates.err());
  }

  @Test
  void evaluateReadsTheColumnAndKeepsToItWhateverElseIsThere() throws IOException {
    Path data =
        Files.writeString(folder.resolve("more.csv"), "PART,slots,words\nN V,B-x O,ba do\n");
    Cli.Outcome evaluated =
        Cli.run("evaluate", "--model", model, "--data", data.toString(), "--gate", "micro.f1>=1");
    assertEquals(0, evaluated.code(), evaluated.out() + evaluated.err());
    Path conll = Files.writeString(folder.resolve("more.conll"), "ba N B-x\ndo V O\n");
    evaluated =
        Cli.run(
            "evaluate",
            "--model",
            model,
            "--data",
            conll.toString(),
            "--format",
            "conll",
            "--layout",
            "features=[{name: pos, column: 2}]",
            "--gate",
            "micro.f1>=1");
    assertEquals(0, evaluated.code(), evaluated.out() + evaluated.err());
    evaluated =
        Cli.run(
            "evaluate",
            "--model",
            model,
            "--data",
            conll.toString(),
            "--format",
            "conll",
            "--layout",
            "features=[]");
    assertEquals(2, evaluated.code());
    assertTrue(evaluated.err().startsWith("error[EVA-003] "), evaluated.err());
    assertTrue(evaluated.err().contains("\"pos\""), evaluated.err());
  }

  @Test
  void describeNamesWhatTheModelReads() {
    String out = Cli.run("describe", model).out();
    assertTrue(out.contains("\nfeatures   pos\n"), out);
  }

  @Test
  void theBuiltInExamplesOfTheModelHaveTheColumn() {
    Cli.Outcome checked = Cli.run("check", model);
    assertEquals(0, checked.code(), checked.err());
    assertTrue(checked.out().contains("5 built-in examples came out"), checked.out());
  }
}
