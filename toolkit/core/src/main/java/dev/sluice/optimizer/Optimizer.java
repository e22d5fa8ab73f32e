package dev.sluice.optimizer;

import dev.sluice.kernel.Sums;
import dev.sluice.kernel.Workers;
import dev.sluice.network.Network;
import dev.sluice.network.Parameters;
import dev.sluice.network.SparseGradient;
import dev.sluice.network.Workspace;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Adds up the gradients of a batch's shards, limits them, and changes the weights: dense weights in chunks of a fixed size, tables by the rows that were touched.
 * The result does not depend on the number of threads.
 */
public final class Optimizer {
  private static final int CHUNK = 1 << 14; // dense weights in a piece of work
  private static final int ROWS = 64; // touched rows of a table in a piece of work

  private final Network network;
  private final Parameters parameters;
  private final Rule rule;
  private final WeightAverage average;
  private final float largestValue;
  private final double largestNorm;
  private final Moments dense;
  private final Moments[] tables;
  private final SparseGradient[] sparse;
  private final ChangedRows changed;
  private final float[] total;
  private final double[] chunkSquares;
  private final double[][] stripes;
  private final boolean[] spoiled; // per table: whether a step left what is not finite
  private final boolean[] limited; // per piece of work: whether a value was limited
  private final IntConsumer gathering = this::gather;
  private final IntConsumer updating = this::update;
  private long steps;
  private long clipped;

  // the step that is being made
  private List<Workspace> shards;
  private int used;
  private float scale;

  /** The running means of one array of weights. */
  private static final class Moments {
    final float[] m;
    final float[] v;

    Moments(int size, int moments) {
      m = new float[moments > 0 ? size : 0];
      v = new float[moments > 1 ? size : 0];
    }

    /** Whether the moments of weights [from, to) are finite. */
    boolean finite(int from, int to) {
      return (m.length == 0 || Sums.finite(m, from, to))
          && (v.length == 0 || Sums.finite(v, from, to));
    }
  }

  /** An optimizer for a network, at its first step; no average of the weights is kept. */
  public Optimizer(OptimizerConfig config, ClipConfig clip, Network network) {
    this(config, clip, network, WeightAverage.of(new AverageConfig.None(), network));
  }

  /**
   * An optimizer for a network, at its first step.
   *
   * @param average an average of the same network's weights, which is told of every step
   */
  public Optimizer(
      OptimizerConfig config, ClipConfig clip, Network network, WeightAverage average) {
    this.network = network;
    this.average = average;
    largestValue = (float) (double) clip.value().orElse(Double.POSITIVE_INFINITY);
    largestNorm = clip.norm().orElse(Double.POSITIVE_INFINITY);
    parameters = network.parameters();
    rule = Rule.of(config);
    int n = parameters.dense().length;
    dense = new Moments(n, rule.moments());
    tables = new Moments[parameters.tables().size()];
    sparse = new SparseGradient[tables.length];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = new Moments(parameters.tables().get(i).values().length, rule.moments());
      sparse[i] = new SparseGradient(network, i);
    }
    changed = new ChangedRows(network);
    spoiled = new boolean[tables.length];
    total = new float[n];
    chunkSquares = new double[(n + CHUNK - 1) / CHUNK];
    stripes = new double[chunkSquares.length][16];
    limited = new boolean[chunkSquares.length + sparse.length];
  }

  /**
   * One step with the gradients that backward passes left in the first {@code inUse} workspaces.
   *
   * @param rate the step size
   * @return the norm of the gradient before it was scaled down; when it is not finite, no weight has been changed
   */
  public double step(List<Workspace> workspaces, int inUse, double rate, Workers workers) {
    shards = workspaces;
    used = inUse;
    workers.run(chunkSquares.length + sparse.length, gathering);
    double squares = 0;
    for (double s : chunkSquares) squares += s;
    for (SparseGradient s : sparse)
      squares += Sums.squares(s.values(), 0, s.count() * s.ld(), stripes[0]);
    double norm = Math.sqrt(squares);
    if (!Double.isFinite(norm)) return norm;

    scale = norm > largestNorm ? (float) (largestNorm / norm) : 1f;
    boolean acted = norm > largestNorm;
    for (boolean l : limited) acted |= l;
    if (acted) clipped++;
    steps++;
    rule.begin(steps, rate);
    average.step(steps);
    int pieces = chunkSquares.length;
    for (SparseGradient s : sparse) pieces += pieces(s);
    workers.run(pieces, updating);
    for (int table = 0; table < sparse.length; table++)
      for (int slot = 0; slot < sparse[table].count(); slot++)
        changed.add(table, sparse[table].row(slot));
    return norm;
  }

  private void gather(int piece) {
    if (piece < sparse.length) collect(piece);
    else addUp(piece - sparse.length);
  }

  private static int pieces(SparseGradient rows) {
    return (rows.count() + ROWS - 1) / ROWS;
  }

  private void update(int piece) {
    int left = piece;
    for (int table = 0; table < sparse.length; table++) {
      int pieces = pieces(sparse[table]);
      if (left < pieces) {
        updateRows(table, left * ROWS);
        return;
      }
      left -= pieces;
    }
    updateChunk(left);
  }

  private void addUp(int chunk) {
    int from = chunk * CHUNK, to = Math.min(total.length, from + CHUNK);
    System.arraycopy(shards.get(0).gradient(), from, total, from, to - from);
    for (int s = 1; s < used; s++) {
      float[] g = shards.get(s).gradient();
      for (int i = from; i < to; i++) total[i] += g[i];
    }
    limited[sparse.length + chunk] = limit(total, from, to, largestValue);
    chunkSquares[chunk] = Sums.squares(total, from, to, stripes[chunk]);
  }

  private void collect(int table) {
    sparse[table].collect(shards, used);
    int size = sparse[table].count() * sparse[table].ld();
    limited[table] = limit(sparse[table].values(), 0, size, largestValue);
  }

  /** Limits every finite element, and says whether it changed one; what is not finite must stay visible in the norm. */
  private static boolean limit(float[] g, int from, int to, float limit) {
    if (limit == Float.POSITIVE_INFINITY) return false;
    boolean acted = false;
    for (int i = from; i < to; i++) {
      if (Math.abs(g[i]) <= limit || !Float.isFinite(g[i])) continue;
      g[i] = Math.copySign(limit, g[i]);
      acted = true;
    }
    return acted;
  }

  private void updateChunk(int chunk) {
    int from = chunk * CHUNK, to = Math.min(total.length, from + CHUNK);
    rule.update(parameters.dense(), total, dense.m, dense.v, from, to, 0, scale);
    average.afterDense(from, to);
  }

  private void updateRows(int table, int first) {
    SparseGradient g = sparse[table];
    int ld = g.ld(), end = Math.min(g.count(), first + ROWS);
    float[] w = parameters.tables().get(table).values();
    for (int slot = first; slot < end; slot++) {
      int from = g.row(slot) * ld;
      average.beforeRow(table, g.row(slot));
      rule.update(
          w,
          g.values(),
          tables[table].m,
          tables[table].v,
          from,
          from + ld,
          slot * ld - from,
          scale);
      average.afterRow(table, g.row(slot));
      // here, since the row is in the cache now: looking for it at the end of the epoch costs more
      if (!Sums.finite(w, from, from + ld) || !tables[table].finite(from, from + ld))
        spoiled[table] = true;
    }
  }

  /** The rows of tables that steps have changed since the set was last cleared. */
  public ChangedRows changed() {
    return changed;
  }

  /** Whether all weights, their moments and the means of them are finite numbers, as far as steps have changed them. */
  public boolean finite() {
    for (boolean s : spoiled) if (s) return false;
    int n = total.length;
    return Sums.finite(parameters.dense(), 0, n) && dense.finite(0, n) && average.finite();
  }

  /** Steps done so far. */
  public long steps() {
    return steps;
  }

  /** Steps whose gradient was limited, by value or by norm. */
  public long clipped() {
    return clipped;
  }

  /** The network whose weights it changes. */
  public Network network() {
    return network;
  }

  /** What has to be saved to go on exactly. */
  public record State(long steps, long clipped, double memory, List<float[]> moments) {}

  /** The state; its arrays are the optimizer's own. */
  public State state() {
    java.util.ArrayList<float[]> moments = new java.util.ArrayList<>();
    moments.add(dense.m);
    moments.add(dense.v);
    for (Moments t : tables) {
      moments.add(t.m);
      moments.add(t.v);
    }
    return new State(steps, clipped, rule.memory(), moments);
  }

  /**
   * Goes on from a saved state.
   *
   * @throws IllegalArgumentException when it does not fit this network and rule
   */
  public void restore(State state) {
    List<float[]> mine = state().moments();
    if (mine.size() != state.moments().size())
      throw new IllegalArgumentException("the state has other tables");
    for (int i = 0; i < mine.size(); i++) {
      if (mine.get(i).length != state.moments().get(i).length) {
        throw new IllegalArgumentException("the state has moments of other sizes");
      }
      System.arraycopy(state.moments().get(i), 0, mine.get(i), 0, mine.get(i).length);
    }
    steps = state.steps();
    clipped = state.clipped();
    rule.restore(state.memory());
  }
}
