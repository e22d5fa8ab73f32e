package dev.sluice.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Ratio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenNLP learns what our corpora say, and what it answers is scored as what ours answers. */
class OpenNlpTest {
  private static final Split PARTS_OF_SPEECH =
      Toy.split(
          "the/DET dog/NOUN barks/VERB loudly/ADV",
          "a/DET bird/NOUN sings/VERB sweetly/ADV",
          "the/DET small/ADJ cat/NOUN sleeps/VERB",
          "a/DET red/ADJ kite/NOUN flies/VERB slowly/ADV",
          "the/DET bird/NOUN sees/VERB the/DET cat/NOUN",
          "a/DET dog/NOUN sees/VERB a/DET small/ADJ kite/NOUN");

  private static final Split NAMES =
      Toy.split(
          "Anna/I-PER Berg/I-PER lives/O in/O Oslo/I-LOC",
          "Ben/I-PER Moor/I-PER lives/O in/O Turin/I-LOC",
          "Mrs/O Berg/I-PER flew/O to/O Turin/I-LOC",
          "Mr/O Moor/I-PER flew/O to/O Oslo/I-LOC",
          "they/O gave/O Anna/I-PER Berg/I-PER Oslo/I-LOC maps/O");

  @ParameterizedTest
  @EnumSource(OpenNlpSetting.Algorithm.class)
  void partsOfSpeechThatWereLearnedAreGiven(OpenNlpSetting.Algorithm algorithm) {
    OpenNlpTagger tagger =
        OpenNlpPos.train(PARTS_OF_SPEECH, new OpenNlpSetting(algorithm, 0)).get();
    for (Sentence s : PARTS_OF_SPEECH.sentences())
      assertEquals(s.tags(), tagger.labels(s.words().toArray(String[]::new)));
    assertEquals(
        List.of("DET", "NOUN", "VERB", "ADV"),
        tagger.labels(new String[] {"the", "cat", "sings", "loudly"}));
  }

  @ParameterizedTest
  @EnumSource(OpenNlpSetting.Algorithm.class)
  void namesThatWereLearnedAreFoundAtTheirTokens(OpenNlpSetting.Algorithm algorithm) {
    OpenNlpTagger finder =
        OpenNlpNames.train(NAMES, TagScheme.IOB1, new OpenNlpSetting(algorithm, 0)).get();
    assertEquals(
        new Ratio(20, 20), // ten names, found and gold
        Toy.corpus(TagScheme.IOB1, NAMES)
            .score(NAMES, finder.labels(NAMES), TagScheme.BIO)
            .headline());
    assertEquals(
        List.of("O", "B-PER", "O", "O", "B-LOC"),
        finder.labels(new String[] {"Mrs", "Moor", "flew", "to", "Oslo"}));
  }

  @Test
  void spansOfOpenNlpBecomeOursAtTheSameTokens() {
    Span[] found = {new Span(0, 2, "PER"), new Span(2, 3, "PER"), new Span(4, 5, "LOC", 0.7)};
    assertEquals(List.of("B-PER", "I-PER", "B-PER", "O", "B-LOC", "O"), OpenNlpNames.bio(found, 6));
    assertEquals(List.of("O", "O"), OpenNlpNames.bio(new Span[0], 2));
  }

  /** In IOB1 only a B parts two names of one type. */
  @Test
  void ourSpansBecomeThoseOfOpenNlpAtTheSameTokens() {
    Sentence sentence = Toy.sentence("Anna/I-PER Berg/I-PER Ben/B-PER left/O Oslo/I-LOC");
    NameSample sample = OpenNlpNames.sample(sentence, TagScheme.IOB1, true);
    assertEquals(
        List.of(new Span(0, 2, "PER"), new Span(2, 3, "PER"), new Span(4, 5, "LOC")),
        List.of(sample.getNames()));
    assertEquals(sentence.words(), List.of(sample.getSentence()));
    assertTrue(sample.isClearAdaptiveDataSet());
    assertFalse(OpenNlpNames.sample(sentence, TagScheme.IOB1, false).isClearAdaptiveDataSet());
  }

  /** One of one token wrong and three of three right is 75 %, not the mean of 0 and 100 %. */
  @Test
  void accuracyIsCountedOverAllTokens() {
    Split split = Toy.split("go/VERB", "the/DET dog/NOUN barks/VERB");
    List<List<String>> predicted = List.of(List.of("NOUN"), List.of("DET", "NOUN", "VERB"));
    assertEquals(
        new Ratio(3, 4),
        Toy.corpus(TagScheme.PLAIN, split).score(split, predicted, TagScheme.PLAIN).headline());
  }

  /** Of four names two are found, and a third one with a wrong border: F1 = 2·2 / (3 + 4). */
  @Test
  void namesAreScoredAsSpansWhateverTheirSpelling() {
    Split split = Toy.split("Anna/I-PER Ben/B-PER Oslo/I-LOC", "a/O Ben/I-PER Moor/I-PER");
    List<List<String>> bio = List.of(List.of("B-PER", "B-PER", "O"), List.of("O", "O", "B-PER"));
    assertEquals(
        new Ratio(4, 7),
        Toy.corpus(TagScheme.IOB1, split).score(split, bio, TagScheme.BIO).headline());
  }

  @Test
  void aPassTagsEverySentenceOnceAndForgetsAtEveryDocument() {
    List<Sentence> sentences =
        IntStream.range(0, 40)
            .mapToObj(i -> Toy.sentence("word" + i + "/X").withDocument(1 + i / 4))
            .toList();
    Split split = Toy.split(sentences);
    assertEquals(10, split.documents());
    for (int threads : List.of(1, 2)) {
      Queue<String> seen = new ConcurrentLinkedQueue<>();
      try (OpenNlpPeer peer = new OpenNlpPeer("fake", () -> new Recorder(seen), split, threads)) {
        assertTrue(peer.tagTokensPerSecond(Duration.ZERO) > 0);
      }
      List<String> sorted = new ArrayList<>(seen);
      sorted.sort(null);
      List<String> expected = new ArrayList<>();
      for (int d = 0; d < 10; d++) expected.add("begin");
      for (Sentence s : sentences) expected.add(s.text());
      expected.sort(null);
      assertEquals(expected, sorted);
    }
  }

  /** Writes down what it is asked. */
  private record Recorder(Queue<String> seen) implements OpenNlpTagger {
    @Override
    public Object[] tag(String[] words) {
      seen.add(words[0]);
      return words;
    }

    @Override
    public List<String> labels(String[] words) {
      return List.of(words);
    }

    @Override
    public void beginDocument() {
      seen.add("begin");
    }
  }
}
