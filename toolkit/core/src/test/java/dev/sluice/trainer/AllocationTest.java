package dev.sluice.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.batch.Example;
import dev.sluice.batch.Passage;
import dev.sluice.batch.Spelling;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.CrfLoss;
import dev.sluice.loss.JointLoss;
import dev.sluice.loss.Loss;
import dev.sluice.loss.Moves;
import dev.sluice.loss.SigmoidLoss;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Dropping;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Workspace;
import dev.sluice.optimizer.AverageConfig;
import dev.sluice.optimizer.ClipConfig;
import dev.sluice.optimizer.Optimizer;
import dev.sluice.optimizer.OptimizerConfig;
import dev.sluice.optimizer.WeightAverage;
import dev.sluice.testing.Gallery;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After some steps, when everything it calls is loaded and compiled, a step of training takes no memory, the moving average of the weights included. Measured with scalar kernels, since vectors are
 * objects until the code is compiled.
 */
class AllocationTest {
  private static final int WORDS = 30, LABELS = 5;

  static List<CellConfig> cells() {
    List<CellConfig> cells = new ArrayList<>(Gallery.variants());
    cells.add(new CellConfig.Rnn());
    cells.add(new CellConfig.Lstm());
    cells.add(new CellConfig.Gru());
    cells.add(new CellConfig.Window(2, 2));
    return cells;
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aStepOfTrainingAllocatesNothingAfterTheFirst(CellConfig cell) {
    aStepAllocatesNothing(
        new NetworkShape.Encoder(
            cell,
            List.of(7, 5),
            !(cell instanceof CellConfig.Window),
            EncoderConfig.Connection.NONE,
            false,
            Optional.of(new NetworkShape.Attention(6, 2))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void norDoesOneWithLayerNormalisationAndConnections(CellConfig cell) {
    boolean plain =
        cell.features().isEmpty() && cell.initialState() == CellConfig.InitialState.ZERO;
    for (EncoderConfig.Connection connection :
        plain
            ? EncoderConfig.Connection.values()
            : new EncoderConfig.Connection[] {EncoderConfig.Connection.RESIDUAL})
      aStepAllocatesNothing(
          new NetworkShape.Encoder(
              cell,
              List.of(7, 5, 5),
              !(cell instanceof CellConfig.Window),
              connection,
              true,
              Optional.empty()));
  }

  @Test
  void norDoesOneThatFeedsLabelsBack() {
    for (boolean distribution : new boolean[] {false, true})
      aStepAllocatesNothing(
          new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(5), true),
          Optional.of(
              new NetworkShape.Feedback(7, CellConfig.Activation.TANH, true, distribution)));
  }

  private static void aStepAllocatesNothing(NetworkShape.Encoder encoder) {
    aStepAllocatesNothing(encoder, Optional.empty());
  }

  private static void aStepAllocatesNothing(
      NetworkShape.Encoder encoder, Optional<NetworkShape.Feedback> feedback) {
    Network network =
        new Network(
            new NetworkShape(
                List.of(
                    new NetworkShape.Input.Table("word", WORDS, 6),
                    new NetworkShape.Input.OneHot("word2", WORDS),
                    new NetworkShape.Input.Characters(
                        "letters", 4, reader(encoder.cells().get(0)), 3, 5, 3),
                    language("language", encoder.cells().get(0), true),
                    language("other", encoder.cells().get(0), false)),
                encoder,
                Optional.of(
                    new NetworkShape.Tokens(
                        LABELS, !(encoder.cells().get(0) instanceof CellConfig.Rnn), feedback)),
                Optional.of(new NetworkShape.Sentence(2, NetworkShape.Pooling.ATTENTION))));
    Loss tokens =
        network.chain().isPresent()
            ? new CrfLoss(network, Moves.free(LABELS), null, 0.1)
            : SoftmaxLoss.ofTokens(LABELS, null, 0.1);
    aStepAllocatesNothing(network, new JointLoss(tokens, 1, new SigmoidLoss(2, null, 0.1), 1));
  }

  @ParameterizedTest
  @EnumSource
  void norDoesOneWithADecoder(NetworkShape.Looking looking) {
    NetworkShape.Encoder encoder = new NetworkShape.Encoder(new CellConfig.Gru(), List.of(4), true);
    List<CellConfig> cells = List.of(new CellConfig.Lstm(), new CellConfig.Gru());
    Network network =
        new Network(
            NetworkShape.transducer(
                List.of(
                    new NetworkShape.Input.Table("word", WORDS, 6),
                    new NetworkShape.Input.OneHot("word2", WORDS)),
                encoder,
                new NetworkShape.Decoder(WORDS, 5, cells, List.of(7, 8), looking)));
    aStepAllocatesNothing(network, SoftmaxLoss.ofWritten(WORDS, 0.1));
  }

  private static void aStepAllocatesNothing(Network network, Loss loss) {
    network.initialise(1);
    Kernels kernels = Kernels.scalar();
    Workspace workspace = network.workspace(kernels, true);
    WeightAverage average = WeightAverage.of(new AverageConfig.Ema(0.9), network);
    average.begin();
    Optimizer optimizer =
        new Optimizer(
            new OptimizerConfig.RmsProp(
                0.01, 0.99, 1e-8), // Adam's kernel has vectors where the JVM has them
            new ClipConfig(Optional.of(1.0), Optional.of(0.5)),
            network,
            average);
    Dropping drop = new Dropping(0.1, 0.1, 0.2, 0.3, 0.2, 0, 1, 1);
    List<Workspace> shards = List.of(workspace);
    Example[] examples = examples();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] taken = new long[120];
    try (Workers workers = new Workers(1)) {
      double first = 0, last = 0;
      for (int step = 0; step < taken.length; step++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        workspace.batch().fill(examples, step % 2, 2, examples.length);
        network.pack(kernels, true);
        network.forward(workspace, drop);
        last = loss.gradient(workspace, 0.1f);
        if (step == 0) first = last;
        network.backward(workspace, drop);
        optimizer.step(shards, 1, 0.01, workers);
        taken[step] = threads.getCurrentThreadAllocatedBytes() - before;
      }
      long[] later = Arrays.copyOfRange(taken, taken.length - 50, taken.length);
      Arrays.sort(later);
      assertTrue(last < first, "it trains: " + first + " to " + last);
      assertEquals(0, later[25], "bytes in most of the last steps");
    }
  }

  /** Another one with each cell. */
  private static NetworkShape.Reader reader(CellConfig cell) {
    if (cell instanceof CellConfig.Rnn) return NetworkShape.Reader.CNN;
    return cell instanceof CellConfig.Lstm ? NetworkShape.Reader.LSTM : NetworkShape.Reader.GRU;
  }

  /** One that has such layers, none of which sees a token behind its own. */
  private static NetworkShape.Input language(String name, CellConfig wanted, boolean tuned) {
    CellConfig cell =
        wanted instanceof CellConfig.Window w ? new CellConfig.Window(w.before(), 0) : wanted;
    return new NetworkShape.Input.States(
        name,
        new NetworkShape.Input.Table("word", WORDS, 3),
        new NetworkShape.Encoder(cell, List.of(5, 4), false),
        tuned);
  }

  /** A symbol for each token, behind that of the begin. */
  private static Passage passage(int n, int[] words) {
    int[] symbols = new int[words.length + 1], ends = new int[words.length];
    System.arraycopy(words, 0, symbols, 1, words.length);
    Arrays.setAll(ends, t -> t + 1);
    return new Passage(Example.unlabelled(n, symbols), ends);
  }

  private static Example[] examples() {
    SplittableRandom random = new SplittableRandom(4);
    Example[] examples = new Example[12];
    for (int n = 0; n < examples.length; n++) {
      int[] words = random.ints(1 + n % 6, 0, WORDS).toArray();
      int[] labels = new int[words.length];
      for (int t = 0; t < labels.length; t++) labels[t] = words[t] % LABELS;
      Spelling[] spellings = new Spelling[words.length];
      Arrays.setAll(spellings, t -> new Spelling(1, words[t] % 4, 2));
      Passage[] passages = {passage(n, words), passage(n, words)};
      int[][] ids = {words, words};
      examples[n] =
          new Example(n, ids, spellings, passages, labels, new int[] {n % 2})
              .withTarget(Arrays.copyOf(words, 1 + n * 5 % 7));
    }
    return examples;
  }
}
