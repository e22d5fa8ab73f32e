package dev.sluice.cli;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.metrics.SeriesFile;
import dev.sluice.eval.report.ClassicForm;
import dev.sluice.eval.report.CsvReport;
import dev.sluice.eval.report.HtmlReport;
import dev.sluice.eval.report.LatexTable;
import dev.sluice.eval.report.MarkdownReport;
import dev.sluice.eval.report.ReportData;
import dev.sluice.eval.report.RunsPage;
import dev.sluice.eval.report.SeriesData;
import dev.sluice.eval.report.SeriesPage;
import dev.sluice.eval.report.TextReport;
import dev.sluice.metric.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice report}. */
@Command(
    name = "report",
    description = {
      "Shows the metrics.json of a run or an evaluation to people, in the form that is asked for.",
      "All forms show the same numbers; nothing is scored anew."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "HTML is one file that opens from disk and needs no network; it shows training.csv and",
      "environment.json beside metrics.json too, and goes to report.html in the folder. The other forms are",
      "printed. With --output the ending of the file tells the form: .html, .md, .csv, .tex or .txt.",
      "",
      "A folder of several seeds, of folds or of a learning curve gets a page of its own, which tells how",
      "the runs scatter and links to theirs.",
      "",
      "Text fits the terminal: long names are shortened in the middle, then columns are left out in the",
      "order FN, FP, TP, predicted, difference, interval, precision, recall.",
      "",
      "Examples:",
      "  sluice report runs/quickstart",
      "  sluice report runs/quickstart --format text --part dev",
      "  sluice report runs/quickstart-seeds",
      "  sluice report evaluation --baseline runs/last --output evaluation.md",
      "  sluice report evaluation/metrics.json --format latex"
    })
final class ReportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  /** The forms of a report. */
  enum Format {
    HTML,
    MARKDOWN,
    CSV,
    LATEX,
    TEXT,
    CONLLEVAL
  }

  private static final Map<String, Format> ENDINGS =
      Map.of(
          "html", Format.HTML,
          "htm", Format.HTML,
          "md", Format.MARKDOWN,
          "csv", Format.CSV,
          "tex", Format.LATEX,
          "txt", Format.TEXT);

  private final Console console;

  @Parameters(
      paramLabel = "FOLDER|METRICS.JSON",
      description =
          "The folder of a run, of several runs or of an evaluation, or its metrics.json.")
  private Path from;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "One of html, markdown, csv, latex, text, conlleval; left out, --output tells it, else html.")
  private Optional<Format> format;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description = "The split or file to show; left out, all files together, or the last split.")
  private Optional<String> part;

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description = "Another folder or metrics.json, whose scores are shown beside.")
  private Optional<Path> baseline;

  @Option(names = "--output", paramLabel = "FILE|-", description = "The file to write; - prints.")
  private Optional<String> output;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Format form = format.or(this::formatByName).orElse(Format.HTML);
    byte[] report = report(form).getBytes(StandardCharsets.UTF_8);
    Optional<Path> file = file(form);
    if (file.isEmpty()) {
      console.out().flush();
      console.bytes().write(report);
      console.bytes().flush();
      return 0;
    }
    requireOther(file.get());
    AtomicFile.at(file.get()).write(out -> out.write(report));
    console.line("report in " + file.get());
    return 0;
  }

  private String report(Format form) {
    Optional<SeriesFile.Kind> several = SeriesFile.kindOf(from);
    if (several.isPresent()) return series(form, several.get());
    ReportData data = ReportData.read(from);
    if (part.isPresent()) data = data.part(part.get());
    if (baseline.isPresent()) data = data.baseline(ReportData.read(baseline.get()));
    return render(form, data);
  }

  private String series(Format form, SeriesFile.Kind kind) {
    if (form == Format.HTML && part.isEmpty() && baseline.isEmpty())
      return kind == SeriesFile.Kind.SEEDS
          ? SeriesPage.of(SeriesData.read(from))
          : RunsPage.read(from).toString();
    throw Failures.usage(
        "CLI-026",
        from + " holds several runs, of which there is a page alone, without --part and --baseline",
        "leave these and --format out, or name the folder of one of its runs");
  }

  private Optional<Format> formatByName() {
    if (output.isEmpty() || output.get().equals(STANDARD_OUTPUT)) return Optional.empty();
    String name = String.valueOf(Path.of(output.get()).getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Format told = name.contains(".") ? ENDINGS.get(ending) : null;
    if (told != null) return Optional.of(told);
    throw Failures.usage(
        "CLI-025",
        "--output " + output.get() + " has no ending that tells a form",
        "let it end with .html, .md, .csv, .tex or .txt, or say which it is with --format");
  }

  private Optional<Path> file(Format form) {
    if (output.isPresent())
      return output.filter(name -> !name.equals(STANDARD_OUTPUT)).map(Path::of);
    if (form != Format.HTML) return Optional.empty();
    return Optional.of(
        Files.isDirectory(from)
            ? from.resolve(HtmlReport.FILE)
            : from.resolveSibling(HtmlReport.FILE));
  }

  private String render(Format form, ReportData data) {
    return switch (form) {
      case HTML -> HtmlReport.of(data);
      case MARKDOWN -> MarkdownReport.of(data);
      case CSV -> CsvReport.of(data);
      case LATEX -> LatexTable.of(data);
      case TEXT -> TextReport.of(data, width());
      case CONLLEVAL -> ClassicForm.of(data);
    };
  }

  /** What the shell says of the terminal, where it says anything. */
  private int width() {
    String columns = console.environment().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : TextLines.WIDTH;
  }

  private void requireOther(Path file) throws IOException {
    requireOther(file, from);
    if (baseline.isPresent()) requireOther(file, baseline.get());
  }

  private static void requireOther(Path file, Path input) throws IOException {
    String numbers = SeriesFile.kindOf(input).map(SeriesFile.Kind::file).orElse(MetricsJson.FILE);
    Path metrics = Files.isDirectory(input) ? input.resolve(numbers) : input;
    if (!Files.exists(file) || !Files.isSameFile(file, metrics)) return;
    throw SluiceException.usage(
        "EVA-004",
        Location.of(file.toString()),
        "the report would take the place of the numbers it shows",
        "name another file with --output");
  }
}
