package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.TaggerStream.Labelled;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.feature.Gazetteer;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.model.SymbolSource;
import dev.sluice.model.TokenReader;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.NetworkShape.Reader;
import dev.sluice.network.Parameters;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Labels that are given while words arrive are those of the whole sentence, to the last bit; where they cannot be, there is no stream. */
class TaggerStreamTest {
  private static final List<String> WORDS =
      List.of("from", "Oslo", "to", "Rome", "on", "1", "May", "please", "ROMA", "fromage");
  private static final LabelVocabulary LABELS =
      LabelVocabulary.of(List.of("O", "city", "date", "noun", "verb"));
  private static final Encoder FORWARD = new Encoder(new CellConfig.Lstm(), List.of(6), false);

  /** Words, endings, beginnings, the shape, one phrase list of single tokens, letters read by each encoder in turn, and language models of words and of characters. */
  private static Model model(int n, Encoder encoder, SplittableRandom random) {
    TextPipeline text =
        TextPipeline.of(
            new TextConfig(
                "whitespace",
                TextConfig.Punctuation.KEEP,
                List.of(TextConfig.Normalization.LOWERCASE)));
    Vocabulary words = known(WORDS.subList(0, 8).stream().map(text::normalize).toList());
    Gazetteer cities = Gazetteer.of(Map.of("oslo", "city", "rome", "city"), true);
    List<Source> sources =
        List.of(
            new Source.Suffix(2),
            new Source.Prefix(1),
            new Source.Shape(),
            new Source.Gazetteer(cities));
    List<Channel> channels = new ArrayList<>();
    List<Input> inputs = new ArrayList<>();
    channels.add(new Channel("word", new Source.Word(), words));
    inputs.add(new Input.Table("word", words.size(), 7));
    for (Source source : sources) {
      Vocabulary categories = known(source.categories(text, WORDS, Map.of()));
      channels.add(new Channel(source.name(), source, categories));
      inputs.add(
          channels.size() % 2 == 0
              ? new Input.OneHot(source.name(), categories.size())
              : new Input.Table(source.name(), categories.size(), 3));
    }
    Letters letters = new Letters(known(List.of("o", "r", "m", "a", "M", "s")));
    Reader reader = Reader.values()[n % Reader.values().length];
    inputs.add(new Input.Characters("letters", letters.size(), reader, 4, 5, 3));
    List<SymbolSource> languages =
        List.of(
            SymbolSource.of("heard", Unit.WORD, List.of(), new Symbols(words)),
            SymbolSource.of(
                "spelled",
                Unit.CHARACTER,
                List.of(TextConfig.Normalization.LOWERCASE),
                new Symbols(known(List.of(" ", "o", "r", "m")))));
    for (SymbolSource language : languages) {
      Input symbols = new Input.Table("word", language.symbols().read(), 3);
      inputs.add(new Input.States(language.name(), symbols, encoder, inputs.size() % 2 == 0));
    }
    boolean joint = n % 4 == 3;
    Network network =
        new Network(
            new NetworkShape(
                inputs,
                encoder,
                Optional.of(new NetworkShape.Tokens(LABELS.size(), false, feedback(n))),
                joint
                    ? Optional.of(new NetworkShape.Sentence(3, Pooling.values()[n / 4 % 4]))
                    : Optional.empty()));
    network.initialise(random.nextLong());
    for (Parameters.Table frozen : network.parameters().frozen())
      frozen
          .block()
          .fill(frozen.values(), Seeds.floats(random, (int) frozen.block().weights(), 0.7));
    float[] weights = network.parameters().dense();
    for (int i = 0; i < weights.length; i++) weights[i] *= 2; // so that it has opinions
    for (Block b : network.parameters().blocks())
      if (b.name().contains(".initial")) // which begin as zeros
      b.fill(weights, Seeds.floats(random, (int) b.weights(), 0.7));
    Outputs outputs =
        new Outputs(
            Optional.of(new Outputs.Tokens(LABELS, TagScheme.PLAIN, true)),
            joint
                ? Outputs.of(LabelVocabulary.of(List.of("x", "y", "z"))).sentence()
                : Optional.empty());
    Model model =
        new Model(
            "pos",
            new InputEncoder(text, words, channels, Optional.of(letters), languages),
            outputs,
            network);
    model.pack();
    return n % 2 == 0 ? model : model.withOutputs(outputs.withTemperatures(1.7, 1));
  }

  /** None, labels, and distributions in turn, every other time with a recurrence. */
  private static Optional<NetworkShape.Feedback> feedback(int n) {
    CellConfig.Activation tanh = CellConfig.Activation.TANH;
    return n % 3 == 0
        ? Optional.empty()
        : Optional.of(new NetworkShape.Feedback(5, tanh, n / 3 % 2 == 0, n % 3 == 1));
  }

  private static Vocabulary known(List<String> entries) {
    VocabularyBuilder builder = new VocabularyBuilder();
    entries.forEach(builder::add);
    return builder.build(1);
  }

  private static List<String> sentence(SplittableRandom random, int length) {
    String[] tokens = new String[length];
    Arrays.setAll(tokens, t -> WORDS.get(random.nextInt(WORDS.size())));
    return List.of(tokens);
  }

  private static List<Labelled> whole(Tagger tagger, List<String> tokens) {
    Tagged tagged = tagger.tag(tokens);
    List<Labelled> labels = new ArrayList<>();
    for (int t = 0; t < tokens.size(); t++)
      labels.add(new Labelled(tagged.labels().get(t), tagged.probabilities().get(t)));
    return labels;
  }

  private static List<Labelled> each(TaggerStream stream, List<String> tokens) {
    stream.reset();
    return tokens.stream().map(stream::next).toList();
  }

  /** Two layers of every cell, also with learned first states and several past states, normalised and with connections in turn. */
  @Test
  void everyCellLabelsAsTheWholeSentenceDoes() {
    SplittableRandom random = Seeds.of(1701);
    List<CellConfig> cells = new ArrayList<>(Gallery.kinds());
    cells.addAll(Gallery.variants());
    cells.addAll(Gallery.causalWindows());
    int n = 0;
    for (CellConfig cell : cells) {
      for (List<Integer> widths : List.of(List.of(3, 17), List.of(8, 8))) {
        Connection connection = Connection.values()[n % Connection.values().length];
        Encoder encoder = new Encoder(cell, widths, false, connection, n % 4 < 2, Optional.empty());
        Tagger tagger = Tagger.of(model(n++, encoder, random));
        TaggerStream stream = tagger.stream();
        List<List<String>> sentences = new ArrayList<>();
        for (int length : new int[] {1, 12, 2, 7, 3}) sentences.add(sentence(random, length));
        List<Tagged> together = tagger.tagAllTokens(sentences);
        for (int s = 0; s < sentences.size(); s++) {
          List<Labelled> expected = whole(tagger, sentences.get(s));
          assertEquals(expected, each(stream, sentences.get(s)), () -> cell + Seeds.describe());
          assertTrue(expected.stream().allMatch(l -> l.probability() > 0), expected::toString);
          List<String> labels = expected.stream().map(Labelled::label).toList();
          assertEquals(together.get(s).labels(), labels);
        }
      }
    }
    assertEquals(2 * cells.size(), n);
  }

  /** What a token needs does not grow with its place. */
  @Test
  void aLongSentenceIsLabelledToItsEnd() {
    SplittableRandom random = Seeds.of(1702);
    Tagger tagger = Tagger.of(model(0, FORWARD, random));
    List<String> tokens = sentence(random, 5_000);
    List<Labelled> labels = each(tagger.stream(), tokens);
    assertEquals(whole(tagger, tokens), labels);
    assertTrue(labels.stream().map(Labelled::label).distinct().count() > 1);
  }

  /** Otherwise the claim would say nothing of states. */
  @Test
  void aTokenIsLabelledByThoseBeforeIt() {
    SplittableRandom random = Seeds.of(1703);
    TaggerStream stream = Tagger.of(model(0, FORWARD, random)).stream();
    Labelled first = stream.next("Oslo"), second = stream.next("Oslo");
    assertTrue(first.probability() != second.probability());
    stream.reset();
    assertEquals(first, stream.next("Oslo"));
  }

  @Test
  void streamsDoNotDisturbEachOther() {
    SplittableRandom random = Seeds.of(1704);
    Tagger tagger = Tagger.of(model(0, FORWARD, random));
    List<String> left = sentence(random, 9), right = sentence(random, 9);
    TaggerStream one = tagger.stream(), other = tagger.stream();
    List<Labelled> ofOne = new ArrayList<>(), ofOther = new ArrayList<>();
    for (int t = 0; t < 9; t++) {
      ofOne.add(one.next(left.get(t)));
      ofOther.add(other.next(right.get(t)));
    }
    assertEquals(whole(tagger, left), ofOne);
    assertEquals(whole(tagger, right), ofOther);
  }

  @Test
  void featuresOfATokenComeWithIt() {
    Tagger tagger =
        Tagger.of(
            UntrainedModels.of("a", "b", "c")
                .words(WORDS)
                .encoder(FORWARD)
                .feature("pos", "N", "V")
                .build());
    List<String> tokens = List.of("from", "Oslo", "to"), pos = List.of("V", "N", "?");
    Tagged tagged = tagger.tag(tokens, Map.of("pos", pos));
    TaggerStream stream = tagger.stream();
    for (int t = 0; t < 3; t++)
      assertEquals(
          new Labelled(tagged.labels().get(t), tagged.probabilities().get(t)),
          stream.next(tokens.get(t), Map.of("pos", pos.get(t), "other", "x")));
  }

  /** A sentence goes on behind a token that was refused. */
  @Test
  void aTokenThatIsRefusedCountsAsNotGiven() {
    Tagger tagger =
        Tagger.of(
            UntrainedModels.of("a", "b").words(WORDS).encoder(FORWARD).feature("pos", "N").build());
    Map<String, String> noun = Map.of("pos", "N");
    TaggerStream stream = tagger.stream();
    stream.next("Oslo", noun);
    assertThrows(IllegalArgumentException.class, () -> stream.next("", noun));
    assertThrows(IllegalArgumentException.class, () -> stream.next(null, noun));
    assertThrows(IllegalArgumentException.class, () -> stream.next("Rome"));
    Labelled second = stream.next("to", noun);
    Tagged tagged = tagger.tag(List.of("Oslo", "to"), Map.of("pos", List.of("N", "N")));
    assertEquals(new Labelled(tagged.labels().get(1), tagged.probabilities().get(1)), second);
  }

  /** The one thing that cannot be known while words arrive: that the scores of later ones have no bound. */
  @Test
  void scoresWithoutBoundHaveNoProbabilityFromTheirTokenOn() {
    Encoder rectified =
        new Encoder(new CellConfig.Rnn(CellConfig.Activation.RELU), List.of(6), false);
    Model model = UntrainedModels.of("a", "b").words(WORDS).encoder(rectified).build();
    float[] weights = model.network().parameters().dense();
    for (int i = 0; i < weights.length; i++) weights[i] *= 1e6f;
    model.pack();
    Tagger tagger = Tagger.of(model);
    List<String> tokens = sentence(Seeds.of(1706), 20);
    List<Labelled> labels = each(tagger.stream(), tokens);
    assertTrue(labels.get(0).probability() >= 0.5);
    assertTrue(Double.isNaN(labels.get(19).probability()));
    assertTrue(tagger.tag(tokens).probabilities().stream().allMatch(p -> Double.isNaN(p)));
  }

  private static List<String> reasons(Model model) {
    SluiceException e = assertThrows(SluiceException.class, () -> new TokenReader(model));
    assertEquals(SluiceException.Kind.USAGE, e.kind());
    for (Problem p : e.problems()) assertEquals("MOD-031", p.code());
    return e.problems().stream().map(p -> p.what().replaceFirst(".*arrive: ", "")).toList();
  }

  private static UntrainedModels.Recipe slots() {
    return UntrainedModels.of("O", "B-a", "I-a").scheme(TagScheme.BIO).encoder(FORWARD);
  }

  @Test
  void aModelThatMustKnowTheRestOfTheSentenceIsRefused() {
    Encoder both = new Encoder(new CellConfig.Gru(), List.of(4), true);
    Encoder attends =
        new Encoder(
            new CellConfig.Gru(),
            List.of(4),
            false,
            Connection.NONE,
            false,
            Optional.of(new Attention(4, 1)));
    assertEquals(
        List.of("it also reads backward"),
        reasons(UntrainedModels.of("a", "b").encoder(both).build()));
    assertEquals(
        List.of("it attends to every token"),
        reasons(UntrainedModels.of("a", "b").encoder(attends).build()));
    List<CellConfig> cells = List.of(new CellConfig.Lstm(), new CellConfig.Window(2, 1));
    Encoder sees =
        new Encoder(cells, List.of(4, 4), false, Connection.NONE, false, Optional.empty());
    assertEquals(
        List.of("its windows reach behind the token"),
        reasons(UntrainedModels.of("a", "b").encoder(sees).build()));
    assertEquals(
        List.of("its crf weighs the labels of a sentence as a whole"),
        reasons(UntrainedModels.of("a", "b").encoder(FORWARD).chain().build()));
    String legal = "a later token may change a label, so that the sequence is one that BIO allows";
    assertEquals(List.of(legal), reasons(slots().build()));
    assertEquals(
        List.of(
            "it also reads backward", "its crf weighs the labels of a sentence as a whole", legal),
        reasons(slots().encoder(both).chain().build()));
    assertEquals(
        List.of("it labels whole sentences alone"),
        reasons(UntrainedModels.of("a", "b").encoder(FORWARD).perSentence().build()));
    NetworkShape.Feedback fed =
        new NetworkShape.Feedback(4, CellConfig.Activation.TANH, false, false);
    assertEquals(
        List.of("it searches for the best sequence of labels"),
        reasons(UntrainedModels.of("a", "b").encoder(FORWARD).feedback(fed, 2).build()));
    Model free = slots().unconstrained().build();
    Outputs held = free.outputs().withThresholds(new TreeMap<>(Map.of("a", 0.5)), new TreeMap<>());
    assertEquals(
        List.of("it holds back spans, whose ends and probabilities depend on later tokens"),
        reasons(free.withOutputs(held)));
    SluiceException e =
        assertThrows(SluiceException.class, () -> Tagger.of(slots().build()).stream());
    assertEquals(
        "error[MOD-031] the model: it cannot label tokens while they arrive: "
            + legal
            + ". Fix: train with output.constraints: false",
        e.getMessage());
  }

  @Test
  void phrasesOfSeveralTokensAreRefused() {
    Gazetteer cities = Gazetteer.of(Map.of("new delhi", "city", "oslo", "city"), true);
    assertEquals(2, cities.longest());
    Model usual = slots().unconstrained().words(WORDS).build();
    Vocabulary words = usual.words();
    Channel marks = new Channel("marks", new Source.Gazetteer(cities), words);
    InputEncoder inputs = new InputEncoder(usual.text(), words, List.of(marks), Optional.empty());
    assertEquals(
        List.of("its gazetteer has phrases of several tokens"),
        reasons(new Model("slots", inputs, usual.outputs(), usual.network())));
  }

  /** Spans without constraints, and those of a scheme under which every sequence is legal. */
  @Test
  void spansAreLabelledWhereNothingIsForbidden() {
    SplittableRandom random = Seeds.of(1705);
    Model io =
        UntrainedModels.of("O", "I-a", "I-b")
            .scheme(TagScheme.IO)
            .encoder(FORWARD)
            .words(WORDS)
            .build();
    assertTrue(io.outputs().tokens().orElseThrow().constrained());
    for (Model model : List.of(slots().words(WORDS).unconstrained().build(), io)) {
      Tagger tagger = Tagger.of(model);
      List<String> tokens = sentence(random, 30);
      assertEquals(whole(tagger, tokens), each(tagger.stream(), tokens));
    }
  }
}
