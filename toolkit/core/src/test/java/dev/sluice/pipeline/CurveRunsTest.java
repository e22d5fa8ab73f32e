package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.metric.ScoreTable;
import dev.sluice.testing.TinyCorpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learning curve: parts within parts, each trained as an ordinary run is. */
class CurveRunsTest {
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

  /** Of 120 sentences 10 % are 12, which are too few; the parts keep the order of the data, and dev is whole for all of them. */
  @Test
  void everyPartHoldsTheSmallerOnesAndTooSmallOnesAreLeftOut() {
    CurveRuns.Result result = training().learningCurve(List.of(7L, 3L));
    assertEquals(
        List.of(25, 50, 100), result.points().stream().map(CurveRuns.Point::percent).toList());
    assertEquals(
        List.of(
            new CurveRuns.Skipped(1, 1),
            new CurveRuns.Skipped(2, 2),
            new CurveRuns.Skipped(5, 6),
            new CurveRuns.Skipped(10, 12)),
        result.skipped());
    List<Sentence> larger = result.train().sentences();
    for (int i = 2; i >= 0; i--) {
      CurveRuns.Point point = result.points().get(i);
      assertEquals(
          List.of("share-" + point.percent() + "-seed-7", "share-" + point.percent() + "-seed-3"),
          point.runs().stream().map(FinishedRun::name).toList());
      for (FinishedRun run : point.runs()) {
        List<Sentence> part = run.splits().train().sentences();
        assertEquals(120 * point.percent() / 100, part.size());
        assertEquals(point.sentences(), part.size());
        assertEquals(larger.stream().filter(part::contains).toList(), part);
        assertEquals(30, run.splits().dev().size());
      }
      larger = point.runs().get(0).splits().train().sentences();
      assertEquals(larger, point.runs().get(1).splits().train().sentences());
    }
  }

  @Test
  void theRunOnAllOfTrainIsTheRunOfItsSeedAlone() {
    CurveRuns.Point all = training().learningCurve(List.of(3L)).points().get(2);
    TrainingRun.Result alone =
        Training.from(config).set("training.seed=3").out(temp.resolve("alone")).run();
    assertEquals(ScoreTable.report(alone.dev()), ScoreTable.report(all.runs().get(0).dev()));
  }

  /** Without being asked for, test is not even read. */
  @Test
  void testIsScoredOnlyWhenAskedFor() throws Exception {
    Path whole = temp.resolve("whole");
    CurveRuns.Result with =
        Training.from(config)
            .out(whole)
            .curveRuns(List.of(1L), true, SeriesListener.NONE)
            .run()
            .orElseThrow();
    assertEquals(1, with.points().get(0).testScores().size());
    Files.delete(temp.resolve("test.csv"));
    CurveRuns.Result without = training().learningCurve(List.of(1L));
    assertEquals(List.of(), without.points().get(0).testScores());
    for (int i = 0; i < 3; i++)
      assertEquals(with.points().get(i).devScores(), without.points().get(i).devScores());
  }

  @Test
  void aResumedCurveKeepsWhatIsFinishedAndEndsInTheSameScores() throws Exception {
    CurveRuns.Result whole = training().learningCurve(List.of(1L, 2L));
    Files.delete(out.resolve("share-50-seed-1/" + TrainingRun.MODEL));
    List<String> kept = new ArrayList<>();
    SeriesListener listener =
        new SeriesListener() {
          @Override
          public void kept(FinishedRun run) {
            kept.add(run.name());
          }
        };
    CurveRuns.Result resumed =
        training().resume().curveRuns(List.of(1L, 2L), false, listener).run().orElseThrow();
    assertEquals(5, kept.size());
    assertFalse(kept.contains("share-50-seed-1"));
    for (int i = 0; i < 3; i++)
      assertEquals(whole.points().get(i).devScores(), resumed.points().get(i).devScores());
    Files.writeString(
        temp.resolve("train.csv"),
        Files.readString(temp.resolve("train.csv")) + "to oslo,O B-to,flight\n");
    SluiceException refused =
        assertThrows(
            SluiceException.class, () -> training().resume().learningCurve(List.of(1L, 2L)));
    assertTrue(refused.getMessage().contains("RUN-005"), refused.getMessage());
  }

  /** A part may hold no span that continues, and yet it is read as all of train is. */
  @Test
  void theSchemeOfAPartIsThatOfAllOfTrain() throws Exception {
    StringBuilder rows = new StringBuilder("tokens,tags,intent\n");
    for (int i = 0; i < 120; i++)
      rows.append(
          i == 7 ? "new york " + i + ",B-city I-city O,x\n" : "oslo " + i + ",B-city O,x\n");
    Files.writeString(temp.resolve("train.csv"), rows.toString());
    for (CurveRuns.Point point : training().learningCurve(List.of(1L)).points()) {
      String resolved = Files.readString(point.runs().get(0).folder().resolve("config.yaml"));
      assertTrue(resolved.contains("scheme: bio"), resolved);
    }
  }
}
