package dev.sluice.peers;

import dev.sluice.network.Block;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The weights of a tagger of ours, copied to libtorch, by our names. libtorch has its matrices the other way round. What it has besides stays zero, so that both sides train the same
 * weights: a second bias per gate, and among the letters one more, the last, that fills up.
 */
final class LibtorchWeights implements AutoCloseable {
  private static final String WORDS = "input.word";
  private static final String CHARACTERS = "characters.";
  private static final String LSTM = "encoder.0.";

  /** How a matrix of ours stands in libtorch. */
  private enum Layout {
    SAME,
    TRANSPOSED,
    /** [V,D] as [V+1,D], with a row of zeros. */
    LETTERS,
    /** [D, k·F] as [F,D,1,k]. */
    FILTERS
  }

  private final NetworkShape shape;
  private final List<Block> blocks;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final Tensor noBias;

  /** Copies the weights of a network of one LSTM layer in both directions, over words and their letters, with a CRF. */
  @SuppressWarnings("try")
  LibtorchWeights(Network network) {
    shape = network.shape();
    blocks = network.parameters().all().stream().map(Parameters.Table::block).toList();
    try (PointerScope scope = new PointerScope()) {
      for (Parameters.Table matrix : network.parameters().all()) {
        Block block = matrix.block();
        Tensor ours = torch.tensor(block.unpadded(matrix.values()));
        Tensor theirs = toLibtorch(block, ours);
        theirs.set_requires_grad(true);
        theirs.retainReference();
        weights.put(block.name(), theirs);
      }
      noBias = torch.zeros(4L * hidden());
      noBias.retainReference();
    }
  }

  private Layout layout(Block block) {
    if (block.name().equals(CHARACTERS + "letter")) return Layout.LETTERS;
    if (block.name().equals(CHARACTERS + "filter")) return Layout.FILTERS;
    boolean same = block.name().equals(WORDS) || block.name().equals("tokens.transition");
    return same || block.rows() == 1 ? Layout.SAME : Layout.TRANSPOSED;
  }

  private Tensor toLibtorch(Block block, Tensor ours) {
    long rows = block.rows();
    Tensor matrix = rows == 1 ? ours : ours.view(rows, -1);
    return switch (layout(block)) {
      case SAME -> matrix.clone();
      case TRANSPOSED -> matrix.t().contiguous();
      case LETTERS -> torch.constant_pad_nd(matrix, 0, 0, 0, 1);
      case FILTERS -> matrix.view(rows, 1, window(), -1).permute(3, 0, 1, 2).contiguous();
    };
  }

  private Tensor toOurs(Block block, Tensor theirs) {
    return switch (layout(block)) {
      case SAME -> theirs;
      case TRANSPOSED -> theirs.t();
      case LETTERS -> theirs.narrow(0, 0, block.rows());
      case FILTERS -> theirs.permute(1, 2, 3, 0);
    };
  }

  /** The gradient of a matrix of ours, laid out as ours. */
  float[] gradient(Block block) {
    Tensor gradient = toOurs(block, weights.get(block.name()).grad()).contiguous();
    float[] values = new float[Math.toIntExact(block.weights())];
    gradient.data_ptr_float().get(values);
    return values;
  }

  /** The number of weights that are trained: all but those that stay zero. */
  @SuppressWarnings("try")
  long count() {
    long count = 0;
    try (PointerScope scope = new PointerScope()) {
      for (Block block : blocks) count += toOurs(block, weights.get(block.name())).numel();
    }
    return count;
  }

  /** Everything but the word vectors. */
  TensorVector dense() {
    TensorVector dense = new TensorVector();
    weights.forEach(
        (name, weight) -> {
          if (!name.equals(WORDS)) dense.push_back(weight);
        });
    return dense;
  }

  /** The width of one direction of the LSTM. */
  int hidden() {
    return shape.encoder().widths().get(0);
  }

  /** L. */
  int labels() {
    return shape.tokens().orElseThrow().labels();
  }

  /** k, the letters that a filter sees. */
  int window() {
    return characters().window();
  }

  /** The letter that fills up. */
  long filling() {
    return characters().vocabulary();
  }

  private Input.Characters characters() {
    return (Input.Characters) shape.inputs().get(1);
  }

  /** Word vectors, [V,D]. */
  Tensor words() {
    return weights.get(WORDS);
  }

  /** Vectors of letters, [V+1,D]. */
  Tensor letters() {
    return weights.get(CHARACTERS + "letter");
  }

  /** The filters over letters, [F,D,1,k]. */
  Tensor filters() {
    return weights.get(CHARACTERS + "filter");
  }

  /** The biases of the filters, [F]. */
  Tensor filterBias() {
    return weights.get(CHARACTERS + "bias");
  }

  /** The matrices and biases of a direction of the LSTM, in the order of libtorch. */
  TensorVector lstm(String direction) {
    return new TensorVector(
        weights.get(LSTM + direction + ".input"),
        weights.get(LSTM + direction + ".recurrent"),
        weights.get(LSTM + direction + ".bias"),
        noBias);
  }

  /** [L,2H]. */
  Tensor linear() {
    return weights.get("tokens.weight");
  }

  /** [L]. */
  Tensor linearBias() {
    return weights.get("tokens.bias");
  }

  /** The scores of moves from row to column, [L,L]. */
  Tensor transitions() {
    return weights.get("tokens.transition");
  }

  /** The scores of first labels, [L]. */
  Tensor start() {
    return weights.get("tokens.start");
  }

  /** The scores of last labels, [L]. */
  Tensor stop() {
    return weights.get("tokens.stop");
  }

  @Override
  public void close() {
    weights.values().forEach(Tensor::deallocate);
    noBias.deallocate();
  }
}
