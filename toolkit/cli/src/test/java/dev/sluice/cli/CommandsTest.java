package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  void resumingAFinishedRunShowsWhereItsResultsAre() throws IOException {
    Path run = folder.resolve("run");
    byte[] before = Files.readAllBytes(run.resolve("model.safetensors"));
    String log = Files.readString(run.resolve("console.log"));
    Cli.Outcome again = Cli.run("train", config, "--out", run.toString(), "--resume");
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().contains(run + ": this run is finished"), again.out());
    assertTrue(again.out().contains("scores in " + run.resolve("metrics.json")), again.out());
    assertEquals(last(trained.out()), last(again.out()));
    assertArrayEquals(before, Files.readAllBytes(run.resolve("model.safetensors")));
    assertEquals(log, Files.readString(run.resolve("console.log")));
    Cli.Outcome other =
        Cli.run("train", config, "--out", run.toString(), "--resume", "--set", "encoder.hidden=9");
    assertEquals(2, other.code());
    assertTrue(other.err().startsWith("error[RUN-005] "), other.err());
  }

  private static String last(String text) {
    return text.lines().reduce((a, b) -> b).orElseThrow();
  }

  /** What an input reads from a file of its own, and a seed that was drawn, are compared too. */
  @Test
  void aFinishedRunWithAGazetteerAndADrawnSeedIsFound() throws IOException {
    Path own = Files.createDirectory(folder.resolve("gazetteer"));
    Files.writeString(own.resolve("places.txt"), "oslo\nrome\n");
    Path yaml = Cli.corpus(own, "slots", "");
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replace("dimension: 8}]", "dimension: 8}, {type: gazetteer, file: places.txt}]")
            .replace(", seed: 1", ""));
    String[] train = {
      "train", yaml.toString(), "--set", "training.epochs=1", "--out", own + "/run"
    };
    assertEquals(0, Cli.run(train).code());
    String[] resume = Arrays.copyOf(train, 7);
    resume[6] = "--resume";
    Cli.Outcome again = Cli.run(resume);
    assertEquals(0, again.code(), again.err());
    Files.writeString(own.resolve("places.txt"), "oslo\n");
    Cli.Outcome changed = Cli.run(resume);
    assertEquals(2, changed.code());
    assertTrue(changed.err().contains("inputs.1.sha256 was "), changed.err());
  }

  @Test
  void noLineOfTrainAndCheckAndDescribeIsWiderThanAHundredColumns() throws IOException {
    Path own = Files.createDirectory(folder.resolve("w"));
    Path yaml = Cli.corpus(own, "joint", "");
    for (String split : new String[] {"train", "dev", "test"}) {
      Path file = own.resolve(split + ".csv");
      String text = Files.readString(file);
      Files.writeString(
          file,
          text.replace("B-from", "B-the_place_where_the_journey_begins")
              .replace("B-to", "B-the_place_where_it_is_meant_to_end")
              .replace(",train", ",somebody_asks_for_a_train_from_one_place_to_another")
              .replace(",flight", ",somebody_asks_for_a_flight_from_one_place_to_another"));
    }
    String inputs =
        "inputs=[{type: word, dimension: 8}, {type: shape, dimension: 3}, {type: casing, dimension: 3},"
            + " {type: suffix, length: 2, dimension: 3}, {type: prefix, length: 2, dimension: 3}]";
    String[] settings = {"--set", inputs, "--set", "training.epochs=1"};
    Cli.Outcome wide =
        Cli.run(
            "train",
            yaml.toString(),
            "--out",
            own + "/r",
            settings[0],
            settings[1],
            settings[2],
            settings[3]);
    assertEquals(0, wide.code(), wide.err());
    Cli.Outcome checked = Cli.run("check", yaml.toString(), settings[0], settings[1]);
    assertEquals(0, checked.code(), checked.err());
    Cli.Outcome described = Cli.run("describe", own + "/r/model.safetensors");
    String network = wide.out() + checked.out() + described.out();
    assertEquals(3, network.split("network ", -1).length - 1, network);
    for (String line : network.split("\n"))
      if (!line.contains(folder.toString()) && !line.contains("sha256"))
        assertTrue(line.length() <= 100, line);
  }

  /** What people read is escaped, what programs read is kept. */
  @Test
  void controlCharactersOfTaggedTextReachNoTerminalAndStayInData() throws IOException {
    String text = "a flight from \u001b[31mbern to oslo";
    String shown = Cli.runWith(text + "\n", "tag", "--model", model).out();
    assertFalse(shown.contains("\u001b"), shown);
    assertTrue(shown.contains("\\u001b"), shown);
    String data = Cli.runWith(text + "\n", "tag", "--model", model, "--format", "conll").out();
    assertTrue(data.contains("from\tO\n\u001b"), data);
    String json = Cli.runWith(text + "\n", "tag", "--model", model, "--format", "jsonl").out();
    assertEquals(text, new ObjectMapper().readTree(json).get("text").asText());

    Path own = Files.createDirectory(folder.resolve("escapes"));
    for (String split : new String[] {"train", "dev"})
      Files.writeString(
          own.resolve(split + ".conll"), "to O\noslo B-\u001b[1mto\n\nhi O\n\n".repeat(9));
    Path yaml =
        Files.writeString(
            own.resolve("c.yaml"),
            """
            task: slots
            data: {format: conll, train: train.conll, dev: dev.conll, test: dev.conll, overlap: ignore}
            inputs: [{type: word, dimension: 4}]
            encoder: {hidden: 4}
            training: {seed: 1}
            show: ["a \\e[31mflight"]
            """);
    Cli.Outcome reported =
        Cli.run("train", yaml.toString(), "--set", "training.epochs=1", "--out", own + "/run");
    assertEquals(0, reported.code(), reported.err());
    for (String said :
        List.of(
            reported.out() + reported.err(), Files.readString(own.resolve("run/console.log")))) {
      assertFalse(said.contains("\u001b"), said);
      assertTrue(said.contains("\\u001b[1mto") && said.contains("a \\u001b"), said);
    }
    String described = Cli.run("describe", own + "/run/model.safetensors").out();
    assertTrue(described.contains("  B-\\u001b[1mto\n"), described);
    String checked = Cli.run("check", own + "/train.conll").out();
    assertFalse(checked.contains("\u001b"), checked);
    assertTrue(checked.contains("\\u001b[1mto"), checked);
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
  void errorsOfARunAreThoseOfItsLastSplit() {
    Cli.Outcome spans = Cli.run("errors", folder.resolve("run").toString());
    assertEquals(0, spans.code(), spans.err());
    assertTrue(spans.out().startsWith("test: F1 "), spans.out());
    String run = folder.resolve("classify/run").toString();
    Cli.Outcome labels = Cli.run("errors", run, "--part", "dev");
    assertEquals(0, labels.code(), labels.err());
    assertTrue(labels.out().startsWith("dev: accuracy "), labels.out());
    Cli.Outcome refused = Cli.run("errors", run, "--by", "code");
    assertEquals(2, refused.code());
    assertTrue(refused.err().startsWith("error[CLI-023] "), refused.err());
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
