package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Tagger;
import dev.sluice.Training;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Reader;
import dev.sluice.network.Parameters;
import dev.sluice.onnx.OnnxModel;
import dev.sluice.onnx.OnnxRuntime;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextConfig.Normalization;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example gives every token the label that a {@link Tagger} gives it. */
class TagWithOnnxRuntimeTest {
  private static final List<String> KNOWN =
      List.of("a", "flight", "Oslo", "rome", "0:00", "gate", "b0", "straße", "Σ");
  private static final List<String> VECTORS = List.of("flight", "oslo", "##", "to", "0:00", "Rome");

  private static final List<String> PARTS = List.of("noun", "verb");

  /** Known as they are and in other forms, unknown, of letters beyond the first plane, of one letter and of many. */
  private static final List<String> TOKENS =
      List.of(
          "a",
          "A",
          "flight",
          "FLIGHT",
          "Oslo",
          "oslo",
          "rome",
          "Rome",
          "7:30",
          "12",
          "B7",
          "STRASSE",
          "straße",
          "σ",
          "ς",
          "to",
          "😀",
          "x",
          "unheardofindeedunheardof",
          "٣:٤٥",
          "É");

  /** One of them unknown. */
  private static final List<String> VALUES = List.of("noun", "verb", "Noun");

  @TempDir static Path folder;

  @BeforeAll
  static void runtime() {
    OnnxRuntime.require();
  }

  @Test
  void aChainUnderBioGivesTheLabelsOfTheTagger() throws Exception {
    check(
        model(
            List.of(new Input.Table("word", KNOWN.size() + 1, 6)),
            new CellConfig.Lstm(true, CellConfig.Coupling.FORGET),
            TagScheme.BIO,
            true,
            List.of("O", "B-to", "I-to", "B-from", "I-from"),
            List.of(Normalization.LOWERCASE, Normalization.DIGITS)));
  }

  @Test
  void softmaxUnderBioesGivesTheLabelsOfTheTagger() throws Exception {
    check(
        model(
            List.of(
                new Input.Table("word", KNOWN.size() + 1, 6),
                new Input.Table("glove", VECTORS.size() + 1, 4, true, false),
                new Input.Table("delta", VECTORS.size() + 1, 4, false, true),
                new Input.OneHot("feature-pos", PARTS.size() + 1),
                new Input.Characters("letters", 9 + 3, Reader.LSTM, 4, 5, 1)),
            new CellConfig.Gru(),
            TagScheme.BIOES,
            false,
            List.of("O", "B-x", "I-x", "E-x", "S-x"),
            List.of()));
  }

  @Test
  void labelsWithoutSpansAreThoseOfTheTagger() throws Exception {
    check(
        model(
            List.of(new Input.Characters("letters", 9 + 3, Reader.CNN, 4, 5, 3)),
            new CellConfig.Rnn(),
            TagScheme.PLAIN,
            true,
            List.of("noun", "verb", "other"),
            List.of(Normalization.LOWERCASE)));
  }

  /** The inputs that a config has when it names none: words, letters by a convolution, prefixes, suffixes, shape and casing. */
  @Test
  void aTrainedModelGivesTheLabelsOfTheTagger() throws Exception {
    Training training =
        Training.from(Path.of("../../configs/quickstart.yaml"))
            .set("text.tokenizer=whitespace")
            .set("encoder.hidden=20")
            .set("training.epochs=1")
            .out(folder.resolve("run"));
    Model model = training.run().model();
    List<String> tokens = new ArrayList<>(TOKENS);
    for (int id = 1; id < model.words().size(); id++) {
      String word = model.words().word(id);
      tokens.add(word);
      if (id % 4 == 0) tokens.add(word.toUpperCase(Locale.ROOT));
      if (id % 4 == 1) tokens.add(word + "ness");
    }
    check(model, tokens);
  }

  private static void check(Model model) throws Exception {
    check(model, TOKENS);
  }

  private static void check(Model model, List<String> tokens) throws Exception {
    Path file = folder.resolve("tagger.onnx");
    OnnxModel.of(model).write(file);
    Tagger tagger = Tagger.of(model);
    SplittableRandom random = new SplittableRandom(5);
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 60; i++)
      sentences.add(
          random.ints(1 + random.nextInt(12), 0, tokens.size()).mapToObj(tokens::get).toList());
    List<Map<String, List<String>>> features = new ArrayList<>();
    for (List<String> sentence : sentences)
      features.add(
          Map.of(
              "pos",
              sentence.stream().map(t -> VALUES.get(random.nextInt(VALUES.size()))).toList()));
    Set<String> seen = new HashSet<>();
    try (TagWithOnnxRuntime example = new TagWithOnnxRuntime(file.toString())) {
      List<List<String>> labels = example.tag(sentences, features);
      for (int i = 0; i < sentences.size(); i++) {
        assertEquals(
            tagger.tag(sentences.get(i), features.get(i)).labels(),
            labels.get(i),
            "" + sentences.get(i));
        seen.addAll(labels.get(i));
      }
    }
    assertTrue(seen.size() > 1, "a model that always says " + seen + " proves nothing");
  }

  /** A model with random weights that are large enough to have opinions. */
  private static Model model(
      List<Input> inputs,
      CellConfig cell,
      TagScheme scheme,
      boolean chain,
      List<String> labels,
      List<Normalization> steps) {
    Vocabulary words = Vocabulary.ofWords(KNOWN), vectors = Vocabulary.ofWords(VECTORS);
    List<Channel> channels = new ArrayList<>();
    Optional<Letters> letters = Optional.empty();
    for (Input input : inputs) {
      if (input instanceof Input.Characters)
        letters =
            Optional.of(
                new Letters(
                    Vocabulary.ofWords(List.of("a", "b", "o", "s", "l", "t", "0", "R", "😀"))));
      else if (input.name().equals("word"))
        channels.add(new Channel("word", new Source.Word(), words));
      else if (input.name().equals("feature-pos"))
        channels.add(
            new Channel("feature-pos", new Source.Feature("pos"), Vocabulary.ofWords(PARTS)));
      else channels.add(new Channel(input.name(), new Source.Pretrained(), vectors));
    }
    NetworkShape shape =
        new NetworkShape(
            inputs,
            new Encoder(cell, List.of(7, 6), true),
            Optional.of(new NetworkShape.Tokens(labels.size(), chain)),
            Optional.empty());
    Network network = new Network(shape);
    SplittableRandom random = new SplittableRandom(labels.size());
    for (Parameters.Table t : network.parameters().all()) {
      float[] values = new float[Math.toIntExact(t.block().weights())];
      for (int i = 0; i < values.length; i++) values[i] = (float) (random.nextDouble() * 3 - 1.5);
      t.block().fill(t.values(), values);
    }
    TextPipeline text =
        TextPipeline.of(new TextConfig("whitespace", TextConfig.Punctuation.KEEP, steps));
    Outputs outputs =
        new Outputs(
            Optional.of(new Outputs.Tokens(LabelVocabulary.of(labels), scheme, scheme.hasSpans())),
            Optional.empty());
    Model model =
        new Model("slots", new InputEncoder(text, words, channels, letters), outputs, network);
    model.pack();
    return model;
  }
}
