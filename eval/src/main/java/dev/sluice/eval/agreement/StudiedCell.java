package dev.sluice.eval.agreement;

import dev.sluice.network.CellConfig;
import dev.sluice.network.CellConfig.Activation;
import dev.sluice.network.CellConfig.Coupling;
import dev.sluice.network.CellConfig.Gru;
import dev.sluice.network.CellConfig.InitialState;
import dev.sluice.network.CellConfig.Lstm;
import dev.sluice.network.CellConfig.Recurrent;
import dev.sluice.network.CellConfig.Reset;
import dev.sluice.network.CellConfig.Rnn;
import dev.sluice.network.CellConfig.Window;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import java.util.List;

/** The cells that are compared, each with as many weights as the others. */
enum StudiedCell {
  /** The plain recurrent network. */
  RNN("rnn tanh", new Rnn(), true),
  /** Rectified units that begin by keeping their state (Le, Jaitly and Hinton 2015, arXiv:1504.00941). */
  RNN_RELU(
      "rnn relu identity",
      new Rnn(Activation.RELU, Recurrent.IDENTITY, 1, InitialState.ZERO),
      false),
  /** The last three states recur. */
  RNN_ORDER_3(
      "rnn order 3", new Rnn(Activation.TANH, Recurrent.ORTHOGONAL, 3, InitialState.ZERO), false),
  /** The plain LSTM. */
  LSTM("lstm", new Lstm(), true),
  /** Gates that see the memory. */
  LSTM_PEEPHOLES("lstm peepholes", new Lstm(true, Coupling.NONE), false),
  /** The forget gate is 1 minus the input gate. */
  LSTM_COUPLED("lstm coupled", new Lstm(false, Coupling.INPUT), false),
  /** The reset gate after the product. */
  GRU_AFTER("gru after", new Gru(Reset.AFTER), false),
  /** The reset gate before the product. */
  GRU_BEFORE("gru before", new Gru(Reset.BEFORE), false),
  /** The update gate alone. */
  GRU_NONE("gru none", new Gru(Reset.NONE), false),
  /** The baseline without memory: it sees the subject at the least distance and no farther one. */
  WINDOW("window", new Window(AgreementTask.LEAST_DISTANCE, 0), false);

  private static final int LABELS = 2;
  private static final String ENCODER = "encoder.";
  private static final int MOST_UNITS = 4096;

  private final String title;
  private final CellConfig config;
  private final boolean surface;

  StudiedCell(String title, CellConfig config, boolean surface) {
    this.title = title;
    this.config = config;
    this.surface = surface;
  }

  /** Its name in tables. */
  String title() {
    return title;
  }

  /** Its name in files. */
  String key() {
    return title.replace(' ', '-');
  }

  /** Whether its error surface is drawn. */
  boolean hasSurface() {
    return surface;
  }

  /** Words, the cell reading forward, and was or were from its last state. */
  NetworkShape shape(int dimension, int units) {
    return NetworkShape.classifier(
        List.of(new Input.Table("word", Words.ALL.size(), dimension)),
        new Encoder(config, List.of(units), false),
        Pooling.LAST,
        LABELS);
  }

  /** The weights of the cell alone: those on inputs and on past states, biases and peepholes. */
  static long weights(NetworkShape shape) {
    return Network.blocks(shape).stream()
        .filter(block -> block.name().startsWith(ENCODER))
        .mapToLong(block -> block.weights())
        .sum();
  }

  /** The number of units with which the cell's weights are nearest to a number; of two as near, the smaller. */
  int units(int dimension, long weights) {
    int units = 1;
    while (units < MOST_UNITS && weights(shape(dimension, units + 1)) <= weights) units++;
    long below = weights - weights(shape(dimension, units));
    long above = weights(shape(dimension, units + 1)) - weights;
    return below <= above ? units : units + 1;
  }
}
