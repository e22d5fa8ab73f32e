package dev.sluice.eval.report;

import static dev.sluice.eval.report.Pages.all;
import static dev.sluice.eval.report.Pages.cells;
import static dev.sluice.eval.report.Pages.section;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.eval.metrics.SeriesFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The pages of a cross-validation and of a learning curve, from numbers that can be checked by hand. */
class RunsPageTest {
  @TempDir private Path temp;

  @Test
  void foldsShowTheScoreOfAllTogetherEachFoldAndTheSuspects() throws Exception {
    Path folder = RunFolders.folds(temp.resolve("folds"));
    String html = RunsPage.read(folder).toString();
    Document page = Pages.parse(html);
    assertEquals(List.of("folds", "types", "suspects", "training"), Pages.sections(page));
    assertTrue(html.contains("<strong>80.00</strong>"), "8 of 10 on both sides");
    List<List<String>> folds = cells(all(section(page, "folds"), "table").get(1));
    assertEquals(
        List.of("fold-2", "2", "3", "20", "90.00", "75.00", "", "3", "4", ""), folds.get(2));
    assertEquals(
        List.of("Bern", "to_city", "from_city", "3"),
        cells(all(section(page, "suspects"), "table").get(0)).get(1));
    assertEquals(List.of("./fold-1/report.html"), links(page, "folds"));
    assertEquals(List.of("./suspects.csv"), links(page, "suspects"));
    Pages.requirePolicy(html);
    Pages.requireClosed(html);
  }

  /** With a = 1 and b = 0.5 the error of 2 · 800 sentences is 1 / 40. */
  @Test
  void aLearningCurveShowsEveryPartTheRunsAndAGuess() throws Exception {
    Path folder = RunFolders.curve(temp.resolve("curve"));
    String html = RunsPage.read(folder).toString();
    Document page = Pages.parse(html);
    assertEquals(List.of("curve", "runs"), Pages.sections(page));
    assertTrue(html.contains("<strong>96.00</strong>"), "the mean with all of train");
    assertTrue(html.contains("twice the data (1,600 sentences) would give 97.50"), html);
    assertTrue(html.contains("Left out, having too few sentences: 1 % (8)."), html);
    assertEquals(
        List.of("100 %", "800", "8,000", "2", "96.00", "1.41", "95.00", "97.00"),
        cells(all(section(page, "curve"), "table").get(0)).get(3));
    assertEquals(2, all(section(page, "curve"), "figure").size(), "dev and test");
    assertEquals(7, all(all(section(page, "runs"), "table").get(0), "tr").size());
    Pages.requirePolicy(html);
    Pages.requireClosed(html);
  }

  @Test
  void aFolderWithNumbersOfItsOwnIsNoFolderOfRuns() throws Exception {
    Path folder = RunFolders.folds(temp.resolve("folds"));
    assertEquals(Optional.of("folds.json"), SeriesFile.kindOf(folder).map(SeriesFile.Kind::file));
    Files.writeString(folder.resolve("metrics.json"), "{}");
    assertEquals(Optional.empty(), SeriesFile.kindOf(folder).map(SeriesFile.Kind::file));
  }

  @Test
  void aFileWithoutRunsIsRefused() throws Exception {
    Files.writeString(temp.resolve("learning-curve.json"), "{\"schemaVersion\": 1}");
    SluiceException e = assertThrows(SluiceException.class, () -> RunsPage.read(temp));
    assertEquals("EVA-031", e.problems().get(0).code());
    assertTrue(e.getMessage().contains("it names no runs"), e.getMessage());
  }

  private static List<String> links(Document page, String id) {
    return all(section(page, id), "a").stream().map(a -> a.getAttribute("href")).toList();
  }
}
