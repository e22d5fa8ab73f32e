package dev.sluice.cli;

import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice describe}. */
@Command(
    name = "describe",
    description = "Says what is in a model file: task, labels, network, scores, origin and config.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  sluice describe runs/quickstart/model.safetensors"})
final class DescribeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "The model file.")
  private Path path;

  DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ModelFile file = ModelFile.read(path);
    Model model = file.model();
    PrintStream out = console.out();
    out.println(path + ": " + Words.number(Files.size(path)) + " bytes\n");
    out.println("task       " + model.task());
    out.println("scheme     " + model.scheme());
    out.println("tokenizer  " + model.text().name() + normalization(model));
    out.println("words      " + Words.count(model.words().size() - 1L, "known word"));
    List<String> features = model.inputs().features();
    if (!features.isEmpty()) out.println("features   " + String.join(", ", features));
    out.println("network    " + Words.network(model.network().shape()));
    out.println("parameters " + Words.number(model.network().parameters().count()));
    out.println("examples   " + file.examples().size() + " built in");
    labels(out, "Labels", model.tokenLabels());
    labels(out, "Labels of the sentence", model.sentenceLabels());
    out.println("\n" + console.bold("Scores and origin"));
    int width = file.provenance().keySet().stream().mapToInt(String::length).max().orElse(0);
    file.provenance()
        .forEach(
            (key, value) -> out.println("  " + key + " ".repeat(width - key.length() + 2) + value));
    out.println("\n" + console.bold("Config"));
    file.config().lines().forEach(line -> out.println("  " + line));
    return 0;
  }

  private void labels(PrintStream out, String title, List<String> labels) {
    if (labels.isEmpty()) return;
    out.println("\n" + console.bold(title) + " (" + labels.size() + ")");
    for (String label : labels) out.println("  " + label);
  }

  private static String normalization(Model model) {
    var steps = model.text().config().normalize();
    return steps.isEmpty()
        ? ""
        : ", look-up in " + String.join(", ", steps.stream().map(Words::name).toList());
  }
}
