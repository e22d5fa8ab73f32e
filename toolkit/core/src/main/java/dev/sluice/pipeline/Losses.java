package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.loss.ClassWeight;
import dev.sluice.loss.ClassWeights;
import dev.sluice.loss.CrfLoss;
import dev.sluice.loss.JointLoss;
import dev.sluice.loss.Loss;
import dev.sluice.loss.OutputConfig;
import dev.sluice.loss.SentenceConfig;
import dev.sluice.loss.SigmoidLoss;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.loss.SquaredErrorLoss;
import dev.sluice.model.Model;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The loss that a config asks for, with the weights of its classes. */
final class Losses {
  private Losses() {}

  /**
   * What a model is trained with; each call makes an instance for one thread.
   *
   * @throws SluiceException TRN-014 when a class weight names no label
   */
  static Supplier<Loss> of(
      SluiceConfig config, Model model, Example[] examples, Function<String, Location> place) {
    OutputConfig output = config.output();
    SentenceConfig sentence = config.sentence();
    float[] tokenWeights =
        weights(
            model.tokenLabels(),
            counts(examples, model.tokenLabels().size(), Example::labels),
            output.balance(),
            output.classWeights(),
            place.apply("output.classWeights"));
    float[] sentenceWeights =
        weights(
            model.sentenceLabels(),
            counts(examples, model.sentenceLabels().size(), Example::intents),
            sentence.balance(),
            sentence.classWeights(),
            place.apply("sentence.classWeights"));
    Supplier<Loss> ofTokens =
        model.network().chain().isPresent()
            ? CrfLoss.forThreads(model.network(), model.moves(), tokenWeights, output.smoothing())
            : () -> ofTokens(output, model.tokenLabels().size(), tokenWeights);
    int S = model.sentenceLabels().size();
    Supplier<Loss> ofSentences =
        sentence.type() == SentenceConfig.Type.SIGMOID
            ? () -> new SigmoidLoss(S, sentenceWeights, sentence.smoothing())
            : () -> SoftmaxLoss.ofSentences(S, sentenceWeights, sentence.smoothing());
    if (!model.labelsSentences()) return ofTokens;
    if (!model.labelsTokens()) return ofSentences;
    return () ->
        new JointLoss(
            ofTokens.get(), output.lossWeight(), ofSentences.get(), sentence.lossWeight());
  }

  private static Loss ofTokens(OutputConfig output, int labels, float[] weights) {
    return switch (output.loss()) {
      case CROSS_ENTROPY -> SoftmaxLoss.ofTokens(labels, weights, output.smoothing());
      case SQUARED_ERROR -> new SquaredErrorLoss(labels, weights, output.smoothing());
    };
  }

  private static long[] counts(Example[] examples, int labels, Function<Example, int[]> ids) {
    long[] counts = new long[labels];
    for (Example e : examples) {
      for (int id : ids.apply(e)) if (id >= 0) counts[id]++;
    }
    return counts;
  }

  private static float[] weights(
      List<String> labels,
      long[] counts,
      double balance,
      List<ClassWeight> factors,
      Location where) {
    if (labels.isEmpty()) return null;
    try {
      return ClassWeights.of(labels, counts, balance, factors);
    } catch (IllegalArgumentException e) {
      throw SluiceException.usage(
          "TRN-014",
          where,
          "a class weight names \""
              + e.getMessage()
              + "\", which is no label or type of the training split",
          "use one of " + String.join(", ", labels.subList(0, Math.min(8, labels.size()))));
    }
  }
}
