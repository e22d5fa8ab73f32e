package dev.sluice.pipeline;

import dev.sluice.kernel.Workers;
import dev.sluice.metric.Perplexity;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.SymbolReader;
import dev.sluice.model.TextScorer;
import dev.sluice.vocabulary.Symbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Scores a whole split. Documents are read side by side; one of more than {@value #STRETCH} symbols is cut into stretches, each of which begins with
 * the state after the
 * {@value #CONTEXT} symbols before it. The result does not depend on the number of threads.
 */
final class LanguageScoring {
  private static final int STRETCH = 4096;
  private static final int CONTEXT = 512;
  private static final int SIDE_BY_SIDE = 16;
  private static final int PIECE = 64;

  private final SymbolModel model;
  private final List<Stretch> stretches = new ArrayList<>();
  private final long characters;
  private final long symbols;
  private final long unknown;

  /** A part of a document: the first {@code context} of its symbols are read, but not scored. */
  private record Stretch(int[] read, int[] next, int context) {}

  /**
   * A split.
   *
   * @param documents the symbols of each, without begin and end
   * @param characters how many characters they have
   */
  LanguageScoring(SymbolModel model, List<int[]> documents, long characters) {
    this.model = model;
    this.characters = characters;
    long count = 0, strangers = 0;
    for (int[] document : documents) {
      count += document.length + 1;
      for (int id : document) if (id == Symbols.UNKNOWN) strangers++;
      int[] read = TextScorer.read(model, document), next = TextScorer.next(model, document);
      for (int at = 0; at < read.length; at += STRETCH) {
        int from = Math.max(0, at - CONTEXT), to = Math.min(read.length, at + STRETCH);
        stretches.add(
            new Stretch(
                Arrays.copyOfRange(read, from, to), Arrays.copyOfRange(next, from, to), at - from));
      }
    }
    symbols = count;
    unknown = strangers;
    stretches.sort(Comparator.comparingInt(s -> -s.read.length)); // stable
  }

  /** The score with the weights that the model has now, which must be packed. */
  Perplexity score(Workers workers) {
    int groups = (stretches.size() + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE;
    double[] bits = new double[groups];
    workers.run(groups, g -> bits[g] = bits(g));
    double sum = 0;
    for (double b : bits) sum += b;
    return new Perplexity(sum, symbols, characters, unknown);
  }

  private double bits(int group) {
    int first = group * SIDE_BY_SIDE;
    List<Stretch> own = stretches.subList(first, Math.min(stretches.size(), first + SIDE_BY_SIDE));
    SymbolReader reader = new SymbolReader(model, own.size());
    double bits = 0;
    for (int at = 0; at < own.get(0).read.length; at += PIECE) {
      int live = own.size();
      while (own.get(live - 1).read.length <= at) live--;
      int[][] pieces = new int[live][];
      int[] places = new int[live];
      for (int i = 0; i < live; i++) {
        int[] read = own.get(i).read;
        pieces[i] = Arrays.copyOfRange(read, at, Math.min(read.length, at + PIECE));
        places[i] = i;
      }
      reader.read(pieces, places);
      for (int i = 0; i < live; i++) {
        Stretch s = own.get(i);
        for (int t = Math.max(0, s.context - at); t < pieces[i].length; t++)
          bits -= reader.log2(i, t, s.next[at + t]);
      }
    }
    return bits;
  }
}
