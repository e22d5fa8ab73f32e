package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.Transducer;
import dev.sluice.Transducer.Drawing;
import dev.sluice.Transducer.Ranked;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.eval.json.Json;
import dev.sluice.metric.Printable;
import dev.sluice.model.TransducerModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice transduce}. */
@Command(
    name = "transduce",
    description = {
      "Writes what a transducer makes of texts, a text per line; n lines in, n lines out.",
      "The same model, text and options give the same on every machine."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --count each line is answered by the N most probable texts, the best first and fewer where there are no",
      "more, and an empty line behind them. With --sample texts are drawn instead, each symbol by its probability.",
      "--probabilities writes the probability of the whole text given the source in front of it, and a tab.",
      "A line end, a tab or a backslash in what is written stands as \\n, \\t or \\\\ in format text.",
      "",
      "Examples:",
      "  echo 'the third of march twenty twenty six' | sluice transduce --model runs/dates/model.safetensors",
      "  sluice transduce --model runs/dates/model.safetensors dates.txt --count 3 --probabilities",
      "  echo weather | sluice transduce --model runs/sentences/model.safetensors --sample --count 5 --seed 1"
    })
final class TransduceCommand implements Callable<Integer> {
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
      names = "--beam",
      paramLabel = "K",
      description =
          "How many sequences are gone on with at a time, 1 to 1000; 1 always takes the most probable symbol. That of the config when left out.")
  private Optional<Integer> beam;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many texts of each line; one when left out.")
  private Optional<Integer> count;

  @Option(names = "--probabilities", description = "Write the probability of each text.")
  private boolean probabilities;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "What to write: ${COMPLETION-CANDIDATES}; text when left out. jsonl is an object per line, with each text and the log of its probability.")
  private Format format = Format.TEXT;

  @Option(names = "--sample", description = "Draw texts instead of looking for the best.")
  private boolean sample;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "With --sample: what scores are divided by, 0 to 100: below 1 for likely symbols; 1 when left out.")
  private Optional<Double> temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "With --sample: draw from the K most probable symbols alone.")
  private Optional<Integer> topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description =
          "With --sample: draw from the fewest most probable symbols that have probability P together.")
  private Optional<Double> topP;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "With --sample: the seed; left out, one is drawn and named on the standard error.")
  private Optional<Long> seed;

  TransduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check();
    ModelPath.check(path);
    Transducer model = Transducer.load(path);
    Drawing how = drawing();
    long line = 0;
    try (OutputStream out = new BufferedOutputStream(new Pipe(console.bytes()), 1 << 16);
        SentenceReader reader = reader(out)) {
      for (Sentence next = reader.next(); next != null; next = reader.next()) {
        List<Ranked> found =
            sample ? drawn(model, next.text(), how, line) : best(model, next.text());
        out.write(shown(next.text(), found).getBytes(StandardCharsets.UTF_8));
        line++;
      }
    } catch (Pipe.Closed e) {
      return 0; // whoever reads has enough
    }
    return 0;
  }

  private void check() {
    int most = TransducerModel.MOST_BEAM;
    require(within(count, most), "--count", count, "a whole number from 1 to " + most);
    require(within(beam, most), "--beam", beam, "a whole number from 1 to " + most);
    require(topK.orElse(1) >= 1, "--top-k", topK, "a whole number of at least 1");
    double t = temperature.orElse(1.0), p = topP.orElse(1.0);
    require(t >= 0 && t <= 100, "--temperature", temperature, "a number in [0, 100]");
    require(p > 0 && p <= 1, "--top-p", topP, "a number in (0, 1]");
    if (sample && beam.isPresent())
      throw Failures.usage(
          "TRA-002", "--sample and --beam were given together", "give one of them");
    if (beam.isPresent() && beam.get() < count.orElse(1))
      throw Failures.usage(
          "CLI-003",
          "--beam is " + beam.get() + ", which cannot hold --count " + count.orElse(1),
          "raise --beam, or leave it out");
    boolean draws =
        temperature.isPresent() || topK.isPresent() || topP.isPresent() || seed.isPresent();
    if (draws && !sample)
      throw Failures.usage(
          "TRA-001",
          "--temperature, --top-k, --top-p and --seed say how texts are drawn",
          "add --sample");
  }

  private static boolean within(Optional<Integer> number, int most) {
    return number.orElse(1) >= 1 && number.orElse(1) <= most;
  }

  private static void require(boolean good, String option, Optional<?> value, String expected) {
    if (good) return;
    throw Failures.usage(
        "CLI-003",
        option + " is " + value.map(String::valueOf).orElse("") + ", expected " + expected,
        "see sluice transduce --help");
  }

  private Drawing drawing() {
    long used = seed.orElseGet(() -> new SecureRandom().nextLong() >>> 11);
    if (sample && seed.isEmpty()) console.err().println("seed " + used);
    return new Drawing(temperature.orElse(1.0), topK, topP, used, 0);
  }

  private List<Ranked> best(Transducer model, String source) {
    int wanted = count.orElse(1);
    return beam.isPresent() ? model.best(source, wanted, beam.get()) : model.best(source, wanted);
  }

  /** Each line has numbers of its own, so that two equal lines are answered differently. */
  private List<Ranked> drawn(Transducer model, String source, Drawing how, long line) {
    List<Ranked> drawn = new ArrayList<>();
    int wanted = count.orElse(1);
    for (int n = 0; n < wanted; n++)
      drawn.add(model.draw(source, how.withNumber((int) (line * wanted + n))));
    return drawn;
  }

  private String shown(String source, List<Ranked> found) {
    if (format == Format.JSONL) return json(source, found);
    StringBuilder text = new StringBuilder();
    for (Ranked r : found) {
      if (probabilities) text.append(Words.probability(r.probability())).append('\t');
      text.append(Printable.of(escaped(r.text()))).append('\n');
    }
    if (count.isPresent()) text.append('\n');
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }

  private static String json(String source, List<Ranked> found) {
    ObjectNode json = Json.object().put("source", source);
    var targets = json.putArray("targets");
    for (Ranked r : found)
      targets.addObject().put("text", r.text()).put("logProbability", r.logProbability());
    return json + "\n";
  }

  private SentenceReader reader(OutputStream out) throws IOException {
    if (!input.equals("-")) return Readers.openText(Path.of(input), text -> List.of());
    return Readers.openText(
        "standard input", new PatientInput(console.in(), out::flush), text -> List.of());
  }
}
