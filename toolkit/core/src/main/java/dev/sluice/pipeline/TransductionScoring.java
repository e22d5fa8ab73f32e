package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Workers;
import dev.sluice.metric.Perplexity;
import dev.sluice.metric.SequenceScores;
import dev.sluice.model.SequenceDecoder;
import dev.sluice.model.SymbolModel.Piece;
import dev.sluice.model.TransducerModel;
import dev.sluice.vocabulary.Symbols;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Scores a whole split, some pairs side by side. The result does not depend on the number of threads. */
final class TransductionScoring {
  private static final int SIDE_BY_SIDE = 32;

  /** Sequences that are gone on with at a time, so that a wide beam does not take the memory of all its sources at once. */
  private static final int SEQUENCES = 256;

  private static final double LN2 = StrictMath.log(2);
  private static final int[] NONE = {};

  private final TransducerModel model;
  private final Example[] pairs; // the longest source first
  private final Example[] sources; // the same without targets
  private final long characters;
  private final long symbols;
  private final long unknown;
  private final List<List<Piece>> targets;
  private final Queue<SequenceDecoder> idle = new ConcurrentLinkedQueue<>();

  /**
   * A split.
   *
   * @param examples sources with their targets; their ids are their places in {@code targets}
   * @param characters the code points of all targets
   */
  TransductionScoring(
      TransducerModel model, Example[] examples, List<List<Piece>> targets, long characters) {
    this.model = model;
    this.targets = targets;
    this.characters = characters;
    pairs = examples.clone();
    Arrays.sort(pairs, Comparator.comparingInt(e -> -e.length())); // stable
    sources = new Example[pairs.length];
    Arrays.setAll(sources, i -> pairs[i].withTarget(NONE));
    long count = 0, strangers = 0;
    for (Example e : pairs) {
      count += e.target().length;
      for (int symbol : e.target()) if (symbol == Symbols.UNKNOWN) strangers++;
    }
    symbols = count;
    unknown = strangers;
  }

  /** How well the targets are predicted by the weights that the model has now, which must be packed. */
  Perplexity perplexity(Workers workers) {
    double[] bits = new double[groups()];
    workers.run(
        bits.length,
        g -> {
          SequenceDecoder decoder = decoder();
          for (double log : decoder.logProbabilities(pairs, first(g), first(g + 1)))
            bits[g] -= log / LN2;
          idle.add(decoder);
        });
    double sum = 0;
    for (double b : bits) sum += b;
    return new Perplexity(sum, symbols, characters, unknown);
  }

  /**
   * All scores with the weights that the model has now, which must be packed.
   *
   * @param beam how many sequences are gone on with at a time
   */
  SequenceScores score(Workers workers, int beam) {
    return written(workers, beam).plus(SequenceScores.predicted(perplexity(workers)));
  }

  /** What is written with the weights that the model has now, which must be packed; nothing is said of how well targets are predicted. */
  SequenceScores written(Workers workers, int beam) {
    SequenceScores[] parts = new SequenceScores[groups()];
    workers.run(parts.length, g -> parts[g] = written(g, beam));
    SequenceScores all = SequenceScores.NONE;
    for (SequenceScores part : parts) all = all.plus(part);
    return all;
  }

  private SequenceScores written(int group, int beam) {
    SequenceDecoder decoder = decoder();
    int first = first(group), end = first(group + 1);
    SequenceScores scores = SequenceScores.NONE;
    int many = Math.max(1, SEQUENCES / beam);
    for (int from = first; from < end; from += many) {
      int to = Math.min(end, from + many);
      var found = decoder.best(sources, from, to, beam, 1);
      for (int i = from; i < to; i++) {
        List<String> gold = targets.get((int) pairs[i].id()).stream().map(Piece::symbol).toList();
        List<String> written = model.texts(found.get(i - from).get(0).symbols());
        scores = scores.plus(SequenceScores.of(gold, written));
      }
    }
    idle.add(decoder);
    return scores;
  }

  private SequenceDecoder decoder() {
    SequenceDecoder decoder = idle.poll();
    return decoder == null ? new SequenceDecoder(model) : decoder;
  }

  private int groups() {
    return (pairs.length + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE;
  }

  private int first(int group) {
    return Math.min(pairs.length, group * SIDE_BY_SIDE);
  }
}
