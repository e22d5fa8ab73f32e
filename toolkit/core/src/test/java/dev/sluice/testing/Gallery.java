package dev.sluice.testing;

import dev.sluice.batch.Example;
import dev.sluice.network.Dropping;
import dev.sluice.network.EncoderConfig.Activation;
import dev.sluice.network.EncoderConfig.Cell;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Small networks of every kind, and ragged sentences for them. */
public final class Gallery {
  /** Size of the vocabulary of every input. */
  public static final int WORDS = 7;

  /** Number of labels. */
  public static final int LABELS = 3;

  private static final int[] WIDTHS = {3, 1, 17};
  private static final Pooling[] POOLINGS = {null, Pooling.LAST, Pooling.MEAN};

  private Gallery() {}

  /**
   * Every cell and activation, in one and two directions, 1 to 3 layers deep, with a label per token and both poolings, for learned vectors, one-hot inputs
   * and both at once; layer widths 1, 3 and 17 in turn.
   */
  public static List<NetworkShape> shapes() {
    List<NetworkShape> shapes = new ArrayList<>();
    for (Kind kind : kinds()) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        for (int depth = 1; depth <= 3; depth++) {
          for (Pooling pooling : POOLINGS) {
            int n = shapes.size();
            List<Integer> widths = new ArrayList<>();
            for (int l = 0; l < depth; l++) widths.add(WIDTHS[(n + l) % WIDTHS.length]);
            List<Input> inputs = INPUTS.get((n + n / 3) % INPUTS.size());
            shapes.add(
                new NetworkShape(
                    inputs, kind.cell, kind.activation, widths, bidirectional, pooling, LABELS));
          }
        }
      }
    }
    return shapes;
  }

  /** A cell with its activation. */
  public record Kind(Cell cell, Activation activation) {}

  /** Every cell with every activation it can have. */
  public static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (Activation a : Activation.values()) kinds.add(new Kind(Cell.RNN, a));
    kinds.add(new Kind(Cell.LSTM, Activation.TANH));
    kinds.add(new Kind(Cell.GRU, Activation.TANH));
    return kinds;
  }

  /** Learned vectors; one-hot; two of one and one of the other. */
  public static final List<List<Input>> INPUTS =
      List.of(
          List.of(new Input("word", WORDS, 5)),
          List.of(new Input("word", WORDS, 0)),
          List.of(
              new Input("word", WORDS, 4),
              new Input("shape", WORDS, 0),
              new Input("ending", WORDS, 18)));

  /** Sentences of the given lengths with random words and labels. */
  public static List<Example> examples(SplittableRandom random, int inputs, int... lengths) {
    List<Example> examples = new ArrayList<>();
    for (int length : lengths) {
      int[][] ids = new int[inputs][length];
      for (int[] row : ids) Arrays.setAll(row, t -> random.nextInt(WORDS));
      int[] labels = new int[length];
      Arrays.setAll(labels, t -> random.nextInt(LABELS));
      examples.add(new Example(1000 + examples.size(), ids, labels, random.nextInt(LABELS)));
    }
    return examples;
  }

  /** Dropout everywhere. */
  public static Dropping dropping(SplittableRandom random) {
    return new Dropping(0.3, 0.4, 0.25, random.nextLong(), random.nextInt(100));
  }

  /** A reference with random weights under which no rectifier stands at its kink, where a derivative would mean nothing. */
  public static ReferenceNetwork reference(
      NetworkShape shape, SplittableRandom random, List<Example> examples, Dropping drop) {
    ReferenceNetwork network = new ReferenceNetwork(shape);
    do network.randomise(random, 0.9);
    while (network.distanceToKink(examples, drop) < 3 * GradientCheck.REACH);
    return network;
  }
}
