package dev.sluice.pipeline;

import dev.sluice.config.Setting;
import java.util.Optional;

/**
 * The {@code samples} section: texts that a language model makes up when its training ends, or targets that a transducer draws of each source to be shown.
 *
 * @param count how many
 * @param length the most symbols of each
 * @param temperature how daring they are
 * @param topK the most probable symbols that are drawn from
 * @param topP the least probability that those which are drawn from have together
 * @param prompt what they begin with
 */
public record SamplesConfig(
    @Setting(value = "How many.", byDefault = "3", min = 0, max = 1000) int count,
    @Setting(value = "The most symbols of each.", byDefault = "300", min = 1, max = 100_000)
        int length,
    @Setting(
            value = "What scores are divided by; 0 always takes the most probable symbol.",
            byDefault = "0.8",
            min = 0,
            max = 100)
        double temperature,
    @Setting(
            value = "Draw from so many of the most probable symbols; left out, from all.",
            min = 1,
            max = 10_000_000)
        Optional<Integer> topK,
    @Setting(
            value =
                "Draw from the fewest most probable symbols that have this probability together; left out, from all.",
            min = 0,
            max = 1,
            aboveMin = true)
        Optional<Double> topP,
    @Setting(value = "What they begin with.", byDefault = "''") String prompt) {

  /** What stands in no config. */
  static final SamplesConfig DEFAULT =
      new SamplesConfig(3, 300, 0.8, Optional.empty(), Optional.empty(), "");
}
