package dev.sluice.pipeline;

import dev.sluice.config.Consistent.Conflicts;
import dev.sluice.network.CellConfig;
import dev.sluice.network.DecoderConfig;
import dev.sluice.network.EncoderConfig;

/** What a config must not say beside a cell without memory. */
final class WindowSettings {
  private WindowSettings() {}

  static void check(EncoderConfig encoder, Conflicts to) {
    long windows = encoder.cell().stream().filter(c -> c instanceof CellConfig.Window).count();
    if (windows > 0 && encoder.bidirectional()) {
      to.conflict(
          "encoder.bidirectional",
          "encoder.cell",
          "encoder.bidirectional is true, but a window looks to both sides by itself",
          "set bidirectional: false");
    }
    if (windows == encoder.cell().size() && encoder.dropout().recurrent() > 0) {
      to.conflict(
          "encoder.dropout.recurrent",
          "encoder.cell",
          "encoder.dropout.recurrent is for states that recur, but in a window nothing recurs",
          "set recurrent: 0");
    }
  }

  static void check(DecoderConfig decoder, Conflicts to) {
    if (decoder.cell().stream().noneMatch(c -> c instanceof CellConfig.Window)) return;
    to.conflict(
        "decoder.cell",
        "decoder.cell",
        "a decoder begins with what the encoder ended with, which a window cannot remember",
        "use rnn, lstm or gru");
  }
}
