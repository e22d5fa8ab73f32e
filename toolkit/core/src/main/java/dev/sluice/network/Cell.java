package dev.sluice.network;

import dev.sluice.kernel.Kernels;

/** The pointwise part of a recurrent cell: what happens to the fused sums of a step, and its gradient. */
interface Cell {
  /** G, the number of fused sums per unit. */
  int gates();

  /** Whether the cell carries a second state beside h. */
  default boolean hasMemory() {
    return false;
  }

  /** Whether the gradient of the recurrent part differs from that of the input part and stands in {@code rec}. */
  default boolean ownRecurrentGradient() {
    return false;
  }

  /**
   * Which neighbouring gates share mean and variance under layer normalisation, as numbers of gates that add up to G; empty when input and recurrent part are
   * normalised as one sum.
   */
  int[] normalizedTogether();

  /** The first value of a gate's bias. */
  default float initialBias(int gate) {
    return 0;
  }

  /**
   * Forward for {@code count} rows from {@code row} on.
   *
   * @param previous the row before the first one in time; -1 when these rows begin their sentences
   * @param sentence the place in the batch of the first row's sentence; the others follow
   */
  void forward(Kernels k, CellState s, int row, int previous, int sentence, int count);

  /** Backward for the same rows: sums' gradients into {@code gate} (and {@code rec}), what flows back pointwise into the previous rows. */
  void backward(Kernels k, CellState s, int row, int previous, int sentence, int count);

  /** Whether the recurrence works out the gates and lets one of them act before a second product. */
  default boolean resetsBeforeTheProduct() {
    return false;
  }

  /**
   * The recurrent cell for a config.
   *
   * @param layout gets the weights that belong to the cell alone
   * @param name what their names begin with
   * @throws IllegalArgumentException when nothing recurs in it
   */
  static Cell of(CellConfig config, Parameters.Layout layout, String name, int H) {
    if (config instanceof CellConfig.Rnn rnn) return new ElmanCell(rnn.activation().ordinal());
    if (config instanceof CellConfig.Gru gru) {
      return switch (gru.reset()) {
        case AFTER -> new GruCell();
        case BEFORE -> new SumGruCell(3);
        case NONE -> new SumGruCell(2);
      };
    }
    if (!(config instanceof CellConfig.Lstm lstm))
      throw new IllegalArgumentException("nothing recurs in a " + config.name());
    return lstm.peepholes() || lstm.coupling() != CellConfig.Coupling.NONE
        ? new VariantLstmCell(layout, name, lstm, H)
        : new LstmCell((float) lstm.forgetBias());
  }

  /** A cell whose memory can be worked out apart from what it puts out. */
  interface Lstm extends Cell {
    @Override
    default boolean hasMemory() {
      return true;
    }

    @Override
    default int[] normalizedTogether() {
      return new int[] {gates()};
    }

    /** Gates and memory of {@link #forward}. */
    void memory(Kernels k, CellState s, int row, int previous, int sentence, int count);

    /** Backward from {@code s.dc}, which has what comes through the output, too, as the last gate has its gradient. */
    void memoryBackward(Kernels k, CellState s, int row, int previous, int sentence, int count);
  }

  /** Long short-term memory. */
  record LstmCell(float forgetBias) implements Lstm {
    @Override
    public int gates() {
      return 4;
    }

    /** A forget gate that begins open keeps its memory (Jozefowicz et al. 2015). */
    @Override
    public float initialBias(int gate) {
      return gate == 1 ? forgetBias : 0;
    }

    @Override
    public void forward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      int H = s.H, wide = row * 4 * H, at = row * H;
      int from = s.cBeforeAt(previous, sentence), ld = s.cBeforeLd(previous);
      float[] c = s.cBefore(previous);
      k.lstmForward(s.gate, wide, s.rec, wide, c, from, ld, s.c, s.tc, s.m(), at, count, H);
    }

    @Override
    public void backward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      int H = s.H, wide = row * 4 * H, at = row * H;
      int from = s.cBeforeAt(previous, sentence), ld = s.cBeforeLd(previous);
      float[] c = s.cBefore(previous), dc = s.dcBefore(previous);
      k.lstmBackward(s.gate, wide, c, from, ld, s.tc, s.dm(), s.dc, at, dc, from, count, H);
    }

    @Override
    public void memory(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      int H = s.H, wide = row * 4 * H, at = row * H;
      int from = s.cBeforeAt(previous, sentence), ld = s.cBeforeLd(previous);
      float[] c = s.cBefore(previous);
      k.norm().lstmMemory(s.gate, wide, s.rec, wide, c, from, ld, s.c, at, count, H);
    }

    @Override
    public void memoryBackward(
        Kernels k, CellState s, int row, int previous, int sentence, int count) {
      int H = s.H, wide = row * 4 * H, at = row * H;
      int from = s.cBeforeAt(previous, sentence), ld = s.cBeforeLd(previous);
      float[] c = s.cBefore(previous), dc = s.dcBefore(previous);
      k.norm().lstmMemoryBackward(s.gate, wide, c, from, ld, s.dc, at, dc, from, count, H);
    }
  }

  /** The gated recurrent unit, its reset gate after the product. */
  final class GruCell implements Cell {
    @Override
    public int gates() {
      return 3;
    }

    @Override
    public int[] normalizedTogether() {
      return new int[] {2, 1};
    }

    @Override
    public boolean ownRecurrentGradient() {
      return true;
    }

    @Override
    public void forward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      int H = s.H, wide = row * 3 * H, at = row * H;
      int from = s.hBeforeAt(previous, sentence), ld = s.hBeforeLd(previous);
      float[] h = s.hBefore(previous);
      k.gruForward(s.gate, wide, s.rec, wide, s.weights, s.biasAt, h, from, ld, s.h, at, count, H);
    }

    @Override
    public void backward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      int H = s.H, wide = row * 3 * H, at = row * H;
      int from = s.hBeforeAt(previous, sentence), ld = s.hBeforeLd(previous);
      float[] h = s.hBefore(previous), dh = s.dhBefore(previous);
      k.gruBackward(s.gate, wide, s.rec, wide, h, from, ld, s.dh, at, dh, from, ld, count, H);
    }
  }

  /**
   * A gated recurrent unit whose candidate is a plain sum: without a reset gate (G = 2), or with one that acts before the product (G = 3), which the recurrence works out.
   */
  record SumGruCell(int gates) implements Cell {
    @Override
    public boolean resetsBeforeTheProduct() {
      return gates == 3;
    }

    @Override
    public int[] normalizedTogether() {
      return new int[] {gates - 1, 1};
    }

    @Override
    public void forward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      int H = s.H, wide = row * gates * H;
      int from = s.hBeforeAt(previous, sentence), ld = s.hBeforeLd(previous);
      float[] h = s.hBefore(previous);
      k.cells().gruState(gates, s.gate, wide, s.rec, wide, h, from, ld, s.h, row * H, count, H);
    }

    @Override
    public void backward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      int H = s.H, wide = row * gates * H;
      int from = s.hBeforeAt(previous, sentence), ld = s.hBeforeLd(previous);
      float[] h = s.hBefore(previous), dh = s.dhBefore(previous);
      k.cells()
          .gruStateBackward(gates, s.gate, wide, h, from, ld, s.dh, row * H, dh, from, count, H);
    }
  }

  /** The simple recurrent network. */
  record ElmanCell(int activation) implements Cell {
    @Override
    public int gates() {
      return 1;
    }

    @Override
    public int[] normalizedTogether() {
      return new int[0];
    }

    @Override
    public void forward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      k.rnnForward(activation, s.gate, row * s.H, s.rec, row * s.H, s.h, row * s.H, count, s.H);
    }

    @Override
    public void backward(Kernels k, CellState s, int row, int previous, int sentence, int count) {
      k.rnnBackward(activation, s.gate, row * s.H, s.h, s.dh, row * s.H, count, s.H);
    }
  }
}
