package dev.sluice.network;

import dev.sluice.kernel.Functions;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.PackedMatrix;
import java.util.Arrays;

/**
 * What a block of at most {@link #QUERIES} vectors that ask get of the S rows of a sequence: each a mean of values, weighted by a softmax over scores.
 * <pre>
 *   share[s,n] = softmax over s of score[s,n]    context[n] = Σₛ share[s,n]·value[s]
 *   score[s,n] = q[n]·key[s], unless another score was written to share
 * </pre>
 * Columns from the number of queries on are zero. Widths d are padded; keys have that of values where scores are products. One thread uses it, one block after the other.
 */
final class Shares {
  /** Vectors that ask at a time. */
  static final int QUERIES = Kernels.LANE;

  private final int d;
  float[] share = new float[0]; // [S,QUERIES], scores at first
  float[] dScore = new float[0]; // [S,QUERIES]
  private final float[] asked; // [QUERIES,d]
  final float[] context; // [QUERIES,d], on the way back its gradient
  private final PackedMatrix packed; // [QUERIES,d]
  private final PackedMatrix transposed; // [d,QUERIES]
  private final float[] most = new float[QUERIES];
  private final float[] sum = new float[QUERIES];

  /** For values of a padded width. */
  Shares(int d) {
    this.d = d;
    asked = new float[QUERIES * d];
    context = new float[QUERIES * d];
    packed = new PackedMatrix(QUERIES, d);
    transposed = new PackedMatrix(d, QUERIES);
  }

  void reserve(int longest, boolean training) {
    share = Workspace.room(share, longest * QUERIES);
    if (training) dScore = Workspace.room(dScore, longest * QUERIES);
  }

  /** How many numbers sequences of at most this length take here. */
  static long numbers(int longest, boolean training) {
    return (training ? 2L : 1L) * longest * QUERIES;
  }

  /** Scores as products of {@code count} queries, rows of ldq from qAt on, with S keys, rows of ld from at on. */
  void score(
      Kernels k, float[] q, int qAt, int ldq, int count, float[] keys, int at, int ld, int S) {
    Arrays.fill(asked, count * d, QUERIES * d, 0f);
    for (int n = 0; n < count; n++) System.arraycopy(q, qAt + n * ldq, asked, n * d, d);
    k.packTransposed(transposed, asked, 0, d, QUERIES);
    k.product(keys, at, ld, transposed, share, 0, QUERIES, S, false);
  }

  /** Turns the scores of {@code count} queries into shares. */
  void normalise(int S, int count) {
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
    Arrays.fill(sum, 0f);
    for (int from = 0; from < S * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++) most[n] = Math.max(most[n], share[from + n]);
    }
    for (int from = 0; from < S * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++) {
        share[from + n] = Functions.exp(share[from + n] - most[n]);
        sum[n] += share[from + n];
      }
    }
    for (int from = 0; from < S * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++) share[from + n] /= sum[n];
    }
  }

  /** Makes {@code context} the means of S values, rows of ld from at on, for {@code count} queries; zero behind them. */
  void mean(Kernels k, float[] values, int at, int ld, int S, int count) {
    Arrays.fill(context, 0f);
    k.outer(share, 0, QUERIES, values, at, ld, S, count, d, context, 0, d);
  }

  /**
   * From the gradient of the contexts in {@code context}, adds that of the values and leaves that of the scores in {@code dScore}.
   * <pre>
   *   dValue[s] += Σₙ share[s,n]·dContext[n]    dShare[s,n] = value[s]·dContext[n]
   *   dScore[s,n] = share[s,n]·(dShare[s,n] - Σᵤ share[u,n]·dShare[u,n])
   * </pre>
   */
  void meanBackward(Kernels k, float[] values, float[] dValues, int at, int ld, int S, int count) {
    k.pack(packed, context, 0, d);
    k.product(share, 0, QUERIES, packed, dValues, at, ld, S, true);
    k.packTransposed(transposed, context, 0, d, QUERIES);
    k.product(values, at, ld, transposed, dScore, 0, QUERIES, S, false);
    Arrays.fill(sum, 0f);
    for (int from = 0; from < S * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++) sum[n] += share[from + n] * dScore[from + n];
    }
    for (int from = 0; from < S * QUERIES; from += QUERIES) {
      for (int n = 0; n < count; n++)
        dScore[from + n] = share[from + n] * (dScore[from + n] - sum[n]);
    }
  }

  /**
   * Where scores are products: from their gradient adds that of the queries that asked last and that of the keys.
   * <pre>
   *   dq[n] += Σₛ dScore[s,n]·key[s]    dKey[s] += Σₙ dScore[s,n]·q[n]
   * </pre>
   */
  void scoreBackward(
      Kernels k,
      float[] dq,
      int qAt,
      int ldq,
      int count,
      float[] keys,
      float[] dKeys,
      int at,
      int ld,
      int S) {
    k.outer(dScore, 0, QUERIES, keys, at, ld, S, count, d, dq, qAt, ldq);
    k.pack(packed, asked, 0, d);
    k.product(dScore, 0, QUERIES, packed, dKeys, at, ld, S, true);
  }
}
