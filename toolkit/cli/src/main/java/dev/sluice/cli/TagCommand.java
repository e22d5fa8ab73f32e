package dev.sluice.cli;

import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.data.CsvAppender;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.pipeline.CsvFeatures;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice tag}. */
@Command(
    name = "tag",
    description = {
      "Tags raw text, a sentence per line; n lines in, n results out.",
      "On a pipe each line is answered as soon as it is there."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Formats:",
      "  text   the sentence with its slots as [words](slot); an intent comes before it, with a tab",
      "  conll  a line for each token, token and label with a tab between, and an empty line after",
      "         each sentence; an intent stands before its tokens, as in: # intent = flight",
      "  jsonl  a JSON object per line: text, tokens, labels and spans with character offsets, intent",
      "  csv    the input is CSV too: the column named by --column is tagged, and columns are appended",
      "",
      "With --scores: conll has a third column, the probability of the label; jsonl has probabilities, one",
      "per label, the probability of all labels together, and intentProbabilities; csv has",
      "predicted_confidences.",
      "",
      "Several intents of a sentence have a confidence each: in the field intents of jsonl, where",
      "confidence is that of the label as a whole or of the first label, and in the cell of csv, with",
      "blanks between, in their order.",
      "",
      "text is for people: control characters are shown as escapes such as \\u001b. The other formats keep",
      "them.",
      "",
      "A model with thresholds holds back what is less probable. Spans that it holds back are O, and stand",
      "in the field rejected of jsonl. An intent that it rejects is - in text and conll; jsonl and csv have",
      "it, and accepted is false.",
      "",
      "A model that reads features beside the tokens, such as parts of speech, needs CSV with columns of",
      "them: a value per token, with blanks between. They have the names that they had in CSV training",
      "data, else those of data.features.",
      "",
      "Examples:",
      "  echo 'a flight from oslo to rome' | sluice tag --model runs/quickstart/model.safetensors -",
      "  sluice tag --model runs/quickstart/model.safetensors requests.txt --format jsonl \\",
      "      --output tagged.jsonl",
      "  sluice tag --model runs/quickstart/model.safetensors calls.csv --format csv \\",
      "      --column request > tagged.csv"
    })
final class TagCommand implements Callable<Integer> {
  /** The most sentences that are tagged together. */
  private static final int BATCH = 1024;

  private final Console console;

  /** What comes out. */
  enum Format {
    TEXT,
    CSV,
    CONLL,
    JSONL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  private Path modelPath;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|-",
      description = "The text to tag; - or nothing for the standard input.")
  private String input = "-";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "What to write: ${COMPLETION-CANDIDATES}; text when left out.")
  private Format format = Format.TEXT;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "With --format csv: the column that is tagged; text when left out.")
  private Optional<String> column;

  @Option(
      names = "--tokens",
      paramLabel = "NAME",
      description =
          "With --format csv: a column of tokens with blanks between; the text is not split anew then.")
  private Optional<String> tokens;

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "With --format csv: what stands between cells; a comma when left out.")
  private Optional<String> delimiter;

  @Option(names = "--scores", description = "Also write probabilities; text stays as it is.")
  private boolean scores;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where to write; the standard output when left out. The file appears when it is complete.")
  private Optional<Path> output;

  TagCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (format != Format.CSV
        && (column.isPresent() || tokens.isPresent() || delimiter.isPresent())) {
      throw Failures.usage(
          "CLI-004", "--column, --tokens and --delimiter are for CSV", "add --format csv");
    }
    ModelPath.check(modelPath);
    ModelFile model = ModelFile.read(modelPath);
    if (output.isPresent()) {
      AtomicFile.at(output.get()).write(out -> tag(model, out));
      return 0;
    }
    try (OutputStream out = new BufferedOutputStream(new Pipe(console.bytes()), 1 << 16)) {
      tag(model, out);
    } catch (Pipe.Closed e) {
      return 0; // whoever reads has enough
    }
    return 0;
  }

  private void tag(ModelFile file, OutputStream out) throws IOException {
    if (format == Format.CSV) csv(file, out);
    else lines(file.model(), out);
    out.flush();
  }

  private void lines(Model model, OutputStream out) throws IOException {
    Results results = Results.of(format, model, scores, out);
    List<Sentence> waiting = new ArrayList<>();
    try (SentenceReader reader = reader(model, waiting, results, out)) {
      for (Sentence next = reader.next(); next != null; next = reader.next()) {
        waiting.add(next);
        if (waiting.size() == BATCH) answer(waiting, results);
      }
      answer(waiting, results);
    } catch (SluiceException e) {
      answer(waiting, results); // what was read before the mistake is not lost
      out.flush();
      throw e;
    }
  }

  private SentenceReader reader(
      Model model, List<Sentence> waiting, Results results, OutputStream out) throws IOException {
    if (!input.equals("-")) return Readers.openText(Path.of(input), model.text()::tokenize);
    InputStream patient =
        new PatientInput(
            console.in(),
            () -> {
              answer(waiting, results);
              out.flush();
            });
    return Readers.openText("standard input", patient, model.text()::tokenize);
  }

  private static void answer(List<Sentence> waiting, Results results) throws IOException {
    if (waiting.isEmpty()) return;
    List<Sentence> now = List.copyOf(waiting);
    waiting.clear();
    results.write(now);
  }

  private void csv(ModelFile file, OutputStream out) throws IOException {
    Model model = file.model();
    CsvLayout layout =
        new CsvLayout(
            column.or(() -> tokens.isPresent() ? Optional.empty() : Optional.of("text")),
            tokens,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            delimiter.orElse(","),
            "\"");
    CsvColumns columns = new CsvColumns(model, scores);
    CsvAppender appender =
        new CsvAppender(
            layout,
            CsvFeatures.of(file, modelPath + " (config)"),
            model.text()::tokenize,
            columns.names(),
            false);
    if (!input.equals("-")) {
      appender.copy(Path.of(input), out, columns);
      return;
    }
    appender.copy("standard input", console.in(), out, columns);
  }
}
