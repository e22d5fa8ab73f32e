package dev.sluice.testing;

import dev.sluice.label.TagScheme;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.util.List;
import java.util.Optional;

/** Models with random weights: made in a moment, deterministic, and wrong in every way a tagger can be wrong. */
public final class UntrainedModels {
  private UntrainedModels() {}

  /** What a model is made of; every part has a default. */
  public static final class Recipe {
    private final List<String> labels;
    private TagScheme scheme = TagScheme.PLAIN;
    private NetworkShape.Pooling pooling;
    private int hidden = 6;
    private NetworkShape.Encoder encoder; // null for the usual one
    private long seed = 1;
    private List<String> words = List.of();
    private TextConfig text = new TextConfig("whitespace", TextConfig.Punctuation.KEEP, List.of());

    private Recipe(List<String> labels) {
      this.labels = labels;
    }

    public Recipe scheme(TagScheme value) {
      scheme = value;
      return this;
    }

    public Recipe perSentence() {
      pooling = NetworkShape.Pooling.MEAN;
      return this;
    }

    public Recipe hidden(int value) {
      hidden = value;
      return this;
    }

    public Recipe encoder(NetworkShape.Encoder value) {
      encoder = value;
      return this;
    }

    public Recipe seed(long value) {
      seed = value;
      return this;
    }

    public Recipe words(List<String> value) {
      words = value;
      return this;
    }

    public Recipe text(TextConfig value) {
      text = value;
      return this;
    }

    public Model build() {
      TextPipeline pipeline = TextPipeline.of(text);
      VocabularyBuilder known = new VocabularyBuilder();
      for (String word : words) known.add(pipeline.normalize(word));
      var vocabulary = known.build(1);
      List<NetworkShape.Input> inputs =
          List.of(new NetworkShape.Input.Table("word", vocabulary.size(), 8));
      NetworkShape.Encoder layers =
          encoder != null
              ? encoder
              : new NetworkShape.Encoder(
                  EncoderConfig.Cell.LSTM, EncoderConfig.Activation.TANH, List.of(hidden), true);
      NetworkShape shape =
          pooling == null
              ? NetworkShape.tagger(inputs, layers, labels.size())
              : NetworkShape.classifier(inputs, layers, pooling, labels.size());
      Network network = new Network(shape);
      network.initialise(seed);
      float[] weights = network.parameters().dense();
      for (int i = 0; i < weights.length; i++) weights[i] *= 4; // so that it has opinions
      LabelVocabulary names = LabelVocabulary.of(labels);
      Channel word = new Channel("word", new Source.Word(), vocabulary);
      Model model =
          new Model(
              "slots",
              new InputEncoder(pipeline, vocabulary, List.of(word), Optional.empty()),
              pooling == null ? Outputs.of(names, scheme) : Outputs.of(names),
              network);
      model.pack();
      return model;
    }
  }

  /** A model that gives these labels. */
  public static Recipe of(String... labels) {
    return new Recipe(List.of(labels));
  }
}
