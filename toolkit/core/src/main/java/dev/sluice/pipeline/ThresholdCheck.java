package dev.sluice.pipeline;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.loss.LabelThreshold;
import dev.sluice.loss.ThresholdConfig;
import dev.sluice.model.Model;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Refuses thresholds that could do nothing. */
final class ThresholdCheck {
  private ThresholdCheck() {}

  /**
   * Looks whether every threshold of a config has something to hold back.
   *
   * @throws SluiceException TRN-015 when one names no type or label, TRN-016 when spans cannot be held back for want of the label O
   */
  static void check(SluiceConfig config, Model model, Function<String, Location> place) {
    Optional<ThresholdConfig> ofSpans = config.output().thresholds();
    Optional<ThresholdConfig> ofSentences = config.sentence().reject();
    if (ofSpans.isPresent()) {
      if (!model.tokenLabels().contains("O")) {
        throw SluiceException.usage(
            "TRN-016",
            place.apply("output.thresholds"),
            "a span that is held back becomes O, but no token of the training split is O",
            "remove output.thresholds");
      }
      Set<String> types = model.outputs().tokens().orElseThrow().types();
      check(ofSpans.get(), types, "type", place.apply("output.thresholds"));
    }
    if (ofSentences.isPresent())
      check(ofSentences.get(), model.sentenceLabels(), "label", place.apply("sentence.reject"));
  }

  private static void check(
      ThresholdConfig config, Collection<String> names, String noun, Location where) {
    for (LabelThreshold given : config.labels()) {
      if (names.contains(given.label())) continue;
      throw SluiceException.usage(
          "TRN-015",
          where,
          "a threshold names \""
              + given.label()
              + "\", which is no "
              + noun
              + " of the training split",
          "use one of " + String.join(", ", names.stream().limit(8).toList()));
    }
  }
}
