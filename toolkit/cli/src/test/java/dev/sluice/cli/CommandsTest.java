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

/** The commands one after the other, as somebody would type them. */
class CommandsTest {
  @TempDir static Path folder;
  private static String config;
  private static String model;
  private static String classifier;
  private static Cli.Outcome trained;

  @BeforeAll
  static void train() throws IOException {
    config = Cli.corpus(folder, "slots", "").toString();
    trained = Cli.run("train", config, "--out", folder.resolve("run").toString());
    model = folder.resolve("run/model.safetensors").toString();
    Path other = Files.createDirectory(folder.resolve("classify"));
    Cli.Outcome second =
        Cli.run(
            "train",
            Cli.corpus(other, "classify", "").toString(),
            "--quiet",
            "--out",
            other + "/run");
    classifier = other + "/run/model.safetensors";
    assertEquals(0, trained.code(), trained.err());
    assertEquals(0, second.code(), second.err());
    assertEquals(1, second.out().lines().count(), second.out());
  }

  @Test
  void trainSaysWhatItFoundAndHowItWent() throws IOException {
    String out = trained.out();
    assertTrue(out.contains("train      60 sentences, 480 tokens"), out);
    assertTrue(out.contains("scheme     BIO"), out);
    assertTrue(out.contains("epoch  8 of 8  loss "), out);
    assertTrue(
        out.contains("words of dev: 100.00 % known as they are, 0.00 % in lower case, "), out);
    assertTrue(out.contains("a flight from [lima](from) to [rome](to)"), out);
    assertFalse(out.contains("\u001b"), "no escape codes without a terminal");
    assertEquals("", trained.err());
    assertEquals(out, Files.readString(folder.resolve("run/console.log")));
    for (String name : List.of("config.yaml", "model.safetensors", "training.csv", "metrics.json"))
      assertTrue(Files.exists(folder.resolve("run").resolve(name)), name);
  }

  @Test
  void aFinishedRunIsNeverWrittenOver() {
    Cli.Outcome again = Cli.run("train", config, "--out", folder.resolve("run").toString());
    assertEquals(2, again.code());
    assertEquals(
        "error[RUN-001] "
            + folder.resolve("run")
            + ": the folder holds a finished run. Fix: name another with --out\n",
        again.err());
  }

  @Test
  void aFolderWithOtherFilesIsRefusedBeforeTraining() {
    Cli.Outcome refused = Cli.run("train", config, "--out", folder.toString());
    assertEquals(2, refused.code());
    assertTrue(refused.err().startsWith("error[RUN-004] " + folder + ": "), refused.err());
  }

  @Test
  void nLinesInGiveNResultsOut() {
    Cli.Outcome tagged =
        Cli.runWith(
            "a flight from bern to oslo\n\na train from rome to lima",
            "tag",
            "--model",
            model,
            "-");
    assertEquals(
        "a flight from [bern](from) to [oslo](to)\n\na train from [rome](from) to [lima](to)\n",
        tagged.out());
    assertEquals(0, tagged.code(), tagged.err());
  }

  @Test
  void conllHasATokenPerLineAndAnEmptyLineAfterEachSentence() {
    assertEquals(
        "a\tO\ntrain\tO\nfrom\tO\nbern\tB-from\nto\tO\noslo\tB-to\n\n\n",
        Cli.runWith("a train from bern to oslo\n\n", "tag", "--model", model, "--format", "conll")
            .out());
  }

  @Test
  void jsonLinesHaveOffsetsIntoTheText() {
    String line =
        Cli.runWith("a  train from bern to rome\n", "tag", "--model", model, "--format", "jsonl")
            .out();
    assertTrue(line.startsWith("{\"text\":\"a  train from bern to rome\",\"tokens\":[{"), line);
    assertTrue(
        line.contains(
            "{\"label\":\"from\",\"text\":\"bern\",\"start\":14,\"end\":18,\"confidence\":0."),
        line);
    assertTrue(line.endsWith("]}\n"), line);
  }

  @Test
  void csvKeepsItsCellsAndGetsColumns() throws IOException {
    Path file =
        Files.writeString(folder.resolve("in.csv"), "id,request\n1,from bern to rome\n2,\n");
    Path result = folder.resolve("out.csv");
    Cli.Outcome tagged =
        Cli.run(
            "tag",
            "--model",
            model,
            "--format",
            "csv",
            "--column",
            "request",
            "--output",
            result.toString(),
            file.toString());
    assertEquals(0, tagged.code(), tagged.err());
    assertEquals(
        "id,request,predicted_tokens,predicted_tags,predicted_slots\n"
            + "1,from bern to rome,from bern to rome,O B-from O B-to,from=bern; to=rome\n"
            + "2,,,,\n",
        Files.readString(result));
  }

  @Test
  void aClassifierGivesALabelPerLine() {
    Cli.Outcome tagged = Cli.runWith("a train from oslo to rome\n\n", "tag", "--model", classifier);
    assertEquals("train\ta train from oslo to rome\n\n", tagged.out());
    assertEquals(2, Cli.runWith("", "tag", "--model", classifier, "--format", "conll").code());
    assertTrue(
        Cli.runWith(
                "a train from oslo to rome\n", "tag", "--model", classifier, "--format", "jsonl")
            .out()
            .contains("\"intent\":\"train\",\"confidence\":"));
  }

  @Test
  void describeTellsTheWholeModel() {
    Cli.Outcome described = Cli.run("describe", model);
    assertEquals(0, described.code(), described.err());
    for (String part :
        List.of("task       slots", "scheme     BIO", "  B-from", "score.dev", "  task: slots"))
      assertTrue(described.out().contains(part), part + " in " + described.out());
  }

  @Test
  void checkRunsTheBuiltInExamplesOfAModelAgain() throws IOException {
    assertEquals(0, Cli.run("check", model, config).code());
    byte[] bytes = Files.readAllBytes(Path.of(model));
    bytes[bytes.length - 5] ^= 1;
    Path broken = Files.write(folder.resolve("broken.safetensors"), bytes);
    Cli.Outcome refused = Cli.run("check", broken.toString());
    assertEquals(4, refused.code());
    assertTrue(refused.err().startsWith("error[MOD-"), refused.err());
  }

  @Test
  void outputsAreTheSameUnderEveryLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("hi-IN-u-nu-deva"));
      assertTrue(Cli.run("check", config).out().contains("480"), "ASCII digits");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }
}
