package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.network.EncoderConfig.Activation;
import dev.sluice.network.EncoderConfig.Cell;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Reader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static String network(Encoder encoder) {
    List<Input> inputs =
        List.of(
            new Input.Table("word", 9, 100),
            new Input.Characters("characters", 9, Reader.LSTM, 30, 25, 1));
    return Words.network(NetworkShape.tagger(inputs, encoder, 3));
  }

  @Test
  void aNetworkInOneLine() {
    assertEquals(
        "bidirectional gru 200 + 100, self-attention 64 in 4 heads, word vectors of 100, characters lstm 25",
        network(
            new Encoder(
                Cell.GRU,
                Activation.TANH,
                List.of(200, 100),
                true,
                Optional.of(new Attention(64, 4)))));
    assertEquals(
        "lstm 8, self-attention 64, word vectors of 100, characters lstm 25",
        network(
            new Encoder(
                Cell.LSTM, Activation.TANH, List.of(8), false, Optional.of(new Attention(64, 1)))));
    assertEquals(
        "lstm 8, word vectors of 100, characters lstm 25",
        network(new Encoder(Cell.LSTM, Activation.TANH, List.of(8), false)));
  }
}
