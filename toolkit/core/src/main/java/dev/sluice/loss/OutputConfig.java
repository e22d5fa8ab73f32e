package dev.sluice.loss;

import dev.sluice.config.Setting;
import dev.sluice.network.FeedbackConfig;
import java.util.List;
import java.util.Optional;

/**
 * The {@code output} section: what turns the states of tokens into labels.
 *
 * @param type softmax or crf
 * @param loss what softmax learns by
 * @param feedback what sees the label of the token before
 * @param constraints whether label sequences that the scheme does not allow are never given
 * @param scheme how spans are spelled for learning
 * @param smoothing share of the target that is spread over all labels
 * @param balance how strongly rare labels are weighed up
 * @param classWeights weights of single labels
 * @param lossWeight weight of this loss when the sentence is labelled too
 * @param thresholds how probable a span must be to be given
 */
public record OutputConfig(
    @Setting(
            value =
                "crf learns which label follows which (linear-chain conditional random field); softmax labels each token by itself, and with constraints gives no illegal"
                    + " sequence either. For spans softmax is not recommended: it trains only 1.1 to 1.4 times as fast.",
            byDefault = "softmax")
        Type type,
    @Setting(
            value =
                "What softmax learns by: cross-entropy, or for comparison squared-error, half the squared distance of the probabilities from the target, from which a label that is sure but wrong"
                    + " learns hardly anything.",
            byDefault = "cross-entropy")
        TokenLoss loss,
    @Setting(
            "A hidden layer between the states and a softmax that also sees the label of the token before (Jordan network, label feedback). Left out, there is none.")
        Optional<FeedbackConfig> feedback,
    @Setting(
            value =
                "Whether label sequences that the tag scheme does not allow are never given; a crf does not learn them either.",
            byDefault = "true")
        boolean constraints,
    @Setting(
            value =
                "How spans are spelled for learning: as in the data (IO, IOB1 and IOE1 as BIO), or always in one scheme.",
            byDefault = "data")
        Scheme scheme,
    @Setting(
            value = "Label smoothing: the share of the target that is spread over all labels.",
            byDefault = "0.0",
            min = 0,
            max = 1,
            belowMax = true)
        double smoothing,
    @Setting(
            value =
                "How strongly rare labels are weighed up: weights are the counts of labels to the power of minus this, their mean over the tokens 1. 0 weighs all alike.",
            byDefault = "0.0",
            min = 0,
            max = 1)
        double balance,
    @Setting(
            value = "Factors on the weights of single labels or of all labels of a type.",
            byDefault = "[]")
        List<ClassWeight> classWeights,
    @Setting(
            value = "Weight of this loss beside that of the sentence, for task joint.",
            byDefault = "1.0",
            min = 0,
            max = 1000,
            aboveMin = true)
        double lossWeight,
    @Setting(
            "How probable a span must be to be given; one that is less so is held back. Left out, all are given.")
        Optional<ThresholdConfig> thresholds) {

  /** What labels tokens. */
  public enum Type {
    /** A probability per token and label. */
    SOFTMAX,
    /** A linear-chain conditional random field. */
    CRF
  }

  /** What a softmax over the labels of a token learns by. */
  public enum TokenLoss {
    /** The cross entropy of the probabilities with the target. */
    CROSS_ENTROPY,
    /** Half the squared distance of the probabilities from the target. */
    SQUARED_ERROR
  }

  /** How spans are spelled for learning. */
  public enum Scheme {
    /** As in the data. */
    DATA,
    /** Begin, inside, outside. */
    BIO,
    /** Begin, inside, end, single, outside. */
    BIOES
  }

  /** Copies the list. */
  public OutputConfig {
    classWeights = List.copyOf(classWeights);
  }
}
