package dev.sluice;

import dev.sluice.config.SluiceException;
import dev.sluice.model.SequenceDecoder;
import dev.sluice.model.SequenceDecoder.Written;
import dev.sluice.model.SymbolSampler;
import dev.sluice.model.TransducerFile;
import dev.sluice.model.TransducerModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;

/**
 * A trained transducer: what is written of a text, such as a date as figures of the same date in words.
 *
 * <pre>{@code
 * Transducer dates = Transducer.load(Path.of("runs/encoder-decoder-dates/model.safetensors"));
 * System.out.println(dates.apply("the third of march twenty twenty six"));
 * for (Transducer.Ranked r : dates.best("march third twenty twenty", 3)) System.out.println(r.probability() + " " + r.text());
 * }</pre>
 *
 * Immutable and safe for many threads.
 */
public final class Transducer {
  /** Numbers in a workspace that may stay in the pool; a larger one, made for a very long text, is let go. */
  private static final long KEPT = 1 << 24;

  private final TransducerModel model;
  private final ArrayBlockingQueue<SequenceDecoder> idle;

  /**
   * What may be written of a text.
   *
   * @param text what is written
   * @param logProbability the natural log of its probability given the source
   */
  public record Ranked(String text, double logProbability) {
    /** Its probability given the source, 0 to 1. */
    public double probability() {
      return StrictMath.exp(logProbability);
    }
  }

  /**
   * How a text is drawn.
   *
   * @param temperature what scores are divided by, 0 to 100; at 0 the most probable symbol is taken
   * @param topK draw from so many of the most probable symbols
   * @param topP draw from the fewest most probable symbols that have this probability together
   * @param seed the same seed draws the same text
   * @param number which of the texts of this seed
   */
  public record Drawing(
      double temperature, Optional<Integer> topK, Optional<Double> topP, long seed, int number) {
    /** Temperature 1, all symbols, the first text. */
    public static Drawing of(long seed) {
      return new Drawing(1, Optional.empty(), Optional.empty(), seed, 0);
    }

    /** The same with another temperature. */
    public Drawing withTemperature(double other) {
      return new Drawing(other, topK, topP, seed, number);
    }

    /** The same with the most probable symbols alone. */
    public Drawing withTopK(int other) {
      return new Drawing(temperature, Optional.of(other), topP, seed, number);
    }

    /** The same with the nucleus alone. */
    public Drawing withTopP(double other) {
      return new Drawing(temperature, topK, Optional.of(other), seed, number);
    }

    /** Another text of the same seed. */
    public Drawing withNumber(int other) {
      return new Drawing(temperature, topK, topP, seed, other);
    }
  }

  private Transducer(TransducerModel model) {
    this.model = model;
    idle = new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens a model file.
   *
   * @throws SluiceException when it cannot be read (IO), is damaged (CORRUPT), or holds another kind of model (MOD-030)
   */
  public static Transducer load(Path file) {
    return of(TransducerFile.read(file).model());
  }

  /** The face of a model. */
  public static Transducer of(TransducerModel model) {
    return new Transducer(model);
  }

  /** The model behind it. */
  public TransducerModel model() {
    return model;
  }

  /** What is written of a text; nothing of one without tokens. */
  public String apply(String source) {
    return best(source, 1).get(0).text();
  }

  /**
   * The texts that are most probably written of another, the best first; fewer when there are not so many. Of one without tokens it is the empty text alone.
   *
   * @param count how many, 1 to {@value TransducerModel#MOST_BEAM}; the beam is the model's own, or as wide as this where that is less
   * @throws IllegalArgumentException when count is out of range
   */
  public List<Ranked> best(String source, int count) {
    return best(source, count, Math.max(count, model.search().beam()));
  }

  /**
   * The same with a beam of another width.
   *
   * @param count how many, at least 1
   * @param beam how many sequences are gone on with at a time, {@code count} to {@value TransducerModel#MOST_BEAM}; 1 always takes the most probable symbol
   * @throws IllegalArgumentException when one of them is out of range
   */
  public List<Ranked> best(String source, int count, int beam) {
    Objects.requireNonNull(source, "source");
    if (count < 1 || beam < count || beam > TransducerModel.MOST_BEAM)
      throw new IllegalArgumentException(
          "count is "
              + count
              + " and beam is "
              + beam
              + ", expected 1 <= count <= beam <= "
              + TransducerModel.MOST_BEAM);
    List<Written> found = with(decoder -> decoder.best(source, beam, count));
    if (found.isEmpty()) return List.of(new Ranked("", 0));
    List<Ranked> ranked = new ArrayList<>(found.size());
    for (Written w : found) ranked.add(ranked(w));
    return List.copyOf(ranked);
  }

  /**
   * A text that is drawn, symbol by symbol by its probability.
   *
   * @throws IllegalArgumentException when temperature, topK or topP is out of range
   */
  public Ranked draw(String source, Drawing how) {
    Objects.requireNonNull(source, "source");
    SymbolSampler sampler =
        new SymbolSampler(model.predicted(), how.temperature, how.topK, how.topP);
    long stream = SymbolSampler.stream(how.seed, how.number);
    return with(decoder -> decoder.draw(source, sampler, stream))
        .map(this::ranked)
        .orElse(new Ranked("", 0));
  }

  private Ranked ranked(Written w) {
    return new Ranked(model.written(w.symbols()), w.logProbability());
  }

  private <T> T with(Function<SequenceDecoder, T> work) {
    SequenceDecoder decoder = idle.poll();
    if (decoder == null) decoder = new SequenceDecoder(model);
    T result = work.apply(decoder);
    if (decoder.size() <= KEPT) idle.offer(decoder);
    return result;
  }
}
