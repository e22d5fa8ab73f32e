package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.model.SequenceDecoder.Written;
import dev.sluice.network.Block;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Decoder;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Looking;
import dev.sluice.testing.Seeds;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Beam search against an enumeration of all sequences, greedy search against drawing at temperature 0, and what ends a sequence. */
class SequenceDecoderTest {
  private static final int KNOWN = 3;
  private static final int LONGEST = 6; // of the enumeration

  /** A small model with random weights; the end has this much more of a score at every step, the unknown symbol much less. */
  static TransducerModel model(SplittableRandom random, double end, double penalty) {
    Vocabulary words = Vocabulary.ofWords(List.of("u", "v", "w"));
    Symbols symbols = new Symbols(Vocabulary.ofWords(List.of("a", "b", "c")));
    Network network =
        new Network(
            NetworkShape.transducer(
                List.of(new Input.Table("word", words.size(), 4)),
                new Encoder(new CellConfig.Gru(), List.of(5), true),
                new Decoder(
                    symbols.predicted(),
                    4,
                    List.of(new CellConfig.Lstm()),
                    List.of(10),
                    Looking.GENERAL)));
    network.initialise(random.nextLong());
    for (Block b : network.parameters().blocks()) {
      if (b.name().equals("decoder.output.weight"))
        b.fill(
            network.parameters().dense(), Seeds.floats(random, Math.toIntExact(b.weights()), 1.5));
      if (!b.name().equals("decoder.output.bias")) continue;
      network.parameters().dense()[b.at() + symbols.end()] = (float) end;
      network.parameters().dense()[b.at() + Symbols.UNKNOWN] = -30;
    }
    TransducerModel model =
        new TransducerModel(
            new InputEncoder(
                TextPipeline.of(
                    new TextConfig("whitespace", TextConfig.Punctuation.KEEP, List.of())),
                words,
                List.of(new Channel("word", new Source.Word(), words)),
                Optional.empty()),
            Unit.WORD,
            Unit.CHARACTER,
            symbols,
            Optional.empty(),
            new TransducerModel.Search(4, penalty, 1),
            network);
    model.pack();
    return model;
  }

  /** Every sequence of at most {@link #LONGEST} symbols. */
  private static List<int[]> all() {
    List<int[]> all = new ArrayList<>(List.of(new int[0]));
    for (int from = 0, n = 0; n < LONGEST; n++) {
      int to = all.size();
      for (int i = from; i < to; i++) {
        for (int symbol = 1; symbol <= KNOWN; symbol++) {
          int[] longer = Arrays.copyOf(all.get(i), n + 1);
          longer[n] = symbol;
          all.add(longer);
        }
      }
      from = to;
    }
    return all;
  }

  private static double[] logs(TransducerModel model, String source, List<int[]> targets) {
    Example bare = model.encode(0, List.of(source.split(" ")));
    Example[] pairs = new Example[targets.size()];
    for (int i = 0; i < pairs.length; i++) {
      int[] target = Arrays.copyOf(targets.get(i), targets.get(i).length + 1);
      target[target.length - 1] = model.symbols().end();
      pairs[i] = bare.withTarget(target);
    }
    return new SequenceDecoder(model).logProbabilities(pairs, 0, pairs.length);
  }

  /** The ranks of the enumeration; what is longer than it has less probability than the last of those that are compared. */
  private static void compare(TransducerModel model, String source, int wanted) {
    List<int[]> all = all();
    double[] logs = logs(model, source, all);
    double left = 1;
    for (double log : logs) left -= Math.exp(log);
    Integer[] order = new Integer[logs.length];
    Arrays.setAll(order, i -> i);
    double[] scores = new double[logs.length];
    Arrays.setAll(scores, i -> logs[i] / model.search().penalty(all.get(i).length + 1));
    Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
    if (model.search().lengthPenalty() == 0)
      assertTrue(left < Math.exp(logs[order[wanted - 1]]), left + ", " + Seeds.describe());
    List<Written> found = new SequenceDecoder(model).best(source, 300, wanted);
    assertEquals(wanted, found.size());
    for (int i = 0; i < wanted; i++) {
      assertArrayEquals(all.get(order[i]), found.get(i).symbols(), Seeds.describe());
      assertEquals(logs[order[i]], found.get(i).logProbability(), 1e-5, Seeds.describe());
    }
  }

  @Test
  void aWideBeamFindsWhatTheEnumerationFinds() {
    SplittableRandom random = Seeds.of(901);
    for (int n = 0; n < 20; n++) compare(model(random, 3, 0), "u v w v", 3);
  }

  @Test
  void aLengthPenaltyRanksAsItsFormulaDoes() {
    SplittableRandom random = Seeds.of(902);
    for (int n = 0; n < 20; n++) compare(model(random, 4, 0.5), "w u", 3);
  }

  @Test
  void aNarrowerBeamFindsNothingBetter() {
    SplittableRandom random = Seeds.of(903);
    for (int n = 0; n < 20; n++) {
      TransducerModel model = model(random, 1, 0);
      SequenceDecoder decoder = new SequenceDecoder(model);
      double best = decoder.best("v v", 300, 1).get(0).logProbability();
      for (int beam : new int[] {1, 2, 4, 8})
        assertTrue(decoder.best("v v", beam, 1).get(0).logProbability() <= best + 1e-9);
    }
  }

  @Test
  void greedyIsABeamOfOne() {
    SplittableRandom random = Seeds.of(904);
    for (int n = 0; n < 20; n++) {
      TransducerModel model = model(random, 0, 0);
      SequenceDecoder decoder = new SequenceDecoder(model);
      SymbolSampler sampler =
          new SymbolSampler(model.predicted(), 0, Optional.empty(), Optional.empty());
      Written greedy = decoder.draw("u w v", sampler, 7).orElseThrow();
      Written beam = decoder.best("u w v", 1, 1).get(0);
      assertArrayEquals(greedy.symbols(), beam.symbols(), Seeds.describe());
      assertEquals(greedy.logProbability(), beam.logProbability());
    }
  }

  @Test
  void aSequenceThatWouldNeverEndIsEndedAtItsBound() {
    TransducerModel model = model(Seeds.of(905), -50, 0);
    SequenceDecoder decoder = new SequenceDecoder(model);
    for (Written w : decoder.best("u v", 3, 3)) {
      assertEquals(2 * 2 + 50, w.symbols().length);
      assertEquals(logs(model, "u v", List.of(w.symbols()))[0], w.logProbability(), 1e-3 * 54);
    }
    SymbolSampler sampler =
        new SymbolSampler(model.predicted(), 1, Optional.empty(), Optional.empty());
    assertEquals(54, decoder.draw("u v", sampler, 1).orElseThrow().symbols().length);
    assertEquals(200, new TransducerModel.Search(1, 0, 198).most(1));
  }

  /** Sources of different lengths side by side, whose searches end at different steps. */
  @Test
  void eachSourceIsAnsweredAsIfItWereAlone() {
    SplittableRandom random = Seeds.of(906);
    TransducerModel model = model(random, 1, 0);
    String[] sources = {"u", "v w u v w", "w w", "u", "v u u v u v w", "w"};
    Example[] examples = new Example[sources.length];
    for (int i = 0; i < sources.length; i++)
      examples[i] = model.encode(i, List.of(sources[i].split(" ")));
    SequenceDecoder decoder = new SequenceDecoder(model);
    List<List<Written>> together = decoder.best(examples, 0, examples.length, 5, 2);
    for (int i = 0; i < sources.length; i++) {
      List<Written> alone = decoder.best(sources[i], 5, 2);
      assertEquals(alone.size(), together.get(i).size());
      for (int r = 0; r < alone.size(); r++) {
        assertArrayEquals(alone.get(r).symbols(), together.get(i).get(r).symbols());
        assertEquals(alone.get(r).logProbability(), together.get(i).get(r).logProbability());
      }
    }
  }

  @Test
  void drawnSequencesFollowTheirProbability() {
    TransducerModel model = model(Seeds.of(907), 3, 0);
    SequenceDecoder decoder = new SequenceDecoder(model);
    Written best = decoder.best("u v", 50, 1).get(0);
    SymbolSampler sampler =
        new SymbolSampler(model.predicted(), 1, Optional.empty(), Optional.empty());
    int same = 0, draws = 2000;
    for (int n = 0; n < draws; n++) {
      Written w = decoder.draw("u v", sampler, SymbolSampler.stream(1, n)).orElseThrow();
      if (Arrays.equals(w.symbols(), best.symbols())) same++;
    }
    double p = Math.exp(best.logProbability());
    assertEquals(p, (double) same / draws, 0.04, Seeds.describe());
  }

  @Test
  void aSourceWithoutTokensHasNoTarget() {
    SequenceDecoder decoder = new SequenceDecoder(model(Seeds.of(908), 1, 0));
    assertEquals(List.of(), decoder.best(" ", 4, 1));
    assertThrows(IllegalArgumentException.class, () -> decoder.best("u", 2, 3));
  }
}
