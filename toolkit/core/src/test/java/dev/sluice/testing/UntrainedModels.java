package dev.sluice.testing;

import dev.sluice.label.TagScheme;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Models with random weights: made in a moment, deterministic, and wrong in every way a tagger can be wrong. */
public final class UntrainedModels {
  private UntrainedModels() {}

  /** What a model is made of; every part has a default. */
  public static final class Recipe {
    private final List<String> labels;
    private List<String> intents = List.of();
    private boolean several;
    private String feature;
    private List<String> values = List.of();
    private boolean chain;
    private NetworkShape.Feedback feedback; // null for none
    private int beam = 1;
    private boolean constrained = true;
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

    /** Beside the labels of tokens also those of sentences. */
    public Recipe intents(String... value) {
      intents = List.of(value);
      return this;
    }

    /** A sentence may have several labels, with # between them in the data. */
    public Recipe several() {
      several = true;
      return this;
    }

    /** An input of a feature with these values. */
    public Recipe feature(String name, String... known) {
      feature = name;
      values = List.of(known);
      return this;
    }

    /** Scores of moves from label to label, random like all others. */
    public Recipe chain() {
      chain = true;
      return this;
    }

    /** Labels, or distributions over them, that are fed back. */
    public Recipe feedback(NetworkShape.Feedback value, int searched) {
      feedback = value;
      beam = searched;
      return this;
    }

    /** Sequences that the scheme does not allow may be given. */
    public Recipe unconstrained() {
      constrained = false;
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
      List<NetworkShape.Input> inputs = new ArrayList<>();
      List<Channel> channels = new ArrayList<>();
      inputs.add(new NetworkShape.Input.Table("word", vocabulary.size(), 8));
      channels.add(new Channel("word", new Source.Word(), vocabulary));
      if (feature != null) {
        VocabularyBuilder builder = new VocabularyBuilder();
        values.forEach(builder::add);
        var categories = builder.build(1);
        inputs.add(new NetworkShape.Input.Table("feature-" + feature, categories.size(), 8));
        channels.add(new Channel("feature-" + feature, new Source.Feature(feature), categories));
      }
      NetworkShape.Encoder layers =
          encoder != null
              ? encoder
              : new NetworkShape.Encoder(new CellConfig.Lstm(), List.of(hidden), true);
      Optional<LabelVocabulary> tokens =
          Optional.of(labels).filter(l -> pooling == null).map(LabelVocabulary::of);
      Optional<LabelVocabulary> sentence =
          Optional.of(pooling == null ? intents : labels)
              .filter(l -> !l.isEmpty())
              .map(LabelVocabulary::of);
      NetworkShape shape =
          new NetworkShape(
              inputs,
              layers,
              tokens.map(
                  l -> new NetworkShape.Tokens(l.size(), chain, Optional.ofNullable(feedback))),
              sentence.map(l -> new NetworkShape.Sentence(l.size(), NetworkShape.Pooling.MEAN)));
      Network network = new Network(shape);
      network.initialise(seed);
      network
          .chain()
          .ifPresent(
              moves -> {
                SplittableRandom random = new SplittableRandom(seed);
                for (Block b : List.of(moves.transition(), moves.start(), moves.stop()))
                  b.fill(network.parameters().dense(), Seeds.floats(random, (int) b.weights(), 1));
              });
      float[] weights = network.parameters().dense();
      for (int i = 0; i < weights.length; i++) weights[i] *= 4; // so that it has opinions
      Outputs outputs =
          new Outputs(
              tokens.map(
                  l -> new Outputs.Tokens(l, scheme, constrained && scheme.hasSpans(), beam)),
              sentence.map(
                  l ->
                      new Outputs.Sentence(
                          l, several, several ? Optional.of("#") : Optional.empty())));
      Model model =
          new Model(
              "slots",
              new InputEncoder(pipeline, vocabulary, channels, Optional.empty()),
              outputs,
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
