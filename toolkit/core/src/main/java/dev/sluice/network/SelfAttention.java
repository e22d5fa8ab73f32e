package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Functions;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.kernel.PackedMatrix;
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
 * <p>Time O(T²·A) per sentence, memory O(T·A): shares exist for {@link #QUERIES} tokens at a time only and are made anew by the backward pass, from the same numbers by the
 * same steps.
 */
final class SelfAttention {
  /** Tokens that ask at a time. */
  private static final int QUERIES = Kernels.LANE;

  private final int stateWidth; // W
  private final int ldStates; // W padded
  private final int width; // A
  private final int heads;
  private final int perHead; // d
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
    wide = heads * Kernels.padded(perHead);
    ldOut = Kernels.padded(stateWidth + shape.width());
    stream = encoder.layers();
    scale = (float) (1 / Math.sqrt(perHead));
    query = new Linear(layout, "attention.query", stateWidth, heads, perHead);
    key = new Linear(layout, "attention.key", stateWidth, heads, perHead);
    value = new Linear(layout, "attention.value", stateWidth, heads, perHead);
  }

  /** The numbers of one batch, sentence after sentence in rows of their own order. */
  static final class State {
    final int padded; // d padded
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

    /** Of a block of queries and one head: [T, QUERIES]. */
    float[] share = new float[0];

    float[] dShare = new float[0];

    /** Of a block of queries and one head, zero behind the last query: [QUERIES, d]. */
    final float[] asked;

    final float[] context;

    final PackedMatrix packed; // [QUERIES, d]
    final PackedMatrix transposed; // [d, QUERIES]
    final float[] most = new float[QUERIES];
    final float[] sum = new float[QUERIES];

    State(NetworkShape.Attention shape) {
      padded = Kernels.padded(shape.width() / shape.heads());
      asked = new float[QUERIES * padded];
      context = new float[QUERIES * padded];
      packed = new PackedMatrix(QUERIES, padded);
      transposed = new PackedMatrix(padded, QUERIES);
    }
  }

  /** How many numbers a batch of so many rows takes here. */
  long numbers(long rows, int longest, boolean training) {
    int passes = training ? 2 : 1;
    return rows * (passes * (ldStates + 3L * wide) + ldOut) + passes * (long) longest * QUERIES;
  }

  /** The length of the longest array that a batch of so many rows takes here. */
  long longest(long rows) {
    return rows * Math.max(wide, Math.max(ldOut, QUERIES));
  }

  /** Room for a batch that has been found to fit. */
  void reserve(State s, int rows, int longest, boolean training) {
    s.out = Workspace.room(s.out, rows * ldOut);
    s.h = Workspace.room(s.h, rows * ldStates);
    s.q = Workspace.room(s.q, rows * wide);
    s.k = Workspace.room(s.k, rows * wide);
    s.v = Workspace.room(s.v, rows * wide);
    s.share = Workspace.room(s.share, longest * QUERIES);
    if (!training) return;
    s.dh = Workspace.room(s.dh, rows * ldStates);
    s.dq = Workspace.room(s.dq, rows * wide);
    s.dk = Workspace.room(s.dk, rows * wide);
    s.dv = Workspace.room(s.dv, rows * wide);
    s.dShare = Workspace.room(s.dShare, longest * QUERIES);
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
        for (int t = 0; t < batch.length(i); t += QUERIES)
          contexts(ws, i, first, head, t, drop.layer() > 0);
      }
    }
  }

  /** The contexts of a block of tokens from t on, for one head of sentence i, whose rows begin at {@code first}. */
  private void contexts(Workspace ws, int i, int first, int head, int t, boolean masked) {
    Batch batch = ws.batch;
    State s = ws.attention;
    int T = batch.length(i), count = Math.min(QUERIES, T - t), d = s.padded;
    int at = first * wide + head * d;
    shares(ws.kernels, s, T, at, t, count);
    Arrays.fill(s.context, 0f);
    ws.kernels.outer(s.share, 0, QUERIES, s.v, at, wide, T, count, d, s.context, 0, d);
    for (int n = 0; n < count; n++) {
      int to = batch.row(t + n, i) * ldOut + stateWidth + head * perHead;
      for (int j = 0; j < perHead; j++) {
        float c = s.context[n * d + j];
        s.out[to + j] = masked ? c * s.mask[i * width + head * perHead + j] : c;
      }
    }
  }

  /**
   * The shares of all T tokens in the contexts of {@code count} tokens from t on.
   * <pre>
   *   asked [QUERIES,d] written    share [T,QUERIES] written, zero from column count on
   * </pre>
   *
   * @param at where the sentence's rows of q, k and v begin, in the columns of a head
   */
  private void shares(Kernels k, State s, int T, int at, int t, int count) {
    int d = s.padded;
    float[] share = s.share;
    Arrays.fill(s.asked, count * d, QUERIES * d, 0f);
    for (int n = 0; n < count; n++) System.arraycopy(s.q, at + (t + n) * wide, s.asked, n * d, d);
    k.packTransposed(s.transposed, s.asked, 0, d, QUERIES);
    k.product(s.k, at, wide, s.transposed, share, 0, QUERIES, T, false);
    Arrays.fill(s.most, Float.NEGATIVE_INFINITY);
    Arrays.fill(s.sum, 0f);
    for (int from = 0; from < T * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++) s.most[n] = Math.max(s.most[n], share[from + n]);
    }
    for (int from = 0; from < T * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++) {
        share[from + n] = Functions.exp(share[from + n] - s.most[n]);
        s.sum[n] += share[from + n];
      }
    }
    for (int from = 0; from < T * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++) share[from + n] /= s.sum[n];
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
        for (int t = 0; t < batch.length(i); t += QUERIES) {
          takeContexts(batch, s, dOut, i, head, t, drop.layer() > 0);
          backward(k, s, batch.length(i), first * wide + head * s.padded, t);
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

  /** Makes {@code context} the gradient of a block of contexts, zero behind the last. */
  private void takeContexts(
      Batch batch, State s, float[] dOut, int i, int head, int t, boolean masked) {
    int count = Math.min(QUERIES, batch.length(i) - t);
    Arrays.fill(s.context, 0f);
    for (int n = 0; n < count; n++) {
      int from = batch.row(t + n, i) * ldOut + stateWidth + head * perHead;
      for (int j = 0; j < perHead; j++) {
        float c = dOut[from + j];
        s.context[n * s.padded + j] = masked ? c * s.mask[i * width + head * perHead + j] : c;
      }
    }
  }

  /**
   * From the gradient of a block of contexts, those of its queries and of all keys and values.
   * <pre>
   *   dv[s] += Σₙ share[s,n]·dContext[n]    dShare[s,n] = v[s]·dContext[n]
   *   dScore[s,n] = share[s,n]·(dShare[s,n] - Σᵤ share[u,n]·dShare[u,n])
   *   dq[n] = Σₛ dScore[s,n]·k[s]    dk[s] += Σₙ dScore[s,n]·q[n]
   * </pre>
   */
  private void backward(Kernels k, State s, int T, int at, int t) {
    int count = Math.min(QUERIES, T - t), d = s.padded;
    float[] share = s.share, dScore = s.dShare;
    shares(k, s, T, at, t, count);
    k.pack(s.packed, s.context, 0, d);
    k.product(share, 0, QUERIES, s.packed, s.dv, at, wide, T, true);
    k.packTransposed(s.transposed, s.context, 0, d, QUERIES);
    k.product(s.v, at, wide, s.transposed, dScore, 0, QUERIES, T, false);
    Arrays.fill(s.sum, 0f);
    for (int from = 0; from < T * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++) s.sum[n] += share[from + n] * dScore[from + n];
    }
    for (int from = 0; from < T * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++)
        dScore[from + n] = share[from + n] * (dScore[from + n] - s.sum[n]);
    }
    k.outer(dScore, 0, QUERIES, s.k, at, wide, T, count, d, s.dq, at + t * wide, wide);
    k.pack(s.packed, s.asked, 0, d);
    k.product(dScore, 0, QUERIES, s.packed, s.dk, at, wide, T, true);
  }
}
