package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.eval.compare.Comparison;
import dev.sluice.eval.compare.ComparisonText;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.report.ComparisonData;
import dev.sluice.eval.report.ComparisonMarkdown;
import dev.sluice.eval.report.ComparisonPage;
import dev.sluice.pipeline.SeedRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice compare}. */
@Command(
    name = "compare",
    description = {
      "Compares 2 to 20 runs on the same sentences: whether they differ by more than chance, and where each wins.",
      "The first one is the baseline. A folder of several seeds counts as one system with all its runs; of folds or",
      "of a learning curve, whose runs are no single system, single runs are compared."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Takes folders that sluice train, or sluice evaluate and sluice score with --out, have written. A",
      "difference is called real only when exchanging the systems' answers at random seldom gives one as",
      "large, and, where there are several seeds, when it is larger than their scatter and at least five",
      "seeds say so.",
      "",
      "The ending of --output tells the form: .html is a page in one file with tables, curves of training",
      "and the sentences that changed; .md, .txt and .json are for pull requests, terminals and programs.",
      "",
      "Examples:",
      "  sluice compare runs/quickstart runs/quickstart-2",
      "  sluice compare runs/quickstart runs/quickstart-2 --output comparison.html",
      "  sluice compare runs/lstm-seeds runs/gru-seeds --part dev --json comparison.json"
    })
final class CompareCommand implements Callable<Integer> {
  /** The files of a run or a series that others are made from. */
  private static final Set<String> RESULTS =
      Set.of(MetricsJson.FILE, SeedRuns.FILE, "environment.json");

  /** The forms of a comparison. */
  private enum Form {
    HTML(".html"),
    MARKDOWN(".md"),
    TEXT(".txt"),
    JSON(".json");

    private final String ending;

    Form(String ending) {
      this.ending = ending;
    }
  }

  private final Console console;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "2..*",
      description = "Folders of results, the baseline first.")
  private List<Path> folders;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description =
          "The part to compare that all of them have: a split such as dev, a file or a group; left out, test or all files together.")
  private Optional<String> part;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Write a file beside what is printed: .html, .md, .txt or .json, as its name ends.")
  private Optional<Path> output;

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = "Write the numbers as JSON; - prints them instead of the tables.")
  private Optional<String> json;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads to use; the result is the same for any number.")
  private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (threads < 1)
      throw Failures.usage("CLI-008", "--threads is " + threads, "give a number of at least 1");
    Optional<Form> form = output.map(CompareCommand::form);
    if (output.isPresent()) requireOther(output.get());
    if (json.isPresent() && !json.get().equals("-")) requireOther(Path.of(json.get()));
    ObjectNode comparison = Comparison.of(folders, part, threads);
    if (form.isPresent()) {
      byte[] bytes = render(form.get(), comparison).getBytes(StandardCharsets.UTF_8);
      AtomicFile.at(output.get()).write(out -> out.write(bytes));
    }
    if (json.filter("-"::equals).isPresent()) {
      console.out().print(Json.text(comparison));
      console.out().flush();
      return 0;
    }
    json.ifPresent(file -> Json.write(comparison, Path.of(file)));
    console.line(ComparisonText.of(comparison).stripTrailing());
    output.ifPresent(file -> console.line("comparison in " + file));
    return 0;
  }

  private static Form form(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (Form form : Form.values()) if (name.endsWith(form.ending)) return form;
    throw Failures.usage(
        "CLI-025",
        "--output " + file + " has no ending that tells a form",
        "let it end with .html, .md, .txt or .json");
  }

  private static String render(Form form, ObjectNode comparison) {
    return switch (form) {
      case HTML -> ComparisonPage.of(ComparisonData.read(comparison));
      case MARKDOWN -> ComparisonMarkdown.of(ComparisonData.of(comparison));
      case TEXT -> ComparisonText.of(comparison);
      case JSON -> Json.text(comparison);
    };
  }

  /** No file of results may be lost to the comparison of them. */
  private void requireOther(Path file) {
    Path written = file.toAbsolutePath().normalize();
    for (Path folder : folders) {
      Path of = folder.toAbsolutePath().normalize();
      boolean result = RESULTS.contains(String.valueOf(written.getFileName()));
      if (!result || !written.startsWith(of)) continue;
      throw SluiceException.usage(
          "EVA-004",
          Location.of(file.toString()),
          "the comparison would take the place of the numbers it compares",
          "name another file");
    }
  }
}
