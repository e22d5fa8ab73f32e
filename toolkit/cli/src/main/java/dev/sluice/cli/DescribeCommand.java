package dev.sluice.cli;

import dev.sluice.data.AtomicFile;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.metric.TextLines;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.ModelKind;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.TensorFile;
import dev.sluice.model.TransducerFile;
import dev.sluice.model.TransducerModel;
import dev.sluice.text.TextPipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice describe}. */
@Command(
    name = "describe",
    description = {
      "Says what is in a model file: task, labels, network, scores, origin and config.",
      "With --gates it shows the network at work instead."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  sluice describe runs/quickstart/model.safetensors",
      "  sluice describe runs/quickstart/model.safetensors --gates 'a flight from oslo to rome' \\",
      "      --output gates.svg"
    })
final class DescribeCommand implements Callable<Integer> {
  private static final String SVG = ".svg";
  private static final String HTML = ".html";

  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "The model file.")
  private Path path;

  @Option(
      names = "--gates",
      paramLabel = "SENTENCE",
      description =
          "Show what the gates of the recurrent layers do over a sentence, and how far the gradient reaches back from its end.")
  private Optional<String> gates;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "With --gates: also draw it, as a picture (.svg) or a page that holds it (.html).")
  private Optional<Path> output;

  DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (output.isPresent() && gates.isEmpty())
      throw Failures.usage("CLI-022", "--output is for --gates", "add --gates SENTENCE");
    output.ifPresent(DescribeCommand::requirePicture);
    ModelPath.check(path);
    TensorFile tensors = TensorFile.read(path);
    ModelKind kind = gates.isEmpty() ? ModelKind.of(tensors) : ModelKind.LABELS;
    if (kind == ModelKind.LANGUAGE) {
      language(LanguageModelFile.read(tensors));
      return 0;
    }
    if (kind == ModelKind.TRANSDUCER) {
      transducer(TransducerFile.read(tensors));
      return 0;
    }
    ModelFile file = ModelFile.read(tensors);
    Model model = file.model();
    if (gates.isPresent()) {
      GatesReport report = new GatesReport(model, gates.get());
      report.print(console);
      if (output.isPresent()) draw(report, output.get());
      return 0;
    }
    console.line(path + ": " + Words.number(Files.size(path)) + " bytes\n");
    console.line("task       " + model.task());
    console.line("scheme     " + model.scheme());
    console.line("tokenizer  " + model.text().name() + normalization(model.text()));
    console.line("words      " + Words.count(model.words().size() - 1L, "known word"));
    List<String> features = model.inputs().features();
    if (!features.isEmpty())
      console.line(TextLines.wrap("features   ", String.join(", ", features)));
    console.line(TextLines.wrap("network    ", Words.network(model.network().shape())));
    console.line("parameters " + Words.number(model.network().parameters().count()));
    console.line("examples   " + file.examples().size() + " built in");
    labels("Labels", model.tokenLabels());
    labels("Labels of the sentence", model.sentenceLabels());
    origin(file.provenance(), file.config());
    return 0;
  }

  private static void requirePicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(SVG) || name.endsWith(HTML)) return;
    throw Failures.usage(
        "CLI-027",
        "--output " + file + " has an ending that is neither .svg nor .html",
        "let it end with .svg for a picture, or with .html for a page that holds it");
  }

  private void language(LanguageModelFile file) throws IOException {
    SymbolModel model = file.model();
    console.line(path + ": " + Words.number(Files.size(path)) + " bytes\n");
    console.line("task       " + SymbolModel.TASK);
    console.line("symbols    " + LanguageTraining.symbols(model));
    if (model.unit() == Unit.WORD)
      console.line("tokenizer  " + model.text().name() + normalization(model.text()));
    console.line(TextLines.wrap("network    ", Words.network(model.network().shape())));
    console.line("parameters " + Words.number(model.network().parameters().count()));
    console.line("examples   " + file.examples().size() + " built in");
    origin(file.provenance(), file.config());
  }

  private void transducer(TransducerFile file) throws IOException {
    TransducerModel model = file.model();
    console.line(path + ": " + Words.number(Files.size(path)) + " bytes\n");
    console.line("task       " + TransducerModel.TASK);
    console.line("source     " + TransductionTraining.source(model));
    console.line("target     " + TransductionTraining.target(model));
    TextPipeline text = model.inputs().text();
    console.line("tokenizer  " + text.name() + normalization(text));
    console.line(TextLines.wrap("network    ", Words.network(model.network().shape())));
    console.line("parameters " + Words.number(model.network().parameters().count()));
    console.line("beam       " + model.search().beam());
    console.line("examples   " + file.examples().size() + " built in");
    origin(file.provenance(), file.config());
  }

  private void origin(SortedMap<String, String> provenance, String config) {
    console.title("Scores and origin", "");
    int width = provenance.keySet().stream().mapToInt(String::length).max().orElse(0);
    provenance.forEach(
        (key, value) -> console.line("  " + key + " ".repeat(width - key.length() + 2) + value));
    console.title("Config", "");
    config.lines().forEach(line -> console.line("  " + line));
  }

  private void draw(GatesReport report, Path to) {
    boolean page = to.toString().toLowerCase(Locale.ROOT).endsWith(HTML);
    byte[] bytes = (page ? report.html() : report.svg()).getBytes(StandardCharsets.UTF_8);
    AtomicFile.at(to).write(out -> out.write(bytes));
    console.line("\nPicture: " + to);
  }

  private void labels(String title, List<String> labels) {
    if (labels.isEmpty()) return;
    console.title(title, " (" + labels.size() + ")");
    for (String label : labels) console.line("  " + label);
  }

  private static String normalization(TextPipeline text) {
    var steps = text.config().normalize();
    return steps.isEmpty()
        ? ""
        : ", look-up in " + String.join(", ", steps.stream().map(Words::name).toList());
  }
}
