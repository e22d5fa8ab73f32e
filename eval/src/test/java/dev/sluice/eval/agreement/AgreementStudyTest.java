package dev.sluice.eval.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.agreement.Claim.Verdict;
import dev.sluice.network.NetworkShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementStudyTest {
  /** Everything small: no number means anything, but all are there. */
  private static final StudySettings TINY = new StudySettings(3, 4, 4, 100, 0.003, 1, 2, 1, 1, 3);

  @Test
  void cellsHaveAsManyWeightsAsTheyCan() {
    StudySettings s = StudySettings.DEFAULT;
    for (StudiedCell cell : StudiedCell.values()) {
      int units = cell.units(s.dimension(), s.weights());
      long off = Math.abs(weights(cell, units) - s.weights());
      assertTrue(off <= Math.abs(weights(cell, units - 1) - s.weights()), cell::title);
      assertTrue(off <= Math.abs(weights(cell, units + 1) - s.weights()), cell::title);
      assertTrue(off < 0.03 * s.weights(), () -> cell + " is off by " + off);
    }
    assertEquals(32, StudiedCell.LSTM.units(16, 6272));
    assertEquals(71, StudiedCell.RNN.units(16, 6272)); // 71·(16 + 71 + 1) = 6248
  }

  private static long weights(StudiedCell cell, int units) {
    NetworkShape shape = cell.shape(StudySettings.DEFAULT.dimension(), units);
    return StudiedCell.weights(shape);
  }

  @Test
  void sameSeedSameNumbers() {
    ObjectNode once = AgreementRun.of(TINY, StudiedCell.LSTM, 1);
    ObjectNode again = AgreementRun.of(TINY, StudiedCell.LSTM, 1);
    for (String timed : List.of("seconds", "stepsPerSecond")) {
      assertTrue(once.remove(timed).doubleValue() >= 0);
      again.remove(timed);
    }
    assertEquals(once, again);
    ObjectNode other = AgreementRun.of(TINY, StudiedCell.LSTM, 2);
    assertFalse(once.path("curve").equals(other.path("curve")), "another seed, the same losses");
  }

  /** A few hundred steps are enough for near agreement, so what is asked can be learned and what is counted as right is right. */
  @Test
  void agreementIsLearned() {
    StudySettings s = new StudySettings(400, 32, 8, 1000, 0.01, 1, 50, 1, 1, 3);
    ObjectNode run = AgreementRun.of(s, StudiedCell.GRU_AFTER, 1);
    int steps = run.at("/alone/5/steps").intValue();
    assertTrue(steps < s.aloneSteps(), () -> "not learned in " + steps + " steps");
    assertTrue(run.at("/alone/5/accuracy").doubleValue() > 0.95, run::toString);
  }

  @Test
  void theStudyWritesAPageWithItsPicturesAndKeepsWhatIsFinished(@TempDir Path folder)
      throws IOException {
    List<StudiedCell> cells = List.of(StudiedCell.values());
    List<String> told = new ArrayList<>();
    new AgreementStudy(folder, TINY, told::add).run(cells, 1, 2, "the command");
    assertEquals(2 * cells.size() + 1, told.size());
    Path md = folder.resolve("agreement.md");
    String page = Files.readString(md);
    Matcher link = Pattern.compile("\\]\\(([^)]+)\\)").matcher(page);
    int pictures = 0;
    for (; link.find(); pictures++)
      assertTrue(Files.readString(folder.resolve(link.group(1))).startsWith("<svg"), link.group(1));
    assertEquals(9, pictures);
    assertTrue(page.contains("the command"));
    assertFalse(page.contains("NaN"), page);
    for (StudiedCell cell : cells) assertTrue(page.contains("| " + cell.title() + " | "), page);
    assertTrue(Files.readString(folder.resolve("agreement/results.json")).contains("gru-none"));

    Files.delete(folder.resolve("runs/lstm-2.json"));
    told.clear();
    new AgreementStudy(folder, TINY, told::add).run(cells, 1, 2, "the command");
    assertEquals(2, told.size());
    assertTrue(told.get(0).startsWith("lstm, seed 2: "), told.get(0));
    String again = Files.readString(md);
    assertEquals(page.lines().count(), again.lines().count());

    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> new AgreementStudy(folder, TINY.with(5, 0.003), told::add).run(cells, 1, 2, ""));
    assertTrue(e.getMessage().contains("RUN-005"), e.getMessage());
  }

  @Test
  void wrongArgumentsAreNamed() {
    complains("CLI-002");
    complains("CLI-001", "folder", "other");
    complains("CLI-001", "--step", "3");
    complains("CLI-003", "folder", "--steps");
    complains("CLI-003", "folder", "--steps", "0");
    complains("CLI-003", "folder", "--rate", "0.0");
    complains("CLI-003", "folder", "--rate", "NaN");
    complains("CLI-003", "folder", "--seeds", "3..1");
    complains("CLI-003", "folder", "--seeds", "1,2");
  }

  private static void complains(String code, String... arguments) {
    SluiceException e = assertThrows(SluiceException.class, () -> AgreementStudy.run(arguments));
    assertTrue(e.getMessage().contains(code), e.getMessage());
  }

  @Test
  void aClaimHoldsWhenEverySeedAgrees() {
    Spread high = Spread.of(3, 1.5, 2), low = Spread.of(1, 0), across = Spread.of(0.5, 5);
    assertEquals(Verdict.HOLDS, Verdict.of(high, low));
    assertEquals(Verdict.CONTRADICTED, Verdict.of(low, high));
    assertEquals(Verdict.OPEN, Verdict.of(high, across));
    assertEquals(Verdict.OPEN, Verdict.of(low, Spread.of(1, 2)));
    assertEquals(Verdict.OPEN, Verdict.of(Spread.of(9), Spread.of(1)));
  }

  @Test
  void spreadsAreThoseOfTheBooks() {
    Spread spread = Spread.of(4, 2, 9);
    assertEquals(4, spread.median());
    assertEquals(5, spread.mean());
    assertEquals(Math.sqrt(13), spread.deviation(), 1e-12); // (1 + 9 + 16) / 2
    assertEquals(3, Spread.of(4, 2).median());
    assertEquals(Double.POSITIVE_INFINITY, Spread.of(Double.POSITIVE_INFINITY, 1).most());
  }
}
