package dev.sluice.peers.ceiling;

import dev.sluice.peers.Work;
import dev.sluice.peers.ceiling.Product.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The matrix products of one training step of a {@link Work}: one batch through a bidirectional LSTM of one layer and a linear layer, forward and backward.
 *
 * <p>The state before the first token is zero, so the recurrence has a product less than there are tokens, forward and backward, as in our engine. The gradient of the recurrent weights is one
 * product over all tokens. Nothing but products counts: no gates, no softmax, no optimizer.
 */
final class TrainingStep {
  private static final int DIRECTIONS = 2;
  private static final int GATES = 4;

  private TrainingStep() {}

  /** All products of the step. */
  static List<Product> products(Work work) {
    int steps = DIRECTIONS * (work.length() - 1), hidden = work.hidden();
    List<Product> products = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      products.add(
          new Product("input", kind, work.tokens(), work.dimension(), GATES, hidden, DIRECTIONS));
      products.add(
          kind == Kind.WEIGHT_GRADIENT
              ? new Product("recurrence", kind, work.tokens(), hidden, GATES, hidden, DIRECTIONS)
              : new Product("recurrence", kind, work.sentences(), hidden, GATES, hidden, steps));
      products.add(
          new Product("labels", kind, work.tokens(), DIRECTIONS * hidden, 1, work.labels(), 1));
    }
    return products;
  }

  /** What the input of a second layer would add, both directions; such a layer is not part of the step. */
  static List<Product> secondInput(Work work) {
    List<Product> products = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      products.add(
          new Product(
              "input of a second layer",
              kind,
              work.tokens(),
              DIRECTIONS * work.hidden(),
              GATES,
              work.hidden(),
              DIRECTIONS));
    }
    return products;
  }

  /** FLOP of all products, each as often as the step has it. */
  static long flop(List<Product> products) {
    return products.stream().mapToLong(p -> p.times() * p.flop()).sum();
  }

  /** FLOP of one token in training. */
  static double flopPerToken(Work work) {
    return (double) flop(products(work)) / work.tokens();
  }
}
