package dev.sluice.loss;

import dev.sluice.kernel.Noise;
import dev.sluice.kernel.Noise.Purpose;
import dev.sluice.kernel.Softmax;
import dev.sluice.kernel.Sums;
import dev.sluice.network.NextScores;
import dev.sluice.network.Workspace;
import java.util.Arrays;

/**
 * Cross entropy of the symbol that comes next, over that symbol and some that are drawn for the batch.
 * <pre>
 *   C = {next} ∪ drawn    q[j] = 1 - (1-P(j))ⁿ, the chance that n draws have j
 *   x[j] = score[j] - log q[j]    loss = log Σ_{j∈C} exp(x[j]) - x[next]    dScore[j] = p[j] - [j = next]
 * </pre>
 * Source: Jean, Cho, Memisevic and Bengio 2015, arXiv:1412.2007. What is drawn is a function of seed, epoch and the first sequence of the batch. The
 * scores of all symbols
 * drawn and of all next symbols of the batch come from one product.
 */
public final class SampledSymbolLoss implements Loss {
  private final Proposal proposal;
  private final int samples;
  private final float[] logQ; // per symbol
  private final int[] columnOf; // per symbol, of meaning where stamped
  private final int[] stamp;
  private int turn;
  private int[] candidates = new int[0];
  private int many;
  private int
      drawn; // columns before this one were drawn; the others stand in no sum but those of their
  // own rows
  private float[] x = new float[0];
  private float[] e = new float[0];
  private int[] columns = new int[0];
  private final double[] stripes = new double[16];

  /**
   * A loss for one thread.
   *
   * @param samples n
   */
  public SampledSymbolLoss(Proposal proposal, int samples) {
    this.proposal = proposal;
    this.samples = samples;
    int V = proposal.symbols();
    logQ = new float[V];
    for (int id = 0; id < V; id++) {
      double none = samples * StrictMath.log1p(-proposal.probability(id));
      logQ[id] = (float) StrictMath.log(-StrictMath.expm1(none));
    }
    columnOf = new int[V];
    stamp = new int[V];
  }

  @Override
  public void choose(Workspace ws, long seed, int epoch) {
    int rows = ws.batch().rows();
    if (candidates.length < samples + rows) candidates = new int[samples + rows];
    turn++;
    many = 0;
    long stream = Noise.stream(seed, Purpose.CANDIDATES, epoch, ws.batch().example(0).id(), 0);
    for (int i = 0; i < samples; i++) add(proposal.draw(stream, i));
    drawn = many;
    for (int r = 0; r < rows; r++) add(ws.batch().labels()[r]);
    ws.next().only(candidates, many);
  }

  private void add(int id) {
    if (stamp[id] == turn) return;
    stamp[id] = turn;
    columnOf[id] = many;
    candidates[many++] = id;
  }

  @Override
  public double gradient(Workspace ws, float scale) {
    NextScores next = ws.next();
    float[] scores = next.scores(), d = next.gradient();
    int[] target = ws.batch().labels();
    int ld = next.ld();
    if (x.length < drawn + 1) {
      x = new float[drawn + 1];
      e = new float[drawn + 1];
      columns = new int[drawn + 1];
    }
    double loss = 0;
    for (int r = 0; r < ws.batch().rows(); r++) {
      int at = r * ld, right = columnOf[target[r]], n = 0;
      columns[n++] = right;
      for (int c = 0; c < drawn; c++) if (c != right) columns[n++] = c;
      for (int i = 0; i < n; i++) x[i] = scores[at + columns[i]] - logQ[candidates[columns[i]]];
      double logZ = Sums.logSumExp(x, 0, n, e, stripes);
      loss += logZ - x[0];
      Softmax.normalise(x, 0, n, logZ, e);
      Arrays.fill(d, at, at + ld, 0f);
      for (int i = 0; i < n; i++) d[at + columns[i]] = e[i] * scale;
      d[at + right] = (e[0] - 1f) * scale;
    }
    return loss;
  }
}
