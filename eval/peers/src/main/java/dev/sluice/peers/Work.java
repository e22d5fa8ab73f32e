package dev.sluice.peers;

import java.util.SplittableRandom;

/**
 * The work every system does: made-up sentences of one length, so that nobody pays for padding, whose
 * labels are a function of the word, so that a falling loss shows that training is real.
 *
 * @param words size of the vocabulary; words are drawn evenly, so nearly every token of a batch is
 *     another embedding row
 * @param dimension width of an embedding
 * @param hidden width of one direction of the LSTM
 * @param layers how many such layers
 * @param labels number of labels
 * @param sentences sentences in a batch
 * @param length tokens in a sentence
 * @param seed start of the random numbers
 */
public record Work(
    int words,
    int dimension,
    int hidden,
    int layers,
    int labels,
    int sentences,
    int length,
    long seed) {

  /** Batches that are made; the measurements go round them. */
  static final int BATCHES = 64;

  /** Largest global norm of the gradient. */
  static final double CLIP_NORM = 5;

  /** Adam's rate; its other settings are the usual ones. */
  static final double RATE = 0.001;

  /** The measured shape: batches of 32 sentences of 20 tokens, 10,000 words of width 130, 50 labels. */
  public static Work of(int hidden) {
    return new Work(10_000, 130, hidden, 1, 50, 32, 20, 20_261_121L);
  }

  /** The same with another number of layers. */
  public Work withLayers(int count) {
    return new Work(words, dimension, hidden, count, labels, sentences, length, seed);
  }

  /** The same with another vocabulary. */
  public Work withWords(int count) {
    return new Work(count, dimension, hidden, layers, labels, sentences, length, seed);
  }

  /** The same with other batches. */
  public Work withSentences(int count, int tokens) {
    return new Work(words, dimension, hidden, layers, labels, count, tokens, seed);
  }

  /** Tokens in a batch. */
  public int tokens() {
    return sentences * length;
  }

  /** Word ids: first index the batch, second the sentence, third the token. */
  int[][][] batches() {
    SplittableRandom random = new SplittableRandom(seed);
    int[][][] batches = new int[BATCHES][sentences][length];
    for (int[][] batch : batches) {
      for (int[] sentence : batch) {
        for (int t = 0; t < length; t++) sentence[t] = random.nextInt(words);
      }
    }
    return batches;
  }

  /** The gold label of a word. */
  int label(int word) {
    return word % labels;
  }
}
