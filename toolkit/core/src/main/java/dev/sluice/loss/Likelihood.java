package dev.sluice.loss;

import dev.sluice.kernel.Workers;

/** How probable gold labels are under scores that were worked out once, as a function of the temperature by which the scores are divided. */
public interface Likelihood {
  /**
   * The sum over all cases of -log p(gold), in nats.
   *
   * @param temperature above 0
   * @param workers the threads to use; the result does not depend on their number
   */
  double negative(double temperature, Workers workers);

  /** How many cases there are. */
  int cases();

  /** In how many of them the most probable answer is not the gold one, whatever the temperature. */
  int mistakes();
}
