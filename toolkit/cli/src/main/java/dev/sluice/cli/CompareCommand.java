package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.compare.Comparison;
import dev.sluice.eval.compare.ComparisonText;
import dev.sluice.eval.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice compare}. */
@Command(
    name = "compare",
    description = {
      "Compares 2 to 20 runs on the same sentences: whether they differ by more than chance, and where each wins.",
      "The first one is the baseline. A folder of several seeds counts as one system with all its runs."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Takes folders that sluice train, or sluice evaluate and sluice score with --out, have written. A difference",
      "is called real only when exchanging the systems' answers at random seldom gives one as large, and, where",
      "there are several seeds, when it is larger than their scatter and at least five seeds say so.",
      "",
      "Examples:",
      "  sluice compare runs/quickstart runs/quickstart-2",
      "  sluice compare runs/lstm-seeds runs/gru-seeds --part dev --json comparison.json"
    })
final class CompareCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "2..*",
      description = "Folders of results, the baseline first.")
  private List<Path> folders;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description = "The part to compare, such as dev; left out, test or all files together.")
  private Optional<String> part;

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
    ObjectNode comparison = Comparison.of(folders, part, threads);
    if (json.filter("-"::equals).isPresent()) {
      console.out().print(Json.text(comparison));
      console.out().flush();
      return 0;
    }
    json.ifPresent(file -> Json.write(comparison, Path.of(file)));
    console.line(ComparisonText.of(comparison).stripTrailing());
    return 0;
  }
}
