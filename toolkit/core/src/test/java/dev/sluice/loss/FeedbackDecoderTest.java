package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Workspace;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.ReferenceNetwork;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Searches through sequences of labels that are fed back, against lists of all of them. */
class FeedbackDecoderTest {
  private static final List<String> BIOES = List.of("O", "B-x", "I-x", "E-x", "S-x");
  private static final int L = BIOES.size();
  private static final int LONGEST = 5;

  private final SplittableRandom random = Seeds.of(321);

  /** A sentence that a random network has read, and what it may be labelled. */
  private final class Case {
    final Network network;
    final Workspace ws;
    final Moves moves;
    final int T;
    double temperature = 1;

    Case(boolean constrained, boolean recurrent) {
      NetworkShape.Feedback feedback =
          new NetworkShape.Feedback(6, CellConfig.Activation.TANH, recurrent, false);
      NetworkShape shape =
          new NetworkShape(
              List.of(new NetworkShape.Input.Table("word", Gallery.WORDS, 5)),
              new NetworkShape.Encoder(new CellConfig.Gru(), List.of(3), true),
              Optional.of(new NetworkShape.Tokens(L, false, Optional.of(feedback))),
              Optional.empty());
      network = new Network(shape);
      ReferenceNetwork reference = new ReferenceNetwork(shape);
      reference.randomise(random, 1.5);
      for (double[] row : reference.weights().of("tokens.feedback.label"))
        for (int j = 0; j < row.length; j++) row[j] *= 8; // what was said before matters
      reference.copyTo(network);
      network.pack(Kernels.create(), false);
      moves = constrained ? Moves.of(TagScheme.BIOES, BIOES) : Moves.free(L);
      T = random.nextInt(4) == 0 ? 1 : LONGEST;
      ws = network.workspace(false);
      Example[] examples = {sentence(7), sentence(T), sentence(2)};
      ws.batch().fill(examples, 0, 1, 3);
      network.forward(ws, Dropping.NONE);
    }

    private Example sentence(int length) {
      int[][] ids = {random.ints(length, 0, Gallery.WORDS).toArray()};
      return Example.unlabelled(1, ids);
    }

    TokenDecoder decoder(int beam) {
      SpanQuery spans = new SpanQuery(TagScheme.BIOES, BIOES);
      TokenDecoder decoder = TokenDecoder.of(network, moves, spans, temperature, beam);
      int i = 0;
      while (ws.batch().place(i) != 1) i++;
      decoder.read(ws, i);
      return decoder;
    }

    /** Every sequence that may be given with its probability, the most probable first. */
    List<LabelPath> all() {
      TokenDecoder decoder = decoder(1);
      List<LabelPath> all = new ArrayList<>();
      for (int n = 0; n < Math.pow(L, T); n++) {
        int[] labels = new int[T];
        for (int t = 0, rest = n; t < T; t++, rest /= L) labels[t] = rest % L;
        if (moves.legal(labels, T)) all.add(new LabelPath(labels, decoder.logProbability(labels)));
      }
      all.sort(Comparator.comparingDouble(path -> -path.logProbability()));
      return all;
    }
  }

  private void each(BiConsumer<Case, String> claim) {
    for (int n = 0; n < 60; n++)
      claim.accept(new Case(n % 2 == 0, n % 4 < 2), "case " + n + ", " + Seeds.describe());
  }

  @Test
  void theProbabilitiesOfAllSequencesThatMayBeGivenSumToOne() {
    each(
        (c, name) -> {
          c.temperature = 0.5 + random.nextDouble();
          double sum = 0;
          for (LabelPath path : c.all()) sum += Math.exp(path.logProbability());
          assertEquals(1, sum, 1e-5, name);
        });
  }

  @Test
  void aSequenceThatMayNotBeGivenHasNoProbability() {
    Case c = new Case(true, true);
    int[] inside = new int[c.T];
    Arrays.fill(inside, 2);
    assertEquals(Double.NEGATIVE_INFINITY, c.decoder(1).logProbability(inside));
  }

  @Test
  void aBeamAsWideAsThereAreBeginningsFindsTheMostProbableSequences() {
    each(
        (c, name) -> {
          List<LabelPath> all = c.all();
          List<LabelPath> found = c.decoder(3200).best(5);
          assertEquals(Math.min(5, all.size()), found.size(), name);
          for (int i = 0; i < found.size(); i++) {
            assertArrayEquals(all.get(i).labels(), found.get(i).labels(), name);
            double expected = all.get(i).logProbability();
            assertEquals(expected, found.get(i).logProbability(), 1e-6, name);
          }
          assertArrayEquals(all.get(0).labels(), c.decoder(3200).best(), name);
        });
  }

  @Test
  void aTemperatureChangesProbabilitiesAndNotWhichSequencesAreGiven() {
    each(
        (c, name) -> {
          TokenDecoder plain = c.decoder(4);
          List<LabelPath> expected = plain.best(3);
          int[] best = plain.best();
          double p = plain.logProbability(best);
          c.temperature = 0.1;
          TokenDecoder cold = c.decoder(4);
          assertArrayEquals(best, cold.best(), name);
          List<LabelPath> found = cold.best(3);
          for (int i = 0; i < expected.size(); i++)
            assertArrayEquals(expected.get(i).labels(), found.get(i).labels(), name);
          assertEquals(cold.logProbability(best), found.get(0).logProbability(), 1e-5, name);
          if (c.all().size() > 1) assertNotEquals(p, cold.logProbability(best), name);
        });
  }

  @Test
  void theFirstOfTheBestIsTheOneThatIsGivenAndManyMayBeAskedFor() {
    each(
        (c, name) -> {
          TokenDecoder greedy = c.decoder(1);
          List<LabelPath> found = greedy.best(1_000_000);
          assertArrayEquals(greedy.best(), found.get(0).labels(), name);
          assertEquals(c.all().size(), found.size(), name);
        });
  }

  @Test
  void aWiderBeamIsWorthItInSomeCases() {
    int[] better = {0};
    each(
        (c, name) -> {
          TokenDecoder greedy = c.decoder(1), wide = c.decoder(3200);
          double first = greedy.logProbability(greedy.best());
          double second = wide.logProbability(wide.best());
          assertTrue(second >= first - 1e-9, name);
          if (second > first + 1e-9) better[0]++;
        });
    assertTrue(better[0] >= 2, () -> better[0] + " of 60");
  }

  @Test
  void aBeamOfOneTakesTheBestLabelOfEachToken() {
    each(
        (c, name) -> {
          TokenDecoder decoder = c.decoder(1);
          int[] best = decoder.best();
          assertTrue(c.moves.legal(best, c.T), name);
          double[] given = decoder.conditionals(best);
          for (int t = 0; t < c.T; t++) {
            double sum = 0;
            for (int j = 0; j < L; j++) {
              assertTrue(decoder.marginal(t, j) <= given[t] + 1e-12, name);
              sum += decoder.marginal(t, j);
            }
            assertEquals(given[t], decoder.marginal(t, best[t]), name);
            assertEquals(1, sum, 1e-5, name);
          }
        });
  }

  @Test
  void aSpanIsAsProbableAsItsLabelsAndAnEndBehindIt() {
    each(
        (c, name) -> {
          TokenDecoder decoder = c.decoder(3);
          int[] best = decoder.best();
          List<String> names = Arrays.stream(best).mapToObj(BIOES::get).toList();
          if (!c.moves.legal(best, c.T)) return;
          for (Span span : TagScheme.BIOES.spans(names)) {
            double p = 1;
            for (int t = span.start(); t < span.end(); t++) p *= decoder.conditionals(best)[t];
            double found = decoder.probability(span);
            boolean closed = best[span.end() - 1] >= 3; // E and S: nothing goes on with it
            if (closed || span.end() == c.T) assertEquals(p, found, 1e-5, name);
            else assertTrue(found <= p + 1e-12, name);
          }
        });
  }

  @Test
  void scoresBehindGivenLabelsAreThoseOfTrainingToTheBit() {
    for (NetworkShape shape : Gallery.shapes()) {
      if (shape.tokens().isEmpty() || !shape.tokens().get().followsLabels()) continue;
      ReferenceNetwork reference = new ReferenceNetwork(shape);
      reference.randomise(random, 1);
      Network network = new Network(shape);
      reference.copyTo(network);
      network.pack(Kernels.create(), false);
      Workspace ws = network.workspace(false);
      List<Example> examples = Gallery.examples(random, shape, 5, 2, 7);
      ws.batch().fill(examples.toArray(Example[]::new), 0, 1, 3);
      network.forward(ws, Dropping.NONE);
      int ld = ws.tokens().ld(), H = network.feedbackWidth();
      for (int i = 0; i < 3; i++) {
        float[] before = new float[2 * H], after = new float[2 * H], scores = new float[2 * ld];
        int[] previous = {Network.NO_LABEL, Network.NO_LABEL};
        for (int t = 0; t < ws.batch().length(i); t++) {
          int row = ws.batch().row(t, i);
          network.scoreLabels(ws, row, 2, previous, before, after, scores);
          for (int n = 0; n < 2; n++) {
            for (int j = 0; j < Gallery.LABELS; j++)
              assertEquals(ws.tokens().scores()[row * ld + j], scores[n * ld + j]);
          }
          Arrays.fill(previous, ws.batch().labels()[row]);
          before = after.clone();
        }
      }
    }
  }

  @Test
  void theLikelihoodForATemperatureIsThatOfTheDecoder() {
    each(
        (c, name) -> {
          int[] gold = c.all().get(0).labels();
          c.temperature = 0.5 + random.nextDouble();
          float[] scores = new float[c.T * L];
          float[] before = new float[c.network.feedbackWidth()], after = before.clone();
          float[] row = new float[c.ws.tokens().ld()];
          int[] previous = {Network.NO_LABEL};
          int i = 0;
          while (c.ws.batch().place(i) != 1) i++;
          for (int t = 0; t < c.T; t++) {
            c.network.scoreLabels(c.ws, c.ws.batch().row(t, i), 1, previous, before, after, row);
            System.arraycopy(row, 0, scores, t * L, L);
            previous[0] = gold[t];
            before = after.clone();
          }
          PrefixLikelihood likelihood =
              new PrefixLikelihood(c.moves, new float[][] {scores}, new int[][] {gold});
          try (Workers workers = new Workers(1)) {
            double expected = -c.decoder(1).logProbability(gold);
            assertEquals(expected, likelihood.negative(c.temperature, workers), 1e-5, name);
          }
          boolean greedyIsRight = Arrays.equals(gold, c.decoder(1).best());
          assertEquals(greedyIsRight ? 0 : 1, likelihood.mistakes(), name);
        });
  }

  @Test
  void scoresThatAreNotFiniteGiveALegalSequenceWithoutProbabilities() {
    Case c = new Case(true, false);
    float[] dense = c.network.parameters().dense();
    Arrays.fill(dense, Float.NaN);
    c.network.pack(Kernels.create(), false);
    c.network.forward(c.ws, Dropping.NONE);
    for (int beam : new int[] {1, 3}) {
      int[] best = c.decoder(beam).best();
      assertTrue(c.moves.legal(best, c.T), Arrays.toString(best));
      assertTrue(Double.isNaN(c.decoder(beam).logProbability(best)));
    }
  }
}
