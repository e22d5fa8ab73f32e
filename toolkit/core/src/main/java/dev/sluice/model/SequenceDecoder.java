package dev.sluice.model;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Sums;
import dev.sluice.network.DecoderState;
import dev.sluice.network.Dropping;
import dev.sluice.network.Workspace;
import dev.sluice.text.Token;
import dev.sluice.vocabulary.Symbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes targets with a transducer, of some sources side by side. It serves one thread.
 *
 * <p>Beam search: at every step each of the sequences of a source that are gone on with is continued by every symbol, and of all that come out the K most probable are kept (Lowerre 1976; for
 * networks Graves 2012, arXiv:1211.3711, and Sutskever et al. 2014). One that ends is a result. The search stops when there are enough results that nothing which is still gone on with can become
 * better. A sequence that has come to its bound can only end there, so that every result is whole, and its probability exact. The unknown symbol is never written. Of equally probable
 * sequences that which continues the better one comes first, then the lower id.
 */
public final class SequenceDecoder {
  private final TransducerModel model;
  private final Workspace ws;
  private final int V;
  private final float[] e;
  private final double[] stripes = new double[16];
  private int[] from = new int[0];
  private int[] before = new int[0];

  /**
   * A target.
   *
   * @param symbols its symbols, without the end
   * @param logProbability the natural log of its probability given the source, the end included
   */
  public record Written(int[] symbols, double logProbability) {}

  /** A sequence that has been begun: the last symbol of it, and what stands before. */
  private record Node(Node before, int symbol, int length, double logProbability) {
    int[] symbols() {
      int[] symbols = new int[length];
      Node at = this;
      for (int i = length - 1; i >= 0; i--, at = at.before) symbols[i] = at.symbol;
      return symbols;
    }
  }

  /** A result and what it is ranked by. */
  private record Result(Node node, double score) {}

  /** A sequence by one symbol longer: the row it continues, among those of all sources. */
  private record Next(int row, int symbol, double logProbability) {}

  /** The search for the targets of one source. */
  private static final class Beam {
    final int most;
    List<Node> live = new ArrayList<>(); // in the order of their rows
    final List<Result> results = new ArrayList<>(); // the best first
    int firstRow; // of the last step

    Beam(int most) {
      this.most = most;
    }
  }

  /** A decoder for one thread. */
  public SequenceDecoder(TransducerModel model) {
    this.model = model;
    ws = model.network().workspace(false);
    V = model.predicted();
    e = new float[V];
  }

  /** How many numbers the largest batch so far took. */
  public long size() {
    return ws.size();
  }

  private void read(Example[] sources, int first, int end) {
    ws.batch().fill(sources, first, 1, end);
    model.network().forward(ws, Dropping.NONE);
  }

  /**
   * The log of the probability of each symbol of the targets of some sources, the natural one, summed over each target.
   *
   * @param pairs sources with their targets
   * @return a sum for each
   */
  public double[] logProbabilities(Example[] pairs, int first, int end) {
    read(pairs, first, end);
    DecoderState written = ws.decoder();
    double[] sums = new double[end - first];
    for (int i = 0; i < written.sequences(); i++) {
      double sum = 0;
      for (int row = written.first(i), t = 0; t < written.length(i); row++, t++)
        sum += logProbability(row, written.symbols()[row], logZ(row));
      sums[ws.batch().place(written.source(i))] = sum;
    }
    return sums;
  }

  private double logZ(int row) {
    int ld = ws.decoder().scores().ld();
    return Sums.logSumExp(ws.decoder().scores().scores(), row * ld, V, e, stripes);
  }

  private double logProbability(int row, int symbol, double logZ) {
    return ws.decoder().scores().scores()[row * ws.decoder().scores().ld() + symbol] - logZ;
  }

  /**
   * The best targets of some sources.
   *
   * @param sources without targets
   * @param beam how many sequences of a source are gone on with at a time, K
   * @param count how many targets are wanted, at most K
   * @return for each source its targets, the best first; fewer than wanted where there are no more
   */
  public List<List<Written>> best(Example[] sources, int first, int end, int beam, int count) {
    if (count < 1 || count > beam)
      throw new IllegalArgumentException(count + " targets from a beam of " + beam);
    read(sources, first, end);
    int B = end - first;
    Beam[] beams = new Beam[B];
    int rows = B;
    room(B);
    for (int i = 0; i < B; i++) {
      beams[i] = new Beam(model.search().most(ws.batch().length(i)));
      beams[i].live.add(new Node(null, model.symbols().begin(), 0, 0));
      beams[i].firstRow = i;
      from[i] = i;
      before[i] = model.symbols().begin();
    }
    while (rows > 0) {
      model.network().step(ws, from, before, rows);
      rows = 0;
      for (Beam b : beams) {
        if (b.live.isEmpty()) continue;
        List<Next> chosen = choose(b, beam);
        room(rows + chosen.size());
        rows = goOn(b, chosen, count, rows);
      }
    }
    List<List<Written>> found = new ArrayList<>(Collections.nCopies(B, List.of()));
    for (int i = 0; i < B; i++) {
      List<Written> best = new ArrayList<>();
      for (Result r : beams[i].results.subList(0, Math.min(count, beams[i].results.size())))
        best.add(new Written(r.node.before.symbols(), r.node.logProbability));
      found.set(ws.batch().place(i), best);
    }
    return found;
  }

  /**
   * The best targets of one source as text.
   *
   * @return none when the source has no token
   */
  public List<Written> best(String source, int beam, int count) {
    List<Token> tokens = model.tokens(source);
    return tokens.isEmpty() ? List.of() : best(one(tokens), 0, 1, beam, count).get(0);
  }

  private Example[] one(List<Token> tokens) {
    return new Example[] {model.encode(0, tokens.stream().map(Token::text).toList())};
  }

  private void room(int rows) {
    if (from.length >= rows) return;
    from = Arrays.copyOf(from, 2 * rows);
    before = Arrays.copyOf(before, 2 * rows);
  }

  /** The most probable continuations of all sequences of a source, the best first. */
  private List<Next> choose(Beam b, int beam) {
    List<Next> best = new ArrayList<>(beam + 1);
    for (int i = 0; i < b.live.size(); i++) {
      Node node = b.live.get(i);
      int row = b.firstRow + i, end = model.symbols().end();
      double logZ = logZ(row);
      for (int symbol = node.length == b.most ? end : Symbols.UNKNOWN + 1; symbol < V; symbol++) {
        double log = node.logProbability + logProbability(row, symbol, logZ);
        if (best.size() == beam && !(log > best.get(beam - 1).logProbability)) continue;
        int at = best.size();
        while (at > 0 && log > best.get(at - 1).logProbability) at--;
        best.add(at, new Next(row, symbol, log));
        if (best.size() > beam) best.remove(beam);
      }
    }
    return best;
  }

  /**
   * Takes over continuations: those that end are results, the others are gone on with unless the results are good enough.
   *
   * @param row the next row that is free
   * @return the same afterwards
   */
  private int goOn(Beam b, List<Next> chosen, int count, int row) {
    List<Node> live = new ArrayList<>();
    int firstRow = row;
    for (Next next : chosen) {
      Node stem = b.live.get(next.row - b.firstRow);
      Node node = new Node(stem, next.symbol, stem.length + 1, next.logProbability);
      if (next.symbol == model.symbols().end()) {
        add(b, node, count);
        continue;
      }
      live.add(node);
      from[row] = next.row;
      before[row++] = next.symbol;
    }
    boolean settled =
        b.results.size() >= count
            && (live.isEmpty()
                || live.get(0).logProbability / model.search().penalty(b.most + 1)
                    <= b.results.get(count - 1).score);
    b.live = settled ? List.of() : live;
    b.firstRow = firstRow;
    return settled ? firstRow : row;
  }

  private void add(Beam b, Node node, int count) {
    b.results.add(new Result(node, node.logProbability / model.search().penalty(node.length)));
    b.results.sort(Comparator.comparingDouble(r -> -r.score)); // stable
    if (b.results.size() > count) b.results.remove(count);
  }

  /**
   * A target that is drawn symbol by symbol.
   *
   * @param source as text
   * @param stream the random numbers of the target, see {@link SymbolSampler#stream}
   * @return nothing when the source has no token
   */
  public Optional<Written> draw(String source, SymbolSampler sampler, long stream) {
    List<Token> tokens = model.tokens(source);
    if (tokens.isEmpty()) return Optional.empty();
    read(one(tokens), 0, 1);
    room(1);
    from[0] = 0;
    before[0] = model.symbols().begin();
    int most = model.search().most(tokens.size()), end = model.symbols().end();
    int[] symbols = new int[16];
    double log = 0;
    for (int n = 0; ; n++) {
      model.network().step(ws, from, before, 1);
      float[] scores = ws.decoder().scores().scores();
      int symbol = n == most ? end : sampler.draw(scores, stream, n);
      log += logProbability(0, symbol, logZ(0));
      if (symbol == end) return Optional.of(new Written(Arrays.copyOf(symbols, n), log));
      if (symbols.length == n) symbols = Arrays.copyOf(symbols, 2 * n);
      symbols[n] = symbol;
      before[0] = symbol;
    }
  }
}
