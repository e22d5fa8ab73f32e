package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.data.DataConfig.TextLayout.DocumentBorder;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Next;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Scores of texts, texts from scores, and where blanks stand. */
class SymbolModelTest {
  private static final TextPipeline TEXT =
      TextPipeline.of(new TextConfig("whitespace", TextConfig.Punctuation.KEEP, List.of()));

  /** A model of the characters a to e, with weights of a seed, or all zero without one. */
  private static SymbolModel model(Optional<Long> seed) {
    Symbols symbols = new Symbols(Vocabulary.ofWords(List.of("a", "b", "c", "d", "e")));
    Network network =
        new Network(
            NetworkShape.predictor(
                List.of(new Input.Table("word", symbols.read(), 6)),
                new Encoder(new CellConfig.Lstm(), List.of(9), false),
                new Next(symbols.predicted(), false)));
    seed.ifPresent(network::initialise);
    SymbolModel model =
        new SymbolModel(
            TEXT, Unit.CHARACTER, DocumentBorder.LINE, symbols, Optional.empty(), network);
    model.pack();
    return model;
  }

  /** Five characters, the unknown one and the end: each has probability 1/7. */
  @Test
  void aModelThatKnowsNothingGivesEverySymbolTheSameProbability() {
    double[] log2 = TextScorer.log2(model(Optional.empty()), "abcxe");
    assertEquals(6, log2.length);
    for (double l : log2) assertEquals(-Math.log(7) / Math.log(2), l, 1e-6);
  }

  @Test
  void theProbabilitiesOfWhatMayComeNextSumToOne() {
    SymbolModel model = model(Optional.of(5L));
    SymbolReader reader = new SymbolReader(model, 1);
    reader.read(new int[][] {{model.symbols().begin(), 1, 2}}, new int[] {0});
    double sum = 0;
    for (int id = 0; id < model.symbols().predicted(); id++)
      sum += Math.pow(2, reader.log2(0, 2, id));
    assertEquals(1, sum, 1e-5);
  }

  @Test
  void aTextInPiecesIsAsProbableAsInOneGo() {
    SymbolModel model = model(Optional.of(6L));
    int[] symbols = model.encode("abcdeabccbaedcba");
    SymbolReader reader = new SymbolReader(model, 1);
    double[] whole = TextScorer.log2(model, reader, symbols, 100);
    for (int piece : new int[] {1, 2, 3, 16})
      assertArrayEquals(whole, TextScorer.log2(model, reader, symbols, piece));
  }

  private static int[] draws(float[] scores, double temperature, Integer k, Double p) {
    SymbolSampler sampler =
        new SymbolSampler(
            scores.length, temperature, Optional.ofNullable(k), Optional.ofNullable(p));
    int[] seen = new int[scores.length];
    for (int i = 0; i < 20_000; i++) seen[sampler.draw(scores, 11, i)]++;
    return seen;
  }

  /** Scores are logs of weights 8, 4, 2 and 2 beside an unknown symbol that is likelier than all. */
  private static final float[] SCORES = {
    9f, (float) Math.log(2), (float) Math.log(8), (float) Math.log(4), (float) Math.log(2)
  };

  @Test
  void symbolsAreDrawnByTheirProbabilityAndTheUnknownOneNever() {
    int[] seen = draws(SCORES, 1, null, null);
    double[] expected = {0, 0.125, 0.5, 0.25, 0.125};
    for (int i = 0; i < seen.length; i++) assertEquals(expected[i], seen[i] / 20_000.0, 0.015);
  }

  @Test
  void temperatureSharpensAndZeroTakesTheBest() {
    assertEquals(20_000, draws(SCORES, 0, null, null)[2]);
    int[] sharp = draws(SCORES, 0.5, null, null); // weights squared: 4, 64, 16, 4
    assertEquals(64 / 88.0, sharp[2] / 20_000.0, 0.015);
  }

  @Test
  void topKAndTopPLeaveTheLeastProbableOut() {
    assertEquals(0, draws(SCORES, 1, 2, null)[1]);
    assertEquals(8 / 12.0, draws(SCORES, 1, 2, null)[2] / 20_000.0, 0.015);
    int[] nucleus = draws(SCORES, 1, null, 0.75); // 0.5 and 0.25 are enough
    assertEquals(0, nucleus[1] + nucleus[4]);
    assertEquals(8 / 12.0, nucleus[2] / 20_000.0, 0.015);
    int[] equal = draws(SCORES, 1, 3, null); // of two equal ones the first stays
    assertTrue(equal[1] > 0 && equal[4] == 0, Arrays.toString(equal));
  }

  @Test
  void aSamplerRefusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> draws(SCORES, -1, null, null));
    assertThrows(IllegalArgumentException.class, () -> draws(SCORES, 1, 0, null));
    assertThrows(IllegalArgumentException.class, () -> draws(SCORES, 1, null, 0.0));
  }

  private static String generated(SymbolModel model, String prompt, long seed, String... stops) {
    StringBuilder text = new StringBuilder();
    new TextGenerator(model)
        .generate(
            prompt,
            new SymbolSampler(model.symbols().predicted(), 1, Optional.empty(), Optional.empty()),
            SymbolSampler.stream(seed, 0),
            300,
            List.of(stops),
            (symbol, added, probability) -> {
              text.append(added);
              return true;
            });
    return text.toString();
  }

  @Test
  void oneSeedMakesOneTextAndItEndsWhereItShould() {
    SymbolModel model = model(Optional.of(8L));
    assertEquals(generated(model, "a", 3), generated(model, "a", 3));
    long different =
        LongStream.range(0, 20).mapToObj(seed -> generated(model, "a", seed)).distinct().count();
    assertTrue(different > 5, different + " different texts");
    String stopped = "";
    for (long seed = 0; !stopped.contains("d"); seed++) stopped = generated(model, "", seed, "d");
    assertEquals(stopped.length() - 1, stopped.indexOf('d'));
  }

  @Test
  void probabilitiesOfAGeneratedTextAreThoseOfItsScore() {
    SymbolModel model = model(Optional.of(9L));
    StringBuilder text = new StringBuilder();
    double[] bits = {0};
    new TextGenerator(model)
        .generate(
            "",
            new SymbolSampler(model.symbols().predicted(), 1, Optional.of(3), Optional.empty()),
            1,
            600,
            List.of(),
            (symbol, added, probability) -> {
              text.append(added);
              bits[0] -= Math.log(probability) / Math.log(2);
              return true;
            });
    double scored = 0;
    double[] log2 = TextScorer.log2(model, text.toString());
    boolean ended = text.length() < 600;
    for (int i = 0; i < log2.length - (ended ? 0 : 1); i++) scored -= log2[i];
    assertEquals(scored, bits[0], 1e-6 * scored);
  }

  /** "say (a few words), please." as tokens: brackets, comma and full stop touch words. */
  @Test
  void wordsAreJoinedAsTheyWereInTraining() {
    Symbols symbols =
        new Symbols(Vocabulary.ofWords(List.of("(", ")", ",", ".", "say", "word", "words")));
    WordJoins.Builder builder = new WordJoins.Builder(symbols);
    int open = symbols.id("("), close = symbols.id(")"), stop = symbols.id(".");
    int say = symbols.id("say"), word = symbols.id("word"), comma = symbols.id(",");
    int words = symbols.id("words");
    for (int i = 0; i < 20; i++) {
      builder.add(say, open, false);
      builder.add(open, word, true);
      builder.add(word, close, true);
      builder.add(close, comma, true);
      builder.add(comma, say, false);
      builder.add(say, word, false);
      builder.add(word, word, false);
      builder.add(word, say, false);
      builder.add(say, stop, true);
      builder.add(words, stop, true); // mostly at the end, which does not make it touch
    }
    builder.add(words, say, false);
    WordJoins joins = builder.build();
    assertTrue(joins.apart(say, open));
    assertFalse(joins.apart(open, say)); // never seen together
    assertFalse(joins.apart(word, comma));
    assertTrue(joins.apart(comma, word));
    assertFalse(joins.apart(words, stop));
    assertTrue(joins.apart(words, word));
  }
}
