package dev.sluice.cli;

import dev.sluice.eval.ErrorTables;
import dev.sluice.eval.metrics.MetricsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice errors}. */
@Command(
    name = "errors",
    description = "Ranks the errors that a metrics.json tells of, with places to look at.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Every gold and predicted span has one code: R:LOC>ORG another type, B:PER:left-short other borders,",
      "BR:LOC>ORG both, M:DATE missing, U:MISC unnecessary. The gain is what F1, in points, would gain if",
      "all spans of a code were right. Of surface forms, the 20 most frequent of each code are known. Of",
      "labels without spans, those that are taken for each other most often are shown.",
      "",
      "Examples:",
      "  sluice errors runs/quickstart",
      "  sluice errors runs/quickstart --part dev --by surface --top 50",
      "  sluice errors evaluation/metrics.json --by type --examples 0"
    })
final class ErrorsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FOLDER|FILE",
      description = "A metrics.json, or the folder of a run or of an evaluation with one.")
  private Path path;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description =
          "Which split, or pooled; left out, all files pooled where they are, else the last split.")
  private Optional<String> part;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "One table alone: code, surface or type.")
  private Optional<ErrorTables.By> by;

  @Option(names = "--top", paramLabel = "N", description = "The most rows of a table.")
  private int top = 20;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "How many places are shown for a row, where they are known.")
  private int examples = 3;

  ErrorsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (top < 1) throw Failures.usage("CLI-003", "--top is " + top, "give a number of at least 1");
    if (examples < 0)
      throw Failures.usage("CLI-003", "--examples is " + examples, "give a number of at least 0");
    ErrorTables tables = ErrorTables.of(MetricsFile.read(path), part, top, examples);
    if (by.isPresent() && !tables.ofSpans())
      throw Failures.usage(
          "CLI-023",
          "--by sorts errors in spans, but labels without spans were scored",
          "leave it out");
    try (Transcript transcript = new Transcript(console, false)) {
      transcript.say(tables.text(by));
    }
    return 0;
  }
}
