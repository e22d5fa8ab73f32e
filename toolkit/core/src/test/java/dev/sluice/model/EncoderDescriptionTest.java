package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.UntrainedModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A file brings back the layers of a model, what goes past them and how they are normalised, and nothing is guessed. */
class EncoderDescriptionTest {
  private static TensorFile saved(Model model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ModelFile(model, "", new TreeMap<>(), List.of()).write(bytes);
    return TensorFile.parse(bytes.toByteArray(), Location.of("model"));
  }

  private static Model model(Encoder encoder) {
    return UntrainedModels.of("a", "b").encoder(encoder).words(List.of("x", "y")).build();
  }

  @Test
  void layersConnectionsAndNormalisationComeBack() throws IOException {
    List<CellConfig> cells = new ArrayList<>(Gallery.kinds());
    cells.addAll(Gallery.variants());
    cells.addAll(Gallery.windows());
    for (CellConfig cell : cells) {
      for (Connection connection : Connection.values()) {
        for (boolean layerNorm : new boolean[] {false, true}) {
          Encoder encoder =
              new Encoder(
                  cell,
                  List.of(5, 3),
                  !(cell instanceof CellConfig.Window),
                  connection,
                  layerNorm,
                  Optional.empty());
          Model model = model(encoder);
          Model again = ModelFile.read(saved(model)).model();
          assertEquals(model.network().shape(), again.network().shape());
          assertArrayEquals(
              model.network().parameters().dense(), again.network().parameters().dense());
        }
      }
    }
  }

  @Test
  void whatIsMissingOrUnknownIsRefused() throws IOException {
    TensorFile file =
        saved(
            model(
                new Encoder(
                    new CellConfig.Lstm(),
                    List.of(5, 3),
                    true,
                    Connection.RESIDUAL,
                    true,
                    Optional.empty())));
    refused(file, "network.cell.0", null);
    refused(file, "network.cell.1", "type=lstm");
    String lstm = file.metadata().get("network.cell.1");
    assertEquals("type=lstm peepholes=false coupling=none forgetBias=1.0 initialState=zero", lstm);
    refused(file, "network.cell.1", lstm.replace("type=lstm", "type=elman"));
    refused(file, "network.cell.1", lstm.replace("=none", "=both"));
    refused(file, "network.cell.1", lstm.replace("=1.0", "=21"));
    refused(file, "network.cell.1", lstm.replace("=1.0", "=1e1"));
    refused(file, "network.cell.1", lstm.replace("=false", "=true")); // no weights of that name
    refused(file, "network.cell.1", lstm + " projection=3"); // as wide as the layer
    refused(
        file,
        "network.cell.1",
        "type=rnn activation=tanh recurrent=orthogonal order=17 initialState=zero");
    String window = "type=window before=0 after=2 activation=tanh";
    refused(file, "network.cell.1", window); // no weights of that name
    refused(file, "network.cell.1", window.replace("=0", "=17"));
    refused(file, "network.cell.1", window.replace("=0", "=-1"));
    refused(file, "network.cell.1", window.replace(" after=2", ""));
    refused(file, "network.connection", null);
    refused(file, "network.connection", "dense");
    refused(file, "network.connection", "highway"); // no weights of that name
    refused(file, "network.layerNorm", null);
    refused(file, "network.layerNorm", "yes");
    refused(file, "network.widths", "5");
  }

  private static void refused(TensorFile file, String key, String value) {
    SortedMap<String, String> changed = new TreeMap<>(file.metadata());
    if (value == null) changed.remove(key);
    else changed.put(key, value);
    TensorFile other = new TensorFile(file.source(), changed, file.tensors(), file.sha256());
    SluiceException e = assertThrows(SluiceException.class, () -> ModelFile.read(other), key);
    assertEquals(SluiceException.Kind.CORRUPT, e.kind());
    assertTrue(e.getMessage().contains("MOD-"), e.getMessage());
  }
}
