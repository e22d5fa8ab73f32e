package dev.sluice.pipeline;

import dev.sluice.config.Consistent;
import dev.sluice.config.DefaultsBy;
import dev.sluice.config.Setting;
import dev.sluice.data.DataConfig;
import dev.sluice.loss.OutputConfig;
import dev.sluice.loss.PredictionConfig;
import dev.sluice.loss.SentenceConfig;
import dev.sluice.metric.Criterion;
import dev.sluice.metric.Scores;
import dev.sluice.network.AttentionConfig;
import dev.sluice.network.DecoderConfig;
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
 * @param encoder the layers between inputs and outputs
 * @param decoder what writes the target of a pair
 * @param output what turns the states of tokens into labels
 * @param sentence what gives a sentence its labels
 * @param prediction what predicts the next symbol
 * @param training how it is trained
 * @param samples texts that a language model makes up when training ends
 * @param show sentences that are tagged and shown when training ends
 */
@DefaultsBy("task")
public record SluiceConfig(
    @Setting(
            "What is learned: spans (slots, chunk, ner), a label per token (pos), labels of the sentence (classify), both spans and labels of the sentence (joint), what comes next in a text (language-model), or what is written of a source (transduction).")
        Task task,
    @Setting("Where the sentences are and how they are written down.") DataConfig data,
    @Setting("How text becomes tokens.") TextConfig text,
    @Setting("Which words get a vector of their own.") VocabularyConfig vocabulary,
    @Setting(
            value = "How a token becomes numbers; several inputs are concatenated.",
            byDefault = "[{type: word}]",
            nonEmpty = true)
        List<InputConfig> inputs,
    @Setting("The layers between inputs and outputs.") EncoderConfig encoder,
    @Setting("What writes the target of a pair, for the task transduction.") DecoderConfig decoder,
    @Setting("What turns the states of tokens into labels.") OutputConfig output,
    @Setting("What gives a sentence its labels, for the tasks classify and joint.")
        SentenceConfig sentence,
    @Setting("What predicts the next symbol, for the task language-model.")
        PredictionConfig prediction,
    @Setting("How the network is trained.") TrainingConfig training,
    @Setting(
            "Texts that are made up and shown when training ends, for the task language-model; for the task transduction targets that are drawn of each source of show.")
        SamplesConfig samples,
    @Setting(
            value =
                "Sentences that are tagged and shown when training ends; for the task transduction sources.",
            byDefault = "[]")
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
    /** Labels of the sentence, such as an intent. */
    CLASSIFY,
    /** Slots and an intent at once. */
    JOINT,
    /** What comes next in a text. */
    LANGUAGE_MODEL,
    /** What is written of a source. */
    TRANSDUCTION;

    /** Whether tokens or sentences get labels. */
    public boolean labels() {
      return this != LANGUAGE_MODEL && this != TRANSDUCTION;
    }

    /** Whether tokens get labels. */
    public boolean labelsTokens() {
      return labels() && this != CLASSIFY;
    }

    /** Whether sentences get labels. */
    public boolean labelsSentences() {
      return this == CLASSIFY || this == JOINT;
    }

    /** Whether the labels of tokens spell spans. */
    public boolean hasSpans() {
      return labelsTokens() && this != POS;
    }
  }

  /** Copies the lists. */
  public SluiceConfig {
    inputs = List.copyOf(inputs);
    show = List.copyOf(show);
  }

  @Override
  public void check(Conflicts to) {
    LayerSettings.of(encoder).check(to);
    LayerSettings.of(decoder).check(to);
    noLayer(to);
    WindowSettings.check(encoder, to);
    WindowSettings.check(decoder, to);
    IdleSettings.refuse(this, to);
    if (task == Task.LANGUAGE_MODEL) LanguageSettings.check(this, to);
    if (task == Task.TRANSDUCTION) TransductionSettings.check(this, to);
    if (task != Task.LANGUAGE_MODEL && !data.text().split().isEmpty()) {
      to.conflict(
          "data.text.split",
          "task",
          "data.text.split cuts plain text, from which task "
              + Preparation.name(task)
              + " cannot learn",
          "set data.dev");
    }
    if (output.thresholds().isPresent() && !task.hasSpans()) {
      to.conflict(
          "output.thresholds",
          "task",
          "output.thresholds is for spans, which task " + Preparation.name(task) + " does not have",
          "remove output.thresholds");
    }
    if (sentence.reject().isPresent() && !task.labelsSentences()) {
      to.conflict(
          "sentence.reject",
          "task",
          "sentence.reject is for labels of sentences, which task "
              + Preparation.name(task)
              + " does not have",
          "remove sentence.reject");
    }
    boolean readsFeatures = inputs.stream().anyMatch(i -> i instanceof InputConfig.Feature);
    if (readsFeatures && !show.isEmpty()) {
      to.conflict(
          "show",
          "inputs",
          "show has raw text to be tagged, but an input reads a feature, which raw text does not have",
          "remove show");
    }
    for (InputConfig input : inputs) {
      if (!(input instanceof InputConfig.Feature f)) continue;
      List<String> named = data.features().stream().map(c -> c.name()).toList();
      if (named.contains(f.name())) continue;
      to.conflict(
          "inputs",
          "data.features",
          "an input reads the feature \"" + f.name() + "\", which data.features does not name",
          named.isEmpty() ? "add it to data.features" : "use one of " + String.join(", ", named));
    }
    if (sentence.several() == SentenceConfig.Several.FIRST && data.intentSeparator().isEmpty()) {
      to.conflict(
          "sentence.several",
          "data",
          "sentence.several is first, but data.intentSeparator does not say what stands between several labels",
          "set data.intentSeparator, e.g. \"#\", or remove sentence.several");
    }
    if (inputs.stream().filter(i -> i instanceof InputConfig.Characters).count() > 1) {
      to.conflict(
          "inputs",
          "inputs",
          "more than one input reads the characters",
          "keep one of them, with a larger size");
    }
    if (encoder.connection() != EncoderConfig.Connection.NONE && encoder.widths().size() < 2) {
      to.conflict(
          "encoder.connection",
          "encoder.layers",
          "encoder.connection is "
              + Preparation.name(encoder.connection())
              + (encoder.widths().isEmpty()
                  ? ", but there is no layer"
                  : ", but a single layer has nothing to connect"),
          "remove connection or set encoder.layers: 2");
    }
    if (task.labels() && !training.metric().fits(scored(), task.labelsSentences())) {
      String fitting =
          Arrays.stream(Criterion.values())
              .filter(c -> c.fits(scored(), task.labelsSentences()))
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

  /** What cannot do without a layer. */
  private void noLayer(Conflicts to) {
    if (encoder.layers() != 0) return;
    if (!task.labelsTokens() || task.labelsSentences()) {
      to.conflict(
          "encoder.layers",
          "task",
          "encoder.layers is 0, but task "
              + Preparation.name(task)
              + " needs states that have seen more than one token",
          "set encoder.layers: 1");
    }
    if (!(encoder.attention() instanceof AttentionConfig.None)) {
      to.conflict(
          "encoder.attention",
          "encoder.layers",
          "encoder.attention looks at states, but encoder.layers is 0",
          "remove encoder.attention, or set encoder.layers: 1");
    }
    if (encoder.layerNorm()) {
      to.conflict(
          "encoder.layerNorm",
          "encoder.layers",
          "encoder.layerNorm normalises cells, but encoder.layers is 0",
          "remove encoder.layerNorm, or set encoder.layers: 1");
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof InputConfig.Word w
          && w.encoding() == InputConfig.Encoding.ONE_HOT) {
        to.conflict(
            "inputs." + i,
            "encoder.layers",
            "inputs." + i + " is one-hot, which only a layer can read, but encoder.layers is 0",
            "set encoding: embedding, or encoder.layers: 1");
      }
    }
  }

  /** What is compared when the task is scored. */
  private Scores.Kind scored() {
    return switch (task) {
      case SLOTS, CHUNK, NER, JOINT -> Scores.Kind.SPANS;
      case POS -> Scores.Kind.LABELS;
      case CLASSIFY -> Scores.Kind.SENTENCES;
      case LANGUAGE_MODEL, TRANSDUCTION ->
          throw new IllegalStateException("task " + Preparation.name(task) + " labels nothing");
    };
  }
}
