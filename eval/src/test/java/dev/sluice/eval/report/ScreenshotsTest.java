package dev.sluice.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of all pages for people to look at, on a phone and on a desk: {@code -Dsluice.screenshots=FOLDER} says where they go. Skipped without a browser. */
class ScreenshotsTest {
  private static final int[] WIDTHS = {360, 1280};

  @TempDir private Path temp;

  @Test
  void everyPageCanBeLookedAt() throws IOException {
    Optional<String> folder = Optional.ofNullable(System.getProperty("sluice.screenshots"));
    assumeTrue(folder.isPresent(), "skipped: -Dsluice.screenshots=FOLDER names no folder");
    Optional<Browser> started = Browser.start();
    assumeTrue(started.isPresent(), "skipped: chromium and chromedriver are not both on the PATH");
    Path out = Files.createDirectories(Path.of(folder.get()));
    try (Browser browser = started.get()) {
      for (Map.Entry<String, Path> page : pages().entrySet()) {
        for (int width : WIDTHS) {
          browser.open(page.getValue(), width, "light", true);
          byte[] png = browser.picture();
          assertEquals(width, ImageIO.read(new ByteArrayInputStream(png)).getWidth(), 20);
          Files.write(out.resolve(page.getKey() + "-" + width + ".png"), png);
        }
      }
    }
    try (var files = Files.list(out)) {
      assertTrue(files.count() >= (long) WIDTHS.length * pages().size());
    }
  }

  private Map<String, Path> pages() throws IOException {
    Map<String, Path> pages = new LinkedHashMap<>();
    Path run = Files.createDirectories(temp.resolve("run"));
    pages.put("report", run.resolve(HtmlReport.FILE));
    HtmlReport.write(SampleFolder.write(run, 70), pages.get("report"));
    pages.put("comparison", temp.resolve("comparison.html"));
    ComparisonPage.write(new ComparedFolders(temp).three(), pages.get("comparison"));
    pages.put("series", temp.resolve("series").resolve(HtmlReport.FILE));
    SeriesPage.write(SeriesData.read(temp.resolve("series")), pages.get("series"));
    for (Path folder :
        new Path[] {
          RunFolders.folds(temp.resolve("folds")), RunFolders.curve(temp.resolve("learning-curve"))
        }) {
      Path page = folder.resolve(HtmlReport.FILE);
      RunsPage.read(folder).write(page);
      pages.put(folder.getFileName().toString(), page);
    }
    return pages;
  }
}
