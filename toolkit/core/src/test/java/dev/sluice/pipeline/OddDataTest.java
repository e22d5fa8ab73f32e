package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Tagger;
import dev.sluice.Training;
import dev.sluice.config.SluiceException;
import dev.sluice.model.ModelFile;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data and settings at the edge of what is sensible: they work, or say what is wrong. */
class OddDataTest {
  private static final String TRAIN = "to Oslo,O B-to,fly\nstop,O,end\nfrom Rome,O B-from,fly\n";

  @TempDir Path folder;

  @Test
  void labelsSeenOnlyInDevOrTestAreMissesThatAreCounted() throws Exception {
    Path slots =
        TinyRun.csv(
            folder,
            TRAIN,
            "in May,O B-month,ask\n",
            "at noon now,B-at I-at B-time,tell\n",
            TinyRun.ONE_EPOCH);
    TrainingRun.Result result = TinyRun.run(slots, "task=slots");
    assertEquals(Map.of("B-month", 1L), result.dev().unseenLabels());
    assertEquals(
        Map.of("B-at", 1L, "I-at", 1L, "B-time", 1L), result.test().orElseThrow().unseenLabels());
    assertEquals(0, result.test().orElseThrow().headline().orElse(0));
    TrainingRun.Result intents = TinyRun.run(slots, "task=classify");
    assertEquals(Map.of("ask", 1L), intents.dev().unseenIntents());
    assertEquals(Map.of("tell", 1L), intents.test().orElseThrow().unseenIntents());
  }

  @Test
  void howWordsWereFoundIsToldForEachSplitAndKeptInTheModel() throws Exception {
    Path config =
        TinyRun.csv(
            folder, TRAIN, "To Oslo,O O,end\n", "far Oslo Oslo,O O O,end\n", TinyRun.ONE_EPOCH);
    TrainingRun.Result result = TinyRun.run(config, "task=slots");
    assertEquals(1, result.devLookups().count(Step.LOWER));
    assertEquals(1, result.devLookups().count(Step.EXACT));
    assertEquals(1, result.testLookups().orElseThrow().count(Step.UNKNOWN));
    Map<String, String> facts =
        ModelFile.read(result.folder().resolve(TrainingRun.MODEL)).provenance();
    assertEquals("1", facts.get("data.dev.words.lower"));
    assertEquals("2", facts.get("data.test.words.exact"));
  }

  @Test
  void withoutATestSplitEverythingElseIsThere() throws Exception {
    Path config = TinyRun.csv(folder, TRAIN, TRAIN, TRAIN, TinyRun.ONE_EPOCH);
    Files.writeString(config, Files.readString(config).replace("  test: test.csv\n", ""));
    TrainingRun.Result result = TinyRun.run(config, "task=slots");
    assertTrue(result.test().isEmpty() && result.testLookups().isEmpty());
    assertEquals(5, result.devLookups().total());
  }

  @Test
  void aSingleSentenceOfOneTokenWithOneLabelIsEnough() throws Exception {
    Path config = TinyRun.csv(folder, "go,V,x\n", "go,V,x\n", "go,V,x\n", TinyRun.ONE_EPOCH);
    TrainingRun.Result result = TinyRun.run(config, "task=pos");
    assertEquals("100.00", result.test().orElseThrow().headline().percent());
    assertEquals(List.of("V", "V"), Tagger.of(result.model()).tag("never seen").labels());
  }

  @Test
  void batchesOfOneAndBatchesLargerThanTheSplitAndMoreThreadsThanShardsWork() throws Exception {
    Path config = TinyRun.csv(folder, TRAIN, TRAIN, TRAIN, "training: {epochs: 2, seed: 3}");
    for (String batch : List.of("1", "2", "65536")) {
      String one =
          sha256(
              TinyRun.run(config, "task=slots", "training.batch=" + batch, "training.threads=1"));
      String many =
          sha256(
              TinyRun.run(config, "task=slots", "training.batch=" + batch, "training.threads=16"));
      assertEquals(one, many);
    }
  }

  private static String sha256(TrainingRun.Result result) throws Exception {
    return TrainOnce.sha256(result.folder());
  }

  @Test
  void aMinimumCountThatLeavesNoWordStillTrains() throws Exception {
    Path config = TinyRun.csv(folder, TRAIN, TRAIN, TRAIN, TinyRun.ONE_EPOCH);
    TrainingRun.Result result = TinyRun.run(config, "task=slots", "vocabulary.minCount=50");
    assertEquals(1, result.model().words().size());
    assertEquals(5, result.devLookups().count(Step.UNKNOWN));
    Tagger tagger = Tagger.load(result.folder().resolve(TrainingRun.MODEL));
    assertEquals(2, tagger.tag("to Oslo").labels().size());
  }

  @Test
  void noSentenceIsCutHoweverLong() throws Exception {
    Path config = TinyRun.csv(folder, TRAIN, TRAIN, TRAIN, TinyRun.ONE_EPOCH);
    Tagger tagger = Tagger.of(TinyRun.run(config, "task=slots").model());
    List<String> words = Collections.nCopies(20_000, "Oslo");
    assertEquals(20_000, tagger.tag(words).labels().size());
    var together = tagger.tagAllTokens(List.of(words, List.of("to", "Oslo"), words.subList(0, 3)));
    assertEquals(List.of(20_000, 2, 3), together.stream().map(t -> t.labels().size()).toList());
    assertEquals(tagger.tag(List.of("to", "Oslo")), together.get(1));
  }

  @Test
  void illegalTagsAreRefusedWithTheirPlaceWhenTheConfigSaysSo() throws Exception {
    Path config = TinyRun.csv(folder, TRAIN, "a b,O I-to,x\n", TRAIN, TinyRun.ONE_EPOCH);
    SluiceException refused =
        assertThrows(
            SluiceException.class,
            () -> TinyRun.run(config, "task=slots", "data.scheme=bio", "data.repair=error"));
    assertEquals(SluiceException.Kind.USAGE, refused.kind());
    assertTrue(
        refused.getMessage().startsWith("error[LAB-") && refused.getMessage().contains("dev.csv:2"),
        refused.getMessage());
    TinyRun.run(config, "task=slots", "data.scheme=bio", "data.repair=conlleval");
  }

  /** extends, the environment and --set, in this order of strength, all reach the run. */
  @Test
  void settingsComeFromTheBaseFileTheEnvironmentAndTheCall() throws Exception {
    TinyRun.csv(folder, TRAIN, TRAIN, TRAIN, TinyRun.ONE_EPOCH, "task: slots");
    Path child = folder.resolve("recipes/child.yaml");
    Files.createDirectories(child.getParent());
    Files.writeString(
        child, "extends: ../config.yaml\nencoder:\n  cell: gru\n  hidden: ${WIDTH:-9}\n");
    TrainingRun.Result result =
        Training.from(child)
            .environment(Map.of("WIDTH", "6"))
            .set("encoder.bidirectional=false")
            .out(folder.resolve("child-run"))
            .run();
    var shape = result.model().network().shape().encoder();
    assertEquals(List.of(6), shape.widths());
    assertEquals("gru", shape.cells().get(0).name());
    assertEquals(1, shape.directions());
    String resolved = Files.readString(folder.resolve("child-run/config.yaml"));
    assertTrue(resolved.contains("WIDTH") && resolved.contains("child.yaml"), resolved);
  }

  /** Without a dev split, the last sentences of train are dev, and nothing else is. */
  @Test
  void theLastSentencesOfTrainCanBeHeldOutAsDev() throws Exception {
    Path config = TinyRun.csv(folder, TRAIN, TRAIN, TRAIN, TinyRun.ONE_EPOCH, "task: slots");
    Files.writeString(config, Files.readString(config).replaceAll("(?m)^ +dev: .*\n", ""));
    int all = TRAIN.split("\n").length;
    TrainingRun.Result result = TinyRun.run(config, "data.holdOut=1");
    var provenance = ModelFile.read(result.folder().resolve(TrainingRun.MODEL)).provenance();
    assertEquals("1", provenance.get("data.dev.sentences"));
    assertEquals(String.valueOf(all - 1), provenance.get("data.train.sentences"));
    SluiceException refused =
        assertThrows(SluiceException.class, () -> TinyRun.run(config, "data.holdOut=" + all));
    assertTrue(refused.getMessage().startsWith("error[TRN-017]"), refused.getMessage());
    refused = assertThrows(SluiceException.class, () -> TinyRun.run(config));
    assertTrue(refused.getMessage().startsWith("error[CFG-011]"), refused.getMessage());
  }

  /** The resolved config alone, wherever it lies, gives the same model again. */
  @Test
  void theResolvedConfigOfARunTrainsTheSameModel() throws Exception {
    Path config = TinyRun.csv(folder, TRAIN, TRAIN, TRAIN, "training: {epochs: 1}", "task: slots");
    TrainingRun.Result first = TinyRun.run(config);
    Path moved = folder.resolve("else/where.yaml");
    Files.createDirectories(moved.getParent());
    Files.copy(first.folder().resolve(TrainingRun.CONFIG), moved);
    assertEquals(sha256(first), sha256(TinyRun.run(moved)));
  }
}
