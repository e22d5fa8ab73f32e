package dev.sluice.metric;

import java.util.List;

/**
 * How well sequences are written. Mergeable: {@link #plus}.
 *
 * @param right the sequences without a mistake
 * @param edits symbols that would have to be put in, taken out or replaced, in all sequences
 * @param symbols symbols of the right sequences, their ends not counted
 * @param perplexity how well the right sequences are predicted, each symbol after the right ones before it; its characters are those of the right sequences as text
 */
public record SequenceScores(Ratio right, long edits, long symbols, Perplexity perplexity) {
  /** Of no sequences. */
  public static final SequenceScores NONE =
      new SequenceScores(new Ratio(0, 0), 0, 0, Perplexity.NONE);

  /**
   * Of one sequence that was written.
   *
   * @param gold the right symbols
   * @param written those that were written
   */
  public static SequenceScores of(List<String> gold, List<String> written) {
    int edits = edits(gold, written);
    return new SequenceScores(
        new Ratio(edits == 0 ? 1 : 0, 1), edits, gold.size(), Perplexity.NONE);
  }

  /** Of sequences that were predicted. */
  public static SequenceScores predicted(Perplexity perplexity) {
    return new SequenceScores(new Ratio(0, 0), 0, 0, perplexity);
  }

  /** Of two sets of sequences together. */
  public SequenceScores plus(SequenceScores other) {
    return new SequenceScores(
        new Ratio(right.part() + other.right.part(), right.whole() + other.right.whole()),
        edits + other.edits,
        symbols + other.symbols,
        perplexity.plus(other.perplexity));
  }

  /** Edits per symbol of the right sequences, which can be above 1; 0 for no sequences. */
  public double errorRate() {
    return symbols == 0 ? 0 : (double) edits / symbols;
  }

  /** The fewest symbols that have to be put in, taken out or replaced (Levenshtein 1966). */
  static int edits(List<String> gold, List<String> written) {
    int[] row = new int[written.size() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= gold.size(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (gold.get(i - 1).equals(written.get(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[written.size()];
  }
}
