package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.network.EncoderConfig.Activation;
import dev.sluice.network.EncoderConfig.Cell;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A network in one line. */
class WordsTest {
  private static String network(Encoder encoder) {
    return Words.network(NetworkShape.tagger(List.of(new Input.Table("word", 9, 50)), encoder, 3));
  }

  @Test
  void theLineSaysWhatIsNormalisedAndWhatGoesPastALayer() {
    List<Integer> widths = List.of(20, 10);
    assertEquals(
        "bidirectional lstm 20 + 10, word vectors of 50",
        network(new Encoder(Cell.LSTM, Activation.TANH, widths, true)));
    assertEquals(
        "gru 20 + 10 with layer normalisation, highway connections, word vectors of 50",
        network(new Encoder(Cell.GRU, Activation.TANH, widths, false, Connection.HIGHWAY, true)));
  }
}
