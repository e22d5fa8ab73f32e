package dev.sluice.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.Loss;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.Emissions;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.Workspace;
import dev.sluice.testing.Gallery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A few sentences are learned without a mistake by every cell; the same word has different labels, so context must be used. */
class TinyCorpusTest {
  private static final String[] CORPUS = {
    "walk/O from/O oslo/FROM to/O rome/TO",
    "walk/O to/O oslo/TO from/O rome/FROM",
    "from/O rome/FROM to/O oslo/TO please/O",
    "rome/NAME",
    "oslo/NAME",
    "to/O rome/TO",
    "is/O rome/NAME far/O from/O oslo/FROM",
    "please/O walk/O home/O"
  };
  private static final List<String> WORDS = distinct(0);
  private static final List<String> LABELS = distinct(1);

  private static List<String> distinct(int part) {
    LinkedHashSet<String> all = new LinkedHashSet<>();
    for (String sentence : CORPUS)
      for (String token : sentence.split(" ", -1)) all.add(token.split("/", -1)[part]);
    return List.copyOf(all);
  }

  /** The sentences; as a whole each is of the kind its number says. */
  private static Example[] examples() {
    Example[] examples = new Example[CORPUS.length];
    for (int n = 0; n < examples.length; n++) {
      String[] tokens = CORPUS[n].split(" ", -1);
      int[] words = new int[tokens.length], labels = new int[tokens.length];
      for (int t = 0; t < tokens.length; t++) {
        words[t] = WORDS.indexOf(tokens[t].split("/", -1)[0]);
        labels[t] = LABELS.indexOf(tokens[t].split("/", -1)[1]);
      }
      examples[n] =
          new Example(
              n, new int[][] {words}, new Spelling[0], labels, new int[] {n % LABELS.size()});
    }
    return examples;
  }

  @Test
  void everyCellLearnsALabelPerToken() {
    for (CellConfig cell : Gallery.kinds()) {
      for (int dimension : new int[] {8, 0}) learns(cell, dimension, null, adam());
    }
  }

  @Test
  void everyVariantOfACellLearns() {
    for (CellConfig cell : Gallery.variants()) learns(cell, 8, null, adam());
  }

  /** Five tokens say enough of each token here, and the last three of each sentence. */
  @Test
  void aWindowToBothSidesLearns() {
    Encoder window = new Encoder(new CellConfig.Window(2, 2), List.of(12), false);
    for (int dimension : new int[] {8, 0}) {
      learns(window, dimension, null, adam());
      for (Pooling pooling : Pooling.values()) learns(window, dimension, pooling, adam());
    }
  }

  @Test
  void everyCellLearnsALabelPerSentence() {
    for (CellConfig cell : Gallery.kinds()) {
      for (Pooling pooling : Pooling.values()) learns(cell, 8, pooling, adam());
    }
  }

  @Test
  void everyCellLearnsWithLayerNormalisationAndWithConnections() {
    for (CellConfig cell : Gallery.kinds()) {
      for (Connection connection : Connection.values()) {
        Encoder encoder =
            new Encoder(
                cell,
                List.of(12, 12),
                true,
                connection,
                connection != Connection.RESIDUAL,
                Optional.empty());
        learns(encoder, 8, null, adam());
      }
    }
  }

  @Test
  void everyOptimizerLearns() {
    CellConfig lstm = new CellConfig.Lstm();
    for (OptimizerConfig config :
        List.of(
            new OptimizerConfig.Sgd(1, 0),
            new OptimizerConfig.Sgd(0.3, 0.9),
            new OptimizerConfig.AdaGrad(0.1, 1e-10),
            new OptimizerConfig.RmsProp(0.01, 0.99, 1e-8),
            new OptimizerConfig.AdamW(0.02, 0.9, 0.999, 1e-8, 0.01),
            new OptimizerConfig.Nadam(0.02, 0.9, 0.999, 1e-8))) {
      learns(lstm, 8, null, config);
    }
  }

  private static OptimizerConfig adam() {
    return new OptimizerConfig.Adam(0.02, 0.9, 0.999, 1e-8);
  }

  private static void learns(
      CellConfig cell, int dimension, Pooling pooling, OptimizerConfig config) {
    learns(new Encoder(cell, List.of(12), true), dimension, pooling, config);
  }

  private static void learns(
      Encoder encoder, int dimension, Pooling pooling, OptimizerConfig config) {
    Network network =
        new Network(
            new NetworkShape(
                List.of(
                    dimension == 0
                        ? new Input.OneHot("word", WORDS.size())
                        : new Input.Table("word", WORDS.size(), dimension)),
                encoder,
                pooling == null
                    ? Optional.of(new NetworkShape.Tokens(LABELS.size(), false))
                    : Optional.empty(),
                Optional.ofNullable(pooling)
                    .map(p -> new NetworkShape.Sentence(LABELS.size(), p))));
    network.initialise(1);
    Optimizer optimizer =
        new Optimizer(config, new ClipConfig(Optional.of(5.0), Optional.empty()), network);
    Loss loss =
        pooling == null
            ? SoftmaxLoss.ofTokens(LABELS.size(), null, 0)
            : SoftmaxLoss.ofSentences(LABELS.size(), null, 0);
    Kernels kernels = Kernels.create();
    Workspace ws = network.workspace(kernels, true);
    Example[] examples = examples();
    ws.batch().fill(examples, 0, 1, examples.length);
    double last = Double.NaN;
    try (Workers workers = new Workers(1)) {
      for (int step = 0; step < 400; step++) {
        network.pack(kernels, true);
        network.forward(ws, Dropping.NONE);
        last = loss.gradient(ws, 1f / examples.length);
        if (last < 0.5) break; // e^-0.5 > 1/2: no single result can be wrong
        network.backward(ws, Dropping.NONE);
        optimizer.step(List.of(ws), 1, config.rate(), workers);
      }
    }
    assertEquals(
        answers(ws.batch(), pooling),
        predictions(ws, pooling),
        encoder + " " + pooling + " " + config + ", loss " + last);
  }

  private static List<Integer> answers(Batch batch, Pooling pooling) {
    List<Integer> right = new ArrayList<>();
    if (pooling == null) {
      Arrays.stream(batch.labels(), 0, batch.rows()).forEach(right::add);
    } else {
      for (int i = 0; i < batch.sentences(); i++) right.add(batch.example(i).intents()[0]);
    }
    return right;
  }

  private static List<Integer> predictions(Workspace ws, Pooling pooling) {
    int results = pooling == null ? ws.batch().rows() : ws.batch().sentences();
    List<Integer> found = new ArrayList<>();
    Emissions emissions = pooling == null ? ws.tokens() : ws.sentence();
    for (int row = 0; row < results; row++) {
      int at = row * emissions.ld(), best = 0;
      for (int j = 1; j < LABELS.size(); j++)
        if (emissions.scores()[at + j] > emissions.scores()[at + best]) best = j;
      found.add(best);
    }
    return found;
  }
}
