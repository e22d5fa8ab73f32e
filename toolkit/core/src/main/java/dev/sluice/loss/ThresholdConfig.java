package dev.sluice.loss;

import dev.sluice.config.Consistent;
import dev.sluice.config.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The {@code output.thresholds} and {@code sentence.reject} sections: how probable something must be to be given. Exactly one of three: a precision or a recall that
 * dev has to reach, from which thresholds follow, or thresholds as they are.
 *
 * @param precision the precision that dev has to reach
 * @param recall the recall that dev has to keep
 * @param threshold one threshold for whatever {@code labels} does not name
 * @param labels thresholds of single labels
 * @param least how many examples a label needs in dev to get a threshold of its own
 */
public record ThresholdConfig(
    @Setting(
            value =
                "For each label the smallest threshold at which its precision on dev reaches this.",
            min = 0,
            max = 1,
            aboveMin = true)
        Optional<Double> precision,
    @Setting(
            value =
                "For each label the largest threshold at which its recall on dev is still this.",
            min = 0,
            max = 1,
            aboveMin = true)
        Optional<Double> recall,
    @Setting(value = "One threshold for all labels that labels does not name.", min = 0, max = 1)
        Optional<Double> threshold,
    @Setting(value = "Thresholds of single labels.", byDefault = "[]") List<LabelThreshold> labels,
    @Setting(
            value =
                "With precision or recall: how many examples a label needs in dev to get a threshold of its own; one with fewer gets that of all labels together.",
            byDefault = "20",
            min = 1,
            max = 1_000_000)
        int least)
    implements Consistent {

  /** Copies the list. */
  public ThresholdConfig {
    labels = List.copyOf(labels);
  }

  /** Whether thresholds are given as they are, not chosen on dev. */
  public boolean fixed() {
    return precision.isEmpty() && recall.isEmpty();
  }

  @Override
  public void check(Conflicts to) {
    boolean given = threshold.isPresent() || !labels.isEmpty();
    if (precision.isPresent() && recall.isPresent()) {
      to.conflict("precision", "recall", "precision and recall are both given", "keep one of them");
    }
    if (!fixed() && given) {
      String chosen = precision.isPresent() ? "precision" : "recall";
      String other = threshold.isPresent() ? "threshold" : "labels";
      to.conflict(
          other,
          chosen,
          other + " gives thresholds, and " + chosen + " chooses them",
          "keep one of them");
    }
    if (fixed() && !given) {
      to.conflict(
          "precision",
          "recall",
          "none of precision, recall, threshold and labels is given",
          "add e.g. precision: 0.95, or remove the section");
    }
  }
}
