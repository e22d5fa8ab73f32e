package dev.sluice.model;

import dev.sluice.network.CellConfig;
import dev.sluice.network.CellConfig.Activation;
import dev.sluice.network.CellConfig.Coupling;
import dev.sluice.network.CellConfig.Gru;
import dev.sluice.network.CellConfig.InitialState;
import dev.sluice.network.CellConfig.Lstm;
import dev.sluice.network.CellConfig.Recurrent;
import dev.sluice.network.CellConfig.Reset;
import dev.sluice.network.CellConfig.Rnn;
import java.math.BigDecimal;
import java.util.Optional;

/** Recurrent cells as metadata of a model file. */
final class Cells {
  private Cells() {}

  /** A cell with everything that its config says. */
  static String text(CellConfig cell) {
    Attributes a = new Attributes().put("type", cell.name());
    if (cell instanceof Rnn rnn) {
      a.put("activation", Attributes.name(rnn.activation()));
      a.put("recurrent", Attributes.name(rnn.recurrent())).put("order", rnn.order());
    } else if (cell instanceof Lstm lstm) {
      a.put("peepholes", lstm.peepholes()).put("coupling", Attributes.name(lstm.coupling()));
      a.put("forgetBias", BigDecimal.valueOf(lstm.forgetBias()).toPlainString());
      lstm.projection().ifPresent(p -> a.put("projection", p));
    } else if (cell instanceof Gru gru) {
      a.put("reset", Attributes.name(gru.reset()));
    }
    return a.put("initialState", Attributes.name(cell.initialState())).toString();
  }

  /**
   * Reads a cell.
   *
   * @throws IllegalArgumentException when a number is out of range
   * @throws dev.sluice.config.SluiceException CORRUPT when something is missing or unknown
   */
  static CellConfig read(Attributes a) {
    InitialState initial = a.choice("initialState", InitialState.class);
    return switch (a.choice("type", Type.class)) {
      case RNN ->
          new Rnn(
              a.choice("activation", Activation.class),
              a.choice("recurrent", Recurrent.class),
              a.number("order"),
              initial);
      case LSTM ->
          new Lstm(
              a.flag("peepholes"),
              a.choice("coupling", Coupling.class),
              a.anyDecimal("forgetBias"),
              a.has("projection") ? Optional.of(a.number("projection")) : Optional.empty(),
              initial);
      case GRU -> new Gru(a.choice("reset", Reset.class), initial);
    };
  }

  private enum Type {
    RNN,
    LSTM,
    GRU
  }
}
