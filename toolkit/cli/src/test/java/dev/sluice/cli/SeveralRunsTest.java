package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice train} with several seeds, and over folds. */
class SeveralRunsTest {
  private static final String SHORT = "training.epochs=3";

  @TempDir Path folder;

  private static Cli.Outcome train(Path config, Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", config.toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void seedsGiveARunFolderEachATableAndAFileForPrograms() throws IOException {
    Path config = Cli.corpus(folder, "slots", ""), out = folder.resolve("out");
    Cli.Outcome trained = train(config, out, "--set", SHORT, "--seeds", "1..2,5");
    assertEquals(0, trained.code(), trained.err());
    assertEquals("", trained.err());
    assertEquals(
        List.of("console.log", "report.html", "seed-1", "seed-2", "seed-5", "seeds.json"),
        names(out));
    assertEquals(
        List.of(
            "config.yaml",
            "console.log",
            "environment.json",
            "metrics.json",
            "model.safetensors",
            "report.html",
            "sentences",
            "training.csv"),
        names(out.resolve("seed-5")));
    assertEquals(trained.out(), Files.readString(out.resolve("console.log")));

    JsonNode json = json(out.resolve("seeds.json"));
    assertEquals(1, json.get("schemaVersion").asInt());
    assertEquals("F1", json.get("headline").asText());
    double sum = 0;
    for (JsonNode run : json.get("runs")) {
      JsonNode metrics = json(out.resolve(run.get("name").asText()).resolve("metrics.json"));
      JsonNode parts = metrics.get("parts");
      assertEquals(parts.get(0).at("/scores/headline/value"), run.get("dev"));
      assertEquals(parts.get(1).at("/scores/headline/value"), run.get("test"));
      assertEquals(metrics.get("model"), run.get("model"));
      sum += run.get("test").asDouble();
    }
    assertEquals(3, json.at("/test/count").asInt());
    assertEquals(sum / 3, json.at("/test/mean").asDouble(), 1e-12);

    String last = trained.out().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(
        last.matches(
            "dev F1 .* ± .*, test F1 .* ± .* \\(mean ± sd\\) over 3 seeds, .*seeds.json, report .*report.html"),
        last);
    assertTrue(trained.out().contains("\nseed-5      "), trained.out());
    assertTrue(
        trained
            .out()
            .matches(
                "(?s).*\nmean .*\nsd .*\nlowest .*\nhighest .*\n95 % interval of the mean +[0-9.]+ to [0-9.]+ +[0-9.]+ to [0-9.]+\n.*"),
        trained.out());
  }

  /** A run of a series has the log, the metrics and the model of a run alone. */
  @Test
  void aRunFolderIsThatOfAnOrdinaryRun() throws IOException {
    Path config = Cli.corpus(folder, "slots", ""), out = folder.resolve("out");
    Path alone = folder.resolve("alone");
    train(config, out, "--set", SHORT, "--seeds", "4");
    train(config, alone, "--set", SHORT, "--set", "training.seed=4");
    for (String name : List.of("model.safetensors", "metrics.json"))
      assertArrayEquals(
          Files.readAllBytes(alone.resolve(name)),
          Files.readAllBytes(out.resolve("seed-4").resolve(name)));
    String log = Files.readString(out.resolve("seed-4/console.log"));
    for (String part : List.of("  run folder ", "epoch  3 of 3", "\nSentences\n", ", model "))
      assertTrue(log.contains(part), log);
  }

  @Test
  void resumeKeepsFinishedSeedsAndTheNumbersAreTheSame() throws IOException {
    Path config = Cli.corpus(folder, "classify", ""), out = folder.resolve("out");
    train(config, out, "--set", SHORT, "--seeds", "1,2");
    String two = Files.readString(out.resolve("seeds.json"));
    Files.delete(out.resolve("seed-1/metrics.json")); // as if killed before it was written
    Cli.Outcome more = train(config, out, "--set", SHORT, "--seeds", "1..3", "--resume");
    assertEquals(0, more.code(), more.err());
    assertTrue(more.out().contains("seed-2: best epoch "), more.out());
    assertEquals(2, more.out().split("\\(finished before\\)", -1).length - 1, more.out());
    assertTrue(Files.exists(out.resolve("seed-1/metrics.json")));
    assertEquals(3, json(out.resolve("seeds.json")).get("runs").size());
    train(config, out, "--set", SHORT, "--seeds", "1,2", "--resume");
    assertEquals(two, Files.readString(out.resolve("seeds.json")));

    Cli.Outcome other =
        train(config, out, "--set", "training.epochs=4", "--seeds", "1", "--resume");
    assertEquals(2, other.code());
    assertTrue(
        other.err().startsWith("error[RUN-005] ")
            && other.err().contains("training.epochs was 3 and is 4"),
        other.err());
    Cli.Outcome fresh = train(config, out, "--set", SHORT, "--seeds", "1");
    assertTrue(fresh.err().startsWith("error[RUN-001] "), fresh.err());
  }

  @Test
  void foldsGiveATablePerTypeScoresAndEveryPrediction() throws IOException {
    Path config = Cli.corpus(folder, "slots", ""), out = folder.resolve("out");
    Cli.Outcome trained = train(config, out, "--set", SHORT, "--folds", "3");
    assertEquals(0, trained.code(), trained.err());
    assertEquals(
        List.of(
            "console.log",
            "fold-1",
            "fold-2",
            "fold-3",
            "folds.json",
            "predictions.csv",
            "report.html",
            "suspects.csv"),
        names(out));
    JsonNode json = json(out.resolve("folds.json"));
    assertEquals(3, json.get("folds").asInt());
    assertEquals(60, json.at("/data/sentences").asInt());
    assertEquals(60, json.at("/pooled/sentences").asInt());
    assertEquals(60, json.at("/pooled/types/from/support").asInt());
    int sentences = 0;
    for (JsonNode run : json.get("runs")) sentences += run.get("sentences").asInt();
    assertEquals(60, sentences);
    assertEquals(2, json.at("/runs/0/devFold").asInt());
    assertTrue(
        trained.out().contains("  scheme     BIO: found in all of data.train\n"), trained.out());
    assertTrue(trained.out().contains("All folds together"), trained.out());
    assertTrue(trained.out().contains("\nfrom "), trained.out());

    // the table of predictions is a file that can be scored like any other
    Cli.Outcome scored =
        Cli.run(
            "score",
            "--gold",
            out.resolve("predictions.csv").toString(),
            "--layout",
            "csv.sentence=sentence",
            "--layout",
            "csv.tokens=token",
            "--tags",
            "gold",
            "--pred-tags",
            "predicted",
            "--json",
            "-");
    assertEquals(0, scored.code(), scored.err());
    JsonNode again = new ObjectMapper().readTree(scored.out()).at("/parts/0/scores");
    assertEquals(json.at("/pooled/micro"), again.get("micro"));
    assertEquals(json.at("/pooled/types"), again.get("types"));
  }

  /** One label of 480 is wrong; a model that has learned the others says so. */
  @Test
  void foldsShowWhichLabelsMayBeWrong() throws IOException {
    Path config = Cli.corpus(folder, "slots", ""), out = folder.resolve("out");
    Path data = folder.resolve("train.csv");
    List<String> rows = new ArrayList<>(Files.readAllLines(data));
    rows.set(31, rows.get(31).replace("B-to", "B-from")); // sentence 31
    Files.write(data, rows);
    Cli.Outcome trained = train(config, out, "--folds", "3", "--set", "training.epochs=20");
    assertEquals(0, trained.code(), trained.err());
    List<String> suspects = Files.readAllLines(out.resolve("suspects.csv"));
    String place = data + ",32,31,8," + rows.get(31).split("[ ,]")[7] + ",B-from,B-to,";
    assertTrue(suspects.get(1).startsWith(place), suspects.toString());

    JsonNode json = json(out.resolve("folds.json")).get("suspects");
    assertEquals(suspects.size() - 1, json.get("count").asInt());
    assertEquals(480, json.at("/tokens/labels").asInt());
    assertEquals(0, json.at("/tokens/unjudged").asInt());
    assertTrue(json.at("/tokens/estimate").asDouble() >= json.get("count").asInt());
    assertTrue(json.get("sentences").isNull());
    double calibrated = 0, off = 0;
    for (JsonNode cell : json.at("/tokens/joint")) {
      calibrated += cell.get("calibrated").asDouble();
      if (!cell.get("given").equals(cell.get("other"))) off += cell.get("calibrated").asDouble();
    }
    assertEquals(480, calibrated, 1e-9);
    assertEquals(json.at("/tokens/estimate").asDouble(), off, 1e-9);
    int forms = 0;
    for (JsonNode form : json.get("forms")) forms += form.get("count").asInt();
    assertEquals(suspects.size() - 1, forms);

    String said = trained.out().replaceAll("\\s+", " ");
    assertTrue(said.contains("Suspects 1 suspect"), said);
    assertTrue(said.contains("so look at each before you change it."), said);
    assertTrue(said.contains("suspects " + out.resolve("suspects.csv")), said);
  }

  /** Of the 60 sentences 50 % are 30, and 25 % are 15, which are too few: two parts, through which no law is laid. */
  @Test
  void aLearningCurveHasARowPerPartAndLooksAtTestOnlyWhenAsked() throws IOException {
    Path config = Cli.corpus(folder, "slots", ""), out = folder.resolve("out");
    Cli.Outcome trained = train(config, out, "--set", SHORT, "--learning-curve");
    assertEquals(0, trained.code(), trained.err());
    List<String> names =
        new ArrayList<>(List.of("console.log", "learning-curve.json", "report.html"));
    for (int share : new int[] {100, 50})
      for (int seed = 1; seed <= 3; seed++) names.add("share-" + share + "-seed-" + seed);
    assertEquals(names, names(out));
    JsonNode json = json(out.resolve("learning-curve.json"));
    assertEquals("learning-curve", json.get("kind").asText());
    assertEquals(60, json.at("/data/sentences").asInt());
    assertEquals(5, json.get("skipped").size());
    assertEquals(15, json.at("/skipped/4/sentences").asInt());
    assertTrue(json.get("fit").isNull());
    assertEquals(2, json.get("points").size());
    for (JsonNode point : json.get("points")) {
      assertEquals(60 * point.get("share").asDouble(), point.get("sentences").asInt());
      JsonNode dev = point.get("dev");
      double sum = 0, min = 1, max = 0;
      for (int i = 0; i < 3; i++) {
        double score = dev.get("scores").get(i).asDouble();
        assertEquals(point.get("runs").get(i).get("dev").asDouble(), score);
        sum += score;
        min = Math.min(min, score);
        max = Math.max(max, score);
      }
      assertEquals(sum / 3, dev.get("mean").asDouble(), 1e-12);
      assertEquals(min, dev.get("min").asDouble());
      assertEquals(max, dev.get("max").asDouble());
      assertTrue(point.get("test").isNull());
    }
    assertTrue(trained.out().contains("\n100 %         60  "), trained.out());
    assertTrue(trained.out().contains("a guess: none, for a power law takes"), trained.out());
    assertFalse(trained.out().contains("test F1"), trained.out());

    Path tested = folder.resolve("tested");
    train(config, tested, "--set", SHORT, "--learning-curve", "--with-test", "--seeds", "2");
    JsonNode points = json(tested.resolve("learning-curve.json")).get("points");
    assertEquals(1, points.at("/0/test/scores").size());
    assertTrue(points.at("/0/test/deviation").isNull());
  }

  /** 240 sentences give four parts. */
  @Test
  void aPowerLawThroughTheMeansIsCalledAGuess() throws IOException {
    Path config = Cli.corpus(folder, "classify", ""), out = folder.resolve("out");
    Path data = folder.resolve("train.csv");
    StringBuilder rows = new StringBuilder("tokens,tags,intent\n");
    for (int i = 0; i < 240; i++) // a fifth of the labels is wrong, so that errors stay
    rows.append("a train number " + i + ",O O O O," + (i % 5 == 0 ? "flight" : "train") + "\n");
    Files.writeString(data, rows.toString());
    Files.writeString(folder.resolve("dev.csv"), rows.toString());
    Cli.Outcome trained = train(config, out, "--set", SHORT, "--learning-curve", "--seeds", "1");
    assertEquals(0, trained.code(), trained.err());
    JsonNode json = json(out.resolve("learning-curve.json"));
    assertEquals(4, json.get("points").size());
    assertEquals(4, json.at("/fit/points").asInt());
    assertEquals(json.at("/fit/b").asDouble() > 0, trained.out().contains("a guess: 1 - accuracy"));
  }

  @Test
  void optionsThatCannotBeAreRefusedBeforeAnythingIsWritten() throws IOException {
    Path config = Cli.corpus(folder, "slots", ""), out = folder.resolve("out");
    assertRefused("CLI-020", train(config, out, "--seeds", "1..3", "--folds", "5"));
    assertRefused("CLI-020", train(config, out, "--seeds", "1..3", "--set", "training.seed=4"));
    assertRefused("CLI-003", train(config, out, "--seeds", "one"));
    assertRefused("CLI-003", train(config, out, "--folds", "2"));
    assertRefused("CLI-003", train(config, out, "--folds", "many"));
    assertRefused("CLI-020", train(config, out, "--learning-curve", "--folds", "3"));
    assertRefused("CLI-020", train(config, out, "--learning-curve", "--set", "training.seed=4"));
    assertRefused("CLI-002", train(config, out, "--with-test"));
    assertRefused("CLI-002", train(config, out, "--seeds", "1,2", "--with-test"));
    assertRefused("TRN-030", train(config, out, "--folds", "61"));
    assertFalse(Files.exists(out));
  }

  private static void assertRefused(String code, Cli.Outcome outcome) {
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().startsWith("error[" + code + "] "), outcome.err());
    assertTrue(outcome.err().contains("Fix: "), outcome.err());
  }

  @Test
  void aStoppedSeriesSaysHowToGoOnAndEndsInTheSameBytes() throws Exception {
    Path config = Cli.corpus(folder, "slots", ""), out = folder.resolve("it's $stopped");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Sluice.class.getName(), "train", config.toString()));
    command.addAll(List.of("--seeds", "1,2", "--out", out.toString()));
    File err = folder.resolve("err").toFile();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(err)
            .start();
    Path checkpoint = out.resolve("seed-2/checkpoint.safetensors");
    for (int i = 0; i < 6000 && process.isAlive() && !Files.exists(checkpoint); i++)
      Thread.sleep(5);
    process.destroy(); // SIGTERM
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    String said = Files.readString(err.toPath());
    assertEquals(143, process.exitValue(), said);
    assertTrue(said.contains("stopped and saved in seed-2, epoch "), said);
    assertTrue(said.contains("go on with: sluice train " + config + " --seeds 1,2 --out '"), said);
    assertTrue(said.contains("/it'\\''s $stopped' --resume\n"), said);
    assertFalse(Files.exists(out.resolve("seeds.json")));

    Cli.Outcome resumed = train(config, out, "--seeds", "1,2", "--resume");
    assertEquals(0, resumed.code(), resumed.err());
    Path whole = folder.resolve("whole");
    train(config, whole, "--seeds", "1,2");
    assertEquals(
        Files.readString(whole.resolve("seeds.json")), Files.readString(out.resolve("seeds.json")));
  }
}
