package dev.sluice.onnx;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.loss.Endings;
import dev.sluice.loss.Moves;
import dev.sluice.network.NetworkShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Label scores that depend on what was said of the token before, as a {@link Scan}.
 * <pre>
 *   s = f(x·input + bias + fed (+ s'·recurrent))    scores = s·weight + bias    fed behind: softmax(scores)·label, or the row of label that the best label names
 * </pre>
 * The best label is the greedy one among those that may follow the label before and from which a legal sequence can come to its end: forbidden ones lose {@link #FORBIDDEN}.
 */
final class LabelLoop {
  private static final String NAME = "tokens.feedback";
  private static final float FORBIDDEN = -1e30f;

  /** Sooner than this many tokens before the end of a sentence it makes no difference how far it is, in every scheme that there is. */
  private static final int FAR = 64;

  private final Graph graph;
  private final Weights weights;
  private final NetworkShape.Feedback shape;
  private final int L;
  private final Moves moves;
  private final boolean restricted; // whether some labels are forbidden
  private String scores;
  private String labels;

  LabelLoop(Graph graph, Weights weights, NetworkShape.Tokens tokens, Moves moves) {
    this.graph = graph;
    this.weights = weights;
    this.moves = moves;
    shape = tokens.feedback().orElseThrow();
    L = tokens.labels();
    restricted = tokens.followsLabels() && !moves.isFree();
  }

  /** The scores, [batch, length, L]. */
  String scores() {
    return scores;
  }

  /** The best labels, [batch, length]; null when distributions are fed back. */
  String labels() {
    return labels;
  }

  /**
   * Adds the loop.
   *
   * @param top what the outputs see, [batch, length, W]
   * @param live which tokens are no padding, [length, batch, 1]
   */
  void add(String top, String live, String lengths) {
    int H = shape.hidden();
    String turned = graph.transposed(NAME + "/turned", top, 1, 0, 2);
    String sums = weights.linear(graph, NAME + ".input", turned);
    List<String> start = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    state(start, widths, "scores", null, L, lengths);
    if (restricted) state(start, widths, "allowed", null, L, lengths);
    state(start, widths, "fed", weights.vector(NAME + ".start"), H, lengths);
    if (shape.recurrent()) state(start, widths, "states", null, H, lengths);
    if (restricted) {
      state(start, widths, "forbidden", forbidden(moves::mayBegin), L, lengths);
      sums = graph.joined(NAME + "/steps", List.of(sums, ends(sums, lengths)), 2);
    }
    int wide = restricted ? H + L : H, wanted = restricted ? 2 : 1;
    List<String> shown =
        Scan.add(graph, NAME, false, sums, wide, live, start, widths, wanted, this::step);
    scores = graph.transposed(NAME + "/scores", shown.get(0), 1, 0, 2);
    if (shape.distribution()) return;
    String best = best(graph, NAME + "/best", shown.get(wanted - 1));
    labels = graph.transposed(NAME + "/labels", best, 1, 0);
  }

  private void state(
      List<String> start,
      List<Integer> widths,
      String what,
      float[] row,
      int width,
      String lengths) {
    String at = NAME + "/start/" + what;
    start.add(Scan.start(graph, at, NAME + ".start." + what, row, width, lengths));
    widths.add(width);
  }

  private static String best(Graph to, String name, String x) {
    return to.add(
        "ArgMax", name, List.of(x), Attribute.number("axis", -1), Attribute.number("keepdims", 0));
  }

  /** The states stand in the order of {@link #add}. */
  private List<String> step(Graph body, String in, List<String> before) {
    int H = shape.hidden(), fed = restricted ? 2 : 1;
    String at = NAME + "/step";
    List<String> sums = new ArrayList<>();
    sums.add(restricted ? body.columns(at + "/input", in, 2, 0, H) : in);
    sums.add(before.get(fed));
    if (shape.recurrent()) {
      String matrix = weights.addTo(body, NAME + ".recurrent");
      sums.add(body.add("MatMul", at + "/recurrent", List.of(before.get(fed + 1), matrix)));
    }
    String sum = body.add("Sum", at + "/sum", sums);
    String s = body.add(CellOperator.activation(shape.activation()), at + "/s", List.of(sum));
    String now = weights.linear(body, "tokens", s);
    String rows = weights.addTo(body, NAME + ".label");
    List<String> behind = new ArrayList<>(List.of(now));
    if (shape.distribution()) {
      String p = body.add("Softmax", at + "/p", List.of(now), Attribute.number("axis", -1));
      behind.add(body.add("MatMul", at + "/fed", List.of(p, rows)));
      if (shape.recurrent()) behind.add(s);
      return behind;
    }
    String allowed = now;
    if (restricted) {
      String ends = body.columns(at + "/ends", in, 2, H, H + L);
      String forbidden = before.get(before.size() - 1);
      allowed = body.add("Sum", at + "/allowed", List.of(now, forbidden, ends));
      behind.add(allowed);
    }
    String label = best(body, at + "/label", allowed);
    behind.add(body.rows(at + "/fed", rows, label));
    if (shape.recurrent()) behind.add(s);
    if (restricted) behind.add(body.rows(at + "/forbidden", following(body), label));
    return behind;
  }

  private float[] forbidden(IntPredicate may) {
    float[] row = new float[L];
    for (int j = 0; j < L; j++) row[j] = may.test(j) ? 0 : FORBIDDEN;
    return row;
  }

  /** What is forbidden behind each label, [L, L]. */
  private String following(Graph to) {
    float[] table = new float[L * L];
    for (int i = 0; i < L; i++) {
      int from = i;
      System.arraycopy(forbidden(j -> moves.mayFollow(from, j)), 0, table, i * L, L);
    }
    return to.weights(NAME + ".following", table, L, L);
  }

  /** What is forbidden at each token since no legal sequence would come to its end, [length, batch, L]; {@code steps} has the length. */
  private String ends(String steps, String lengths) {
    List<boolean[]> reaches = reaches();
    float[] table = new float[reaches.size() * L];
    for (int r = 0; r < reaches.size(); r++) {
      boolean[] row = reaches.get(r);
      System.arraycopy(forbidden(j -> row[j]), 0, table, r * L, L);
    }
    String rows = graph.weights(NAME + ".ends", table, reaches.size(), L);
    String at = NAME + "/ends";
    String sizes = graph.add("Shape", at + "/sizes", List.of(steps));
    String longest = graph.add("Gather", at + "/longest", List.of(sizes, graph.number(0)));
    String places =
        graph.add("Range", at + "/places", List.of(graph.number(0), longest, graph.number(1)));
    String column = graph.add("Unsqueeze", at + "/column", List.of(places, graph.numbers(1)));
    String lasts = graph.add("Sub", at + "/lasts", List.of(lengths, graph.number(1)));
    String left = graph.add("Sub", at + "/left", List.of(lasts, column));
    String most = graph.number(reaches.size() - 1);
    String near = graph.add("Clip", at + "/near", List.of(left, graph.number(0), most));
    return graph.rows(at + "/rows", rows, near);
  }

  /** Which labels can get to the end of a sentence in exactly 0, 1, 2 … moves; for more moves than there are rows the last one holds. */
  private List<boolean[]> reaches() {
    List<boolean[]> reaches = new ArrayList<>();
    Endings endings = new Endings(moves);
    boolean[] next = row(endings, 0);
    while (reaches.isEmpty() || !Arrays.equals(next, reaches.get(reaches.size() - 1))) {
      if (reaches.size() == FAR) {
        throw SluiceException.usage(
            "ONX-002",
            Location.of("model"),
            "its labels spell spans of one length alone, so that which label may stand where depends on the whole length of a sentence, which is not exported",
            "train it with output.constraints: false");
      }
      reaches.add(next);
      next = row(endings, reaches.size());
    }
    return reaches;
  }

  private boolean[] row(Endings endings, int count) {
    boolean[] row = new boolean[L];
    for (int j = 0; j < L; j++) row[j] = endings.reaches(count, j);
    return row;
  }
}
