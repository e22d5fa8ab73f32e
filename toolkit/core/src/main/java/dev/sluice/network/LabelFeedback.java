package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.kernel.PackedMatrix;
import dev.sluice.kernel.Softmax;
import dev.sluice.kernel.Sums;
import java.util.Arrays;

/**
 * A hidden layer below the label scores that sees what was said of the token before.
 * <pre>
 *   x [rows,W]    y [rows,L]    s [rows,H]
 *   s[t] = f(x[t]·input + y[t-1]·label (+ s[t-1]·recurrent) + bias)    scores[t] = s[t]·weight + bias
 *   y[t] is 1 at one label and 0 elsewhere, or softmax(scores[t]); at the first token y[-1]·label is a learned row, and s[-1] is 0
 * </pre>
 * Sources: Jordan 1986, "Serial order", where the output of a network is fed back to its hidden layer; Mesnil et al. 2015, "Using Recurrent Neural Networks for Slot Filling in Spoken Language
 * Understanding", section II-C, for tagging; with s[t-1] the general recurrence with back projections of Jaeger 2001, "The echo state approach", equation 1.
 *
 * <p>A distribution that is fed back has a gradient. A label has none: in training it is the right one or, for a share of tokens, the best by the network's own scores (Bengio et al. 2015), and
 * in use whoever decodes chooses it, by {@link #step}.
 */
final class LabelFeedback {
  /** What stands in {@link State#previous} at the first token of a sentence. */
  static final int BEGIN = -2;

  private static final int UNKNOWN = -1;

  private final NetworkShape.Feedback shape;
  private final int labels;
  private final Linear input;
  private final Block label; // [L,H]
  private final Block start; // [1,H]
  private final Block recurrent; // [H,H]; null without one
  private final PackedMatrix labelPacked;
  private final PackedMatrix recurrentPacked;
  private PackedMatrix labelTransposed;
  private PackedMatrix recurrentTransposed;

  /** The numbers of one batch; H and L are padded. */
  static final class State {
    float[] gate = new float[0]; // [rows,H] the input's part of the sums, then their gradient
    float[] rec = new float[0]; // [rows,H] what is fed back of the sums
    float[] s = new float[0]; // [rows,H]
    float[] ds = new float[0]; // [rows,H]
    float[] sBefore = new float[0]; // [rows,H] s of the token before; only with a recurrence
    float[] yBefore = new float[0]; // [rows,L] the distribution of the token before; only if fed
    float[] dyBefore = new float[0]; // [rows,L]
    int[] previous = new int[0]; // [rows] the label fed; BEGIN or UNKNOWN
    final float[] e; // [L]
    final double[] stripes = new double[16];
    boolean goesOn; // whether the sentences go on from what stands in the next two
    float[] startY = new float[0]; // [B,L]
    float[] startS = new float[0]; // [B,H]
    float[] tried = new float[0]; // one token's sums, once per choice of labels before it
    float[] fed = new float[0];

    private State(int labels) {
      e = new float[labels];
    }
  }

  /** Room for the numbers of a batch. */
  State state() {
    return new State(labels);
  }

  LabelFeedback(Parameters.Layout layout, int width, int labels, NetworkShape.Feedback shape) {
    this.shape = shape;
    this.labels = labels;
    int H = shape.hidden();
    input = new Linear(layout, "tokens.feedback.input", width, H);
    label = layout.dense("tokens.feedback.label", labels, 1, H);
    start = layout.dense("tokens.feedback.start", 1, 1, H);
    recurrent = shape.recurrent() ? layout.dense("tokens.feedback.recurrent", H, 1, H) : null;
    labelPacked = shape.distribution() ? new PackedMatrix(labels, label.ld()) : null;
    recurrentPacked = recurrent == null ? null : new PackedMatrix(H, recurrent.ld());
  }

  /** The distance between two rows of states. */
  int ld() {
    return input.ld();
  }

  int perRow(boolean training) {
    int H = ld(), L = Kernels.padded(labels), states = 3, distributions = 0;
    if (recurrent != null) states++;
    if (training) states++;
    if (shape.distribution()) distributions = training ? 2 : 1;
    return states * H + distributions * L + (shape.distribution() ? 0 : 1);
  }

  void reserve(State s, int rows, boolean training) {
    int H = ld(), L = Kernels.padded(labels);
    s.gate = Workspace.room(s.gate, rows * H);
    s.rec = Workspace.room(s.rec, rows * H);
    s.s = Workspace.room(s.s, rows * H);
    if (recurrent != null) s.sBefore = Workspace.room(s.sBefore, rows * H);
    if (training) s.ds = Workspace.room(s.ds, rows * H);
    if (shape.distribution()) {
      s.yBefore = Workspace.room(s.yBefore, rows * L);
      if (training) s.dyBefore = Workspace.room(s.dyBefore, rows * L);
    } else if (s.previous.length < rows) {
      s.previous = new int[rows];
    }
  }

  void pack(Kernels k, float[] dense, boolean training) {
    input.pack(k, dense, training);
    int H = shape.hidden();
    if (labelPacked != null) k.pack(labelPacked, dense, label.at(), label.ld());
    if (recurrentPacked != null) k.pack(recurrentPacked, dense, recurrent.at(), recurrent.ld());
    if (!training) return;
    if (labelPacked != null) {
      if (labelTransposed == null)
        labelTransposed = new PackedMatrix(label.ld(), Kernels.padded(labels));
      k.packTransposed(labelTransposed, dense, label.at(), label.ld(), labels);
    }
    if (recurrentPacked != null) {
      if (recurrentTransposed == null)
        recurrentTransposed = new PackedMatrix(recurrent.ld(), Kernels.padded(H));
      k.packTransposed(recurrentTransposed, dense, recurrent.at(), recurrent.ld(), H);
    }
  }

  /** First values: as those of other layers, the rows of labels as if they were inputs. */
  void initialise(Parameters p, Recurrent.Initial initial) {
    input.initialise(p, initial);
    initial.uniform(p.dense(), label, Math.sqrt(6.0 / (labels + shape.hidden())));
    if (recurrent != null) initial.orthogonal(p.dense(), recurrent, 1);
  }

  /**
   * The input's part of the sums; and, unless the labels that are fed back are still to be chosen by whoever decodes, states and scores.
   *
   * @param output the layer above
   */
  void forward(Workspace ws, float[] dense, float[] top, int ld, Linear output, Dropping drop) {
    State s = ws.feedback;
    Batch batch = ws.batch;
    Kernels k = ws.kernels;
    int H = ld();
    input.forward(k, dense, top, ld, batch.rows(), s.gate);
    if (!shape.distribution() && batch.example(0).labels().length == 0) return;
    boolean scoresAreFed = shape.distribution() || drop.ownLabels() > 0;
    for (int t = 0; t < batch.steps(); t++) {
      int row = batch.start(t), live = batch.live(t);
      if (shape.distribution()) feedDistributions(ws, dense, t);
      else feedLabels(ws, dense, t, drop);
      if (recurrent != null) {
        boolean begins = t == 0 && !s.goesOn;
        if (begins) Arrays.fill(s.sBefore, 0, live * H, 0f);
        else if (t == 0) System.arraycopy(s.startS, 0, s.sBefore, 0, live * H);
        else System.arraycopy(s.s, batch.start(t - 1) * H, s.sBefore, row * H, live * H);
        if (!begins)
          k.product(s.sBefore, row * H, H, recurrentPacked, s.rec, row * H, H, live, true);
      }
      k.rnnForward(
          shape.activation().ordinal(), s.gate, row * H, s.rec, row * H, s.s, row * H, live, H);
      if (scoresAreFed) output.forward(k, dense, s.s, H, row, live, ws.tokens.scores());
    }
    if (!scoresAreFed) output.forward(k, dense, s.s, H, batch.rows(), ws.tokens.scores());
  }

  private void feedLabels(Workspace ws, float[] dense, int t, Dropping drop) {
    State s = ws.feedback;
    Batch batch = ws.batch;
    int H = ld();
    for (int i = 0; i < batch.live(t); i++) {
      int row = batch.row(t, i);
      s.previous[row] = t == 0 ? BEGIN : labelBefore(ws, t, i, drop);
      copyRow(dense, s.previous[row], s.rec, row * H);
    }
  }

  private int labelBefore(Workspace ws, int t, int i, Dropping drop) {
    Batch batch = ws.batch;
    int before = batch.row(t - 1, i);
    if (drop.ownLabels() > 0) {
      long stream =
          Noise.stream(drop.seed(), Purpose.OWN_LABEL, drop.epoch(), 0, batch.example(i).id());
      if (Noise.uniform(stream, t) < drop.ownLabels())
        return best(ws.tokens.scores(), before * ws.tokens.ld());
    }
    return batch.labels()[before];
  }

  private int best(float[] scores, int at) {
    int best = 0;
    for (int j = 1; j < labels; j++) if (scores[at + j] > scores[at + best]) best = j;
    return best;
  }

  /** What a label adds to the sums of the token behind it; an unknown one adds nothing. */
  private void copyRow(float[] dense, int previous, float[] to, int at) {
    int H = ld();
    if (previous == UNKNOWN) Arrays.fill(to, at, at + H, 0f);
    else System.arraycopy(dense, rowAt(previous), to, at, H);
  }

  private int rowAt(int previous) {
    return previous == BEGIN ? start.at() : label.at() + previous * label.ld();
  }

  private void feedDistributions(Workspace ws, float[] dense, int t) {
    State s = ws.feedback;
    Batch batch = ws.batch;
    int H = ld(), L = Kernels.padded(labels), row = batch.start(t), live = batch.live(t);
    if (t == 0 && !s.goesOn) {
      Arrays.fill(s.yBefore, 0, live * L, 0f);
      for (int r = 0; r < live; r++) copyRow(dense, BEGIN, s.rec, r * H);
      return;
    }
    if (t == 0) System.arraycopy(s.startY, 0, s.yBefore, 0, live * L);
    for (int i = 0; t > 0 && i < live; i++)
      distribution(ws, batch.row(t - 1, i), s.yBefore, (row + i) * L);
    ws.kernels.product(s.yBefore, row * L, L, labelPacked, s.rec, row * H, H, live, false);
  }

  private void distribution(Workspace ws, int row, float[] to, int at) {
    State s = ws.feedback;
    int from = row * ws.tokens.ld();
    double logZ = Sums.logSumExp(ws.tokens.scores(), from, labels, s.e, s.stripes);
    Softmax.normalise(ws.tokens.scores(), from, labels, logZ, s.e);
    System.arraycopy(s.e, 0, to, at, labels);
    Arrays.fill(to, at + labels, at + Kernels.padded(labels), 0f);
  }

  /** Whether what a sentence ends with is all that one which goes on from it needs; else whoever decodes knows the label. */
  boolean carriesOn() {
    return shape.distribution();
  }

  /** How many numbers {@link #end} writes. */
  int carried() {
    return Kernels.padded(labels) + ld();
  }

  /** Writes what sentence i ends with, from {@code at} on: the distribution and the states of its last token. */
  void end(Workspace ws, int i, float[] to, int at) {
    int row = ws.batch.row(ws.batch.length(i) - 1, i), L = Kernels.padded(labels);
    distribution(ws, row, to, at);
    System.arraycopy(ws.feedback.s, row * ld(), to, at + L, ld());
  }

  /** Makes sentence i, of B, go on from what {@link #end} wrote. */
  void goOn(State s, int i, int B, float[] from, int at) {
    int L = Kernels.padded(labels);
    s.goesOn = true;
    if (s.startY.length < B * L) {
      s.startY = new float[B * L];
      s.startS = new float[B * ld()];
    }
    System.arraycopy(from, at, s.startY, i * L, L);
    System.arraycopy(from, at + L, s.startS, i * ld(), ld());
  }

  /**
   * Scores of one token's labels, once for each of several choices of the labels before it, after {@link #forward}.
   *
   * @param row the token's row in the batch
   * @param count n, how many choices
   * @param previous [n] the label before, BEGIN at the first token
   * @param before [n,H] the states of the token before; of no interest at the first token, or without a recurrence
   * @param after [n,H] written: the token's states
   * @param scores [n,L] written
   */
  void step(
      Workspace ws,
      float[] dense,
      Linear output,
      int row,
      int count,
      int[] previous,
      float[] before,
      float[] after,
      float[] scores) {
    State s = ws.feedback;
    Kernels k = ws.kernels;
    int H = ld();
    s.tried = Workspace.room(s.tried, count * H);
    s.fed = Workspace.room(s.fed, count * H);
    for (int i = 0; i < count; i++) {
      System.arraycopy(s.gate, row * H, s.tried, i * H, H);
      copyRow(dense, previous[i], s.fed, i * H);
    }
    if (recurrent != null && previous[0] != BEGIN)
      k.product(before, 0, H, recurrentPacked, s.fed, 0, H, count, true);
    k.rnnForward(shape.activation().ordinal(), s.tried, 0, s.fed, 0, after, 0, count, H);
    output.forward(k, dense, after, H, count, scores);
  }

  /** From the gradient of the scores, adds that of the weights to the workspace's gradient and writes that of x. */
  void backward(Workspace ws, float[] top, int ld, Linear output, float[] dTop) {
    State s = ws.feedback;
    Batch batch = ws.batch;
    Kernels k = ws.kernels;
    float[] g = ws.gradient, dScores = ws.tokens.gradient();
    int H = ld(), rows = batch.rows(), f = shape.activation().ordinal();
    if (!shape.distribution()) output.inputGradient(k, dScores, 0, rows, s.ds, H);
    for (int t = batch.steps() - 1; t >= 0; t--) {
      int row = batch.start(t), live = batch.live(t);
      int behind = t + 1 < batch.steps() ? batch.live(t + 1) : 0;
      int next = behind == 0 ? 0 : batch.start(t + 1);
      if (shape.distribution()) {
        addThroughSoftmax(ws, t, behind);
        output.inputGradient(k, dScores, row, live, s.ds, H);
      }
      if (recurrent != null && behind > 0)
        k.product(s.gate, next * H, H, recurrentTransposed, s.ds, row * H, H, behind, true);
      k.rnnBackward(f, s.gate, row * H, s.s, s.ds, row * H, live, H);
      if (shape.distribution() && t > 0) {
        int L = Kernels.padded(labels);
        k.product(s.gate, row * H, H, labelTransposed, s.dyBefore, row * L, L, live, false);
      }
    }
    output.weightGradients(k, s.s, H, dScores, rows, g);
    labelGradients(ws, g);
    if (recurrent != null)
      k.outer(s.sBefore, 0, H, s.gate, 0, H, rows, shape.hidden(), H, g, recurrent.at(), H);
    input.backward(k, top, ld, s.gate, rows, g, dTop, false);
  }

  /** The scores of a step's tokens also decide what the tokens behind them are fed. */
  private void addThroughSoftmax(Workspace ws, int t, int behind) {
    State s = ws.feedback;
    int L = Kernels.padded(labels);
    for (int i = 0; i < behind; i++) {
      int p = ws.batch.row(t + 1, i) * L, to = ws.batch.row(t, i) * ws.tokens.ld();
      float mean = 0; // Σ p·dp
      for (int j = 0; j < labels; j++) mean += s.yBefore[p + j] * s.dyBefore[p + j];
      float[] d = ws.tokens.gradient();
      for (int j = 0; j < labels; j++) d[to + j] += s.yBefore[p + j] * (s.dyBefore[p + j] - mean);
    }
  }

  private void labelGradients(Workspace ws, float[] g) {
    State s = ws.feedback;
    Kernels k = ws.kernels;
    int H = ld(), rows = ws.batch.rows(), first = ws.batch.live(0);
    if (shape.distribution()) {
      int L = Kernels.padded(labels);
      k.outer(s.yBefore, 0, L, s.gate, 0, H, rows, labels, H, g, label.at(), H);
      k.columnSums(s.gate, 0, H, first, H, g, start.at());
      return;
    }
    for (int r = 0; r < rows; r++) {
      if (s.previous[r] == UNKNOWN) continue;
      int to = rowAt(s.previous[r]);
      for (int j = 0; j < H; j++) g[to + j] += s.gate[r * H + j];
    }
  }
}
