package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Noise.Purpose;
import java.util.Arrays;

/**
 * Scaled dot-product attention of the tokens of a sentence to each other, with one or more heads.
 * <pre>
 *   h [T,W] states of a sentence    q, k, v [T,A] = bias + h·weights, cut into heads of d = A / heads columns
 *   share[t,s] = softmax over s of q[t]·k[s] / √d    context[t] = Σₛ share[t,s]·v[s], head beside head
 *   out [T,W+A] = state beside context
 * </pre>
 * Source: Vaswani et al. 2017, arXiv:1706.03762, section 3.2, without the product that mixes the heads at the end, since the linear layer of the labels follows at once. That
 * label scores see the state beside its context is from Liu and Lane 2016, arXiv:1609.01454.
 *
 * <p>Time O(T²·A) per sentence, memory O(T·A): {@link Shares} exist for a block of tokens at a time only and are made anew by the backward pass, from the same numbers by the
 * same steps.
 */
final class SelfAttention {
  private final int stateWidth; // W
  private final int ldStates; // W padded
  private final int width; // A
  private final int heads;
  private final int perHead; // d
  private final int padded; // d padded
  private final int wide; // all heads, each padded
  private final int ldOut; // W + A padded
  private final int stream; // of its dropout, after those of the layers
  private final float scale; // 1 / √d
  private final Linear query;
  private final Linear key;
  private final Linear value;

  SelfAttention(Parameters.Layout layout, NetworkShape.Encoder encoder) {
    NetworkShape.Attention shape = encoder.attention().orElseThrow();
    stateWidth = encoder.width(encoder.layers() - 1);
    ldStates = Kernels.padded(stateWidth);
    width = shape.width();
    heads = shape.heads();
    perHead = width / heads;
    padded = Kernels.padded(perHead);
    wide = heads * padded;
    ldOut = Kernels.padded(stateWidth + shape.width());
    stream = encoder.layers();
    scale = (float) (1 / Math.sqrt(perHead));
    query = new Linear(layout, "attention.query", stateWidth, heads, perHead);
    key = new Linear(layout, "attention.key", stateWidth, heads, perHead);
    value = new Linear(layout, "attention.value", stateWidth, heads, perHead);
  }

  /** The numbers of one batch, sentence after sentence in rows of their own order. */
  static final class State {
    final Shares shares; // of a block of queries and one head
    float[] out = new float[0]; // [rows of the batch, W+A]
    float[] h = new float[0]; // [rows, W]
    float[] q = new float[0]; // [rows, A], times the scale
    float[] k = new float[0]; // [rows, A]
    float[] v = new float[0]; // [rows, A]
    float[] dh = new float[0];
    float[] dq = new float[0];
    float[] dk = new float[0];
    float[] dv = new float[0];
    float[] mask = new float[0]; // [B, A]

    State(NetworkShape.Attention shape) {
      shares = new Shares(Kernels.padded(shape.width() / shape.heads()));
    }
  }

  /** How many numbers a batch of so many rows takes here. */
  long numbers(long rows, int longest, boolean training) {
    int passes = training ? 2 : 1;
    return rows * (passes * (ldStates + 3L * wide) + ldOut) + Shares.numbers(longest, training);
  }

  /** The length of the longest array that a batch of so many rows takes here. */
  long longest(long rows) {
    return rows * Math.max(wide, Math.max(ldOut, Shares.QUERIES));
  }

  /** Room for a batch that has been found to fit. */
  void reserve(State s, int rows, int longest, boolean training) {
    s.out = Workspace.room(s.out, rows * ldOut);
    s.h = Workspace.room(s.h, rows * ldStates);
    s.q = Workspace.room(s.q, rows * wide);
    s.k = Workspace.room(s.k, rows * wide);
    s.v = Workspace.room(s.v, rows * wide);
    s.shares.reserve(longest, training);
    if (!training) return;
    s.dh = Workspace.room(s.dh, rows * ldStates);
    s.dq = Workspace.room(s.dq, rows * wide);
    s.dk = Workspace.room(s.dk, rows * wide);
    s.dv = Workspace.room(s.dv, rows * wide);
  }

  void pack(Kernels k, float[] dense, boolean training) {
    query.pack(k, dense, training);
    key.pack(k, dense, training);
    value.pack(k, dense, training);
  }

  void initialise(Parameters p, Recurrent.Initial initial) {
    query.initialise(p, initial);
    key.initialise(p, initial);
    value.initialise(p, initial);
  }

  /** Fills {@code out} of the workspace's state from the states of the last layer. */
  void forward(Workspace ws, float[] dense, float[] states, Dropping drop) {
    Batch batch = ws.batch;
    State s = ws.attention;
    Kernels k = ws.kernels;
    int rows = batch.rows();
    for (int i = 0, to = 0; i < batch.sentences(); i++) {
      for (int t = 0; t < batch.length(i); t++, to++) {
        int row = batch.row(t, i);
        System.arraycopy(states, row * ldStates, s.h, to * ldStates, ldStates);
        System.arraycopy(states, row * ldStates, s.out, row * ldOut, stateWidth);
      }
    }
    query.forward(k, dense, s.h, ldStates, rows, s.q);
    key.forward(k, dense, s.h, ldStates, rows, s.k);
    value.forward(k, dense, s.h, ldStates, rows, s.v);
    for (int j = 0; j < rows * wide; j++) s.q[j] *= scale;
    if (drop.layer() > 0) {
      Purpose purpose = Purpose.DROP_LAYER;
      s.mask = Masks.fill(s.mask, batch, width, width, drop.layer(), drop, purpose, stream);
    }
    for (int i = 0, first = 0; i < batch.sentences(); first += batch.length(i++)) {
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < batch.length(i); t += Shares.QUERIES)
          contexts(ws, i, first, head, t, drop.layer() > 0);
      }
    }
  }

  /** The contexts of a block of tokens from t on, for one head of sentence i, whose rows begin at {@code first}. */
  private void contexts(Workspace ws, int i, int first, int head, int t, boolean masked) {
    Batch batch = ws.batch;
    State s = ws.attention;
    Shares shares = s.shares;
    int T = batch.length(i), count = Math.min(Shares.QUERIES, T - t), d = padded;
    int at = first * wide + head * d;
    shares.score(ws.kernels, s.q, at + t * wide, wide, count, s.k, at, wide, T);
    shares.normalise(T, count);
    shares.mean(ws.kernels, s.v, at, wide, T, count);
    for (int n = 0; n < count; n++) {
      int to = batch.row(t + n, i) * ldOut + stateWidth + head * perHead;
      for (int j = 0; j < perHead; j++) {
        float c = shares.context[n * d + j];
        s.out[to + j] = masked ? c * s.mask[i * width + head * perHead + j] : c;
      }
    }
  }

  /**
   * From the gradient of {@code out}, writes that of the states and adds that of the weights to the workspace's gradient.
   *
   * @param dOut [rows, W+A], read
   * @param dStates [rows, W], written
   */
  void backward(Workspace ws, float[] dOut, float[] dStates, Dropping drop) {
    Batch batch = ws.batch;
    State s = ws.attention;
    Kernels k = ws.kernels;
    int rows = batch.rows();
    Arrays.fill(s.dq, 0, rows * wide, 0f);
    Arrays.fill(s.dk, 0, rows * wide, 0f);
    Arrays.fill(s.dv, 0, rows * wide, 0f);
    for (int i = 0, first = 0; i < batch.sentences(); first += batch.length(i++)) {
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < batch.length(i); t += Shares.QUERIES) {
          takeContexts(batch, s, dOut, i, head, t, drop.layer() > 0);
          backward(k, s, batch.length(i), first * wide + head * padded, t);
        }
      }
    }
    for (int j = 0; j < rows * wide; j++) s.dq[j] *= scale;
    query.backward(k, s.h, ldStates, s.dq, rows, ws.gradient, s.dh, false);
    key.backward(k, s.h, ldStates, s.dk, rows, ws.gradient, s.dh, true);
    value.backward(k, s.h, ldStates, s.dv, rows, ws.gradient, s.dh, true);
    for (int i = 0, from = 0; i < batch.sentences(); i++) {
      for (int t = 0; t < batch.length(i); t++, from += ldStates) {
        int row = batch.row(t, i), to = row * ldStates, top = row * ldOut;
        for (int j = 0; j < stateWidth; j++) dStates[to + j] = dOut[top + j] + s.dh[from + j];
        Arrays.fill(dStates, to + stateWidth, to + ldStates, 0f);
      }
    }
  }

  /** Makes the context of the shares the gradient of a block of contexts, zero behind the last. */
  private void takeContexts(
      Batch batch, State s, float[] dOut, int i, int head, int t, boolean masked) {
    int count = Math.min(Shares.QUERIES, batch.length(i) - t);
    float[] context = s.shares.context;
    Arrays.fill(context, 0f);
    for (int n = 0; n < count; n++) {
      int from = batch.row(t + n, i) * ldOut + stateWidth + head * perHead;
      for (int j = 0; j < perHead; j++) {
        float c = dOut[from + j];
        context[n * padded + j] = masked ? c * s.mask[i * width + head * perHead + j] : c;
      }
    }
  }

  /** From the gradient of a block of contexts, those of its queries and of all keys and values. */
  private void backward(Kernels k, State s, int T, int at, int t) {
    int count = Math.min(Shares.QUERIES, T - t), asked = at + t * wide;
    s.shares.score(k, s.q, asked, wide, count, s.k, at, wide, T);
    s.shares.normalise(T, count);
    s.shares.meanBackward(k, s.v, s.dv, at, wide, T, count);
    s.shares.scoreBackward(k, s.dq, asked, wide, count, s.k, s.dk, at, wide, T);
  }
}
