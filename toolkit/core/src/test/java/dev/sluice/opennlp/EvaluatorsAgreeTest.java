package dev.sluice.opennlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classifier;
import dev.sluice.Tagger;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import opennlp.tools.chunker.ChunkSample;
import opennlp.tools.chunker.ChunkerEvaluator;
import opennlp.tools.doccat.DocumentCategorizerEvaluator;
import opennlp.tools.doccat.DocumentSample;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderEvaluator;
import opennlp.tools.postag.POSEvaluator;
import opennlp.tools.postag.POSSample;
import opennlp.tools.util.Span;
import opennlp.tools.util.eval.FMeasure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenNLP's evaluators run on the adapters and come to our scores. */
class EvaluatorsAgreeTest {
  private static final double ROUNDING = 1e-14; // they divide rounded means, we divide counts
  private static final int SENTENCES = 300;

  @Test
  void wordAccuracyOfPartsOfSpeech() {
    SplittableRandom random = Seeds.of(501);
    String[] labels = {"NOUN", "VERB", "ADJ"};
    Tagger tagger = MadeUp.tagger(TagScheme.PLAIN, 5, labels);
    POSEvaluator theirs = new POSEvaluator(new OpenNlpPosTagger(tagger));
    Scores ours = Scores.ofLabels();
    for (int i = 0; i < SENTENCES; i++) {
      String[] words = MadeUp.sentence(random, 1 + random.nextInt(9));
      List<String> gold = MadeUp.legal(random, TagScheme.PLAIN, List.of(labels), words.length);
      theirs.evaluateSample(new POSSample(words, gold.toArray(String[]::new)));
      ours.add(gold, tagger.tag(List.of(words)).labels());
    }
    assertSame(ours.tokenAccuracy(), theirs.getWordAccuracy());
    assertEquals(ours.tokens(), theirs.getWordCount());
  }

  @ParameterizedTest
  @EnumSource(names = {"BIO", "BIOES"})
  void precisionRecallAndFOfNames(TagScheme scheme) {
    SplittableRandom random = Seeds.of(502);
    List<String> labels = labels(scheme);
    Tagger tagger = MadeUp.tagger(scheme, 6, labels.toArray(String[]::new));
    TokenNameFinderEvaluator theirs = new TokenNameFinderEvaluator(new OpenNlpNameFinder(tagger));
    Scores ours = Scores.ofSpans(Reading.of(scheme), Reading.of(scheme));
    for (int i = 0; i < SENTENCES; i++) {
      String[] words = MadeUp.sentence(random, 1 + random.nextInt(9));
      List<String> gold = MadeUp.legal(random, scheme, labels, words.length);
      Span[] names =
          scheme.spans(gold).stream()
              .map(s -> new Span(s.start(), s.end(), s.type()))
              .toArray(Span[]::new);
      theirs.evaluateSample(new NameSample(words, names, i % 10 == 0));
      ours.add(gold, tagger.tag(List.of(words)).labels());
    }
    assertSame(ours.byType().micro(), theirs.getFMeasure());
  }

  @ParameterizedTest
  @EnumSource(names = {"BIO", "BIOES"})
  void precisionRecallAndFOfChunks(TagScheme scheme) {
    SplittableRandom random = Seeds.of(503);
    List<String> labels = labels(scheme);
    Tagger tagger = MadeUp.tagger(scheme, 7, labels.toArray(String[]::new));
    ChunkerEvaluator theirs = new ChunkerEvaluator(new OpenNlpChunker(tagger));
    Scores ours = Scores.ofSpans(Reading.of(TagScheme.BIO), Reading.of(scheme));
    for (int i = 0; i < SENTENCES; i++) {
      String[] words = MadeUp.sentence(random, 1 + random.nextInt(9));
      List<String> gold = MadeUp.legal(random, TagScheme.BIO, labels(TagScheme.BIO), words.length);
      List<String> parts = Collections.nCopies(words.length, "X");
      theirs.evaluateSample(new ChunkSample(List.of(words), parts, gold));
      ours.add(gold, tagger.tag(List.of(words)).labels());
    }
    assertSame(ours.byType().micro(), theirs.getFMeasure());
  }

  @Test
  void accuracyOfCategories() {
    SplittableRandom random = Seeds.of(504);
    String[] labels = {"kites", "piers", "neither"};
    Classifier classifier =
        Classifier.of(UntrainedModels.of(labels).perSentence().words(MadeUp.WORDS).seed(8).build());
    DocumentCategorizerEvaluator theirs =
        new DocumentCategorizerEvaluator(new OpenNlpCategorizer(classifier));
    Scores ours = Scores.ofSentences();
    for (int i = 0; i < SENTENCES; i++) {
      String[] words = MadeUp.sentence(random, 1 + random.nextInt(9));
      String gold = labels[random.nextInt(labels.length)];
      theirs.evaluateSample(new DocumentSample(gold, words));
      ours.addIntent(gold, classifier.classify(List.of(words)).label());
    }
    assertSame(ours.intentAccuracy(), theirs.getAccuracy());
    assertEquals(ours.sentences(), theirs.getDocumentCount());
  }

  private static List<String> labels(TagScheme scheme) {
    return scheme == TagScheme.BIO
        ? List.of("O", "B-NP", "I-NP", "B-VP", "I-VP")
        : List.of("O", "B-NP", "I-NP", "E-NP", "S-NP", "B-VP", "I-VP", "E-VP", "S-VP");
  }

  private static void assertSame(Counts ours, FMeasure theirs) {
    assertSame(ours.precision(), theirs.getPrecisionScore());
    assertSame(ours.recall(), theirs.getRecallScore());
    assertSame(ours.f1(), theirs.getFMeasure());
  }

  private static void assertSame(Ratio ours, double theirs) {
    assertTrue(ours.part() > 0 && ours.part() < ours.whole(), () -> "says nothing: " + ours);
    assertEquals(ours.orElse(-1), theirs, ROUNDING, Seeds::describe);
  }
}
