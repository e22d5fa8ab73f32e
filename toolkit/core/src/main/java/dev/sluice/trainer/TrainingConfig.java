package dev.sluice.trainer;

import dev.sluice.config.Consistent;
import dev.sluice.config.Setting;
import dev.sluice.metric.Criterion;
import dev.sluice.metric.Scores;
import dev.sluice.optimizer.AverageConfig;
import dev.sluice.optimizer.ClipConfig;
import dev.sluice.optimizer.OptimizerConfig;
import dev.sluice.optimizer.ScheduleConfig;
import java.util.Optional;

/**
 * The {@code training} section.
 *
 * @param optimizer how weights are changed
 * @param schedule how the rate changes with time
 * @param average which weights are scored and kept: the last ones or a mean over time
 * @param clip limits on the gradient
 * @param epochs the most passes over the training split
 * @param batch sentences per step, or streams of text
 * @param steps symbols of a stream per step
 * @param patience epochs without a better dev score before training stops
 * @param metric the dev score that chooses the best epoch
 * @param beta the weight of recall when that is F-beta
 * @param calibrate whether a temperature is fitted on dev when training ends
 * @param seed the seed of everything random; drawn and recorded when left out
 * @param threads how many threads train; the result does not depend on it
 */
public record TrainingConfig(
    @Setting(value = "How weights are changed.", byDefault = "{type: adam}")
        OptimizerConfig optimizer,
    @Setting(value = "How the rate changes with time.", byDefault = "{type: constant}")
        ScheduleConfig schedule,
    @Setting(
            value =
                "Which weights are scored on dev and kept: those of the last step, or a mean over time.",
            byDefault = "{type: none}")
        AverageConfig average,
    @Setting("Limits on the gradient.") ClipConfig clip,
    @Setting(
            value = "The most passes over the training split.",
            byDefault = "50",
            min = 1,
            max = 100_000)
        int epochs,
    @Setting(
            value =
                "Sentences per step; for task language-model the streams of text that are read side by side.",
            byDefault = "32",
            min = 1,
            max = 65_536)
        int batch,
    @Setting(
            value =
                "For task language-model: symbols of each stream per step. The state is carried on to the next step, the gradient ends there (truncated backpropagation through time).",
            byDefault = "100",
            min = 1,
            max = 10_000)
        int steps,
    @Setting(
            value = "Epochs without a better dev score before training stops.",
            byDefault = "10",
            min = 1,
            max = 100_000)
        int patience,
    @Setting(
            value =
                "The dev score that chooses the best epoch, of equally good ones the last, and ends training. headline is F1 for spans, else accuracy. f1, precision, recall"
                    + " and f-beta are of spans, over all types; macro-f1 is the mean of the F1 of every type or label; sentence-accuracy is the"
                    + " share of sentences with nothing wrong; intent-accuracy is for a label per sentence. For task transduction headline and"
                    + " sentence-accuracy are the share of targets written without a mistake, and perplexity says how well targets are predicted.",
            byDefault = "headline")
        Criterion metric,
    @Setting(
            value =
                "For the metric f-beta: how many times as much as precision recall counts, such as 0.5 or 2.",
            min = 0,
            max = 100,
            aboveMin = true)
        Optional<Double> beta,
    @Setting(
            value =
                "Whether, when training ends, a temperature is fitted on dev that makes probabilities honest; labels stay as they are.",
            byDefault = "true")
        boolean calibrate,
    @Setting(
            value = "Seed of everything random. Left out, one is drawn and recorded.",
            min = 0,
            max = 9_007_199_254_740_991d)
        Optional<Long> seed,
    @Setting(
            value =
                "Threads that train; left out, one per processor, at most 4. The result does not depend on it.",
            min = 1,
            max = 64,
            local = true)
        Optional<Integer> threads)
    implements Consistent {

  /** The dev score that chooses the best epoch; 0 when there is nothing to score. */
  public double devScore(Scores scores) {
    return metric.of(scores, beta.orElse(1.0)).orElse(0);
  }

  /**
   * What {@link #devScore} is called in what people read, such as {@code F1}.
   *
   * @param frames whether tags and labels of sentences are scored, as in task joint
   */
  public String devScoreName(Scores scores, boolean frames) {
    return metric.shown(scores, beta.orElse(1.0), frames);
  }

  /** What {@link #devScore} is called in a model file. */
  public String devScoreTitle(Scores scores) {
    return metric.title(scores, beta.orElse(1.0));
  }

  @Override
  public void check(Conflicts to) {
    boolean weighs = metric == Criterion.F_BETA;
    if (weighs && beta.isEmpty()) {
      to.conflict(
          "metric",
          "beta",
          "training.metric is f-beta but training.beta is not given",
          "add beta: 0.5 to favour precision or beta: 2 to favour recall");
    }
    if (!weighs && beta.isPresent()) {
      to.conflict(
          "beta",
          "metric",
          "training.beta only applies to metric f-beta",
          "remove beta or set metric: f-beta");
    }
    if (schedule instanceof ScheduleConfig.Plateau p && p.patience() >= patience) {
      to.conflict(
          "schedule.patience",
          "patience",
          "training.schedule.patience is "
              + p.patience()
              + ", but training ends after "
              + patience
              + " epochs without a better dev score, before the rate could change",
          "set training.schedule.patience below training.patience");
    }
  }

  /** The threads to train with: those of the setting, else one per processor, at most 4. */
  public int threadsInUse() {
    return threads.orElse(Math.min(4, Runtime.getRuntime().availableProcessors()));
  }
}
