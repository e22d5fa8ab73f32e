package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transducer in its file: what was saved is read again, and what does not hold together is refused. */
class TransducerFileTest {
  @TempDir Path folder;

  private final TransducerModel model = SequenceDecoderTest.model(Seeds.of(951), 1, 0.5);
  private final TransducerFile file =
      new TransducerFile(
          model,
          "task: transduction\n",
          new TreeMap<>(java.util.Map.of("seed", "1")),
          List.of(TransducerFile.Sample.of(model, "u v"), TransducerFile.Sample.of(model, " ")));

  private static byte[] bytes(TransducerFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out);
    return out.toByteArray();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.safetensors"), bytes);
  }

  @Test
  void whatWasSavedIsReadAgain() throws IOException {
    TransducerFile again = TransducerFile.read(write(bytes(file)));
    assertArrayEquals(bytes(file), bytes(again));
    assertEquals(model.search(), again.model().search());
    assertEquals(file.examples(), again.examples());
    assertEquals(List.of(), again.checkExamples(Location.of("model")));
    assertEquals("", again.examples().get(1).target());
    model.network().parameters().dense()[3] += 2;
    model.pack();
    List<TransducerFile.Sample> wrong = List.of(new TransducerFile.Sample("u v", "not this"));
    TransducerFile other = new TransducerFile(model, file.config(), file.provenance(), wrong);
    assertEquals("MOD-029", other.checkExamples(Location.of("model")).get(0).code());
  }

  private void refused(String code, String key, String value) throws IOException {
    TensorFile whole = TensorFile.read(write(bytes(file)));
    SortedMap<String, String> metadata = new TreeMap<>(whole.metadata());
    assertTrue(metadata.containsKey(key), key);
    if (value == null) metadata.remove(key);
    else metadata.put(key, value);
    Path forged = write(TensorFile.toBytes(whole.tensors().values(), metadata));
    SluiceException e = assertThrows(SluiceException.class, () -> TransducerFile.read(forged));
    assertTrue(e.getMessage().contains(code), key + "=" + value + ": " + e.getMessage());
  }

  @Test
  void aDescriptionThatDoesNotHoldTogetherIsRefused() throws IOException {
    refused("MOD-030", "task", "slots");
    refused("MOD-025", "network.decoder", null);
    refused("MOD-025", "network.decoder", "layers=2 dimension=4 attention=general");
    refused("MOD-026", "network.decoder", "layers=1 dimension=5 attention=general");
    refused("MOD-028", "network.decoder", "layers=1 dimension=4 attention=sideways");
    refused("MOD-028", "network.decoder", "layers=1 dimension=4 attention=none");
    refused("MOD-028", "network.decoder", "layers=0 dimension=4 attention=general");
    refused("MOD-025", "network.decoder", "layers=1 dimension=4 attention=additive");
    refused("MOD-028", "network.decoder.cell.0", "type=lstm initialState=learned");
    refused("MOD-026", "network.decoder.width.0", "9");
    refused("MOD-028", "network.decoder.width.0", "-9");
    refused("MOD-028", "transduction.source", "sound");
    refused("MOD-025", "transduction.target", "word");
    refused("MOD-028", "transduction.search", "beam=0 lengthPenalty=0 longest=1");
    refused("MOD-028", "transduction.search", "beam=2000 lengthPenalty=0 longest=1");
    refused("MOD-028", "transduction.search", "beam=2 lengthPenalty=9 longest=1");
    refused("MOD-028", "transduction.search", "beam=2 lengthPenalty=0");
  }

  @Test
  void examplesThatAreNoneAreRefused() throws IOException {
    TensorFile whole = TensorFile.read(write(bytes(file)));
    for (String examples : List.of("{", "[{\"source\":null,\"target\":\"a\"}]", "[{\"x\":1}]")) {
      List<Tensor> tensors = new ArrayList<>(whole.tensors().values());
      tensors.removeIf(t -> t.name().equals("examples"));
      tensors.add(Tensor.text("examples", examples));
      Path forged = write(TensorFile.toBytes(tensors, whole.metadata()));
      SluiceException e = assertThrows(SluiceException.class, () -> TransducerFile.read(forged));
      assertTrue(e.getMessage().contains("MOD-028"), e.getMessage());
    }
  }
}
