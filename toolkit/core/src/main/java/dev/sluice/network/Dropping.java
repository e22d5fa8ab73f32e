package dev.sluice.network;

/**
 * What is random in one epoch of training: dropout, and which labels are fed back. Which elements are dropped is a function of seed, epoch and sentence; a sentence has one mask for all of its tokens
 * (Gal and Ghahramani 2016). What is kept is scaled up, so that tagging needs no change.
 *
 * @param word rate of tokens whose whole input vector is dropped; nothing is scaled up for it
 * @param input rate on the input vectors
 * @param layer rate on the output of each layer
 * @param recurrent rate on the state that a cell passes to itself
 * @param ownLabels rate of tokens before which the network's own label is fed back instead of the right one
 * @param decoder rate on the vectors of symbols that were written and on the output of each layer of a decoder
 */
public record Dropping(
    double word,
    double input,
    double layer,
    double recurrent,
    double ownLabels,
    double decoder,
    long seed,
    int epoch) {
  /** Nothing random. */
  public static final Dropping NONE = new Dropping(0, 0, 0, 0, 0, 0, 0, 0);

  /** Where no label is fed back and nothing is written. */
  public Dropping(double word, double input, double layer, double recurrent, long seed, int epoch) {
    this(word, input, layer, recurrent, 0, 0, seed, epoch);
  }
}
