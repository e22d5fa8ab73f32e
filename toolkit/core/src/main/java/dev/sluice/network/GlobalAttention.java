package dev.sluice.network;

import dev.sluice.kernel.Functions;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.NetworkShape.Looking;
import java.util.Arrays;

/**
 * What a decoder sees of the states of the encoder: for each of its own states a mean of them, and both together in one vector.
 * <pre>
 *   e [S,W] states of a source    h [T,P] states of the decoder
 *
 *   score[s,t] = h[t]·e[s]                               dot, where P = W
 *              = (h[t]·A)·e[s]         A [P,W]           general
 *              = v·tanh(h[t]·A + e[s]·K + k)             additive; A [P,P], K [W,P], v and k [P]
 *   share[s,t] = softmax over s of score[s,t]    mean[t] = Σₛ share[s,t]·e[s]
 *   out[t] = tanh([mean[t]; h[t]]·M)    M [W+P,P]
 * </pre>
 * Source: Luong, Pham and Manning 2015, arXiv:1508.04025, global attention without input feeding, so that the recurrence does not wait for it; the additive score is that of Bahdanau, Cho and Bengio
 * 2015, arXiv:1409.0473. Shares exist for a block of states at a time only and are made anew by the backward pass.
 */
final class GlobalAttention {
  private final Looking looking;
  private final int W, P;
  private final int ldw, ldp; // padded
  private final Linear query; // A; null for dot
  private final Linear key; // K with k; null unless additive
  private final Block weigher; // v; null unless additive
  private final Linear mix; // M

  GlobalAttention(Parameters.Layout layout, Looking looking, int states, int width) {
    this.looking = looking;
    W = states;
    P = width;
    ldw = Kernels.padded(W);
    ldp = Kernels.padded(P);
    String name = "decoder.attention.";
    boolean additive = looking == Looking.ADDITIVE;
    query =
        looking == Looking.DOT
            ? null
            : Linear.withoutBias(layout, name + "query", P, additive ? P : W);
    key = additive ? new Linear(layout, name + "key", W, P) : null;
    weigher = additive ? layout.dense(name + "weigher", 1, 1, P) : null;
    mix = Linear.withoutBias(layout, name + "mix", W + P, P);
  }

  /** The numbers of a batch, sequence after sequence; those of the sources are kept while a sequence is written symbol by symbol. */
  static final class State {
    final Shares shares;
    private float[] e = new float[0]; // [rows of the sources, W]
    private float[] keys = new float[0]; // [rows of the sources, P], additive
    private float[] asked = new float[0]; // [rows, W], or [rows, P] where additive
    private float[] joined = new float[0]; // [rows, W+P]
    float[] out = new float[0]; // [rows, P]
    private float[] de = new float[0];
    private float[] dKeys = new float[0];
    private float[] dAsked = new float[0];
    private float[] dJoined = new float[0];

    State(int width) {
      shares = new Shares(Kernels.padded(width));
    }
  }

  State state() {
    return new State(W);
  }

  /** How many numbers some rows of sources and of the decoder take here. */
  long numbers(long sourceRows, long rows, int longest, boolean training) {
    long passes = training ? 2 : 1;
    long perSource = ldw + (key == null ? 0 : ldp);
    long perRow = (query == null ? 0 : query.ld()) + Kernels.padded(W + P);
    return passes * (sourceRows * perSource + rows * perRow)
        + rows * ldp
        + Shares.numbers(longest, training);
  }

  /** Room for the states of sources, the longest of {@code longest} rows. */
  void reserveSources(State s, int rows, int longest, boolean training) {
    s.shares.reserve(longest, training);
    s.e = Workspace.room(s.e, rows * ldw);
    if (key != null) s.keys = Workspace.room(s.keys, rows * ldp);
    if (!training) return;
    s.de = Workspace.room(s.de, rows * ldw);
    if (key != null) s.dKeys = Workspace.room(s.dKeys, rows * ldp);
  }

  /** Room for rows of the decoder. */
  void reserve(State s, int rows, boolean training) {
    if (query != null) s.asked = Workspace.room(s.asked, rows * query.ld());
    s.joined = Workspace.room(s.joined, rows * Kernels.padded(W + P));
    s.out = Workspace.room(s.out, rows * ldp);
    if (!training) return;
    if (query != null) s.dAsked = Workspace.room(s.dAsked, rows * query.ld());
    s.dJoined = Workspace.room(s.dJoined, rows * Kernels.padded(W + P));
  }

  void pack(Kernels k, float[] dense, boolean training) {
    if (query != null) query.pack(k, dense, training);
    if (key != null) key.pack(k, dense, training);
    mix.pack(k, dense, training);
  }

  void initialise(Parameters p, Recurrent.Initial initial) {
    if (query != null) query.initialise(p, initial);
    if (key != null) key.initialise(p, initial);
    if (weigher != null) initial.uniform(p.dense(), weigher, Math.sqrt(6.0 / (P + 1)));
    mix.initialise(p, initial);
  }

  /** Takes the states of all sources, {@code top} in rows of the batch. */
  void read(Workspace ws, float[] dense, float[] top) {
    State s = ws.decoder.attention;
    for (int i = 0, to = 0; i < ws.batch.sentences(); i++) {
      for (int t = 0; t < ws.batch.length(i); t++, to++)
        System.arraycopy(top, ws.batch.row(t, i) * ldw, s.e, to * ldw, ldw);
    }
    if (key != null) key.forward(ws.kernels, dense, s.e, ldw, ws.batch.rows(), s.keys);
  }

  /**
   * Fills {@code out} of the state.
   *
   * @param h [rows, P], the states of the decoder, sequence after sequence
   */
  void forward(Workspace ws, float[] dense, float[] h) {
    DecoderState d = ws.decoder;
    State s = d.attention;
    Kernels k = ws.kernels;
    int rows = d.rows(), ldj = Kernels.padded(W + P);
    if (query != null) query.forward(k, dense, h, ldp, rows, s.asked);
    for (int i = 0; i < d.sequences(); i++) {
      int source = d.firstOfSource(i), S = d.sourceLength(i);
      for (int t = 0; t < d.length(i); t += Shares.QUERIES) {
        int count = Math.min(Shares.QUERIES, d.length(i) - t), row = d.first(i) + t;
        shares(k, dense, s, h, row, count, source, S);
        s.shares.mean(k, s.e, source * ldw, ldw, S, count);
        for (int n = 0; n < count; n++) {
          int to = (row + n) * ldj;
          System.arraycopy(s.shares.context, n * ldw, s.joined, to, W);
          System.arraycopy(h, (row + n) * ldp, s.joined, to + W, P);
        }
      }
    }
    mix.forward(k, dense, s.joined, ldj, rows, s.out);
    for (int j = 0; j < rows * ldp; j++) s.out[j] = Functions.tanh(s.out[j]);
  }

  /** The shares of S states of a source in the means of some rows of the decoder. */
  private void shares(
      Kernels k, float[] dense, State s, float[] h, int row, int count, int source, int S) {
    if (looking == Looking.ADDITIVE) {
      add(dense, s, row, count, source, S);
    } else {
      float[] asked = query == null ? h : s.asked;
      s.shares.score(k, asked, row * ldw, ldw, count, s.e, source * ldw, ldw, S);
    }
    s.shares.normalise(S, count);
  }

  /** The additive scores. */
  private void add(float[] dense, State s, int row, int count, int source, int S) {
    float[] score = s.shares.share;
    for (int m = 0; m < S; m++) {
      int at = m * Shares.QUERIES, keyAt = (source + m) * ldp;
      Arrays.fill(score, at, at + Shares.QUERIES, 0f);
      for (int n = 0; n < count; n++) {
        int askedAt = (row + n) * ldp;
        float sum = 0;
        for (int j = 0; j < P; j++)
          sum += dense[weigher.at() + j] * Functions.tanh(s.asked[askedAt + j] + s.keys[keyAt + j]);
        score[at + n] = sum;
      }
    }
  }

  /**
   * From the gradient of {@code out}, which it uses up: writes that of the decoder's states and adds that of the encoder's and of the weights.
   *
   * @param dOut [rows, P]
   * @param dh [rows, P] written
   * @param dTop [rows of the batch, W] added to
   */
  void backward(Workspace ws, float[] dense, float[] h, float[] dOut, float[] dh, float[] dTop) {
    DecoderState d = ws.decoder;
    State s = d.attention;
    Kernels k = ws.kernels;
    float[] g = ws.gradient;
    int rows = d.rows(), sources = ws.batch.rows(), ldj = Kernels.padded(W + P);
    for (int j = 0; j < rows * ldp; j++) dOut[j] *= 1 - s.out[j] * s.out[j];
    mix.backward(k, s.joined, ldj, dOut, rows, g, s.dJoined, false);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(s.dJoined, r * ldj + W, dh, r * ldp, P);
      Arrays.fill(dh, r * ldp + P, (r + 1) * ldp, 0f);
    }
    Arrays.fill(s.de, 0, sources * ldw, 0f);
    if (key != null) Arrays.fill(s.dKeys, 0, sources * ldp, 0f);
    if (query != null) Arrays.fill(s.dAsked, 0, rows * query.ld(), 0f);
    for (int i = 0; i < d.sequences(); i++) {
      int source = d.firstOfSource(i), S = d.sourceLength(i);
      for (int t = 0; t < d.length(i); t += Shares.QUERIES) {
        int count = Math.min(Shares.QUERIES, d.length(i) - t), row = d.first(i) + t;
        shares(k, dense, s, h, row, count, source, S);
        Arrays.fill(s.shares.context, 0f);
        for (int n = 0; n < count; n++)
          System.arraycopy(s.dJoined, (row + n) * ldj, s.shares.context, n * ldw, W);
        s.shares.meanBackward(k, s.e, s.de, source * ldw, ldw, S, count);
        if (looking == Looking.ADDITIVE) {
          addBackward(dense, g, s, row, count, source, S);
        } else {
          float[] asked = query == null ? dh : s.dAsked;
          s.shares.scoreBackward(k, asked, row * ldw, ldw, count, s.e, s.de, source * ldw, ldw, S);
        }
      }
    }
    if (key != null) key.backward(k, s.e, ldw, s.dKeys, sources, g, s.de, true);
    if (query != null) query.backward(k, h, ldp, s.dAsked, rows, g, dh, true);
    for (int i = 0, from = 0; i < ws.batch.sentences(); i++) {
      for (int t = 0; t < ws.batch.length(i); t++, from += ldw) {
        int to = ws.batch.row(t, i) * ldw;
        for (int j = 0; j < W; j++) dTop[to + j] += s.de[from + j];
      }
    }
  }

  /**
   * From the gradients of additive scores those of what was asked, of the keys and of v.
   * <pre>
   *   y = tanh(asked[n] + key[s])    dv += dScore[s,n]·y    dAsked[n], dKey[s] += dScore[s,n]·v·(1 - y²)
   * </pre>
   */
  private void addBackward(
      float[] dense, float[] g, State s, int row, int count, int source, int S) {
    for (int m = 0; m < S; m++) {
      int keyAt = (source + m) * ldp;
      for (int n = 0; n < count; n++) {
        int askedAt = (row + n) * ldp;
        float dScore = s.shares.dScore[m * Shares.QUERIES + n];
        for (int j = 0; j < P; j++) {
          float y = Functions.tanh(s.asked[askedAt + j] + s.keys[keyAt + j]);
          g[weigher.at() + j] += dScore * y;
          float dSum = dScore * dense[weigher.at() + j] * (1 - y * y);
          s.dAsked[askedAt + j] += dSum;
          s.dKeys[keyAt + j] += dSum;
        }
      }
    }
  }
}
