package dev.sluice.network;

import dev.sluice.kernel.Kernels;
import java.util.Arrays;

/**
 * Scores of the labels of each token: a linear layer on the states, or on a layer above them that sees the label before; and for a CRF the scores of moves from label to label.
 */
final class TokenHead {
  private final Linear linear;
  final LabelFeedback feedback; // null when a score depends on the states alone
  final ChainBlocks chain; // null without moves

  TokenHead(Parameters.Layout layout, int width, NetworkShape.Tokens shape) {
    int L = shape.labels();
    feedback = shape.feedback().map(f -> new LabelFeedback(layout, width, L, f)).orElse(null);
    linear =
        new Linear(
            layout, "tokens", shape.feedback().map(NetworkShape.Feedback::hidden).orElse(width), L);
    chain =
        shape.chain()
            ? new ChainBlocks(
                layout.dense("tokens.transition", L, 1, L),
                layout.dense("tokens.start", 1, 1, L),
                layout.dense("tokens.stop", 1, 1, L))
            : null;
  }

  void pack(Kernels k, float[] dense, boolean training) {
    if (feedback != null) feedback.pack(k, dense, training);
    linear.pack(k, dense, training);
  }

  void forward(Workspace ws, float[] dense, float[] top, int ld, Dropping drop) {
    if (feedback != null) feedback.forward(ws, dense, top, ld, linear, drop);
    else linear.forward(ws.kernels, dense, top, ld, ws.batch.rows(), ws.tokens.scores());
  }

  /** See {@link LabelFeedback#step}. */
  void step(
      Workspace ws,
      float[] dense,
      int row,
      int count,
      int[] previous,
      float[] before,
      float[] after,
      float[] scores) {
    feedback.step(ws, dense, linear, row, count, previous, before, after, scores);
  }

  /** Writes the gradient of the states. */
  void backward(Workspace ws, float[] top, int ld, float[] dTop) {
    if (feedback != null) {
      feedback.backward(ws, top, ld, linear, dTop);
      return;
    }
    linear.backward(
        ws.kernels, top, ld, ws.tokens.gradient(), ws.batch.rows(), ws.gradient, dTop, false);
  }

  /** Moves begin without preference. */
  void initialise(Parameters p, Recurrent.Initial initial) {
    if (feedback != null) feedback.initialise(p, initial);
    linear.initialise(p, initial);
    if (chain == null) return;
    for (Block b : new Block[] {chain.transition(), chain.start(), chain.stop()})
      Arrays.fill(p.dense(), b.at(), b.at() + b.size(), 0f);
  }
}
