package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.cli.Cli.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice report} on the numbers of a small evaluation. */
class ReportCommandTest {
  @TempDir private Path temp;
  private Path metrics;

  @BeforeEach
  void score() throws IOException {
    Path both = temp.resolve("both.conll");
    Files.writeString(both, "a B-x B-x\nb I-x O\n\nc B-y B-y\n");
    metrics = temp.resolve("metrics.json");
    assertEquals(
        0, Cli.run("score", "--gold", both.toString(), "--json", metrics.toString()).code());
  }

  @Test
  void aFolderGetsAPage() throws IOException {
    Outcome outcome = Cli.run("report", temp.toString());
    assertEquals("", outcome.err());
    Path page = temp.resolve("report.html");
    assertEquals("report in " + page, outcome.out().strip());
    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
    assertTrue(Files.readString(page).contains("<strong>50.00</strong>"));
  }

  @Test
  void otherFormsArePrinted() {
    assertTrue(report("--format", "text").out().startsWith("F1=spanmicro|scheme=BIO"));
    String markdown = report("--format", "MARKDOWN").out();
    assertTrue(
        markdown.contains("**F1 50.00") && markdown.contains("on 2 sentences, 3 tokens"), markdown);
    assertTrue(report("--format", "latex").out().contains("\\toprule"));
    assertTrue(report("--format", "csv").out().startsWith("part,row,name,"));
    assertTrue(report("--output", "-").out().startsWith("<!DOCTYPE html>"));
    assertFalse(Files.exists(temp.resolve("report.html")));
  }

  @Test
  void theEndingOfTheFileTellsTheForm() throws IOException {
    for (String ending : new String[] {"md", "csv", "tex", "txt", "html"}) {
      Path file = temp.resolve("r." + ending);
      assertEquals(0, report("--output", file.toString()).code());
      String text = Files.readString(file);
      String start =
          Map.of("md", "# ", "csv", "part,", "tex", "% ", "txt", "F1=", "html", "<!D").get(ending);
      assertTrue(text.startsWith(start), ending + ": " + text.substring(0, 20));
    }
  }

  @Test
  void textFitsTheColumnsOfTheShell() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            out,
            Console.printer(out),
            Console.printer(out),
            true,
            true,
            Map.of("COLUMNS", "44"));
    assertEquals(0, Sluice.run(console, "report", metrics.toString(), "--format", "text"));
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.lines().skip(1).allMatch(line -> line.length() <= 44), text);
    assertFalse(text.contains("FN"), text);
  }

  @Test
  void aBaselineStandsBeside() {
    String text = report("--format", "text", "--baseline", temp.toString()).out();
    assertTrue(text.contains("0.00 points against the baseline"), text);
  }

  @Test
  void mistakesSayWhatIsMissing() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Outcome none = Cli.run("report", empty.toString());
    assertEquals(2, none.code());
    assertTrue(
        none.err().startsWith("error[EVA-030] " + empty + ": there is no metrics.json"),
        none.err());
    Outcome part = report("--part", "dev", "--format", "text");
    assertEquals(2, part.code());
    assertTrue(part.err().contains("error[EVA-032]"), part.err());
    Outcome form = report("--format", "pdf");
    assertEquals(2, form.code());
    assertTrue(form.err().contains("expected one of html, markdown, csv, latex, text"), form.err());
    Outcome over = report("--format", "text", "--output", metrics.toString());
    assertEquals(2, over.code());
    assertTrue(over.err().contains("error[EVA-004]"), over.err());
    assertTrue(Files.readString(metrics).contains("schemaVersion"));
  }

  @Test
  void aSeriesOfSeedsGetsAPageAndNoOtherForm() throws IOException {
    Path series = Files.createDirectory(temp.resolve("series"));
    String seeds =
        """
        {"schemaVersion": 1, "headline": "F1", "runs": [
          {"name": "seed-1", "seed": 1, "epochs": 2, "bestEpoch": 2, "dev": 0.5, "test": null},
          {"name": "seed-2", "seed": 2, "epochs": 2, "bestEpoch": 1, "dev": 0.75, "test": null}]}
        """;
    Path file = Files.writeString(series.resolve("seeds.json"), seeds);
    Outcome outcome = Cli.run("report", series.toString());
    assertEquals("", outcome.err());
    assertEquals("report in " + series.resolve("report.html"), outcome.out().strip());
    assertTrue(Files.readString(series.resolve("report.html")).contains("<strong>62.50</strong>"));
    for (String[] options :
        new String[][] {{"--format", "text"}, {"--part", "dev"}, {"--output", "x.md"}}) {
      Outcome refused = Cli.run("report", series.toString(), options[0], options[1]);
      assertEquals(2, refused.code());
      assertTrue(refused.err().startsWith("error[CLI-026] "), refused.err());
    }
    Outcome unknown = Cli.run("report", series.toString(), "--output", "x.pdf");
    assertTrue(unknown.err().startsWith("error[CLI-025] "), unknown.err());
    Outcome over =
        Cli.run("report", series.toString(), "--format", "html", "--output", file.toString());
    assertTrue(over.err().startsWith("error[EVA-004] "), over.err());
    assertEquals(seeds, Files.readString(file));
  }

  @Test
  void foldsGetAPageAndNoOtherForm() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("folds"));
    String folds =
        """
        {"schemaVersion": 1, "headline": "F1", "signature": "F1=spanmicro", "runs": [
          {"name": "fold-1", "fold": 1, "devFold": 2, "epochs": 2, "bestEpoch": 2, "dev": 0.5, "test": 0.25}],
         "pooled": {"kind": "spans", "sentences": 9, "headline": {"name": "F1", "value": 0.625},
           "micro": {"truePositives": 5, "falsePositives": 3, "falseNegatives": 3}, "types": {}}}
        """;
    Path file = Files.writeString(folder.resolve("folds.json"), folds);
    Outcome outcome = Cli.run("report", folder.toString());
    assertEquals("", outcome.err());
    assertEquals("report in " + folder.resolve("report.html"), outcome.out().strip());
    assertTrue(Files.readString(folder.resolve("report.html")).contains("<strong>62.50</strong>"));
    Outcome refused = Cli.run("report", folder.toString(), "--format", "text");
    assertTrue(refused.err().startsWith("error[CLI-026] "), refused.err());
    Outcome over =
        Cli.run("report", folder.toString(), "--format", "html", "--output", file.toString());
    assertTrue(over.err().startsWith("error[EVA-004] "), over.err());
  }

  private Outcome report(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "report";
    arguments[1] = metrics.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Cli.run(arguments);
  }
}
