package dev.sluice.testing;

import dev.sluice.label.TagScheme;
import dev.sluice.loss.CrfLoss;
import dev.sluice.loss.JointLoss;
import dev.sluice.loss.Loss;
import dev.sluice.loss.Moves;
import dev.sluice.loss.SigmoidLoss;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.loss.SquaredErrorLoss;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import java.util.List;
import java.util.SplittableRandom;

/**
 * By which losses a network of the {@link Gallery} is taught: class weights, smoothing, forbidden moves, several labels of a sentence, and the weights of both losses
 * in their sum. The numbers are exact in float.
 *
 * @param tokenWeights a weight per label of a token; null when all are 1
 * @param tokenSmoothing the share of the target that is spread over the labels
 * @param constrained whether a CRF forbids the moves that BIO does
 * @param sentenceWeights a weight per label of a sentence; null when all are 1
 * @param sentenceSmoothing as for tokens
 * @param several whether each label of a sentence is a question of its own
 * @param tokenShare the weight of the tokens' loss when there are two
 * @param sentenceShare the weight of the sentences' loss when there are two
 * @param squared whether tokens without a chain are taught by squared error instead of cross entropy
 */
public record Teaching(
    float[] tokenWeights,
    double tokenSmoothing,
    boolean constrained,
    float[] sentenceWeights,
    double sentenceSmoothing,
    boolean several,
    double tokenShare,
    double sentenceShare,
    boolean squared) {
  /** The labels of tokens in the gallery, by id. */
  public static final List<String> LABELS = List.of("O", "B-x", "I-x");

  /** Nothing but the losses themselves. */
  public static final Teaching PLAIN = new Teaching(null, 0, false, null, 0, false, 1, 1, false);

  /** All of it at once, with random weights. */
  public static Teaching elaborate(SplittableRandom random) {
    return new Teaching(
        weights(random, Gallery.LABELS),
        0.25,
        random.nextBoolean(),
        weights(random, Gallery.INTENTS),
        0.125,
        random.nextBoolean(),
        1.5,
        0.375,
        random.nextBoolean());
  }

  private static float[] weights(SplittableRandom random, int labels) {
    float[] weights = new float[labels];
    for (int j = 0; j < labels; j++) weights[j] = (1 + random.nextInt(12)) / 4f;
    return weights;
  }

  /** Which label may follow which. */
  public Moves moves() {
    return constrained ? Moves.of(TagScheme.BIO, LABELS) : Moves.free(LABELS.size());
  }

  /** The engine's loss. */
  public Loss loss(Network network) {
    NetworkShape shape = network.shape();
    Loss tokens =
        shape.tokens().isEmpty()
            ? null
            : network.chain().isPresent()
                ? new CrfLoss(network, moves(), tokenWeights, tokenSmoothing)
                : squared
                    ? new SquaredErrorLoss(Gallery.LABELS, tokenWeights, tokenSmoothing)
                    : SoftmaxLoss.ofTokens(Gallery.LABELS, tokenWeights, tokenSmoothing);
    Loss sentence =
        shape.sentence().isEmpty()
            ? null
            : several
                ? new SigmoidLoss(Gallery.INTENTS, sentenceWeights, sentenceSmoothing)
                : SoftmaxLoss.ofSentences(Gallery.INTENTS, sentenceWeights, sentenceSmoothing);
    if (tokens == null) return sentence;
    return sentence == null ? tokens : new JointLoss(tokens, tokenShare, sentence, sentenceShare);
  }
}
