package dev.sluice.pipeline;

import dev.sluice.config.Consistent;
import dev.sluice.config.Setting;
import dev.sluice.data.DataConfig;
import dev.sluice.loss.OutputConfig;
import dev.sluice.metric.Criterion;
import dev.sluice.metric.Scores;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.InputConfig;
import dev.sluice.text.TextConfig;
import dev.sluice.trainer.TrainingConfig;
import dev.sluice.vocabulary.VocabularyConfig;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A whole config file.
 *
 * @param task what is learned
 * @param data where the sentences are
 * @param text how text becomes tokens
 * @param vocabulary which words are known
 * @param inputs how a token becomes numbers
 * @param encoder the recurrent layers
 * @param output what turns states into labels
 * @param training how it is trained
 * @param show sentences that are tagged and shown when training ends
 */
public record SluiceConfig(
    @Setting(
            "What is learned: spans (slots, chunk, ner), a label per token (pos) or a label per sentence (classify).")
        Task task,
    @Setting("Where the sentences are and how they are written down.") DataConfig data,
    @Setting("How text becomes tokens.") TextConfig text,
    @Setting("Which words get a vector of their own.") VocabularyConfig vocabulary,
    @Setting(
            value = "How a token becomes numbers; several inputs are concatenated.",
            byDefault = "[{type: word}]",
            nonEmpty = true)
        List<InputConfig> inputs,
    @Setting("The recurrent layers.") EncoderConfig encoder,
    @Setting(value = "What turns states into labels.", byDefault = "{type: softmax}")
        OutputConfig output,
    @Setting("How the network is trained.") TrainingConfig training,
    @Setting(value = "Sentences that are tagged and shown when training ends.", byDefault = "[]")
        List<String> show)
    implements Consistent {

  /** What is learned. */
  public enum Task {
    /** Slots of an utterance: spans. */
    SLOTS,
    /** Part of speech: a label per token. */
    POS,
    /** Chunks: spans. */
    CHUNK,
    /** Named entities: spans. */
    NER,
    /** A label per sentence, such as an intent. */
    CLASSIFY
  }

  /** Copies the lists. */
  public SluiceConfig {
    inputs = List.copyOf(inputs);
    show = List.copyOf(show);
  }

  @Override
  public void check(Conflicts to) {
    if (encoder.hidden().size() > 1
        && encoder.layers() != 1
        && encoder.layers() != encoder.hidden().size()) {
      to.conflict(
          "encoder.hidden",
          "encoder.layers",
          "encoder.hidden lists "
              + encoder.hidden().size()
              + " widths but encoder.layers is "
              + encoder.layers(),
          "give one width per layer, or one number for all");
    }
    boolean onlyOneHot =
        inputs.stream()
            .allMatch(
                i ->
                    i instanceof InputConfig.Word w
                        && w.encoding() == InputConfig.Encoding.ONE_HOT);
    if (onlyOneHot && encoder.dropout().input() > 0) {
      to.conflict(
          "encoder.dropout.input",
          "inputs",
          "encoder.dropout.input drops parts of vectors, but every input is one-hot",
          "remove encoder.dropout.input, or set encoding: embedding");
    }
    if (encoder.cell() != EncoderConfig.Cell.RNN
        && encoder.activation() != EncoderConfig.Activation.TANH) {
      to.conflict(
          "encoder.activation",
          "encoder.cell",
          "encoder.activation only applies to cell rnn",
          "remove activation or set cell: rnn");
    }
    if (!training.metric().fits(scored())) {
      String fitting =
          Arrays.stream(Criterion.values())
              .filter(c -> c.fits(scored()))
              .map(Preparation::name)
              .collect(Collectors.joining(", "));
      to.conflict(
          "training.metric",
          "task",
          "training.metric is "
              + Preparation.name(training.metric())
              + ", which says nothing about task "
              + Preparation.name(task),
          "use one of " + fitting);
    }
  }

  /** What is compared when the task is scored. */
  private Scores.Kind scored() {
    return switch (task) {
      case SLOTS, CHUNK, NER -> Scores.Kind.SPANS;
      case POS -> Scores.Kind.LABELS;
      case CLASSIFY -> Scores.Kind.SENTENCES;
    };
  }
}
