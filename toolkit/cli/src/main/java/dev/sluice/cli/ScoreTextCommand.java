package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.LanguageModel;
import dev.sluice.LanguageModel.Scored;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.eval.json.Json;
import dev.sluice.metric.Perplexity;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice score-text}. */
@Command(
    name = "score-text",
    description = {
      "Says how probable texts are to a language model, a text per line; n lines in, n results out.",
      "Each line is read as a whole document, from its begin to its end."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Formats:",
      "  text   a header, then per line, with tabs between: the log of the probability to base 2, the number of symbols",
      "         (the end among them), bits per character, perplexity per symbol, and how many symbols are unknown",
      "  jsonl  a JSON object per line with text and the same numbers, not rounded; with --symbols also each symbol",
      "         and its probability after those before it",
      "",
      "What all lines come to is said on the standard error.",
      "",
      "Examples:",
      "  echo 'a flight from oslo to rome' | sluice score-text --model runs/travel-word/model.safetensors",
      "  sluice score-text --model runs/travel-word/model.safetensors lines.txt --format jsonl --symbols"
    })
final class ScoreTextCommand implements Callable<Integer> {
  private final Console console;

  /** What comes out. */
  enum Format {
    TEXT,
    JSONL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  private Path path;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|-",
      description = "The texts; - or nothing for the standard input.")
  private String input = "-";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "What to write: ${COMPLETION-CANDIDATES}; text when left out.")
  private Format format = Format.TEXT;

  @Option(names = "--symbols", description = "With --format jsonl: also write each symbol.")
  private boolean symbols;

  ScoreTextCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (symbols && format != Format.JSONL)
      throw Failures.usage("CLI-028", "--symbols is for JSON lines", "add --format jsonl");
    ModelPath.check(path);
    LanguageModel model = LanguageModel.load(path);
    Perplexity all = Perplexity.NONE;
    long lines = 0;
    try (OutputStream out = new BufferedOutputStream(new Pipe(console.bytes()), 1 << 16);
        SentenceReader reader = reader(out)) {
      if (format == Format.TEXT)
        write(out, "log2_probability\tsymbols\tbits_per_character\tperplexity\tunknown\n");
      for (Sentence line = reader.next(); line != null; line = reader.next()) {
        Scored scored = model.score(line.text());
        write(out, format == Format.TEXT ? row(scored) : json(line.text(), scored) + "\n");
        all = all.plus(scored.perplexity());
        lines++;
      }
    } catch (Pipe.Closed e) {
      return 0; // whoever reads has enough
    }
    console.err().println(Words.count(lines, "line") + ": " + Words.perplexity(all));
    return 0;
  }

  private SentenceReader reader(OutputStream out) throws IOException {
    if (!input.equals("-")) return Readers.openText(Path.of(input), text -> List.of());
    return Readers.openText(
        "standard input", new PatientInput(console.in(), out::flush), text -> List.of());
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String row(Scored scored) {
    Perplexity p = scored.perplexity();
    return String.format(
        Locale.ROOT,
        "%.6f\t%d\t%.6f\t%.6f\t%d\n",
        scored.log2(),
        p.symbols(),
        p.bitsPerCharacter(),
        p.value(),
        p.unknown());
  }

  private String json(String text, Scored scored) {
    Perplexity p = scored.perplexity();
    ObjectNode json = Json.object().put("text", text).put("log2Probability", scored.log2());
    json.put("symbols", p.symbols()).put("characters", p.characters());
    json.put("bitsPerCharacter", p.bitsPerCharacter()).put("perplexity", p.value());
    json.put("unknown", p.unknown());
    if (!symbols) return json.toString();
    var each = json.putArray("each");
    for (LanguageModel.Symbol s : scored.symbols())
      each.addObject()
          .put("kind", Words.name(s.kind()))
          .put("symbol", s.text())
          .put("probability", s.probability());
    return json.toString();
  }
}
