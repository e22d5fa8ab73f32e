package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.label.TagScheme;
import dev.sluice.opennlp.OpenNlpChunker;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One tagger, one classifier, 16 threads: every result is the one that a single thread gets, bit for bit. */
class ManyThreadsTest {
  private static final int THREADS = 16;
  private static final List<String> WORDS = List.of("from", "oslo", "to", "rome", "on", "friday");

  @Test
  void manyThreadsShareATagger() throws Exception {
    Tagger tagger =
        Tagger.of(
            UntrainedModels.of("O", "B-city", "I-city")
                .scheme(TagScheme.BIO)
                .words(WORDS)
                .hidden(20)
                .build());
    assertSharedResultsEqualSerialOnes(tagger::tagWithScores);
    assertSharedResultsEqualSerialOnes(text -> tagger.tagAll(List.of(text, "to rome", text)));
    assertSharedResultsEqualSerialOnes(text -> tagger.best(List.of(text.split(" ")), 3));
    OpenNlpChunker chunker = new OpenNlpChunker(tagger);
    assertSharedResultsEqualSerialOnes(
        text -> {
          String[] words = text.split(" ");
          return List.of(
              List.of(chunker.chunk(words, null)), List.of(chunker.chunkAsSpans(words, null)));
        });
  }

  @Test
  void manyThreadsShareAClassifier() throws Exception {
    Classifier classifier =
        Classifier.of(
            UntrainedModels.of("flight", "train", "hotel")
                .perSentence()
                .words(WORDS)
                .hidden(20)
                .build());
    assertSharedResultsEqualSerialOnes(classifier::classify);
  }

  private static void assertSharedResultsEqualSerialOnes(Function<String, Object> call)
      throws Exception {
    SplittableRandom random = Seeds.of(611);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> words = new ArrayList<>();
      for (int t = random.nextInt(25); t >= 0; t--)
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      texts.add(String.join(" ", words));
    }
    List<Object> serial = texts.stream().map(call).toList();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<Integer>> done = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int offset = thread * 7;
        done.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < texts.size(); i++) {
                    int which = (i + offset) % texts.size();
                    assertEquals(serial.get(which), call.apply(texts.get(which)));
                  }
                  return texts.size();
                }));
      }
      int calls = 0;
      for (Future<Integer> f : done) calls += f.get();
      assertEquals(THREADS * texts.size(), calls);
    } finally {
      threads.shutdownNow();
    }
  }
}
