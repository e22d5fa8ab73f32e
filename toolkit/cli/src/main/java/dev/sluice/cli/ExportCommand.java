package dev.sluice.cli;

import dev.sluice.model.ModelFile;
import dev.sluice.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice export}. */
@Command(
    name = "export",
    description = {
      "Writes a model as a standard ONNX graph, which programs without sluice can run.",
      "The file is written whole or not at all."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The graph takes ids and lengths of any number of sentences of any length and gives label scores. Vocabularies,",
      "labels, and what decoding needs stand in its metadata. toolkit/onnx/README.md describes them, and a class beside",
      "it, TagWithOnnxRuntime, uses them.",
      "",
      "Examples:",
      "  sluice export --model runs/quickstart/model.safetensors --format onnx",
      "  sluice export --model model.safetensors --format onnx --output tagger.onnx"
    })
final class ExportCommand implements Callable<Integer> {
  /** What can be written. */
  private enum Format {
    ONNX
  }

  private static final String ENDING = ".onnx";

  private final Console console;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  private Path model;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "What to write: onnx.")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "The file to write; one that is there is replaced. By default it has the name of the model with the ending .onnx.")
  private Optional<Path> output;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ModelPath.check(model);
    Path to = output.orElseGet(this::beside);
    if (Files.exists(to) && Files.exists(model) && Files.isSameFile(to, model))
      throw Failures.usage(
          "CLI-029", "--output names the model itself, " + to, "name another file");
    OnnxModel onnx =
        switch (format) {
          case ONNX -> OnnxModel.of(ModelFile.read(model).model());
        };
    onnx.write(to);
    console.line(
        to
            + ": "
            + Words.number(Files.size(to))
            + " bytes, ONNX with operators of version "
            + OnnxModel.OPSET);
    for (OnnxModel.Value value : onnx.inputs()) console.line("  in   " + value);
    for (OnnxModel.Value value : onnx.outputs()) console.line("  out  " + value);
    return 0;
  }

  private Path beside() {
    String name = String.valueOf(model.getFileName());
    int dot = name.lastIndexOf('.');
    return model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ENDING);
  }
}
