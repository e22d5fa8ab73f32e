package dev.sluice.eval.agreement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What decides the numbers of the study, the seed aside.
 *
 * @param steps of the optimizer when all distances are taught
 * @param batch sentences per step, an even number
 * @param dimension the length of a word's vector
 * @param weights how many a cell has, as nearly as its width allows
 * @param rate the step size of Adam
 * @param clip the largest norm of a gradient
 * @param testPairs pairs of sentences to test with per distance
 * @param reachPairs pairs of sentences, of the largest distance, over which gradients are followed
 * @param surfacePairs pairs of sentences, of the largest distance, of the error surface
 * @param grid points of the surface in each direction, an odd number of at least 3
 */
record StudySettings(
    int steps,
    int batch,
    int dimension,
    int weights,
    double rate,
    double clip,
    int testPairs,
    int reachPairs,
    int surfacePairs,
    int grid) {
  /** Least and most tokens between subject and verb, in training and in tests. */
  static final int NEAR = 5;

  static final int FAR = 50;
  private static final int APART = 5; // between two distances that are tested

  /** Distances that are not taught, but tested where all others are taught. */
  private static final int[] BEYOND = {75, 100};

  /** The study that {@code eval/agreement} runs. The weights are those of an LSTM of 32 units; the rate is that of the paper of Adam (arXiv:1412.6980). */
  static final StudySettings DEFAULT =
      new StudySettings(3000, 32, 16, 6272, 0.001, 1, 200, 10, 16, 41);

  /** Checks what would give no numbers. */
  StudySettings {
    if (steps < 1) throw new IllegalArgumentException(steps + " steps, expected at least 1");
    if (!(rate > 0 && rate <= 1))
      throw new IllegalArgumentException("a rate of " + rate + ", expected one in (0, 1]");
    if (batch < 2 || batch % 2 != 0)
      throw new IllegalArgumentException("a batch of " + batch + ", expected an even number");
    if (grid < 3 || grid % 2 == 0)
      throw new IllegalArgumentException(
          "a grid of " + grid + ", expected an odd number from 3 on");
  }

  /** The same with another number of steps and another rate. */
  StudySettings with(int newSteps, double newRate) {
    return new StudySettings(
        newSteps,
        batch,
        dimension,
        weights,
        newRate,
        clip,
        testPairs,
        reachPairs,
        surfacePairs,
        grid);
  }

  /** The most steps when one distance is taught: half as many, as there are ten such networks and what is learned at all is learned early. */
  int aloneSteps() {
    return Math.max(1, steps / 2);
  }

  /** The distances of all tables, ascending. */
  static int[] distances() {
    return IntStream.rangeClosed(0, (FAR - NEAR) / APART).map(i -> NEAR + i * APART).toArray();
  }

  /** The distances that are tested where all are taught, ascending; the last were not taught. */
  static int[] tested() {
    return IntStream.concat(Arrays.stream(distances()), Arrays.stream(BEYOND)).toArray();
  }

  /** The settings by name. */
  ObjectNode json() {
    return Json.object()
        .put("steps", steps)
        .put("batch", batch)
        .put("dimension", dimension)
        .put("weights", weights)
        .put("rate", rate)
        .put("clip", clip)
        .put("testPairs", testPairs)
        .put("reachPairs", reachPairs)
        .put("surfacePairs", surfacePairs)
        .put("grid", grid);
  }
}
