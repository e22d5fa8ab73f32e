package dev.sluice.testing;

import dev.sluice.batch.Spelling;
import dev.sluice.network.CellConfig;
import dev.sluice.network.NetworkShape.Input;

/** Words read letter by letter, in double, one word at a time. */
interface ReferenceLetters {

  /** The reader of a shape, its weights added to the others. */
  static ReferenceLetters of(ReferenceWeights weights, Input.Characters shape) {
    return switch (shape.reader()) {
      case CNN -> new ReferenceConvolution(weights, shape);
      case LSTM -> new ReferenceSpeller(weights, shape, new CellConfig.Lstm());
      case GRU -> new ReferenceSpeller(weights, shape, new CellConfig.Gru());
    };
  }

  /** The length of a word's vector. */
  int width();

  /** The vector of a word. */
  double[] forward(Spelling word);

  /** Adds the gradients of the weights from that of the word's vector. */
  void backward(Spelling word, double[] d);

  /** The smallest lead of a maximum; infinite where there is none. */
  double distanceToKink(Spelling word);
}
