package dev.sluice.loss;

import dev.sluice.config.Setting;
import dev.sluice.network.NetworkShape.Pooling;
import java.util.List;
import java.util.Optional;

/**
 * The {@code sentence} section: what gives a sentence its labels, for the tasks classify and joint.
 *
 * @param type softmax for one label, sigmoid for several
 * @param pooling how the states of a sentence become one vector
 * @param several what softmax learns of a sentence with several labels
 * @param smoothing share of the target that is spread over all labels
 * @param balance how strongly rare labels are weighed up
 * @param classWeights weights of single labels
 * @param lossWeight weight of this loss when tokens are labelled too
 * @param reject how probable a label must be to be accepted
 */
public record SentenceConfig(
    @Setting(
            value =
                "softmax gives one label; sigmoid asks for each label by itself (binary cross entropy), so a sentence may have several.",
            byDefault = "softmax")
        Type type,
    @Setting(
            value =
                "How the states of a sentence become one vector: the last states of both directions, the mean or maximum over the tokens, or a mean with learned weights.",
            byDefault = "last")
        Pooling pooling,
    @Setting(
            value =
                "What softmax learns of a sentence with several labels (data.intentSeparator): whole makes the combination a label of its own, first takes the first.",
            byDefault = "whole")
        Several several,
    @Setting(
            value = "Label smoothing: the share of the target that is spread over all labels.",
            byDefault = "0.0",
            min = 0,
            max = 1,
            belowMax = true)
        double smoothing,
    @Setting(
            value =
                "How strongly rare labels are weighed up: weights are the counts of labels to the power of minus this, their mean over the sentences 1. 0 weighs all alike.",
            byDefault = "0.0",
            min = 0,
            max = 1)
        double balance,
    @Setting(value = "Factors on the weights of single labels.", byDefault = "[]")
        List<ClassWeight> classWeights,
    @Setting(
            value = "Weight of this loss beside that of the tokens, for task joint.",
            byDefault = "1.0",
            min = 0,
            max = 1000,
            aboveMin = true)
        double lossWeight,
    @Setting(
            "How probable the label of a sentence must be to be accepted; one that is less so is rejected, and the answer is none. Left out, all are accepted.")
        Optional<ThresholdConfig> reject) {

  /** One label or several. */
  public enum Type {
    /** One label. */
    SOFTMAX,
    /** Any number of labels. */
    SIGMOID
  }

  /** What softmax learns of several labels. */
  public enum Several {
    /** The combination is a label of its own. */
    WHOLE,
    /** The first one counts. */
    FIRST
  }

  /** Copies the list. */
  public SentenceConfig {
    classWeights = List.copyOf(classWeights);
  }
}
