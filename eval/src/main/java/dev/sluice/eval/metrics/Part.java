package dev.sluice.eval.metrics;

import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Headline;
import dev.sluice.metric.Calibrations;
import dev.sluice.metric.Scores;
import dev.sluice.vocabulary.LookupCounts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Data with its scores: a split, a file, or several together.
 *
 * @param name the name of the split or of the file as it was given
 * @param sha256 the fingerprint of the data, where there is one
 * @param unlabelled how many sentences had no gold labels; they were tagged but are not in the scores
 * @param skipped what was left out while reading, by reason
 * @param scores the scores
 * @param lookups in which form the words were found, when a model of ours read them
 * @param calibration how honest the confidences are, when a model of ours gave them
 * @param calibrationBefore the same at temperature 1, when a temperature was fitted
 * @param headline how certain the headline is, where nothing more was looked into
 * @param analysis what is behind the scores, where it was looked into
 */
public record Part(
    String name,
    Optional<String> sha256,
    long unlabelled,
    Map<String, Long> skipped,
    Scores scores,
    Optional<LookupCounts> lookups,
    Optional<Calibrations> calibration,
    Optional<Calibrations> calibrationBefore,
    Optional<Headline> headline,
    Optional<Analysis> analysis) {
  /** The name of all files together. */
  public static final String POOLED = "pooled";

  /** Copies the map, in its order. */
  public Part {
    skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
  }

  /** All sentences that were read, scored or not. */
  public long sentences() {
    return scores.sentences() + unlabelled;
  }

  /** The same as all there is, with what is behind its scores. */
  public Part asPooled(Optional<Analysis> newAnalysis) {
    return new Part(
        POOLED,
        Optional.empty(),
        unlabelled,
        skipped,
        scores,
        lookups,
        calibration,
        calibrationBefore,
        Optional.empty(),
        newAnalysis);
  }

  /**
   * Several parts as one: their counts are added up, so it does not matter how the data was divided.
   *
   * @param empty scores of the right kind without any sentence
   * @param analysis what is behind the scores of all of them
   */
  public static Part pooled(List<Part> parts, Scores empty, Optional<Analysis> analysis) {
    long unlabelled = 0;
    Map<String, Long> skipped = new LinkedHashMap<>();
    LookupCounts lookups = new LookupCounts();
    Calibrations calibrations = new Calibrations();
    for (Part part : parts) {
      unlabelled += part.unlabelled;
      part.skipped.forEach((reason, n) -> skipped.merge(reason, n, Long::sum));
      empty.merge(part.scores);
      part.lookups.ifPresent(lookups::merge);
      part.calibration.ifPresent(calibrations::merge);
    }
    boolean counted = parts.stream().anyMatch(part -> part.lookups.isPresent());
    boolean measured = parts.stream().anyMatch(part -> part.calibration.isPresent());
    return new Part(
        POOLED,
        Optional.empty(),
        unlabelled,
        skipped,
        empty,
        counted ? Optional.of(lookups) : Optional.empty(),
        measured ? Optional.of(calibrations) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        analysis);
  }
}
