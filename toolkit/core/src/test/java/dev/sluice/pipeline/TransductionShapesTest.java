package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.trainer.EpochReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped configs of transducers learn something in two epochs of a small network, and the shipped pairs are what their page says. */
class TransductionShapesTest {
  private static final Path PROJECT = Path.of("../..");

  @TempDir Path temp;

  private TransductionRun.Result run(String config, String... settings) {
    Training training =
        Training.from(PROJECT.resolve("configs/shapes").resolve(config))
            .set("training.epochs=2")
            .set("training.batch=64")
            .set("training.optimizer.rate=0.01")
            .set("encoder.hidden=8")
            .set("decoder.hidden=16")
            .out(temp.resolve(config));
    for (String setting : settings) training.set(setting);
    TransductionRun.Result result = training.transducer();
    List<EpochReport> history = result.outcome().history();
    double uniform = Math.log(result.model().symbols().predicted());
    assertTrue(history.get(0).loss() < uniform, config + ": " + history);
    assertTrue(history.get(1).loss() < 0.9 * history.get(0).loss(), config + ": " + history);
    return result;
  }

  @Test
  void datesAreBegunToBeLearned() {
    run("encoder-decoder-dates.yaml");
  }

  @Test
  void valuesAreBegunToBeLearned() {
    run("encoder-decoder-values.yaml");
  }

  @Test
  void sentencesAreBegunToBeMadeOfLabels() {
    TransductionRun.Result result = run("one-to-many.yaml");
    assertFalse(result.shown().isEmpty());
    for (TransductionRun.Shown shown : result.shown()) assertTrue(shown.drawn().size() > 1);
  }

  private static Map<String, String> pairs(String corpus, String split) throws IOException {
    Map<String, String> pairs = new HashMap<>();
    List<String> lines =
        Files.readAllLines(PROJECT.resolve("datasets").resolve(corpus).resolve(split + ".csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      assertEquals(3, cells.length, line);
      pairs.put(cells[1], cells[2]);
    }
    assertEquals(lines.size() - 1, pairs.size(), "a source of " + corpus + " stands twice");
    return pairs;
  }

  @Test
  void noSourceStandsInTwoSplitsAndEveryDateIsOne() throws IOException {
    for (String corpus : List.of("dates", "values")) {
      Map<String, String> train = pairs(corpus, "train");
      for (String split : List.of("dev", "test")) {
        for (String source : pairs(corpus, split).keySet())
          assertFalse(train.containsKey(source), source);
      }
    }
    Map<String, String> train = pairs("dates", "train");
    for (String split : List.of("dev", "test")) {
      for (String date : pairs("dates", split).values()) {
        if (date.length() != 10) continue;
        LocalDate.parse(date);
        assertFalse(train.containsValue(date), date);
      }
    }
  }
}
