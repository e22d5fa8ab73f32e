package dev.sluice.network;

import java.util.Arrays;

/** Scores of the labels of each token: a linear layer on the states, and for a CRF the scores of moves from label to label. */
final class TokenHead {
  final Linear linear;
  final ChainBlocks chain; // null without moves

  TokenHead(Parameters.Layout layout, int width, NetworkShape.Tokens shape) {
    int L = shape.labels();
    linear = new Linear(layout, "tokens", width, L);
    chain =
        shape.chain()
            ? new ChainBlocks(
                layout.dense("tokens.transition", L, 1, L),
                layout.dense("tokens.start", 1, 1, L),
                layout.dense("tokens.stop", 1, 1, L))
            : null;
  }

  void forward(Workspace ws, float[] dense, float[] top, int ld) {
    linear.forward(ws.kernels, dense, top, ld, ws.batch.rows(), ws.tokens.scores());
  }

  /** Writes the gradient of the states. */
  void backward(Workspace ws, float[] top, int ld, float[] dTop) {
    linear.backward(
        ws.kernels, top, ld, ws.tokens.gradient(), ws.batch.rows(), ws.gradient, dTop, false);
  }

  /** Moves begin without preference. */
  void initialise(Parameters p, Recurrent.Initial initial) {
    linear.initialise(p, initial);
    if (chain == null) return;
    for (Block b : new Block[] {chain.transition(), chain.start(), chain.stop()})
      Arrays.fill(p.dense(), b.at(), b.at() + b.size(), 0f);
  }
}
