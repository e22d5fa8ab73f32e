package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.TagScheme;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextConfig.Normalization;
import dev.sluice.text.TextConfig.Punctuation;
import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application may rely on, whatever the model has learned: the models here have learned nothing. */
class TaggerTest {
  private static final List<String> WORDS =
      List.of("from", "oslo", "to", "rome", "on", "00", "may", "please");
  private static final String[] SLOTS = {"O", "B-city", "I-city", "B-date", "I-date"};
  private static final Tagger TAGGER = tagger("whitespace");

  private static Tagger tagger(String tokenizer) {
    List<Normalization> normalize =
        List.of(Normalization.WIDTH, Normalization.LOWERCASE, Normalization.DIGITS);
    return Tagger.of(
        UntrainedModels.of(SLOTS)
            .scheme(TagScheme.BIO)
            .words(WORDS)
            .text(new TextConfig(tokenizer, Punctuation.KEEP, normalize))
            .build());
  }

  private static List<String> sentence(SplittableRandom random, int n) {
    List<String> words = new ArrayList<>();
    for (int t = 0; t < n; t++) words.add(WORDS.get(random.nextInt(WORDS.size())));
    return words;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 33, 5_000})
  void nTokensGiveNLabels(int n) {
    List<String> words = sentence(Seeds.of(601), n);
    Tagged tagged = TAGGER.tag(words);
    assertEquals(words, tagged.tokens().stream().map(Token::text).toList());
    assertEquals(n, tagged.labels().size());
    assertEquals(n, tagged.probabilities().size());
    assertTrue(tagged.scores().isEmpty());
    assertEquals(tagged, TAGGER.tag(String.join(" ", words)));
    assertEquals(n, TAGGER.tagWithScores(words).scores().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n \u2003"})
  void aTextWithoutTokensGivesNothing(String text) {
    Tagged tagged = TAGGER.tag(text);
    assertEquals(text, tagged.text());
    assertEquals(List.of(), tagged.labels());
    assertEquals(List.of(), tagged.slots());
    assertEquals("", tagged.toString());
    assertEquals(tagged, TAGGER.tagWithScores(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  from\u00a0oslo\t to  rome\n",
        "from \ud83d\udeeb oslo \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 to rome",
        "FROM o\u0308slo\u0301 to rome\u0327",
        "\uff26\uff32\uff2f\uff2d oslo on \uff11\uff12 may",
        "İstanbul to ﬁji on ٣ ½ may"
      })
  void offsetsReferToTheOriginalText(String text) {
    for (Tagger tagger : List.of(TAGGER, tagger("simple"), tagger("character"))) {
      Tagged tagged = tagger.tag(text);
      assertEquals(text, tagged.text());
      int end = 0;
      for (Token token : tagged.tokens()) {
        assertTrue(token.start() >= end, () -> text + " " + token);
        assertEquals(text.substring(token.start(), token.end()), token.text());
        end = token.end();
      }
      for (Slot slot : tagged.slots()) {
        assertEquals(text.substring(slot.start(), slot.end()), slot.text());
        assertEquals(tagged.tokens().get(slot.firstToken()).start(), slot.start());
        assertEquals(tagged.tokens().get(slot.endToken() - 1).end(), slot.end());
      }
      assertEquals(
          TagScheme.BIO.spans(tagged.labels()).size(), tagged.slots().size(), tagged::toString);
    }
  }

  @Test
  void fullWidthLettersAndDigitsAreReadAsTheOrdinaryOnes() {
    Tagged plain = TAGGER.tag("from oslo on 12 may");
    Tagged wide = TAGGER.tag("\uff26rom OSLO on \uff11\uff12 may");
    assertEquals(plain.labels(), wide.labels());
    assertEquals(plain.probabilities(), wide.probabilities());
  }

  @Test
  void tagAllEqualsTagForEachWithAnyThreadsAndInAnyCompany() {
    SplittableRandom random = Seeds.of(602);
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 150; i++) sentences.add(sentence(random, random.nextInt(20)));
    List<Tagged> alone = sentences.stream().map(TAGGER::tag).toList();
    assertEquals(alone, TAGGER.tagAllTokens(sentences));
    List<String> texts = alone.stream().map(Tagged::text).toList();
    assertEquals(alone, TAGGER.tagAll(texts));
    List<List<Token>> tokens = alone.stream().map(Tagged::tokens).toList();
    for (int threads : new int[] {1, 2, 5}) {
      assertEquals(alone, TAGGER.tagAll(texts, tokens, threads));
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) order.add(i);
    Collections.shuffle(order, new java.util.Random(602));
    order = order.subList(0, 77);
    assertEquals(
        order.stream().map(alone::get).toList(),
        TAGGER.tagAll(order.stream().map(texts::get).toList()));
    assertEquals(List.of(), TAGGER.tagAll(List.of()));
  }

  @Test
  void theScoresOfATokenAreADistributionWithTheLabelAtItsTop() {
    Tagged tagged = TAGGER.tagWithScores("please from oslo to rome");
    for (int t = 0; t < tagged.tokens().size(); t++) {
      Map<String, Double> scores = tagged.scores().get(t);
      assertEquals(TAGGER.labels(), List.copyOf(scores.keySet()));
      assertEquals(1, scores.values().stream().mapToDouble(p -> p).sum(), 1e-6);
      double best = Collections.max(scores.values());
      assertEquals(best, scores.get(tagged.labels().get(t)));
      assertEquals(best, tagged.probabilities().get(t));
    }
    assertEquals(TAGGER.tag("please from oslo to rome").labels(), tagged.labels());
  }

  /** A word that training never saw is one and the same unknown word. */
  @Test
  void wordsNeverSeenAreTaggedByTheirPlace() {
    Tagged one = TAGGER.tag("from qwertz to xyzzy"), other = TAGGER.tag("from \ud83e\udd84 to é");
    assertEquals(one.labels(), other.labels());
    assertEquals(one.probabilities(), other.probabilities());
    assertEquals(3, TAGGER.tag(List.of("a b", "\ud800", "\0")).labels().size());
    assertEquals(1, TAGGER.tag(List.of("x".repeat(100_000))).labels().size());
  }

  @Test
  void nullAndEmptyTokensAreRefusedByTheirPlace() {
    List<String> empty = List.of("from", "", "rome"), none = Arrays.asList("from", "oslo", null);
    String isEmpty = "token 2 of 3 is empty, expected at least one character";
    String isNull = "token 3 of 3 is null, expected at least one character";
    for (Object[] pair : new Object[][] {{empty, isEmpty}, {none, isNull}}) {
      @SuppressWarnings("unchecked")
      List<String> tokens = (List<String>) pair[0];
      refused((String) pair[1], () -> TAGGER.tag(tokens));
      refused((String) pair[1], () -> TAGGER.tagWithScores(tokens));
      refused((String) pair[1], () -> TAGGER.best(tokens, 2));
      refused((String) pair[1], () -> TAGGER.tagAllTokens(List.of(List.of("a"), tokens)));
    }
    refused("k is 0, expected at least 1", () -> TAGGER.best(List.of("a"), 0));
    refused("threads is 0, expected at least 1", () -> TAGGER.tagAll(List.of(), List.of(), 0));
    refused("1 texts but tokens of 0", () -> TAGGER.tagAll(List.of("a"), List.of(), 1));
    List<Token> beyond = List.of(new Token("oslo", 3, 7));
    refused(
        "the last token ends at 7 but the text has 4 characters",
        () -> TAGGER.tagAll(List.of("oslo"), List.of(beyond), 1));
    String noText =
        assertThrows(NullPointerException.class, () -> TAGGER.tag((String) null)).getMessage();
    assertEquals("text", noText);
    refused("use Classifier", () -> Tagger.of(UntrainedModels.of("a").perSentence().build()));
  }

  private static void refused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void moreThanAllSequencesAreAllThatTheSchemeAllows() {
    List<Tagger.Ranked> all = TAGGER.best(List.of("from", "oslo"), 1_000_000);
    assertEquals(3 + 4 + 4, all.size()); // behind O 3 labels may follow, behind B-x those and I-x
    assertEquals(
        all.size(), new HashSet<>(all.stream().map(Tagger.Ranked::labels).toList()).size());
    assertEquals(1, all.stream().mapToDouble(r -> Math.exp(r.logProbability())).sum(), 1e-5);
    assertEquals(TAGGER.tag("from oslo").labels(), all.get(0).labels());
    assertEquals(List.of(new Tagger.Ranked(List.of(), List.of(), 0)), TAGGER.best(List.of(), 5));
    assertEquals(2, TAGGER.best(Collections.nCopies(500, "oslo"), 2).size());
  }

  /** H = -Σ p·log p over every sequence, listed best first. */
  @Test
  void theEntropyOfASentenceIsThatOfItsLabelSequences() {
    List<Tagger.Ranked> all = TAGGER.best(List.of("from", "oslo"), 1_000);
    double entropy = 0;
    for (Tagger.Ranked r : all) entropy -= Math.exp(r.logProbability()) * r.logProbability();
    assertEquals(entropy, TAGGER.tagWithScores("from oslo").entropy().getAsDouble(), 1e-6);
    assertTrue(entropy > 0.01 && entropy < Math.log(all.size()), () -> "says nothing");
    assertTrue(TAGGER.tag("from oslo").entropy().isEmpty(), "not asked for");
    Tagger one = Tagger.of(UntrainedModels.of("X").hidden(1).build());
    assertEquals(0, one.tagWithScores("what you like").entropy().getAsDouble(), 1e-9);
  }

  @Test
  void oneLabelAndOneHiddenUnitAreEnough() {
    Tagger one = Tagger.of(UntrainedModels.of("X").hidden(1).build());
    Tagged tagged = one.tagWithScores("what you like");
    assertEquals(List.of("X", "X", "X"), tagged.labels());
    assertEquals(List.of(1.0, 1.0, 1.0), tagged.probabilities());
    assertEquals("what/X you/X like/X", tagged.toString());
    assertEquals(1, one.best(List.of("a", "b"), 9).size());
    assertFalse(one.givesSlots());
    assertThrows(IllegalStateException.class, () -> one.inBio(List.of("X")));
    Tagger nothing = Tagger.of(UntrainedModels.of("O").scheme(TagScheme.BIO).hidden(1).build());
    assertEquals(List.of(), nothing.tag("what you like").slots());
    assertEquals("what you like", nothing.tag("what you like").toString());
  }

  @Test
  void labelsOfAnySchemeCanBeSpelledInBio() {
    Tagger bioes =
        Tagger.of(
            UntrainedModels.of("O", "B-x", "I-x", "E-x", "S-x").scheme(TagScheme.BIOES).build());
    assertEquals(
        List.of("B-x", "I-x", "I-x", "O", "B-x"),
        bioes.inBio(List.of("B-x", "I-x", "E-x", "O", "S-x")));
    assertEquals(List.of("O", "B-city"), TAGGER.inBio(List.of("O", "I-city")));
  }

  /** The corpus was split by hand; raw text is split by the tokenizer that the config names. */
  @Test
  void aModelOfSplitTextSplitsRawTextWithTheTokenizerItNames() {
    Tagged tagged = tagger("simple").tag("from Oslo, to Rome!");
    assertEquals(
        List.of("from", "Oslo", ",", "to", "Rome", "!"),
        tagged.tokens().stream().map(Token::text).toList());
    List<String> words = List.of("from", "Oslo,", "to");
    assertEquals(words, tagger("simple").tag(words).tokens().stream().map(Token::text).toList());
  }
}
