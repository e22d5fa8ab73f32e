package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.NetworkShape.Pooling;

/** Scores of the labels of each sentence: its states pooled into one vector, and a linear layer on that. */
final class SentenceHead {
  private final Pooling pooling;
  private final int width;
  private final LastStates last;
  private final Linear linear;
  private final AttentionPooling attention; // null for the other kinds

  SentenceHead(Parameters.Layout layout, NetworkShape network, NetworkShape.Sentence shape) {
    NetworkShape.Encoder encoder = network.encoder();
    pooling = shape.pooling();
    width = network.topWidth();
    last = new LastStates(encoder);
    attention = pooling == Pooling.ATTENTION ? new AttentionPooling(layout, width) : null;
    linear = new Linear(layout, "sentence", width, shape.labels());
  }

  /** The numbers of one batch. */
  static final class State {
    final Emissions emissions;
    float[] pooled = new float[0]; // [B, padded width]
    float[] dPooled = new float[0];
    int[] winner = new int[0]; // [B, width]: the row that has the maximum
    final AttentionPooling.State attention = new AttentionPooling.State();

    State(int labels) {
      emissions = new Emissions(labels);
    }
  }

  /** How many numbers a batch takes here. */
  long numbers(State s, Batch batch, boolean training) {
    long perSentence = (training ? 2L : 1L) * (s.emissions.ld() + Kernels.padded(width));
    if (pooling == Pooling.MAX) perSentence += width;
    long perRow = attention == null ? 0 : attention.perRow(training);
    return batch.sentences() * perSentence + batch.rows() * perRow;
  }

  void reserve(State s, Batch batch, boolean training) {
    int B = batch.sentences(), size = B * Kernels.padded(width);
    s.emissions.reserve(B, training);
    s.pooled = Workspace.room(s.pooled, size);
    if (training) s.dPooled = Workspace.room(s.dPooled, size);
    if (pooling == Pooling.MAX && s.winner.length < B * width) s.winner = new int[B * width];
    if (attention != null) attention.reserve(s.attention, batch.rows(), training);
  }

  void pack(Kernels k, float[] dense, boolean training) {
    linear.pack(k, dense, training);
    if (attention != null) attention.pack(k, dense, training);
  }

  void initialise(Parameters p, Recurrent.Initial initial) {
    if (attention != null) attention.initialise(p, initial);
    linear.initialise(p, initial);
  }

  void forward(Workspace ws, float[] dense, float[] top, int ld) {
    Batch batch = ws.batch;
    State s = ws.sentence;
    if (attention != null) attention.weigh(ws.kernels, dense, batch, s.attention, top, ld);
    for (int i = 0; i < batch.sentences(); i++) {
      int to = i * ld;
      switch (pooling) {
        case LAST -> last.gather(batch, i, top, ld, s.pooled);
        case MAX -> max(batch, i, top, ld, s);
        case MEAN -> {
          float share = 1f / batch.length(i);
          sum(batch, i, top, ld, null, s.pooled);
          for (int j = 0; j < width; j++) s.pooled[to + j] *= share;
        }
        case ATTENTION -> sum(batch, i, top, ld, s.attention.share, s.pooled);
      }
    }
    linear.forward(ws.kernels, dense, s.pooled, ld, batch.sentences(), s.emissions.scores());
  }

  private void max(Batch batch, int i, float[] top, int ld, State s) {
    for (int j = 0; j < width; j++) {
      int best = batch.row(0, i);
      for (int t = 1; t < batch.length(i); t++) {
        int row = batch.row(t, i);
        if (top[row * ld + j] > top[best * ld + j]) best = row;
      }
      s.winner[i * width + j] = best;
      s.pooled[i * ld + j] = top[best * ld + j];
    }
  }

  /** The sum over the tokens, each times its share when there are shares. */
  private void sum(Batch batch, int i, float[] top, int ld, float[] share, float[] pooled) {
    int to = i * ld;
    java.util.Arrays.fill(pooled, to, to + width, 0f);
    for (int t = 0; t < batch.length(i); t++) {
      int row = batch.row(t, i), from = row * ld;
      float a = share == null ? 1f : share[row];
      for (int j = 0; j < width; j++) pooled[to + j] += a * top[from + j];
    }
  }

  /** Adds the gradient of the states to {@code dTop}. */
  void backward(Workspace ws, float[] top, int ld, float[] dTop) {
    Batch batch = ws.batch;
    State s = ws.sentence;
    int B = batch.sentences();
    linear.backward(
        ws.kernels, s.pooled, ld, s.emissions.gradient(), B, ws.gradient, s.dPooled, false);
    if (attention != null) attention.backward(ws, s.attention, s.dPooled, top, ld, dTop);
    for (int i = 0; i < B; i++) {
      int from = i * ld;
      switch (pooling) {
        case LAST -> last.scatter(batch, i, s.dPooled, ld, dTop);
        case MAX -> {
          for (int j = 0; j < width; j++)
            dTop[s.winner[i * width + j] * ld + j] += s.dPooled[from + j];
        }
        case MEAN -> {
          float share = 1f / batch.length(i);
          for (int t = 0; t < batch.length(i); t++) {
            int to = batch.row(t, i) * ld;
            for (int j = 0; j < width; j++) dTop[to + j] += share * s.dPooled[from + j];
          }
        }
        case ATTENTION -> {} // done above, where the shares are known
      }
    }
  }
}
