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
import dev.sluice.network.CellConfig.Window;
import java.math.BigDecimal;
import java.util.Optional;

/** Cells as metadata of a model file. */
final class Cells {
  private Cells() {}

  /** A cell with everything that its config says. */
  static String text(CellConfig cell) {
    Attributes a = new Attributes().put("type", cell.name());
    if (cell instanceof Window window) {
      a.put("before", window.before()).put("after", window.after());
      return a.put("activation", Attributes.name(window.activation())).toString();
    }
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
    return switch (a.choice("type", Type.class)) {
      case RNN ->
          new Rnn(
              a.choice("activation", Activation.class),
              a.choice("recurrent", Recurrent.class),
              a.number("order"),
              initial(a));
      case LSTM ->
          new Lstm(
              a.flag("peepholes"),
              a.choice("coupling", Coupling.class),
              a.anyDecimal("forgetBias"),
              a.has("projection") ? Optional.of(a.number("projection")) : Optional.empty(),
              initial(a));
      case GRU -> new Gru(a.choice("reset", Reset.class), initial(a));
      case WINDOW ->
          new Window(a.count("before"), a.count("after"), a.choice("activation", Activation.class));
    };
  }

  private static InitialState initial(Attributes a) {
    return a.choice("initialState", InitialState.class);
  }

  private enum Type {
    RNN,
    LSTM,
    GRU,
    WINDOW
  }
}
