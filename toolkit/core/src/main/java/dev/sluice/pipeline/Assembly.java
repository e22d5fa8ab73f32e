package dev.sluice.pipeline;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.OutputConfig;
import dev.sluice.loss.SentenceConfig;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.network.FeedbackConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a model of the right size from a config and its training split, all weights zero. */
final class Assembly {
  private final SluiceConfig config;
  private final TextPipeline text;
  private final List<Sentence> train;

  Assembly(SluiceConfig config, TextPipeline text, List<Sentence> train) {
    this.config = config;
    this.text = text;
    this.train = train;
  }

  /** The words that get a vector of their own. */
  Vocabulary words() {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (Sentence s : train) {
      for (String word : s.words()) builder.add(text.normalize(word));
    }
    return builder.build(config.vocabulary().minCount());
  }

  /**
   * The model.
   *
   * @param words the words that are known
   * @param inputs what becomes of the words of the training split
   * @param tags the tags of the training split in the model's scheme; empty lists when tokens get no labels
   * @param intents the labels that are learned of each sentence; empty lists when sentences get none
   * @throws SluiceException TRN-018 when tokens have more labels than a network can tell apart
   */
  Model model(
      Vocabulary words,
      InputAssembly inputs,
      List<List<String>> tags,
      List<List<String>> intents,
      TagScheme scheme) {
    Outputs outputs =
        new Outputs(
            config.task().labelsTokens()
                ? Optional.of(
                    new Outputs.Tokens(
                        tokenLabels(tags),
                        scheme,
                        config.output().constraints() && scheme.hasSpans(),
                        config.output().feedback().map(FeedbackConfig::beam).orElse(1)))
                : Optional.empty(),
            config.task().labelsSentences()
                ? Optional.of(
                    new Outputs.Sentence(
                        labels(intents),
                        config.sentence().type() == SentenceConfig.Type.SIGMOID,
                        config.data().intentSeparator()))
                : Optional.empty());
    NetworkShape shape =
        new NetworkShape(
            inputs.shapes(),
            encoder(config),
            outputs
                .tokens()
                .map(
                    t ->
                        new NetworkShape.Tokens(
                            t.labels().size(),
                            config.output().type() == OutputConfig.Type.CRF,
                            config.output().feedback().map(FeedbackConfig::shape))),
            outputs
                .sentence()
                .map(
                    s ->
                        new NetworkShape.Sentence(s.labels().size(), config.sentence().pooling())));
    Network network = new Network(shape);
    inputs.give(network);
    InputEncoder encoder =
        new InputEncoder(text, words, inputs.channels(), inputs.letters(), inputs.languages());
    return new Model(Preparation.name(config.task()), encoder, outputs, network);
  }

  /** The recurrent layers that a config asks for. */
  static NetworkShape.Encoder encoder(SluiceConfig config) {
    return new NetworkShape.Encoder(
        config.encoder().cells(),
        config.encoder().widths(),
        config.encoder().bidirectional() && !config.encoder().widths().isEmpty(),
        config.encoder().connection(),
        config.encoder().layerNorm(),
        config.encoder().attention().shape());
  }

  private static LabelVocabulary tokenLabels(List<List<String>> tags) {
    LabelVocabulary labels = labels(tags);
    if (labels.size() <= NetworkShape.MOST_LABELS) return labels;
    throw SluiceException.usage(
        "TRN-018",
        Location.of("training split"),
        labels.size() + " labels of tokens, expected at most " + NetworkShape.MOST_LABELS,
        "check which column holds the tags");
  }

  private static LabelVocabulary labels(List<List<String>> used) {
    Set<String> labels = new LinkedHashSet<>();
    used.forEach(labels::addAll);
    return LabelVocabulary.of(labels);
  }
}
