package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.config.SluiceException;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.ScoreTable;
import dev.sluice.metric.Scores;
import dev.sluice.testing.TinyCorpus;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.TrainingListener;
import dev.sluice.vocabulary.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs of one config: the same as the runs one by one, and the same when interrupted. */
class SeriesTest {
  private static final String[] SETTINGS = {
    "encoder: {hidden: 4}",
    "inputs: [{type: word, dimension: 4}]",
    "training: {epochs: 2, batch: 8, threads: 1}"
  };

  @TempDir Path temp;
  private Path config;
  private Path out;

  @BeforeEach
  void corpus() throws Exception {
    config = TinyCorpus.write(temp, "slots", SETTINGS);
    out = temp.resolve("out");
  }

  private Training training() {
    return Training.from(config).out(out);
  }

  @Test
  void aRunOfASeriesIsTheRunOfItsSeedAlone() throws Exception {
    SeedRuns.Result result = training().seeds(List.of(3L, 11L));
    assertEquals(List.of("seed-3", "seed-11"), result.runs().stream().map(r -> r.name()).toList());
    Path alone = temp.resolve("alone");
    TrainingRun.Result single = Training.from(config).set("training.seed=11").out(alone).run();
    assertEquals(TrainOnce.sha256(alone), TrainOnce.sha256(out.resolve("seed-11")));
    FinishedRun run = result.runs().get(1);
    assertEquals(single.dev().headline(), run.dev().headline());
    assertEquals(single.outcome().bestEpoch(), run.bestEpoch());
    double a = result.runs().get(0).dev().headline().orElse(0), b = run.dev().headline().orElse(0);
    assertEquals((a + b) / 2, result.dev().mean().orElseThrow(), 1e-15);
    assertEquals(Math.abs(a - b) / Math.sqrt(2), result.dev().deviation().orElseThrow(), 1e-12);
  }

  /** Stops after the first epoch of the second run; then going on keeps the first run and gives the numbers of a series never stopped. */
  @Test
  void aStoppedSeriesGoesOnWhereItWasAndKeepsWhatIsFinished() throws Exception {
    List<Long> seeds = List.of(1L, 2L, 3L);
    AtomicReference<SeedRuns> series = new AtomicReference<>();
    int[] epochs = {0};
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void epoch(EpochReport report) {
            if (++epochs[0] == 3) series.get().stop();
          }
        };
    series.set(training().listener(stopper).seedRuns(seeds, SeriesListener.NONE));
    assertTrue(series.get().run().isEmpty());
    assertTrue(Files.exists(out.resolve("seed-2/" + TrainingRun.CHECKPOINT)));
    assertFalse(Files.exists(out.resolve("seed-3")));

    List<String> told = new ArrayList<>();
    SeriesListener listener =
        new SeriesListener() {
          @Override
          public void kept(FinishedRun run) {
            told.add("kept " + run.name());
          }

          @Override
          public void finished(FinishedRun run, TrainingRun.Result result) {
            told.add("finished " + run.name());
          }
        };
    SeedRuns.Result resumed = training().resume().seedRuns(seeds, listener).run().orElseThrow();
    assertEquals(List.of("kept seed-1", "finished seed-2", "finished seed-3"), told);
    out = temp.resolve("whole");
    SeedRuns.Result whole = training().seeds(seeds);
    for (int i = 0; i < 3; i++) {
      assertSame(whole.runs().get(i), resumed.runs().get(i));
      assertEquals(
          TrainOnce.sha256(whole.runs().get(i).folder()),
          TrainOnce.sha256(resumed.runs().get(i).folder()));
    }
    assertEquals(whole.dev(), resumed.dev());
    assertEquals(whole.test(), resumed.test());
  }

  /** A list that an input reads is known by its content: the same one is no change, another one is. */
  @Test
  void aFinishedRunWithAFileOfItsOwnIsKeptUntilThatChanges() throws Exception {
    Path list = Files.writeString(temp.resolve("list.txt"), "rome\n");
    String inputs = "inputs=[{type: word, dimension: 4}, {type: gazetteer, file: " + list + "}]";
    SeedRuns.Result result = training().set(inputs).seeds(List.of(1L));
    List<String> kept = new ArrayList<>();
    SeriesListener listener =
        new SeriesListener() {
          @Override
          public void kept(FinishedRun run) {
            kept.add(run.name());
          }
        };
    SeedRuns.Result again =
        training().set(inputs).resume().seedRuns(List.of(1L), listener).run().orElseThrow();
    assertEquals(List.of("seed-1"), kept);
    assertSame(result.runs().get(0), again.runs().get(0));
    Files.writeString(list, "oslo\n");
    assertRefused("inputs.1.sha256 was ", () -> training().set(inputs).resume().seeds(List.of(1L)));
  }

  private static void assertSame(FinishedRun a, FinishedRun b) {
    assertEquals(
        a.name() + a.seed() + a.epochs() + a.bestEpoch(),
        b.name() + b.seed() + b.epochs() + b.bestEpoch());
    assertEquals(ScoreTable.report(a.dev()), ScoreTable.report(b.dev()));
    assertEquals(
        ScoreTable.report(a.test().orElseThrow()), ScoreTable.report(b.test().orElseThrow()));
    for (Vocabulary.Step step : Vocabulary.Step.values())
      assertEquals(a.devLookups().count(step), b.devLookups().count(step));
  }

  @Test
  void aFinishedRunOfAnotherConfigOrOtherDataIsRefused() throws Exception {
    training().seeds(List.of(1L));
    SluiceException refused =
        assertThrows(
            SluiceException.class,
            () -> training().set("encoder.hidden=5").resume().seeds(List.of(1L, 2L)));
    assertTrue(
        refused.getMessage().contains("RUN-005")
            && refused.getMessage().contains("encoder.hidden was [4] and is [5]"),
        refused.getMessage());
    Files.writeString(temp.resolve("dev.csv"), "tokens,tags,intent\nOslo,B-city,weather\n");
    refused = assertThrows(SluiceException.class, () -> training().resume().seeds(List.of(1L, 2L)));
    assertTrue(refused.getMessage().contains("data.dev.sha256 was "), refused.getMessage());
    assertFalse(Files.exists(out.resolve("seed-2")), "nothing is trained");
  }

  @Test
  void aFolderWithRunsIsOnlyUsedToResumeAndOneWithOtherThingsNever() throws Exception {
    training().seeds(List.of(1L));
    assertRefused("RUN-001", () -> training().seeds(List.of(2L)));
    assertRefused("RUN-004", () -> training().resume().folds(3));
    assertEquals(2, training().resume().seeds(List.of(1L, 2L)).runs().size());
    out = temp;
    assertRefused("RUN-004", () -> training().seeds(List.of(2L)));
  }

  private static void assertRefused(String code, Runnable series) {
    SluiceException refused = assertThrows(SluiceException.class, series::run);
    assertTrue(refused.getMessage().contains(code), refused.getMessage());
  }

  @Test
  void aSeriesThatCannotBeginLeavesNoFolderBehind() throws Exception {
    Files.writeString(
        temp.resolve("train.csv"), "tokens,tags,intent\nOslo,B-city B-city,weather\n");
    assertRefused("DAT-020", () -> training().seeds(List.of(1L)));
    assertFalse(Files.exists(out));
  }

  @Test
  void everySentenceIsPredictedOnceAndThePooledScoreIsThatOfThePredictions() throws Exception {
    FoldRuns.Result result = training().set("training.seed=4").folds(3);
    assertEquals(120, result.predictions().size());
    Reading bio = Reading.of(TagScheme.BIO);
    Scores again = Scores.ofSpans(bio, bio);
    long sentences = 0;
    for (HeldOut one : result.predictions())
      again.add(one.sentence(), one.tokens().stream().map(HeldOut.Answer::predicted).toList());
    for (FinishedRun run : result.runs()) sentences += run.test().orElseThrow().sentences();
    assertEquals(120, sentences);
    assertEquals(again.byType().rows(), result.pooled().byType().rows());
    assertEquals(again.headline(), result.pooled().headline());
    assertEquals(3, result.test().count());

    List<String> lines = Files.readAllLines(out.resolve(FoldRuns.PREDICTIONS));
    assertEquals("fold,sentence,line,token,gold,predicted,confidence", lines.get(0));
    assertEquals(1 + result.data().tokens(), lines.size());
    HeldOut first = result.predictions().get(0);
    assertTrue(
        lines.get(1).startsWith(first.fold() + ",1,2," + first.sentence().words().get(0) + ","),
        lines.get(1));
  }

  /** The config names no dev; the seed is drawn, and kept when the series goes on. */
  @Test
  void foldsNeedNoDevAndAResumedCrossValidationIsTheSame() throws Exception {
    String yaml = Files.readString(config);
    Files.writeString(config, yaml.replaceAll("  (dev|test): .*\n", ""));
    FoldRuns.Result whole = training().folds(3);
    Files.delete(out.resolve("fold-2/" + TrainingRun.MODEL));
    Files.delete(out.resolve(FoldRuns.PREDICTIONS));
    FoldRuns.Result resumed = training().resume().folds(3);
    assertEquals(whole.seed(), resumed.seed());
    assertEquals(whole.predictions(), resumed.predictions());
    assertEquals(ScoreTable.report(whole.pooled()), ScoreTable.report(resumed.pooled()));
    assertRefused("data.train.sha256 was ", () -> training().resume().folds(4));
  }

  @Test
  void labelsOfSentencesAreCrossValidatedWithARowEach() throws Exception {
    config = TinyCorpus.write(temp, "classify", SETTINGS);
    FoldRuns.Result result = training().set("training.seed=4").folds(4);
    List<String> lines = Files.readAllLines(out.resolve(FoldRuns.PREDICTIONS));
    assertEquals("fold,sentence,line,text,gold,predicted,confidence", lines.get(0));
    assertEquals(121, lines.size());
    assertEquals(120, result.pooled().sentences());
  }

  @Test
  void whatASpreadsheetWouldTakeForAFormulaIsDefused() throws Exception {
    StringBuilder rows = new StringBuilder("tokens,tags,intent\n");
    for (int i = 0; i < 12; i++) rows.append("=cmd" + i + " oslo,O B-city,x\n");
    Files.writeString(temp.resolve("train.csv"), rows.toString());
    training().set("training.seed=4").folds(3);
    assertTrue(Files.readAllLines(out.resolve(FoldRuns.PREDICTIONS)).get(1).contains(",'=cmd0,"));
  }

  /** Under IO a type stands without a beginning; the model learns BIO. */
  @Test
  void goldAndPredictedLabelsAreSpelledInTheSchemeOfTheModel() throws Exception {
    StringBuilder rows = new StringBuilder("tokens,tags,intent\n");
    for (int i = 0; i < 30; i++) rows.append("to new delhi " + i + ",O I-city I-city O,x\n");
    Files.writeString(temp.resolve("train.csv"), rows.toString());
    FoldRuns.Result result = training().set("training.seed=4").set("data.scheme=io").folds(3);
    for (HeldOut one : result.predictions())
      assertEquals(
          List.of("O", "B-city", "I-city", "O"),
          one.tokens().stream().map(HeldOut.Answer::gold).toList());
  }

  @Test
  void plainLabelsAreCrossValidatedByTheirTags() throws Exception {
    FoldRuns.Result result = training().set("training.seed=4").set("task=pos").folds(3);
    assertEquals(result.data().tokens(), result.pooled().tokens());
    assertEquals("accuracy", result.pooled().headlineName());
  }
}
