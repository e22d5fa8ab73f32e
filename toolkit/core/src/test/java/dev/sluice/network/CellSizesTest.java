package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.network.CellConfig.Activation;
import dev.sluice.network.CellConfig.Coupling;
import dev.sluice.network.CellConfig.Gru;
import dev.sluice.network.CellConfig.InitialState;
import dev.sluice.network.CellConfig.Lstm;
import dev.sluice.network.CellConfig.Reset;
import dev.sluice.network.CellConfig.Rnn;
import dev.sluice.network.CellConfig.Window;
import dev.sluice.testing.Gallery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The numbers of weights that docs/cells.md gives are those of the networks. */
class CellSizesTest {
  private static final int D = 7, H = 5, P = 3, ORDER = 4, BEFORE = 2, AFTER = 1;

  private record Row(CellConfig cell, String formula, long weights) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(new Rnn(), "H·(D + H + 1)", H * (D + H + 1)),
          new Row(
              new Rnn(Activation.RELU, CellConfig.Recurrent.IDENTITY, ORDER, InitialState.ZERO),
              "H·(D + n·H + 1)",
              H * (D + ORDER * H + 1)),
          new Row(new Lstm(), "4·H·(D + H + 1)", 4 * H * (D + H + 1)),
          new Row(
              new Lstm(true, Coupling.NONE), "4·H·(D + H + 1) + 3·H", 4 * H * (D + H + 1) + 3 * H),
          new Row(new Lstm(false, Coupling.INPUT), "3·H·(D + H + 1)", 3 * H * (D + H + 1)),
          new Row(new Lstm(false, Coupling.FORGET), "3·H·(D + H + 1)", 3 * H * (D + H + 1)),
          new Row(
              new Lstm(true, Coupling.FORGET),
              "3·H·(D + H + 1) + 2·H",
              3 * H * (D + H + 1) + 2 * H),
          new Row(
              new Lstm(false, Coupling.NONE, 1, Optional.of(P), InitialState.ZERO),
              "4·H·(D + P + 1) + H·P",
              4 * H * (D + P + 1) + H * P),
          new Row(new Gru(), "3·H·(D + H + 1) + H", 3 * H * (D + H + 1) + H),
          new Row(new Gru(Reset.BEFORE), "3·H·(D + H + 1)", 3 * H * (D + H + 1)),
          new Row(new Gru(Reset.NONE), "2·H·(D + H + 1)", 2 * H * (D + H + 1)),
          new Row(
              new Window(BEFORE, AFTER),
              "H·((before + 1 + after)·D + 1)",
              H * ((BEFORE + 1 + AFTER) * D + 1)));

  private static long weights(CellConfig cell, boolean layerNorm) {
    NetworkShape shape =
        NetworkShape.tagger(
            List.of(
                new NetworkShape.Input.Table("word", 9, D - 2),
                new NetworkShape.Input.OneHot("shape", 2)), // counts as two columns
            new NetworkShape.Encoder(
                cell,
                List.of(H),
                !(cell instanceof Window),
                EncoderConfig.Connection.NONE,
                layerNorm,
                Optional.empty()),
            2);
    return Network.blocks(shape).stream()
        .filter(b -> b.name().startsWith("encoder.0.forward."))
        .mapToLong(Block::weights)
        .sum();
  }

  @Test
  void theNumberOfWeightsIsThatOfTheFormulaOnThePage() throws IOException {
    String page = Files.readString(Path.of("../../docs/cells.md"));
    for (Row row : ROWS) {
      assertEquals(row.weights, weights(row.cell, false), row.cell::description);
      assertTrue(page.contains("`" + row.formula + "`"), row.formula);
    }
  }

  @Test
  void learnedStatesAndNormalisationAddWhatThePageSays() throws IOException {
    String page = Files.readString(Path.of("../../docs/cells.md"));
    for (String formula : List.of("n·P", "2·G·H + 2·H", "2·G·H"))
      assertTrue(page.contains("`" + formula + "`"), formula);
    for (CellConfig window : Gallery.windows())
      assertEquals(H, weights(window, true) - weights(window, false), window::description);
    for (CellConfig cell : Gallery.variants()) {
      long start = 0, gates = 0;
      if (cell instanceof Rnn rnn) {
        start = rnn.order() * H;
      } else if (cell instanceof Lstm lstm) {
        start = lstm.outputs(H) + H;
        gates = lstm.coupling() == Coupling.NONE ? 4 : 3;
      } else if (cell instanceof Gru gru) {
        start = H;
        gates = gru.reset() == Reset.NONE ? 2 : 3;
      }
      long norm = cell instanceof Rnn ? H : 2 * gates * H + (cell instanceof Lstm ? 2 * H : 0);
      assertEquals(norm, weights(cell, true) - weights(cell, false), cell::description);
      long more = weights(cell, false) - weights(zero(cell), false);
      boolean learned = cell.initialState() == InitialState.LEARNED;
      assertEquals(learned ? start : 0, more, cell::description);
    }
  }

  private static CellConfig zero(CellConfig cell) {
    if (cell instanceof Rnn c)
      return new Rnn(c.activation(), c.recurrent(), c.order(), InitialState.ZERO);
    if (cell instanceof Gru c) return new Gru(c.reset(), InitialState.ZERO);
    Lstm c = (Lstm) cell;
    return new Lstm(c.peepholes(), c.coupling(), c.forgetBias(), c.projection(), InitialState.ZERO);
  }
}
