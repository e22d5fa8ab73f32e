package dev.sluice.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.network.Block;
import dev.sluice.network.Dropping;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Parameters;
import dev.sluice.network.SparseGradient;
import dev.sluice.network.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With the same weights, libtorch and we get the same loss and the same gradient of every weight. Ours is
 * one ragged batch; libtorch sees its sentences one by one, so nothing can hide behind padding.
 */
class LibtorchAgreesTest {
  private static final int WORDS = 11;
  private static final int DIMENSION = 7;
  private static final int HIDDEN = 19; // just above the lane width
  private static final int LABELS = 5;
  private static final int[] LENGTHS = {4, 1, 9, 4, 2};

  private final SplittableRandom random = new SplittableRandom(20_261_121L);

  @ParameterizedTest
  @CsvSource({
    "lstm, 1, true", "lstm, 2, true", "lstm, 1, false",
    "gru, 1, true", "gru, 2, true", "gru, 2, false",
    "rnn, 2, true", "rnn with relu, 1, true", "rnn with relu, 2, false"
  })
  @SuppressWarnings("try")
  void lossAndEveryGradientAreTheSame(String description, int layers, boolean bidirectional) {
    CellConfig cell =
        List.of(
                new CellConfig.Lstm(),
                new CellConfig.Gru(),
                new CellConfig.Rnn(),
                new CellConfig.Rnn(CellConfig.Activation.RELU))
            .stream()
            .filter(c -> c.description().equals(description))
            .findFirst()
            .orElseThrow();
    NetworkShape shape =
        NetworkShape.tagger(
            List.of(new NetworkShape.Input.Table("word", WORDS, DIMENSION)),
            new NetworkShape.Encoder(
                cell, Collections.nCopies(layers, HIDDEN), bidirectional),
            LABELS);
    Network network = new Network(shape);
    network.initialise(3);
    Parameters parameters = network.parameters();
    for (Block block : parameters.blocks()) { // also the biases, which start at fixed values
      if (block.rows() == 1) block.fill(parameters.dense(), some((int) block.weights()));
    }
    Example[] examples = examples();
    Workspace ws = network.workspace(Kernels.create(), true);
    network.pack(ws.kernels(), true);
    ws.batch().fill(examples, 0, 1, examples.length);
    network.forward(ws, Dropping.NONE);
    double loss = SoftmaxLoss.ofTokens(LABELS, null, 0).gradient(ws, 1f);
    network.backward(ws, Dropping.NONE);

    try (PointerScope scope = new PointerScope()) {
      Twin twin = new Twin(network);
      double expected = 0;
      for (Example example : examples) expected += twin.learn(example);
      assertEquals(expected, loss, 1e-4 * expected);
      for (Block block : parameters.blocks()) {
        same(block.name(), twin.gradient(block), block.unpadded(ws.gradient()));
      }
      same("input.word", twin.tableGradient(), tableGradient(network, ws));
    }
  }

  private static void same(String name, float[] expected, float[] found) {
    float largest = 0;
    for (float e : expected) largest = Math.max(largest, Math.abs(e));
    assertTrue(largest > 0, name + " has no gradient at all");
    assertEquals(expected.length, found.length, name);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], 2e-5f * largest, name + " at " + i);
    }
  }

  private Example[] examples() {
    List<Example> examples = new ArrayList<>();
    for (int length : LENGTHS) {
      int[] words = random.ints(length, 0, WORDS).toArray();
      int[] labels = random.ints(length, 0, LABELS).toArray();
      examples.add(Example.labelled(examples.size(), new int[][] {words}, labels));
    }
    return examples.toArray(Example[]::new);
  }

  private float[] some(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) values[i] = (float) random.nextDouble(-0.5, 0.5);
    return values;
  }

  private static float[] tableGradient(Network network, Workspace ws) {
    SparseGradient sparse = new SparseGradient(network, 0);
    sparse.collect(List.of(ws), 1);
    float[] all = new float[WORDS * DIMENSION];
    for (int slot = 0; slot < sparse.count(); slot++) {
      System.arraycopy(
          sparse.values(), slot * sparse.ld(), all, sparse.row(slot) * DIMENSION, DIMENSION);
    }
    return all;
  }

  /** The same network in libtorch: its matrices are the transposes of ours, and every gate has two biases. */
  private static final class Twin {
    private final NetworkShape.Encoder shape;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final TensorVector recurrent = new TensorVector();
    private final Tensor table;

    Twin(Network network) {
      shape = network.shape().encoder();
      Parameters p = network.parameters();
      table =
          leaf(p.tables().get(0).block().unpadded(p.tables().get(0).values()), WORDS, DIMENSION);
      Map<String, Block> blocks = new LinkedHashMap<>();
      for (Block block : p.blocks()) blocks.put(block.name(), block);
      for (int l = 0; l < shape.widths().size(); l++) {
        for (String direction : List.of("forward", "backward").subList(0, shape.directions())) {
          String name = "encoder." + l + "." + direction;
          matrix(p, blocks.get(name + ".input"));
          matrix(p, blocks.get(name + ".recurrent"));
          float[] bias = blocks.get(name + ".bias").unpadded(p.dense());
          put(name + ".bias", leaf(bias, bias.length));
          float[] second = new float[bias.length];
          if (blocks.containsKey(name + ".recurrent-bias")) {
            float[] last = blocks.get(name + ".recurrent-bias").unpadded(p.dense());
            System.arraycopy(last, 0, second, second.length - last.length, last.length);
          }
          put(name + ".recurrent-bias", leaf(second, second.length));
        }
      }
      weights.put("tokens.weight", transposed(p, blocks.get("tokens.weight")));
      weights.put("tokens.bias", leaf(blocks.get("tokens.bias").unpadded(p.dense()), LABELS));
    }

    private void matrix(Parameters p, Block block) {
      put(block.name(), transposed(p, block));
    }

    private void put(String name, Tensor weight) {
      weights.put(name, weight);
      recurrent.push_back(weight);
    }

    private static Tensor transposed(Parameters p, Block block) {
      int columns = block.groups() * block.width();
      return leaf(
          transpose(block.unpadded(p.dense()), block.rows(), columns), columns, block.rows());
    }

    private static Tensor leaf(float[] values, long... sizes) {
      Tensor tensor = torch.tensor(values).view(sizes);
      tensor.set_requires_grad(true);
      return tensor;
    }

    /** Adds the gradient of one sentence's loss and returns the loss. */
    double learn(Example example) {
      Tensor words = torch.tensor(longs(example.inputs()[0])).view(example.length(), 1);
      Tensor states = encode(torch.embedding(table, words)).view(example.length(), -1);
      Tensor scores =
          torch.linear(states, weights.get("tokens.weight"), weights.get("tokens.bias"));
      Tensor mean = torch.cross_entropy(scores, torch.tensor(longs(example.labels())));
      Tensor sum = mean.mul(new Scalar((double) example.length()));
      sum.backward();
      return sum.item_float();
    }

    private Tensor encode(Tensor x) {
      int layers = shape.widths().size();
      boolean both = shape.bidirectional();
      Tensor zero = torch.zeros((long) layers * shape.directions(), 1, HIDDEN);
      CellConfig cell = shape.cells().get(0);
      if (cell instanceof CellConfig.Lstm) {
        TensorVector first = new TensorVector(zero, zero);
        return torch.lstm(x, first, recurrent, true, layers, 0, true, both, false).get0();
      }
      if (cell instanceof CellConfig.Gru) {
        return torch.gru(x, zero, recurrent, true, layers, 0, true, both, false).get0();
      }
      return ((CellConfig.Rnn) cell).activation() == CellConfig.Activation.RELU
          ? torch.rnn_relu(x, zero, recurrent, true, layers, 0, true, both, false).get0()
          : torch.rnn_tanh(x, zero, recurrent, true, layers, 0, true, both, false).get0();
    }

    /** The gradient of a block, laid out as ours. */
    float[] gradient(Block block) {
      float[] values = values(weights.get(block.name()).grad());
      int columns = block.groups() * block.width();
      if (block.rows() > 1) return transpose(values, columns, block.rows());
      return Arrays.copyOfRange(values, values.length - columns, values.length);
    }

    float[] tableGradient() {
      return values(table.grad());
    }

    private static float[] values(Tensor tensor) {
      float[] values = new float[(int) tensor.numel()];
      tensor.contiguous().data_ptr_float().get(values);
      return values;
    }

    private static long[] longs(int[] values) {
      return Arrays.stream(values).asLongStream().toArray();
    }

    private static float[] transpose(float[] a, int rows, int columns) {
      float[] b = new float[a.length];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) b[j * rows + i] = a[i * columns + j];
      }
      return b;
    }
  }
}
