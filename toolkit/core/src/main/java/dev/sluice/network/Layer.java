package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Ragged;
import dev.sluice.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/** One direction of one layer of the encoder: it turns the vectors of a batch's tokens into states, and the gradient of the states into that of the vectors. */
abstract class Layer {
  final int D; // of the input that is not one-hot
  final int H; // units
  final int P; // outputs: H unless there is a projection
  final boolean backward;
  final int[] oneHot; // per channel the number of its table, -1 for none

  /**
   * With no tables yet.
   *
   * @param channels for how many channels of ids a layer looks whether they are one-hot; 0 above the first layer
   */
  Layer(int D, int H, int P, boolean backward, int channels) {
    this.D = D;
    this.H = H;
    this.P = P;
    this.backward = backward;
    oneHot = new int[channels];
  }

  /**
   * The layer of a config.
   *
   * @param D the width of the input that is not one-hot
   * @param first for each channel its one-hot input, null where it has none; empty above the first layer
   * @param normalized whether sums and memory are normalised
   */
  static Layer of(
      Parameters.Layout layout,
      String name,
      CellConfig config,
      int D,
      int H,
      boolean backward,
      List<NetworkShape.Input.OneHot> first,
      boolean normalized) {
    if (config instanceof CellConfig.Window window)
      return new WindowLayer(layout, name, window, D, H, first, normalized);
    return new Recurrent(layout, name, config, D, H, backward, first, normalized);
  }

  /** The numbers of one batch; widths are padded, rows are those of the batch, B its sentences. */
  abstract static class State {
    /** The width of a row of {@code h}. */
    final int P;

    /** The states, [rows,P]. */
    float[] h = new float[0];

    /** Their gradient, in training. */
    float[] dh = new float[0];

    /** The dense weights of the last forward pass. */
    float[] weights;

    /** The gradient of the dense weights that a backward pass adds to. */
    float[] gradient;

    /** What each normalisation of the layer leaves behind. */
    final LayerNorm.State[] norms;

    private final List<LayerNorm> normalizations;

    /** With room for normalisations, each at the slot that is its place in the list. */
    State(int P, List<LayerNorm> normalizations) {
      this.P = P;
      this.normalizations = normalizations;
      norms = new LayerNorm.State[normalizations.size()];
      Arrays.setAll(norms, i -> new LayerNorm.State());
    }

    /** How many numbers a row of the batch takes in normalisations. */
    final int normalized() {
      int normalized = 0;
      for (int i = 0; i < norms.length; i++) normalized += normalizations.get(i).width() + 1;
      return normalized;
    }

    final void reserveNorms(int rows) {
      for (int i = 0; i < norms.length; i++) normalizations.get(i).reserve(norms[i], rows);
    }

    /** How many numbers a row of the batch takes here. */
    abstract int perRow(boolean training);

    /** How many numbers a sentence of the batch takes here, masks aside. */
    abstract int perSentence(boolean training);

    /** How many numbers a sentence's masks of dropout take here. */
    abstract int masks();

    abstract void reserve(int rows, int sentences, boolean training);

    /** The width of a row of the sums of the input, the longest of all rows. */
    abstract int wide();

    /** The gradient of those sums after a backward pass, [rows,wide]. */
    abstract float[] inputGradient();

    /** How many numbers a sentence hands on to the one that goes on with it. */
    abstract int carried();

    /**
     * Makes the next batch go on where other sentences ended: {@link #begin} then says where, for each. It counts for all batches until {@link #beginAfresh}. The gradients of learned first states, if
     * there are any, are not touched meanwhile.
     */
    abstract void beginWith(int sentences);

    /** Makes sentence i go on with the numbers that {@link Layer#end} wrote, which stand from {@code at} on. */
    abstract void begin(int i, float[] from, int at);

    /** Makes the next batches begin with zeros or what is learned. */
    abstract void beginAfresh();
  }

  /** Room for the numbers of a batch. */
  abstract State state();

  /** Brings the packed weights up to date. */
  abstract void pack(Kernels k, float[] weights, boolean training);

  /** First values. */
  abstract void initialise(Parameters p, Recurrent.Initial random);

  /**
   * Fills the states for a batch of sentences.
   *
   * @param dropped the rows whose one-hot inputs count for nothing; none when null
   * @param x [rows,D] in rows of {@code ldx}
   * @param stream of the random numbers of its dropout
   */
  abstract void forward(
      Kernels k,
      Parameters p,
      Batch batch,
      boolean[] dropped,
      State state,
      float[] x,
      int ldx,
      Dropping drop,
      int stream);

  /**
   * From the gradient of the states: adds the weight gradients to {@code g} and, unless {@code dx} is null, writes or adds that of x.
   */
  abstract void backward(
      Kernels k,
      Ragged layout,
      State state,
      float[] x,
      int ldx,
      float[] g,
      float[] dx,
      boolean addToInput,
      float[] scratch);

  /** After a forward pass: writes what sentence i hands on to the one that goes on with it, {@link State#carried} numbers from {@code at} on. */
  abstract void end(Ragged layout, State state, int i, float[] to, int at);

  /** Gives each one-hot input its table, a row of groups of H per id. */
  final void addTables(
      Parameters.Layout layout, String name, List<NetworkShape.Input.OneHot> first, int groups) {
    for (int i = 0; i < oneHot.length; i++) {
      NetworkShape.Input.OneHot input = first.get(i);
      oneHot[i] =
          input == null
              ? -1
              : layout.table(name + ".input." + input.name(), input.vocabulary(), groups, H);
    }
  }

  final void initialiseTables(Parameters p, Recurrent.Initial random) {
    for (int table : oneHot) {
      if (table < 0) continue;
      Parameters.Table t = p.tables().get(table);
      random.uniform(t.values(), t.block(), Math.sqrt(3.0 / H) * 0.5);
    }
  }

  /** Adds the rows of the one-hot inputs to sums [rows,wide]. */
  final void addRows(Parameters p, Batch batch, boolean[] dropped, float[] sums, int wide) {
    for (int i = 0; i < oneHot.length; i++) {
      if (oneHot[i] < 0) continue;
      float[] table = p.tables().get(oneHot[i]).values();
      int[] ids = batch.ids(i);
      for (int r = 0; r < batch.rows(); r++) {
        if (dropped != null && dropped[r]) continue;
        int from = ids[r] * wide, to = r * wide;
        for (int j = 0; j < wide; j++) sums[to + j] += table[from + j];
      }
    }
  }
}
