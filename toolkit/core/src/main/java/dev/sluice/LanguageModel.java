package dev.sluice;

import dev.sluice.config.SluiceException;
import dev.sluice.metric.Perplexity;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.SymbolReader;
import dev.sluice.model.SymbolSampler;
import dev.sluice.model.TextGenerator;
import dev.sluice.model.TextScorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;

/**
 * A trained language model: how probable texts are, what may come next, and texts that it makes up.
 *
 * <pre>{@code
 * LanguageModel model = LanguageModel.load(Path.of("runs/travel-word/model.safetensors"));
 * System.out.println(model.score("a flight to oslo").perplexity().value());
 * model.generate(LanguageModel.Options.of("a flight").withSeed(1), symbol -> System.out.print(symbol.text()));
 * }</pre>
 *
 * Immutable and safe for many threads.
 */
public final class LanguageModel {
  private static final int[] PLACE = {0};

  private final SymbolModel model;
  private final ArrayBlockingQueue<SymbolReader> idle;

  /** How a symbol stands in a text. */
  public enum Kind {
    /** It has a text. */
    SYMBOL,
    /** It is none of those that the model knows. */
    UNKNOWN,
    /** The text ends. */
    END
  }

  /**
   * A symbol and how probable it is, or was, after those before it.
   *
   * @param kind whether it has a text
   * @param text what it adds to the text, for words with a blank before it where one belongs; empty at the end and where it is unknown
   * @param probability 0 to 1
   */
  public record Symbol(Kind kind, String text, double probability) {}

  /**
   * A text with its probability.
   *
   * @param perplexity the sums over the text and what comes of them
   * @param symbols its symbols, the end last
   */
  public record Scored(Perplexity perplexity, List<Symbol> symbols) {
    /** Copies the list. */
    public Scored {
      symbols = List.copyOf(symbols);
    }

    /** The log of the probability of the text to base 2. */
    public double log2() {
      return -perplexity.bits();
    }
  }

  /**
   * How a text is made up.
   *
   * @param prompt what it begins with
   * @param temperature what scores are divided by, 0 to 100; at 0 the most probable symbol is taken
   * @param topK draw from so many of the most probable symbols
   * @param topP draw from the fewest most probable symbols that have this probability together
   * @param seed the same seed makes the same text
   * @param number which of the texts of this seed
   * @param length the most symbols
   * @param stops texts with which it ends
   */
  public record Options(
      String prompt,
      double temperature,
      Optional<Integer> topK,
      Optional<Double> topP,
      long seed,
      int number,
      int length,
      List<String> stops) {
    /** Copies the list. */
    public Options {
      stops = List.copyOf(stops);
    }

    /** Temperature 1, all symbols, seed 1, at most 1,000 symbols. */
    public static Options of(String prompt) {
      return new Options(prompt, 1, Optional.empty(), Optional.empty(), 1, 0, 1000, List.of());
    }

    /** The same with another temperature. */
    public Options withTemperature(double other) {
      return new Options(prompt, other, topK, topP, seed, number, length, stops);
    }

    /** The same with the most probable symbols alone. */
    public Options withTopK(int other) {
      return new Options(
          prompt, temperature, Optional.of(other), topP, seed, number, length, stops);
    }

    /** The same with the nucleus alone. */
    public Options withTopP(double other) {
      return new Options(
          prompt, temperature, topK, Optional.of(other), seed, number, length, stops);
    }

    /** The same with another seed. */
    public Options withSeed(long other) {
      return new Options(prompt, temperature, topK, topP, other, number, length, stops);
    }

    /** Another text of the same seed. */
    public Options withNumber(int other) {
      return new Options(prompt, temperature, topK, topP, seed, other, length, stops);
    }

    /** The same with another length. */
    public Options withLength(int other) {
      return new Options(prompt, temperature, topK, topP, seed, number, other, stops);
    }

    /** The same with other texts with which it ends. */
    public Options withStops(List<String> others) {
      return new Options(prompt, temperature, topK, topP, seed, number, length, others);
    }
  }

  private LanguageModel(SymbolModel model) {
    this.model = model;
    idle = new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens a model file.
   *
   * @throws SluiceException when it cannot be read (IO), is damaged (CORRUPT), or holds a tagger (MOD-030)
   */
  public static LanguageModel load(Path file) {
    return of(LanguageModelFile.read(file).model());
  }

  /** The face of a model. */
  public static LanguageModel of(SymbolModel model) {
    return new LanguageModel(model);
  }

  /** The model behind it. */
  public SymbolModel model() {
    return model;
  }

  /** How probable a text is, read as a whole document from its begin to its end. */
  public Scored score(String text) {
    List<SymbolModel.Piece> pieces = SymbolModel.pieces(model.text(), model.unit(), text);
    int[] ids = model.encode(pieces);
    SymbolReader reader = reader();
    double[] log2 = TextScorer.log2(model, reader, ids);
    idle.offer(reader);
    List<Symbol> symbols = new ArrayList<>(log2.length);
    double bits = 0;
    long unknown = 0;
    for (int i = 0; i < log2.length; i++) {
      bits -= log2[i];
      double p = StrictMath.pow(2, log2[i]);
      if (i == ids.length) {
        symbols.add(new Symbol(Kind.END, "", p));
        continue;
      }
      boolean known = model.hasText(ids[i]);
      if (!known) unknown++;
      symbols.add(new Symbol(known ? Kind.SYMBOL : Kind.UNKNOWN, pieces.get(i).symbol(), p));
    }
    long characters = text.codePointCount(0, text.length());
    return new Scored(new Perplexity(bits, log2.length, characters, unknown), symbols);
  }

  /** What may come after the begin of a text, all symbols, the most probable first. */
  public List<Symbol> next(String prefix) {
    int[] read = TextScorer.read(model, model.encode(prefix));
    SymbolReader reader = reader();
    reader.forget(0);
    reader.read(new int[][] {read}, PLACE);
    int last = read.length - 1;
    double[] log2 = new double[model.predicted()];
    reader.log2(0, last, log2);
    idle.offer(reader);
    List<Symbol> next = new ArrayList<>();
    for (int id = 0; id < log2.length; id++)
      next.add(symbol(read[last], id, StrictMath.pow(2, log2[id])));
    next.sort(Comparator.comparingDouble(s -> -s.probability()));
    return next;
  }

  private Symbol symbol(int before, int id, double probability) {
    Kind kind = model.isEnd(id) ? Kind.END : model.hasText(id) ? Kind.SYMBOL : Kind.UNKNOWN;
    return new Symbol(kind, model.written(before, id), probability);
  }

  /**
   * Makes up a text.
   *
   * @param consumer gets each symbol as soon as it is drawn, the end too if it comes; the prompt is not among them. Probabilities are those of the
   *     model, whatever was done to draw
   * @throws IllegalArgumentException when temperature, topK or topP is out of range
   */
  public void generate(Options options, Consumer<Symbol> consumer) {
    SymbolSampler sampler =
        new SymbolSampler(model.predicted(), options.temperature, options.topK, options.topP);
    new TextGenerator(model)
        .generate(
            options.prompt,
            sampler,
            SymbolSampler.stream(options.seed, options.number),
            options.length,
            options.stops,
            (id, text, probability) -> {
              boolean end = model.isEnd(id);
              consumer.accept(new Symbol(end ? Kind.END : Kind.SYMBOL, text, probability));
              return true;
            });
  }

  private SymbolReader reader() {
    SymbolReader reader = idle.poll();
    return reader == null ? new SymbolReader(model, 1) : reader;
  }
}
