package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What an application may rely on when it asks for the label of a sentence. */
class ClassifierTest {
  private static final List<String> WORDS = List.of("book", "a", "train", "to", "rome");
  private static final Classifier CLASSIFIER =
      Classifier.of(
          UntrainedModels.of("flight", "train", "hotel").perSentence().words(WORDS).build());

  @Test
  void theScoresAreADistributionInOrder() {
    Classified c = CLASSIFIER.classify("book a train to rome");
    List<Double> scores = List.copyOf(c.scores().values());
    List<Double> sorted = new ArrayList<>(scores);
    sorted.sort(Collections.reverseOrder());
    assertEquals(sorted, scores);
    assertEquals(1, scores.stream().mapToDouble(p -> p).sum(), 1e-6);
    assertEquals(c.label(), c.scores().keySet().iterator().next());
    assertEquals(c.confidence(), scores.get(0));
  }

  @Test
  void classifyAllEqualsClassifyForEach() {
    SplittableRandom random = Seeds.of(621);
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      List<String> words = new ArrayList<>();
      for (int t = random.nextInt(12); t > 0; t--)
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      sentences.add(words);
    }
    List<Classified> alone = sentences.stream().map(CLASSIFIER::classify).toList();
    assertEquals(alone, CLASSIFIER.classifyAllTokens(sentences, 1));
    assertEquals(alone, CLASSIFIER.classifyAllTokens(sentences, 3));
    assertEquals(
        alone, CLASSIFIER.classifyAll(sentences.stream().map(s -> String.join(" ", s)).toList()));
  }

  @Test
  void aTextWithoutATokenIsOneUnknownWord() {
    Classified unknown = CLASSIFIER.classify(List.of("qwertz"));
    assertEquals(unknown, CLASSIFIER.classify(""));
    assertEquals(unknown, CLASSIFIER.classify(" \n"));
    assertEquals(unknown, CLASSIFIER.classify(List.of()));
    assertEquals(List.of(unknown), CLASSIFIER.classifyAll(List.of("")));
  }

  @Test
  void veryLongTextsAreReadToTheEnd() {
    List<String> start = Collections.nCopies(4_999, "train");
    List<String> one = new ArrayList<>(start), other = new ArrayList<>(start);
    one.add("rome");
    other.add("book");
    assertTrue(!CLASSIFIER.classify(one).equals(CLASSIFIER.classify(other)));
  }

  @Test
  void oneLabelAndOneHiddenUnitAreEnough() {
    Classifier one = Classifier.of(UntrainedModels.of("all").perSentence().hidden(1).build());
    assertEquals(1.0, one.classify("anything").confidence());
    assertEquals(List.of("all"), one.labels());
  }

  @Test
  void whatCannotWorkIsRefusedInWords() {
    refused("token 1 of 1 is empty", () -> CLASSIFIER.classify(List.of("")));
    refused("token 2 of 2 is null", () -> CLASSIFIER.classify(Arrays.asList("a", null)));
    refused(
        "token 1 of 1 is empty",
        () -> CLASSIFIER.classifyAllTokens(List.of(List.of("a"), List.of("")), 1));
    refused("threads is 0", () -> CLASSIFIER.classifyAllTokens(List.of(), 0));
    refused("use Tagger", () -> Classifier.of(UntrainedModels.of("a").build()));
  }

  private static void refused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
