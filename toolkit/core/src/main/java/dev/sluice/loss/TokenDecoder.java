package dev.sluice.loss;

import dev.sluice.label.Span;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Turns what a network says of a sentence's tokens into label sequences and probabilities, all of one distribution over the sequences that may be given. It has scratch memory and serves one
 * thread.
 *
 * <p>Where the scores of a token depend on the label chosen before, sequences are searched for and the answers about single tokens and spans hold for the labels before them in the best sequence;
 * otherwise all answers are exact.
 */
public interface TokenDecoder {
  /**
   * The decoder for a network.
   *
   * @param moves which label may follow which
   * @param spans how labels spell spans; null when they do not
   * @param temperature what scores are divided by, above 0
   * @param beam how many beginnings of a sequence a search keeps, at least 1; of no interest where the best sequence is found without one
   */
  static TokenDecoder of(
      Network network, Moves moves, SpanQuery spans, double temperature, int beam) {
    return network.followsLabels()
        ? new FeedbackDecoder(network, moves, spans, temperature, beam)
        : new ChainDecoder(network, moves, spans, temperature);
  }

  /** Takes sentence i of the workspace's batch after a forward pass; the workspace must not change until the last answer. */
  void read(Workspace ws, int i);

  /**
   * Takes the only token of the workspace's batch after a forward pass as the next one of a sentence that is labelled while it arrives, behind the labels that {@link #best()} gave the tokens before.
   *
   * @param first whether it is the first one
   */
  void readNext(Workspace ws, boolean first);

  /** The most probable label sequence, or the best that the search found, [T]. */
  int[] best();

  /** The k most probable label sequences with their probabilities, best first; of a search that of {@link #best()} first, then the best others that one with a beam of at least k finds. */
  List<LabelPath> best(int k);

  /** The probability of each label of a sequence that may be given, the labels before it given, [T]; their product is the probability of the sequence. */
  double[] conditionals(int[] labels);

  /** The probability that token t has label j; in a search given the labels before it in the best sequence. */
  double marginal(int t, int j);

  /** The natural logarithm of the probability of a label sequence. */
  double logProbability(int[] labels);

  /** The probability that exactly this span stands in the sentence; in a search one of the best sequence, given the labels before it there. */
  double probability(Span span);

  /** The entropy of the distribution over label sequences, in nats; nothing where it would take every sequence to know. */
  OptionalDouble entropy();
}
