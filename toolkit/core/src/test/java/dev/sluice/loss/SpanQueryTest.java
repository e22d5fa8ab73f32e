package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The probability of a span is that of the paths from which the scheme reads it, by listing them all. */
class SpanQueryTest {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void spansAreAsProbableAsThePathsThatSpellThem(TagScheme scheme) {
    List<String> labels = MovesTest.labels(scheme);
    Moves moves = Moves.of(scheme, labels);
    SplittableRandom random = Seeds.of(321 + scheme.ordinal());
    for (int n = 0; n < 8; n++) {
      double scale = n == 7 ? 500 : 2;
      ReferenceChain c = ReferenceChain.random(random, moves, 1 + n % 4, scale);
      everySpan(c, c.chain(), scheme, labels);
    }
  }

  /** Without constraints illegal paths are read as conlleval reads them. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void spansOfAChainWithoutConstraintsAreThoseOfConlleval(TagScheme scheme) {
    List<String> labels = MovesTest.labels(scheme);
    SplittableRandom random = Seeds.of(341 + scheme.ordinal());
    ReferenceChain c = ReferenceChain.random(random, Moves.free(labels.size()), 3, 2);
    for (double[][] m : List.of(c.trans, c.start, c.stop)) {
      for (double[] row : m) Arrays.fill(row, 0);
    }
    Chain chain = new Chain(c.moves);
    c.read(chain);
    everySpan(c, chain, scheme, labels);
  }

  private static void everySpan(
      ReferenceChain c, Chain chain, TagScheme scheme, List<String> labels) {
    SpanQuery query = new SpanQuery(scheme, labels);
    List<int[]> paths = c.everyPath();
    double logZ = c.logWeight(path -> true);
    List<List<Span>> read =
        paths.stream()
            .map(path -> scheme.spans(Arrays.stream(path).mapToObj(labels::get).toList()))
            .toList();
    for (String type : List.of("city", "date")) {
      for (int start = 0; start < c.T; start++) {
        for (int end = start + 1; end <= c.T; end++) {
          Span span = new Span(type, start, end);
          double expected = 0;
          for (int n = 0; n < paths.size(); n++) {
            if (read.get(n).contains(span)) expected += Math.exp(c.score(paths.get(n)) - logZ);
          }
          assertEquals(
              expected, query.probability(chain, span), 1e-11, () -> scheme + " " + span + c);
        }
      }
    }
  }

  @Test
  void spansThatCannotBeAreImprobableOrRefused() {
    List<String> labels = List.of("O", "B-x", "I-x");
    SpanQuery query = new SpanQuery(TagScheme.BIO, labels);
    Chain chain = new Chain(Moves.of(TagScheme.BIO, labels));
    chain.read(new float[6], new int[] {0, 3}, 2);
    assertEquals(0, query.probability(chain, new Span("y", 0, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> query.probability(chain, new Span("x", 1, 3)));
    assertThrows(IllegalArgumentException.class, () -> new SpanQuery(TagScheme.PLAIN, labels));
    chain.read(new float[] {0, Float.NaN, 0}, new int[1], 1);
    assertTrue(Double.isNaN(query.probability(chain, new Span("x", 0, 1))));
  }
}
