package dev.sluice.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of several runs is known for what it is. */
class SeriesFileTest {
  @TempDir private Path temp;

  @Test
  void whereOneRunIsAskedForASeriesSaysHowManyItHasAndNamesTheFirst() throws IOException {
    series("seeds.json", "\"runs\": [{\"name\": \"seed-1\"}, {\"name\": \"seed-7\"}]");
    assertEquals(
        "error[EVA-030] "
            + temp
            + ": this is a series of 2 seeds (train --seeds), whose runs have a metrics.json each. Fix: name one of its runs, e.g. "
            + temp.resolve("seed-1")
            + "; sluice report and sluice compare take the whole series",
        refused());
  }

  @Test
  void foldsAndCurvesAreNamedToo() throws IOException {
    series("folds.json", "\"runs\": [{\"name\": \"fold-1\"}]");
    assertEquals(
        "error[EVA-030] "
            + temp
            + ": this is a series of 1 fold (train --folds), whose runs have a metrics.json each. Fix: name one of its runs, e.g. "
            + temp.resolve("fold-1")
            + "; the numbers of all are in folds.json",
        refused());
    Files.delete(temp.resolve("folds.json"));
    series(
        "learning-curve.json",
        "\"points\": [{\"runs\": [{\"name\": \"share-50-seed-1\"}]}, {\"runs\": [{\"name\": \"share-100-seed-1\"}]}]");
    SeriesFile curve = SeriesFile.read(temp, SeriesFile.Kind.CURVE);
    assertEquals("this is a series of 2 runs (train --learning-curve)", curve.told());
    assertEquals(
        List.of(temp.resolve("share-50-seed-1"), temp.resolve("share-100-seed-1")),
        curve.folders());
  }

  @Test
  void aFolderWithScoresOfItsOwnIsNoSeries() throws IOException {
    assertEquals(Optional.empty(), SeriesFile.kindOf(temp));
    series("seeds.json", "\"runs\": []");
    assertEquals(Optional.of(SeriesFile.Kind.SEEDS), SeriesFile.kindOf(temp));
    Files.writeString(temp.resolve("metrics.json"), "{}");
    assertEquals(Optional.empty(), SeriesFile.kindOf(temp));
  }

  @Test
  void whatNamesNoRunsIsRefused() throws IOException {
    for (String text :
        List.of(
            "",
            "[]",
            "{",
            "{\"schemaVersion\": 1}",
            "{\"schemaVersion\": 2, \"runs\": [{\"name\": \"a\"}]}",
            "{\"schemaVersion\": 1, \"runs\": [{}]}")) {
      Files.writeString(temp.resolve("seeds.json"), text);
      assertEquals("error[EVA-031]", refused().substring(0, 14), text);
    }
  }

  private void series(String file, String keys) throws IOException {
    Files.writeString(temp.resolve(file), "{\"schemaVersion\": 1, " + keys + "}");
  }

  private String refused() {
    return assertThrows(SluiceException.class, () -> MetricsFile.read(temp))
        .problems()
        .get(0)
        .toString();
  }
}
