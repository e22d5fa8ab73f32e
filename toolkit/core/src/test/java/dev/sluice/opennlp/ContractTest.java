package dev.sluice.opennlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classifier;
import dev.sluice.Tagged;
import dev.sluice.Tagger;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import opennlp.tools.util.Sequence;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What OpenNLP's interfaces promise beyond their signatures. */
class ContractTest {
  private static final String[] NOTHING = {};
  private static final Tagger PARTS = MadeUp.tagger(TagScheme.PLAIN, 1, "NOUN", "VERB", "ADJ");
  private static final Tagger NAMES =
      MadeUp.tagger(TagScheme.BIOES, 2, "O", "B-NP", "I-NP", "E-NP", "S-NP", "S-VP");
  private static final OpenNlpPosTagger POS = new OpenNlpPosTagger(PARTS);
  private static final OpenNlpNameFinder FINDER = new OpenNlpNameFinder(NAMES);
  private static final OpenNlpChunker CHUNKER = new OpenNlpChunker(NAMES);
  private static final OpenNlpCategorizer CATEGORIZER =
      new OpenNlpCategorizer(
          Classifier.of(
              UntrainedModels.of("kites", "piers", "neither")
                  .perSentence()
                  .words(MadeUp.WORDS)
                  .build()));

  @Test
  void emptyInputGivesEmptyArrays() {
    assertArrayEquals(NOTHING, POS.tag(NOTHING));
    assertArrayEquals(NOTHING, POS.tag(NOTHING, NOTHING));
    assertArrayEquals(new Span[0], FINDER.find(NOTHING));
    assertArrayEquals(NOTHING, CHUNKER.chunk(NOTHING, NOTHING));
    assertArrayEquals(new Span[0], CHUNKER.chunkAsSpans(NOTHING, NOTHING));
    assertArrayEquals(new Sequence[] {new Sequence()}, POS.topKSequences(NOTHING));
    assertArrayEquals(new Sequence[] {new Sequence()}, CHUNKER.topKSequences(NOTHING, NOTHING));
    assertEquals(1, Arrays.stream(CATEGORIZER.categorize(NOTHING)).sum(), 1e-5);
  }

  @Test
  void thereIsATagPerTokenAndTheContextChangesNothing() {
    SplittableRandom random = Seeds.of(521);
    for (int n = 1; n < 40; n++) {
      String[] words = MadeUp.sentence(random, n);
      String[] tags = POS.tag(words);
      assertEquals(n, tags.length);
      assertArrayEquals(tags, POS.tag(words, new Object[] {"ignored"}));
      assertArrayEquals(tags, POS.tag(words, null));
      assertArrayEquals(
          POS.topKSequences(words), POS.topKSequences(words, new Object[] {"ignored"}));
      assertEquals(Math.min(3, Math.pow(3, n)), POS.topKSequences(words).length);
      assertEquals(n, CHUNKER.chunk(words, null).length);
      assertArrayEquals(CHUNKER.chunk(words, null), CHUNKER.chunk(words, tags));
      assertArrayEquals(CHUNKER.chunkAsSpans(words, null), CHUNKER.chunkAsSpans(words, tags));
    }
  }

  @Test
  void spansAreSortedApartTypedAndCarryAProbability() {
    SplittableRandom random = Seeds.of(522);
    int seen = 0;
    for (int n = 1; n < 60; n++) {
      String[] words = MadeUp.sentence(random, n);
      Span[] spans = FINDER.find(words);
      Tagged tagged = NAMES.tag(List.of(words));
      int end = 0, found = 0;
      for (Span span : spans) {
        assertTrue(span.getStart() >= end && span.getEnd() > span.getStart(), Seeds::describe);
        assertTrue(List.of("NP", "VP").contains(span.getType()));
        double p = tagged.slots().get(found++).confidence();
        assertEquals(p, span.getProb());
        assertTrue(p > 0 && p <= 1);
        end = span.getEnd();
        seen++;
      }
      assertTrue(end <= n);
      FINDER.clearAdaptiveData();
      assertArrayEquals(spans, FINDER.find(words));
      assertArrayEquals(spans, CHUNKER.chunkAsSpans(words, null));
    }
    assertTrue(seen > 50, seen + " spans");
  }

  /** The model is a BIOES one; OpenNLP reads BIO. */
  @Test
  void chunksAreWrittenInBio() {
    SplittableRandom random = Seeds.of(523);
    for (int n = 1; n < 30; n++) {
      String[] words = MadeUp.sentence(random, n);
      List<String> tags = List.of(CHUNKER.chunk(words, null));
      String before = null;
      for (String tag : tags) {
        assertTrue(tag.matches("O|[BI]-(NP|VP)"), tag);
        assertTrue(TagScheme.BIO.allowed(before, tag), tags::toString);
        before = tag;
      }
      Span[] spans =
          TagScheme.BIO.spans(tags).stream()
              .map(s -> new Span(s.start(), s.end(), s.type()))
              .toArray(Span[]::new);
      assertArrayEquals(spans, CHUNKER.chunkAsSpans(words, null));
    }
  }

  @Test
  void categoriesHaveIndicesNamesAndScores() {
    String[] words = {"the", "old", "pier"};
    double[] outcome = CATEGORIZER.categorize(words);
    assertEquals(CATEGORIZER.getNumberOfCategories(), outcome.length);
    assertArrayEquals(outcome, CATEGORIZER.categorize(words, Map.of("title", "ignored")));
    assertEquals(1, Arrays.stream(outcome).sum(), 1e-5);
    Map<String, Double> scores = CATEGORIZER.scoreMap(words);
    for (int i = 0; i < outcome.length; i++) {
      assertEquals(i, CATEGORIZER.getIndex(CATEGORIZER.getCategory(i)));
      assertEquals(outcome[i], scores.get(CATEGORIZER.getCategory(i)));
    }
    assertEquals(-1, CATEGORIZER.getIndex("boats"));
    SortedMap<Double, java.util.Set<String>> sorted = CATEGORIZER.sortedScoreMap(words);
    String best = CATEGORIZER.getBestCategory(outcome);
    assertTrue(sorted.get(sorted.lastKey()).contains(best));
    assertEquals(best, scores.keySet().iterator().next());
    assertEquals(3, sorted.values().stream().mapToInt(java.util.Set::size).sum());
    assertEquals(
        "kites[0.2500]  neither[0.5000]  piers[0.2500]",
        CATEGORIZER.getAllResults(new double[] {0.25, 0.5, 0.25}));
    assertEquals("neither", CATEGORIZER.getBestCategory(new double[] {0.25, 0.5, 0.25}));
  }

  @Test
  void categoriesOfEqualProbabilityShareAKey() {
    OpenNlpCategorizer one =
        new OpenNlpCategorizer(Classifier.of(UntrainedModels.of("all").perSentence().build()));
    assertEquals(Map.of(1.0, java.util.Set.of("all")), one.sortedScoreMap(new String[] {"x"}));
  }

  @Test
  void whatCannotWorkIsRefusedInWords() {
    refused("token 2 of 2 is null", () -> POS.tag(new String[] {"a", null}));
    refused("token 1 of 2 is empty", () -> FINDER.find(new String[] {"", "a"}));
    refused("token 1 of 1 is null", () -> CHUNKER.chunk(new String[1], null));
    refused("token 1 of 1 is empty", () -> CATEGORIZER.categorize(new String[] {""}));
    refused("token 2 of 2 is null", () -> POS.topKSequences(new String[] {"a", null}));
    refused("spell no spans", () -> new OpenNlpNameFinder(PARTS));
    refused("spell no spans", () -> new OpenNlpChunker(PARTS));
    refused("sequences is 0", () -> new OpenNlpPosTagger(PARTS, 0));
    refused("2 outcomes but 3", () -> CATEGORIZER.getBestCategory(new double[2]));
    refused("4 outcomes but 3", () -> CATEGORIZER.getAllResults(new double[4]));
  }

  private static void refused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
