package dev.sluice.cli;

import dev.sluice.LanguageModel;
import dev.sluice.LanguageModel.Kind;
import dev.sluice.LanguageModel.Options;
import dev.sluice.metric.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice generate}. */
@Command(
    name = "generate",
    description = {
      "Makes up texts with a language model, symbol by symbol as they come.",
      "The same model, seed and options make the same texts on every machine."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A text ends where the model ends a document, at --length symbols, or with a text of --stop. With --count,",
      "an empty line stands between texts. The unknown symbol is never drawn.",
      "",
      "With --probabilities each symbol is a line: how probable it was as the next one, whatever was done to draw it,",
      "then a tab and what it adds to the text, with escapes such as \\n for a line end; a last line without text is",
      "the end of the document.",
      "",
      "Examples:",
      "  sluice generate --model runs/travel-word/model.safetensors --prompt 'a flight' --seed 1",
      "  sluice generate --model runs/travel-word/model.safetensors --count 5 --temperature 0.7 --top-p 0.95",
      "  sluice generate --model runs/travel-word/model.safetensors --temperature 0 --probabilities"
    })
final class GenerateCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  private Path path;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "What each text begins with; it is written too.")
  private String prompt = "";

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "What scores are divided by, 0 to 100: below 1 for likely symbols, 0 for the most probable one always; 1 when left out.")
  private double temperature = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Draw from the K most probable symbols alone.")
  private Optional<Integer> topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw from the fewest most probable symbols that have probability P together.")
  private Optional<Double> topP;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed; left out, one is drawn and named on the standard error.")
  private Optional<Long> seed;

  @Option(names = "--count", paramLabel = "N", description = "How many texts; one when left out.")
  private int count = 1;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "The most symbols of a text; 1000 when left out.")
  private int length = 1000;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "A text ends with this; may be given several times.")
  private List<String> stops = List.of();

  @Option(names = "--probabilities", description = "Write a line per symbol with its probability.")
  private boolean probabilities;

  private OutputStream out;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    require(
        temperature >= 0 && temperature <= 100,
        "--temperature",
        temperature,
        "a number in [0, 100]");
    require(topK.orElse(1) >= 1, "--top-k", topK.orElse(0), "a whole number of at least 1");
    require(
        topP.orElse(1.0) > 0 && topP.orElse(1.0) <= 1,
        "--top-p",
        topP.orElse(0.0),
        "a number in (0, 1]");
    require(count >= 1, "--count", count, "a whole number of at least 1");
    require(length >= 1, "--length", length, "a whole number of at least 1");
    require(stops.stream().noneMatch(String::isEmpty), "--stop", "\"\"", "a text");
    ModelPath.check(path);
    LanguageModel model = LanguageModel.load(path);
    long used = seed.orElseGet(() -> new SecureRandom().nextLong() >>> 11);
    if (seed.isEmpty() && temperature > 0) console.err().println("seed " + used);
    out = new Pipe(console.bytes());
    try {
      for (int n = 0; n < count; n++) {
        if (n > 0) write("\n");
        text(model, options(used, n));
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof Pipe.Closed) return 0; // whoever reads has enough
      throw e;
    }
    return 0;
  }

  private static void require(boolean good, String option, Object value, String expected) {
    if (good) return;
    throw Failures.usage(
        "CLI-003",
        option + " is " + value + ", expected " + expected,
        "see sluice generate --help");
  }

  private Options options(long used, int number) {
    return new Options(prompt, temperature, topK, topP, used, number, length, stops);
  }

  private void text(LanguageModel model, Options options) {
    if (probabilities) {
      model.generate(
          options,
          symbol ->
              write(
                  String.format(Locale.ROOT, "%.6f\t", symbol.probability())
                      + (symbol.kind() == Kind.END ? "" : Printable.of(escaped(symbol.text())))
                      + "\n"));
      return;
    }
    write(Printable.of(prompt));
    model.generate(options, symbol -> write(Printable.of(symbol.text())));
    write("\n");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }

  /** Each symbol goes out by itself, so that somebody who reads along sees it at once. */
  private void write(String text) {
    if (text.isEmpty()) return;
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
