package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Reader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A network in one line. */
class WordsTest {
  private static String network(Encoder encoder) {
    List<Input> inputs =
        List.of(
            new Input.Table("word", 9, 100),
            new Input.Characters("characters", 5, Reader.LSTM, 10, 25, 1));
    return Words.network(NetworkShape.tagger(inputs, encoder, 3));
  }

  @Test
  void theLineSaysWhatTheNetworkIsMadeOf() {
    List<Integer> widths = List.of(20, 10);
    assertEquals(
        "bidirectional lstm 20 + 10, word vectors of 100, characters lstm 25",
        network(new Encoder(new CellConfig.Lstm(), widths, true)));
    CellConfig window = new CellConfig.Window(2, 0, CellConfig.Activation.RELU);
    assertEquals(
        "window of 2+1+0 with relu 20 + 10, word vectors of 100, characters lstm 25",
        network(new Encoder(window, widths, false)));
    assertEquals(
        "gru 20 + 10 with layer normalisation, highway connections, self-attention 64 in 4 heads,"
            + " word vectors of 100, characters lstm 25",
        network(
            new Encoder(
                new CellConfig.Gru(),
                widths,
                false,
                Connection.HIGHWAY,
                true,
                Optional.of(new Attention(64, 4)))));
  }

  @Test
  void aLanguageModelAmongTheInputsIsSaidToBeFrozenOrTuned() {
    Encoder layers = new Encoder(new CellConfig.Lstm(), List.of(20, 10), false);
    Input symbols = new Input.Table("word", 9, 5);
    List<Input> inputs =
        List.of(
            new Input.States("language-model", symbols, layers, false),
            new Input.States("language-model-2", symbols, layers, true));
    assertEquals(
        "lstm 20 + 10, language-model frozen states of 10, language-model-2 tuned states of 10",
        Words.network(NetworkShape.tagger(inputs, layers, 3)));
  }
}
