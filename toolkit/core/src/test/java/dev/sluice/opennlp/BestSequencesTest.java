package dev.sluice.opennlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Tagger;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import opennlp.tools.util.Sequence;
import org.junit.jupiter.api.Test;

/** The k best sequences are those that a list of all sequences has at its top; short sentences have few enough to list. */
class BestSequencesTest {
  private static final String[] PARTS = {"NOUN", "VERB", "ADJ", "ADP"};
  private static final String[] CHUNKS = {"O", "B-NP", "I-NP", "B-VP", "I-VP"};
  private static final double ROUNDING = 1e-5; // scores are floats

  private record Path(List<String> labels, double log) {}

  /** Every path that the scheme allows, from the labels of a tagger that gives each token its label alone. */
  private static List<Path> everyPath(TagScheme scheme, Tagger plain, String[] words) {
    List<Path> all = everyPath(plain, words).stream().filter(p -> legal(scheme, p)).toList();
    double sum = Math.log(all.stream().mapToDouble(p -> Math.exp(p.log())).sum());
    return all.stream().map(p -> new Path(p.labels(), p.log() - sum)).toList();
  }

  private static boolean legal(TagScheme scheme, Path path) {
    String before = null;
    for (String label : path.labels()) {
      if (!scheme.allowed(before, label)) return false;
      before = label;
    }
    return scheme.allowed(before, null);
  }

  private static List<Path> everyPath(Tagger tagger, String[] words) {
    List<Path> paths = List.of(new Path(List.of(), 0));
    for (Map<String, Double> scores : tagger.tagWithScores(List.of(words)).scores()) {
      List<Path> longer = new ArrayList<>();
      for (Path path : paths) {
        scores.forEach(
            (label, p) -> {
              List<String> labels = new ArrayList<>(path.labels());
              labels.add(label);
              longer.add(new Path(labels, path.log() + Math.log(p)));
            });
      }
      paths = longer;
    }
    return paths.stream().sorted(Comparator.comparingDouble(p -> -p.log())).toList();
  }

  @Test
  void theBestTagSequencesAreTheTopOfTheListOfAll() {
    SplittableRandom random = Seeds.of(511);
    for (int k : new int[] {1, 3, 10, 1000}) {
      Tagger tagger = MadeUp.tagger(TagScheme.PLAIN, k, PARTS);
      OpenNlpPosTagger adapter = new OpenNlpPosTagger(tagger, k);
      for (int n = 1; n <= 4; n++) {
        String[] words = MadeUp.sentence(random, n);
        List<Path> all = everyPath(tagger, words);
        Sequence[] best = adapter.topKSequences(words);
        assertEquals(Math.min(k, all.size()), best.length);
        Map<List<String>, Double> log = new LinkedHashMap<>();
        for (Path path : all) log.put(path.labels(), path.log());
        for (int i = 0; i < best.length; i++) {
          assertEquals(all.get(i).log(), best[i].getScore(), ROUNDING, Seeds::describe);
          assertEquals(log.get(best[i].getOutcomes()), best[i].getScore(), ROUNDING);
          assertEquals(sumOfLogs(best[i]), best[i].getScore(), ROUNDING);
        }
        assertArrayEquals(adapter.tag(words), best[0].getOutcomes().toArray());
        assertSortedAndDifferent(best);
      }
    }
  }

  @Test
  void theBestChunkSequencesAreTheTopOfTheListOfAllReadAsChunks() {
    SplittableRandom random = Seeds.of(512);
    for (int k : new int[] {1, 4, 10, 1000}) {
      Tagger tagger = MadeUp.tagger(TagScheme.BIO, 10 + k, CHUNKS);
      Tagger plain = MadeUp.tagger(TagScheme.PLAIN, 10 + k, CHUNKS);
      OpenNlpChunker adapter = new OpenNlpChunker(tagger, k);
      for (int n = 1; n <= 4; n++) {
        String[] words = MadeUp.sentence(random, n), parts = new String[n];
        Map<List<String>, Double> readings = new LinkedHashMap<>();
        for (Path path : everyPath(TagScheme.BIO, plain, words)) {
          List<String> read =
              TagScheme.BIO.encode(TagScheme.BIO.spans(path.labels()), path.labels().size());
          readings.putIfAbsent(read, path.log());
        }
        List<Double> logs = List.copyOf(readings.values());
        Sequence[] best = adapter.topKSequences(words, parts);
        assertEquals(Math.min(k, readings.size()), best.length);
        for (int i = 0; i < best.length; i++) {
          assertEquals(logs.get(i), best[i].getScore(), ROUNDING, Seeds::describe);
          assertEquals(readings.get(best[i].getOutcomes()), best[i].getScore(), ROUNDING);
        }
        assertArrayEquals(adapter.chunk(words, parts), best[0].getOutcomes().toArray());
        assertSortedAndDifferent(best);
      }
    }
  }

  /** As in OpenNLP's beam search, a sequence that scores exactly the minimum is left out. */
  @Test
  void onlySequencesAboveTheMinimumScoreAreGiven() {
    OpenNlpChunker adapter = new OpenNlpChunker(MadeUp.tagger(TagScheme.BIO, 3, CHUNKS), 10);
    String[] words = MadeUp.sentence(Seeds.of(513), 4), parts = new String[4];
    Sequence[] all = adapter.topKSequences(words, parts);
    assertEquals(10, all.length);
    double fifth = all[4].getScore();
    Sequence[] above = adapter.topKSequences(words, parts, fifth);
    assertArrayEquals(
        Arrays.stream(all).filter(s -> s.getScore() > fifth).toArray(Sequence[]::new), above);
    assertTrue(above.length > 0 && above.length < 5);
    assertEquals(0, adapter.topKSequences(words, parts, 0).length);
    assertEquals(10, adapter.topKSequences(words, parts, -1e9).length);
  }

  /** Every span can begin with B or I: 2^40 sequences of labels would be read alike. */
  @Test
  void aLongSentenceWithManySpellingsOfOneReadingTakesNoTimeToSpeakOf() {
    OpenNlpChunker adapter = new OpenNlpChunker(MadeUp.tagger(TagScheme.BIO, 4, "B-NP", "I-NP"), 5);
    String[] words = MadeUp.sentence(Seeds.of(514), 400);
    Sequence[] best = adapter.topKSequences(words, null);
    assertTrue(best.length >= 1 && best.length <= 5);
    assertArrayEquals(adapter.chunk(words, null), best[0].getOutcomes().toArray());
    assertSortedAndDifferent(best);
    Sequence[] one =
        new OpenNlpChunker(MadeUp.tagger(TagScheme.IO, 4, "I-NP", "NP"), 5)
            .topKSequences(words, null);
    assertEquals(1, one.length); // all of it is one chunk, however it is spelled
  }

  private static double sumOfLogs(Sequence sequence) {
    return Arrays.stream(sequence.getProbs()).map(Math::log).sum();
  }

  private static void assertSortedAndDifferent(Sequence[] best) {
    HashSet<List<String>> seen = new HashSet<>();
    for (int i = 0; i < best.length; i++) {
      assertTrue(seen.add(best[i].getOutcomes()));
      assertTrue(i == 0 || best[i].getScore() <= best[i - 1].getScore());
    }
  }
}
