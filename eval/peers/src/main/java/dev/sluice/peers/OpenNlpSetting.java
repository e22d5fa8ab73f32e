package dev.sluice.peers;

import java.util.Locale;
import opennlp.tools.ml.maxent.GISTrainer;
import opennlp.tools.ml.perceptron.PerceptronTrainer;
import opennlp.tools.util.TrainingParameters;

/**
 * How OpenNLP learns; what is not said here is its default.
 *
 * @param algorithm maximum entropy by iterative scaling, or the averaged perceptron
 * @param cutoff how often a feature must occur in the training split to count
 */
record OpenNlpSetting(Algorithm algorithm, int cutoff) {
  /** Passes over the training split, OpenNLP's default; the perceptron may stop earlier. */
  private static final int ITERATIONS = 100;

  /** The algorithms for events one by one. */
  enum Algorithm {
    MAXENT(GISTrainer.MAXENT_VALUE),
    PERCEPTRON(PerceptronTrainer.PERCEPTRON_VALUE);

    private final String parameter;

    Algorithm(String parameter) {
      this.parameter = parameter;
    }
  }

  /** Reads {@code perceptron:5}. */
  static OpenNlpSetting read(String text) {
    String[] parts = text.split(":");
    if (parts.length != 2)
      throw new IllegalArgumentException(text + " is not ALGORITHM:CUTOFF, as in perceptron:5");
    return new OpenNlpSetting(
        Algorithm.valueOf(parts[0].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[1]));
  }

  TrainingParameters parameters() {
    TrainingParameters parameters = new TrainingParameters();
    parameters.put(TrainingParameters.ALGORITHM_PARAM, algorithm.parameter);
    parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
    parameters.put(TrainingParameters.CUTOFF_PARAM, cutoff);
    return parameters;
  }

  @Override
  public String toString() {
    return algorithm.name().toLowerCase(Locale.ROOT) + ", cutoff " + cutoff;
  }
}
