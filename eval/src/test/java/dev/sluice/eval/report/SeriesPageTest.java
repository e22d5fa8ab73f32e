package dev.sluice.eval.report;

import static dev.sluice.eval.report.Pages.all;
import static dev.sluice.eval.report.Pages.section;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The page of a series of seeds. */
class SeriesPageTest {
  @TempDir private Path temp;

  /** The worked example of the specification: mean 90.34, standard deviation 0.4278, 95 % half width 0.5312. */
  @Test
  void theScatterIsThatOfTheWorkedExample() throws Exception {
    Path folder = new ComparedFolders(temp).seeds("s", 0.901, 0.906, 0.898, 0.909, 0.903);
    String html = SeriesPage.of(SeriesData.read(folder));
    Document page = Pages.parse(html);
    assertEquals(
        List.of("dev", "5", "90.34", "0.43", "89.80", "90.90", "89.81–90.87"),
        Pages.cells(all(section(page, "seeds"), "table").get(0)).get(1));
    String headline = all(section(page, "seeds"), "p").get(0).getTextContent();
    assertEquals("F1 90.34 mean on dev, sd 0.43, 95 % interval of the mean 89.81–90.87", headline);
    assertFalse(html.contains("±"), "nobody has to guess which one it is");
    assertFalse(html.contains("Fewer than 5 seeds"), "five are enough");
    Pages.requirePolicy(html);
    Pages.requireClosed(html);
  }

  @Test
  void runsAreLinkedWhereTheyHaveAReportAndDrawnWhereTheyHaveATraining() throws Exception {
    Path folder = new ComparedFolders(temp).seeds("s", 0.9, 0.8);
    assertEquals(List.of("seeds", "runs"), sections(folder));
    Path run = Files.createDirectories(folder.resolve("seed-2"));
    Files.writeString(run.resolve("report.html"), "a page");
    Files.writeString(run.resolve("training.csv"), SampleDocument.training(4));
    assertEquals(List.of("seeds", "runs", "training"), sections(folder));
    String html = SeriesPage.of(SeriesData.read(folder));
    Document page = Pages.parse(html);
    List<String> links =
        all(section(page, "runs"), "a").stream().map(a -> a.getAttribute("href")).toList();
    assertEquals(List.of("./seed-2/report.html"), links);
    assertTrue(html.contains("Fewer than 5 seeds"));
  }

  @Test
  void oneEpochIsNoCurve() throws Exception {
    Path folder = new ComparedFolders(temp).seeds("s", 0.9, 0.8);
    for (int seed = 1; seed <= 2; seed++) {
      Path run = Files.createDirectories(folder.resolve("seed-" + seed));
      Files.writeString(run.resolve("training.csv"), SampleDocument.training(1));
    }
    Document page = Pages.parse(SeriesPage.of(SeriesData.read(folder)));
    assertEquals(0, all(section(page, "training"), "figure").size());
    String text = section(page, "training").getTextContent();
    assertTrue(text.contains("No run has more than one epoch"), text);
    Files.writeString(folder.resolve("seed-2/training.csv"), SampleDocument.training(2));
    page = Pages.parse(SeriesPage.of(SeriesData.read(folder)));
    assertEquals(2, all(section(page, "training"), "figure").size());
  }

  /** A name may look like the scheme of a script, or like markup. */
  @Test
  void aHostileNameIsInert() throws Exception {
    Path folder = new ComparedFolders(temp).seeds("s", 0.9);
    Path file = folder.resolve("seeds.json");
    String name = "javascript:alert(1)\\\"<b> é";
    Files.writeString(file, Files.readString(file).replace("\"seed-1\"", "\"" + name + "\""));
    Path run = Files.createDirectories(folder.resolve("javascript:alert(1)\"<b> é"));
    Files.writeString(run.resolve("report.html"), "a page");
    Document page = Pages.parse(SeriesPage.of(SeriesData.read(folder)));
    String link = all(section(page, "runs"), "a").get(0).getAttribute("href");
    assertEquals("./javascript:alert(1)%22%3Cb%3E%20é/report.html", link);
    assertEquals(0, all(page, "b").size());
  }

  @Test
  void whatIsNoSeriesIsRefused() throws Exception {
    assertFalse(SeriesData.isSeries(temp));
    Files.writeString(temp.resolve("seeds.json"), "{\"schemaVersion\": 1, \"runs\": []}");
    assertTrue(SeriesData.isSeries(temp));
    SluiceException e = assertThrows(SluiceException.class, () -> SeriesData.read(temp));
    assertEquals("EVA-031", e.problems().get(0).code());
  }

  private static List<String> sections(Path folder) throws Exception {
    return Pages.sections(Pages.parse(SeriesPage.of(SeriesData.read(folder))));
  }
}
