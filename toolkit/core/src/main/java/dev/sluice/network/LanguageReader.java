package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Passages;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The layers of a language model as an input: it reads a sentence forward from the begin of a text, and a token's vector is its top state behind the token's last symbol.
 * <pre>
 *   symbols [V,D]    x[s] = symbols[id(s)]    h = layers(x) [passage rows,W]    vector of token t = h[end of t]
 * </pre>
 * Source: Peters et al. 2017, arXiv:1705.00108, where symbols are words; Akbik, Blythe and Vollgraf 2018 (COLING, "Contextual string embeddings for sequence labeling"), where they are characters. The
 * weights are those of the language model: frozen in arrays of their own, or among those that are trained, from where its training ended. There is no dropout inside.
 */
final class LanguageReader {
  /** What a recurrent layer would use to mask gradients; there is no dropout here. */
  private static final float[] NO_SCRATCH = {};

  private final String
      prefix; // of the names of its weights; behind it they are the language model's
  private final Encoder encoder;
  private final boolean tuned;
  private final int
      apart; // the number of its weights among those that are left alone; -1 when tuned
  private final int table; // the number of the symbols' vectors among its tables; -1 when one-hot
  private final int D; // their length; 0 when one-hot
  private final Layer[] layers;
  private final Shortcut[] shortcuts; // null where nothing goes past a layer
  private final Map<String, float[]> given = new TreeMap<>(); // first values, without padding

  LanguageReader(Parameters.Layout layout, Input.States shape) {
    prefix = "input." + shape.name() + ".";
    encoder = shape.encoder();
    tuned = shape.tuned();
    Parameters.Layout own = tuned ? layout : new Parameters.Layout();
    apart = tuned ? -1 : layout.apart(own);
    D = shape.symbols().width();
    String symbols = prefix + "input." + shape.symbols().name();
    table = D == 0 ? -1 : own.table(symbols, shape.vocabulary(), 1, D);
    layers = new Layer[encoder.layers()];
    shortcuts = new Shortcut[layers.length];
    for (int l = 0; l < layers.length; l++) {
      int inputs = l == 0 ? D : encoder.width(l - 1);
      layers[l] =
          Layer.of(
              own,
              prefix + "encoder." + l + ".forward",
              encoder.cells().get(l),
              inputs,
              encoder.widths().get(l),
              false,
              l == 0 && shape.symbols() instanceof Input.OneHot one ? List.of(one) : List.of(),
              encoder.layerNorm());
      if (l == 0) continue;
      String past = prefix + "encoder." + l;
      shortcuts[l] = Shortcut.of(own, past, encoder.connection(), inputs, encoder.width(l));
    }
  }

  /** The numbers of one batch, in rows of its passages. */
  final class State {
    final Layer.State[] cells = new Layer.State[layers.length];
    private final Shortcut.State[] past = new Shortcut.State[layers.length];
    private final boolean training;
    private float[] x = new float[0];
    private float[] dx = new float[0];
    private final float[][] out = new float[layers.length][0];
    private float[] dOut = new float[0];

    private State(boolean training) {
      this.training = training && tuned;
      for (int l = 0; l < layers.length; l++) {
        cells[l] = layers[l].state();
        past[l] = new Shortcut.State();
      }
    }

    /** How many numbers the passages take here. */
    long numbers(Passages text) {
      Batch symbols = text.symbols();
      long perRow = Kernels.padded(D), perSentence = 0;
      for (int l = 0; l < layers.length; l++) {
        perRow += Kernels.padded(encoder.width(l)) + cells[l].perRow(training);
        perSentence += cells[l].perSentence(training);
        if (shortcuts[l] != null) perRow += shortcuts[l].perRow(training);
      }
      if (training) perRow += 2L * widest();
      return symbols.rows() * perRow + symbols.sentences() * perSentence;
    }

    /** The length of the longest array that the passages take here. */
    long longest(Passages text) {
      long perRow = widest();
      for (Layer.State cell : cells) perRow = Math.max(perRow, cell.wide());
      return text.symbols().rows() * perRow;
    }

    private void reserve(Batch symbols) {
      int rows = symbols.rows();
      x = Workspace.room(x, rows * Kernels.padded(D));
      for (int l = 0; l < layers.length; l++) {
        out[l] = Workspace.room(out[l], rows * Kernels.padded(encoder.width(l)));
        cells[l].reserve(rows, symbols.sentences(), training);
        if (shortcuts[l] != null) shortcuts[l].reserve(past[l], rows, training);
      }
      if (!training) return;
      dx = Workspace.room(dx, rows * widest());
      dOut = Workspace.room(dOut, rows * widest());
    }
  }

  private int widest() {
    int widest = Kernels.padded(D);
    for (int l = 0; l < layers.length; l++)
      widest = Math.max(widest, Kernels.padded(encoder.width(l)));
    return widest;
  }

  /** Room for a batch. */
  State state(boolean training) {
    return new State(training);
  }

  /** W, the length of a token's vector. */
  int width() {
    return encoder.width();
  }

  /** The number of its layers. */
  int depth() {
    return layers.length;
  }

  Layer layer(int l) {
    return layers[l];
  }

  private Parameters own(Parameters p) {
    return tuned ? p : p.apart(apart);
  }

  void pack(Kernels k, Parameters p, boolean training) {
    float[] dense = own(p).dense();
    for (Layer layer : layers) layer.pack(k, dense, training && tuned);
    for (Shortcut shortcut : shortcuts)
      if (shortcut != null) shortcut.pack(k, dense, training && tuned);
  }

  /**
   * Takes the weights of a language model, at once when they stay as they are.
   *
   * @throws IllegalArgumentException when it has other layers
   */
  void give(Parameters p, Network model) {
    Set<String> wanted =
        own(p).all().stream().map(to -> to.block().name()).collect(Collectors.toSet());
    for (Parameters.Table from : model.parameters().all()) {
      String name = prefix + from.block().name();
      if (wanted.contains(name)) given.put(name, from.block().unpadded(from.values()));
    }
    if (tuned) return;
    fill(own(p));
    given.clear();
  }

  private void fill(Parameters p) {
    for (Parameters.Table to : p.all()) {
      if (!to.block().name().startsWith(prefix)) continue;
      float[] values = given.get(to.block().name());
      if (values == null)
        throw new IllegalArgumentException("the language model has no " + to.block().name());
      to.block().fill(to.values(), values);
    }
  }

  /** First values of weights that are trained: those of the language model, or without one those of any network. */
  void initialise(Parameters p, Recurrent.Initial initial) {
    if (!tuned) return;
    if (!given.isEmpty()) {
      fill(p);
      return;
    }
    if (table >= 0) {
      Parameters.Table symbols = p.tables().get(table);
      initial.uniform(symbols.values(), symbols.block(), Math.sqrt(3.0 / D));
    }
    for (Layer layer : layers) layer.initialise(p, initial);
    for (Shortcut shortcut : shortcuts) if (shortcut != null) shortcut.initialise(p, initial);
  }

  /** Reads the passages of a batch and writes the vectors of its tokens to columns of x, in rows of {@code ldx} from {@code column} on. */
  void forward(
      Kernels k, Parameters all, Batch batch, int n, State s, float[] x, int column, int ldx) {
    Parameters p = own(all);
    Batch symbols = batch.passages(n).symbols();
    int rows = symbols.rows(), ld = Kernels.padded(D);
    s.reserve(symbols);
    if (table >= 0) {
      int[] ids = symbols.ids(0);
      float[] vectors = p.tables().get(table).values();
      for (int r = 0; r < rows; r++) System.arraycopy(vectors, ids[r] * ld, s.x, r * ld, ld);
    }
    float[] below = s.x;
    for (int l = 0; l < layers.length; l++) {
      int ldo = Kernels.padded(encoder.width(l));
      layers[l].forward(k, p, symbols, null, s.cells[l], below, ld, Dropping.NONE, 0);
      System.arraycopy(s.cells[l].h, 0, s.out[l], 0, rows * ldo);
      if (shortcuts[l] != null)
        shortcuts[l].forward(k, p.dense(), s.past[l], below, ld, rows, s.out[l]);
      below = s.out[l];
      ld = ldo;
    }
    int[] rowOf = batch.passages(n).rowOf();
    for (int r = 0; r < batch.rows(); r++)
      System.arraycopy(below, rowOf[r] * ld, x, r * ldx + column, width());
  }

  /** From the gradient of those columns, adds that of its weights to {@code g}; that of its tables is read by {@link #rowGradients}. */
  void backward(
      Kernels k, Batch batch, int n, State s, float[] dx, int column, int ldx, float[] g) {
    if (!tuned) return;
    Batch symbols = batch.passages(n).symbols();
    int rows = symbols.rows(), last = layers.length - 1, ldo = Kernels.padded(width());
    int[] rowOf = batch.passages(n).rowOf();
    Arrays.fill(s.dOut, 0, rows * ldo, 0f);
    for (int r = 0; r < batch.rows(); r++)
      System.arraycopy(dx, r * ldx + column, s.dOut, rowOf[r] * ldo, width());
    for (int l = last; l >= 0; l--) {
      ldo = Kernels.padded(encoder.width(l));
      int ld = Kernels.padded(l == 0 ? D : encoder.width(l - 1));
      float[] below = l == 0 ? s.x : s.out[l - 1];
      Shortcut shortcut = shortcuts[l];
      if (shortcut != null) shortcut.backward(k, s.past[l], below, ld, rows, s.dOut, g, s.dx);
      System.arraycopy(s.dOut, 0, s.cells[l].dh, 0, rows * ldo);
      layers[l].backward(
          k,
          symbols.layout(),
          s.cells[l],
          below,
          ld,
          g,
          ld == 0 ? null : s.dx,
          shortcut != null,
          NO_SCRATCH);
      if (l == 0) return;
      float[] swap = s.dOut; // the gradient of a layer's input is that of the output below
      s.dOut = s.dx;
      s.dx = swap;
    }
  }

  /** Where the gradient of a trained table stands after {@link #backward}. */
  void rowGradients(Batch batch, int n, State s, int wanted, Network.RowGradients to) {
    if (!tuned) return;
    Batch symbols = batch.passages(n).symbols();
    if (table == wanted && table >= 0)
      to.take(symbols.ids(0), symbols.rows(), null, s.dx, 0, Kernels.padded(D), D);
    for (int oneHot : layers[0].oneHot) {
      if (oneHot != wanted) continue;
      int wide = s.cells[0].wide();
      to.take(symbols.ids(0), symbols.rows(), null, s.cells[0].inputGradient(), 0, wide, wide);
    }
  }
}
