package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.loss.Moves;
import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.onnx.RecurrentLayer.OneHot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network as a graph, from ids to label scores. Its inputs are padded sentences and their lengths; the scores of real tokens do not depend on the padding.
 * Layers work time-major, [length, batch, width], everything behind them by sentence, [batch, length, width].
 */
final class NetworkGraph {
  /** The number of sentences, a size that is known at run time. */
  static final String BATCH = "batch";

  /** The number of tokens of the longest sentence. */
  static final String LENGTH = "length";

  /** The input of the number of tokens of each sentence, [batch]. */
  static final String LENGTHS = "lengths";

  /** The scores of the labels of tokens, [batch, length, labels]. */
  static final String TOKEN_SCORES = "token_scores";

  /** The labels that were fed back, [batch, length], where labels are. */
  static final String TOKEN_LABELS = "token_labels";

  /** The scores of the labels of sentences, [batch, labels]. */
  static final String SENTENCE_SCORES = "sentence_scores";

  private final Graph graph = new Graph("sluice");
  private final NetworkShape shape;
  private final Encoder encoder;
  private final Moves moves; // null without labels of tokens
  private final Weights weights;
  private final List<OneHot> oneHot = new ArrayList<>();
  private String padded; // an input of [batch, length]
  private String mask; // [batch, length], once somebody asked

  private NetworkGraph(Network network, Moves moves) {
    this.moves = moves;
    shape = network.shape();
    encoder = shape.encoder();
    weights = new Weights(network);
  }

  /**
   * The graph of a network.
   *
   * @param moves which label of a token may follow which; null when tokens get none
   */
  static GraphProto of(Network network, Moves moves) {
    return new NetworkGraph(network, moves).build();
  }

  /** The input of the ids of an input of the network, [batch, length]. */
  static String ids(String input) {
    return "ids." + input;
  }

  private GraphProto build() {
    String x = inputs();
    String narrow = Lengths.narrow(graph, "sentences", LENGTHS);
    for (int l = 0; l < encoder.layers(); l++) {
      String name = "encoder." + l;
      String states = states(name, l, x, narrow);
      x = l == 0 ? states : connected(name, l, x, states);
    }
    String top = graph.transposed("states", x, 1, 0, 2);
    if (encoder.attention().isPresent()) top = attention(top, encoder.attention().get());
    if (shape.tokens().isPresent()) tokens(shape.tokens().get(), top);
    if (shape.sentence().isPresent()) {
      String scores = weights.linear(graph, "sentence", pooled(top));
      output(SENTENCE_SCORES, scores, BATCH, shape.sentence().get().labels());
    }
    return graph.build();
  }

  private void tokens(NetworkShape.Tokens tokens, String top) {
    if (tokens.feedback().isEmpty()) {
      String scores = weights.linear(graph, "tokens", top);
      output(TOKEN_SCORES, scores, BATCH, LENGTH, tokens.labels());
      return;
    }
    LabelLoop loop = new LabelLoop(graph, weights, tokens, moves);
    loop.add(top, liveByStep("tokens.feedback"), LENGTHS);
    output(TOKEN_SCORES, loop.scores(), BATCH, LENGTH, tokens.labels());
    if (!tokens.followsLabels()) return;
    graph.add("Identity", TOKEN_LABELS, List.of(loop.labels()));
    graph.output(TOKEN_LABELS, DataType.INT64, BATCH, LENGTH);
  }

  private void output(String name, String scores, Object... dimensions) {
    graph.add("Identity", name, List.of(scores));
    graph.output(name, DataType.FLOAT, dimensions);
  }

  /** Declares the inputs and returns the vectors of the tokens, [length, batch, D]; null when all inputs are one-hot. */
  private String inputs() {
    List<String> vectors = new ArrayList<>();
    for (Input input : shape.inputs()) {
      String name = input.name();
      if (input instanceof Input.States) throw refused(name);
      if (input instanceof Input.Characters letters) {
        LetterReader reader = new LetterReader(graph, weights, letters);
        padded = reader.declare();
        String rows = graph.transposed("turned/" + name, padded, 1, 0);
        vectors.add(graph.rows("vectors/" + name, reader.vectors(), rows));
        continue;
      }
      padded = graph.input(ids(name), DataType.INT64, BATCH, LENGTH);
      String turned = graph.transposed("turned/" + name, padded, 1, 0);
      if (input instanceof Input.Table table) {
        String rows = weights.addTo(graph, "input." + name);
        String found = graph.rows("vectors/" + name, rows, turned);
        int last = vectors.size() - 1;
        if (table.added())
          vectors.set(last, graph.add("Add", "added/" + name, List.of(vectors.get(last), found)));
        else vectors.add(found);
      } else {
        oneHot.add(new OneHot(name, input.vocabulary(), turned));
      }
    }
    graph.input(LENGTHS, DataType.INT64, BATCH);
    return vectors.isEmpty() ? null : graph.joined("vectors", vectors, 2);
  }

  private List<OneHot> oneHot(int layer) {
    return layer == 0 ? oneHot : List.of();
  }

  /** The states of a layer, [length, batch, width]. */
  private String states(String name, int layer, String x, String lengths) {
    CellConfig cell = encoder.cells().get(layer);
    if (cell instanceof CellConfig.Window window)
      return new WindowLayer(graph, weights, window, encoder.widths().get(layer))
          .add(name + ".forward", x, oneHot(layer), liveByStep(name));
    Optional<CellOperator> operator =
        encoder.layerNorm() ? Optional.empty() : CellOperator.of(cell);
    return operator.isPresent()
        ? recurrent(name, layer, x, lengths, operator.get())
        : stepped(name, layer, x);
  }

  private String recurrent(
      String name, int layer, String x, String lengths, CellOperator operator) {
    int H = encoder.widths().get(layer);
    String states =
        new RecurrentLayer(graph, weights, name, operator, H, encoder.directions())
            .add(x, oneHot(layer), lengths)
            .states();
    String beside = graph.transposed(name + "/beside", states, 0, 2, 1, 3);
    return graph.reshaped(name + "/flat", beside, 0, 0, encoder.width(layer));
  }

  private String stepped(String name, int layer, String x) {
    CellConfig cell = encoder.cells().get(layer);
    if (!SteppedLayer.knows(cell)) throw refused(cell, layer);
    int H = encoder.widths().get(layer);
    int gates = weights.matrix(name + ".forward.bias").columns() / H;
    SteppedLayer cells = new SteppedLayer(graph, weights, cell, H, gates, encoder.layerNorm());
    String live = liveByStep(name);
    List<String> states = new ArrayList<>();
    for (int d = 0; d < encoder.directions(); d++) {
      String direction = name + (d == 0 ? ".forward" : ".backward");
      states.add(cells.add(direction, d == 1, x, oneHot(layer), live, LENGTHS));
    }
    return graph.joined(name + "/flat", states, 2);
  }

  private static SluiceException refused(String input) {
    return SluiceException.usage(
        "ONX-003",
        Location.of("model"),
        "the input " + input + " reads the sentence with a language model, which is not exported",
        "train it without that input");
  }

  private static SluiceException refused(CellConfig cell, int layer) {
    return SluiceException.usage(
        "ONX-002",
        Location.of("model"),
        "layer "
            + (layer + 1)
            + " is "
            + cell.description()
            + " under layer normalisation, which is not exported",
        "train it with reset: after or without layer normalisation");
  }

  /** What goes past a layer, x, joins its states. */
  private String connected(String name, int layer, String x, String states) {
    if (encoder.connection() == Connection.NONE) return states;
    boolean sameWidth = encoder.width(layer - 1) == encoder.width(layer);
    String past = sameWidth ? x : weights.linear(graph, name + ".projection", x);
    if (encoder.connection() == Connection.RESIDUAL)
      return graph.add("Add", name + "/out", List.of(states, past));
    String sums = weights.linear(graph, name + ".highway", x);
    String gate = graph.add("Sigmoid", name + "/gate", List.of(sums));
    String apart = graph.add("Sub", name + "/apart", List.of(states, past));
    String step = graph.add("Mul", name + "/gated", List.of(gate, apart));
    return graph.add("Add", name + "/out", List.of(past, step)); // x' + g·(h - x')
  }

  /** Which tokens are no padding, [batch, length]. */
  private String live() {
    if (mask == null) mask = Lengths.live(graph, "sentences", padded, LENGTHS);
    return mask;
  }

  /** The same token by token, [length, batch, 1]. */
  private String liveByStep(String name) {
    String turned = graph.transposed(name + "/live/turned", live(), 1, 0);
    return graph.add("Unsqueeze", name + "/live", List.of(turned, graph.numbers(2)));
  }

  /** Each state with the context of its token beside it, [batch, length, W + A]. */
  private String attention(String x, NetworkShape.Attention attention) {
    int heads = attention.heads(), perHead = attention.width() / heads;
    String query = head("query", x, heads, perHead, 0, 2, 1, 3);
    String key = head("key", x, heads, perHead, 0, 2, 3, 1);
    String value = head("value", x, heads, perHead, 0, 2, 1, 3);
    String product = graph.add("MatMul", "attention/product", List.of(query, key));
    String scale = graph.decimal((float) (1 / Math.sqrt(perHead)));
    String scores = graph.add("Mul", "attention/scores", List.of(product, scale));
    String live = graph.add("Unsqueeze", "attention/live", List.of(live(), graph.numbers(1, 2)));
    String share = softmax("attention", live, scores, -1);
    String context = graph.add("MatMul", "attention/context", List.of(share, value));
    String beside = graph.transposed("attention/beside", context, 0, 2, 1, 3);
    String flat = graph.reshaped("attention/flat", beside, 0, 0, attention.width());
    return graph.joined("attention/out", List.of(x, flat), 2);
  }

  private String head(String what, String x, int heads, int perHead, long... order) {
    String all = weights.linear(graph, "attention." + what, x);
    String cut = graph.reshaped("attention/" + what + "/cut", all, 0, 0, heads, perHead);
    return graph.transposed("attention/" + what, cut, order);
  }

  /** The softmax of the scores where they are live, 0 elsewhere. */
  private String softmax(String name, String live, String scores, int axis) {
    String masked = masked(name + "/masked", live, scores, Float.NEGATIVE_INFINITY);
    return graph.add("Softmax", name + "/share", List.of(masked), Attribute.number("axis", axis));
  }

  private String masked(String name, String live, String x, float elsewhere) {
    return graph.add("Where", name, List.of(live, x, graph.decimal(elsewhere)));
  }

  /** The vector of each sentence, [batch, W]. */
  private String pooled(String x) {
    Pooling pooling = shape.sentence().orElseThrow().pooling();
    if (pooling == Pooling.LAST) return last(x);
    String live = graph.add("Unsqueeze", "pooling/live", List.of(live(), graph.numbers(2)));
    return switch (pooling) {
      case MEAN -> {
        String sum = sum(masked("pooling/known", live, x, 0));
        String lengths =
            graph.add(
                "Cast",
                "pooling/lengths",
                List.of(LENGTHS),
                Attribute.number("to", DataType.FLOAT.getNumber()));
        String column =
            graph.add("Unsqueeze", "pooling/column", List.of(lengths, graph.numbers(1)));
        yield graph.add("Div", "pooled", List.of(sum, column));
      }
      case MAX ->
          graph.add(
              "ReduceMax",
              "pooled",
              List.of(masked("pooling/known", live, x, Float.NEGATIVE_INFINITY)),
              Attribute.numbers("axes", 1),
              Attribute.number("keepdims", 0));
      case ATTENTION -> {
        String hidden = weights.linear(graph, "sentence.attention", x);
        String u = graph.add("Tanh", "pooling/u", List.of(hidden));
        float[] context = weights.vector("sentence.attention.context");
        String v = graph.weights("sentence.attention.context", context, context.length, 1);
        String scores = graph.add("MatMul", "pooling/scores", List.of(u, v));
        String share = softmax("pooling", live, scores, 1);
        yield sum(graph.add("Mul", "pooling/weighted", List.of(x, share)));
      }
      case LAST -> throw new IllegalStateException("handled above");
    };
  }

  private String sum(String x) {
    return graph.add(
        "ReduceSum", "pooling/sum", List.of(x, graph.numbers(1)), Attribute.number("keepdims", 0));
  }

  /** The state at the last token, and of the columns that were read from the end that at the first. */
  private String last(String x) {
    String ends = graph.add("Sub", "pooling/ends", List.of(LENGTHS, graph.number(1)));
    String places = graph.add("Unsqueeze", "pooling/places", List.of(ends, graph.numbers(1)));
    String end =
        graph.add("GatherND", "pooling/end", List.of(x, places), Attribute.number("batch_dims", 1));
    if (!encoder.bidirectional()) return end;
    String begin =
        graph.add(
            "Gather", "pooling/begin", List.of(x, graph.number(0)), Attribute.number("axis", 1));
    int to = encoder.width(encoder.layers() - 1), from = to / 2;
    List<String> parts = new ArrayList<>();
    parts.add(graph.columns("pooling/forward", end, 2, 0, from));
    parts.add(graph.columns("pooling/backward", begin, 2, from, to));
    if (shape.topWidth() > to)
      parts.add(graph.columns("pooling/beside", end, 2, to, shape.topWidth()));
    return graph.joined("pooled", parts, 1);
  }
}
