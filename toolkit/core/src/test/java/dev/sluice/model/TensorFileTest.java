package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.model.Tensor.Dtype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read, byte for byte, by us and by any other reader of safetensors. */
class TensorFileTest {
  static final Location FILE = Location.of("m.sluice");

  static List<Tensor> everyDtype() {
    return List.of(
        Tensor.floats(
            "weights", new float[] {1.5f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 3, -4}, 2, 3),
        Tensor.doubles("moments", new double[] {Math.PI, -Double.MIN_VALUE}, 2),
        Tensor.ints("ids", new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE}, 3, 1),
        Tensor.longs("seed", new long[] {Long.MIN_VALUE}),
        Tensor.bytes("empty", new byte[0], 0, 5),
        Tensor.text("words", "der\nÄpfel\n中文\n😀"));
  }

  static SortedMap<String, String> metadata() {
    return new TreeMap<>(texts("config", "task: slots\n\"quoted\" \\ ü \u0000", "", "no key"));
  }

  static SortedMap<String, String> texts(String... entries) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < entries.length; i += 2) map.put(entries[i], entries[i + 1]);
    return map;
  }

  @Test
  void everyDtypeSurvivesTheRoundTrip() {
    TensorFile file = TensorFile.parse(TensorFile.toBytes(everyDtype(), metadata()), FILE);
    assertEquals(metadata(), file.metadata());
    assertEquals(6, file.tensors().size());
    assertArrayEquals(
        new float[] {1.5f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 3, -4},
        file.require("weights", Dtype.F32, 2, 3).floats());
    assertArrayEquals(
        new double[] {Math.PI, -Double.MIN_VALUE}, file.require("moments", Dtype.F64, 2).doubles());
    assertArrayEquals(
        new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE},
        file.require("ids", Dtype.I32, -1, 1).ints());
    assertArrayEquals(new long[] {Long.MIN_VALUE}, file.require("seed", Dtype.I64).longs());
    assertEquals(0, file.require("empty", Dtype.U8, 0, 5).size());
    assertEquals("der\nÄpfel\n中文\n😀", file.text("words"));
  }

  @Test
  void theOrderOfTheTensorsDoesNotChangeTheBytes() {
    List<Tensor> reversed = new ArrayList<>(everyDtype());
    Collections.reverse(reversed);
    byte[] bytes = TensorFile.toBytes(everyDtype(), metadata());
    assertArrayEquals(bytes, TensorFile.toBytes(reversed, metadata()));
    TensorFile again = TensorFile.parse(bytes, FILE);
    assertArrayEquals(bytes, TensorFile.toBytes(again.tensors().values(), again.metadata()));
  }

  /** If this fails, the format has changed: raise its version and keep reading the old one. */
  @Test
  void theBytesOfATinyFileNeverChange() {
    byte[] bytes =
        TensorFile.toBytes(
            List.of(Tensor.floats("w", new float[] {1, -2}, 2), Tensor.text("v", "ab")),
            texts("task", "slots"));
    String header =
        "{\"__metadata__\":{\"format\":\"sluice\",\"formatVersion\":\"1\",\"required\":\"\",\"sha256\":\""
            + "1e22b5e17c9a7402fba02e993df376c7d24b363d9b1c0a8c955969a8aa42ad66"
            + "\",\"crc32c:w\":\"aa36f2c9\",\"crc32c:v\":\"e2a22936\",\"task\":\"slots\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"v\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[8,10]}} ";
    assertEquals(header, new String(bytes, 8, bytes.length - 18, StandardCharsets.UTF_8));
    assertEquals("3801000000000000", HexFormat.of().formatHex(bytes, 0, 8));
    assertEquals(
        "0000803f000000c06162", HexFormat.of().formatHex(bytes, bytes.length - 10, bytes.length));
  }

  /** Eight bytes of length, JSON, raw numbers: nothing of ours is needed to open a model. */
  @Test
  void anyReaderOfSafetensorsCanOpenIt() throws IOException {
    byte[] bytes = TensorFile.toBytes(everyDtype(), metadata());
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int dataAt = 8 + Math.toIntExact(in.getLong(0));
    assertEquals(0, dataAt % 8);
    JsonNode header = new ObjectMapper().readTree(bytes, 8, dataAt - 8);
    assertTrue(
        header.get("__metadata__").properties().stream().allMatch(e -> e.getValue().isTextual()));

    long covered = 0;
    for (var entry : header.properties()) {
      if (entry.getKey().equals("__metadata__")) continue;
      JsonNode offsets = entry.getValue().get("data_offsets");
      long elements = 1;
      for (JsonNode dimension : entry.getValue().get("shape")) elements *= dimension.asLong();
      int width = Dtype.valueOf(entry.getValue().get("dtype").asText()).bytes();
      assertEquals(covered, offsets.get(0).asLong());
      assertEquals(0, covered % width, "aligned to its element size");
      covered = offsets.get(1).asLong();
      assertEquals(elements * width, covered - offsets.get(0).asLong());
    }
    assertEquals(bytes.length, dataAt + covered);
    int weights = dataAt + header.at("/weights/data_offsets/0").asInt();
    assertEquals(1.5f, in.getFloat(weights));
    assertEquals(-4f, in.getFloat(weights + 20));
    int moments = dataAt + header.at("/moments/data_offsets/0").asInt();
    assertEquals(Math.PI, in.getDouble(moments));
  }

  @Test
  void tensorsLongerThanTheBufferAreReadAndWritten(@TempDir Path folder) throws IOException {
    float[] many = new float[100_001];
    for (int i = 0; i < many.length; i++) many[i] = i * 0.5f;
    Path path = folder.resolve("large.sluice");
    Files.write(
        path, TensorFile.toBytes(List.of(Tensor.floats("w", many, 100_001)), new TreeMap<>()));
    TensorFile file = TensorFile.read(path);
    assertArrayEquals(many, file.tensors().get("w").floats());
    assertEquals(64, file.sha256().length());
  }

  @Test
  void aFileWithNothingInItIsAFile() {
    TensorFile file = TensorFile.parse(TensorFile.toBytes(List.of(), new TreeMap<>()), FILE);
    assertEquals(List.of(), List.copyOf(file.tensors().values()));
    assertEquals(new TreeMap<>(), file.metadata());
  }

  /** What the writer allows, the reader reads. */
  @Test
  void aFileWithAsManyEntriesAsAllowedIsRead() {
    List<Tensor> tensors = new ArrayList<>();
    SortedMap<String, String> metadata = new TreeMap<>();
    for (int i = 0; i < 4_096; i++) tensors.add(Tensor.ints("t" + i, new int[] {i}));
    for (int i = 0; i < 4_092; i++) metadata.put("k" + i, "");
    TensorFile file = TensorFile.parse(TensorFile.toBytes(tensors, metadata), FILE);
    assertEquals(metadata, file.metadata());
    assertEquals(77, file.tensors().get("t77").ints()[0]);
    metadata.put("more", "");
    refuses(tensors, metadata);
    metadata.clear();
    tensors.add(Tensor.ints("more", new int[1], 1));
    refuses(tensors, metadata);
  }

  @Test
  void contentThatBreaksTheRulesIsNotWritten() {
    refuses(List.of(Tensor.floats("w", new float[] {1, Float.NaN}, 2)));
    refuses(List.of(Tensor.doubles("w", new double[] {Double.NEGATIVE_INFINITY}, 1)));
    refuses(List.of(Tensor.ints("w", new int[1], 1), Tensor.ints("w", new int[1], 1)));
    for (String key : List.of("format", "sha256", "crc32c:w", "\ud800", "k".repeat(500))) {
      refuses(List.of(), texts(key, "x"));
    }
    refuses(List.of(), texts("k", "\udc00"));
    refuses(List.of(), texts("k", "x".repeat((1 << 20) + 1)));
    assertThrows(IllegalArgumentException.class, () -> Tensor.ints("w", new int[2], 3));
    assertThrows(IllegalArgumentException.class, () -> Tensor.ints("", new int[1], 1));
    assertThrows(IllegalArgumentException.class, () -> Tensor.ints("__metadata__", new int[1], 1));
    assertThrows(IllegalArgumentException.class, () -> Tensor.ints("a\nb", new int[1], 1));
    assertThrows(IllegalArgumentException.class, () -> Tensor.text("t", "\ud83d"));
  }

  private static void refuses(List<Tensor> tensors) {
    refuses(tensors, new TreeMap<>());
  }

  private static void refuses(List<Tensor> tensors, SortedMap<String, String> metadata) {
    assertThrows(IllegalArgumentException.class, () -> TensorFile.toBytes(tensors, metadata));
  }

  @Test
  void whatTheReaderOfAModelMissesIsNamed() {
    byte[] latin1 = "Äpfel".getBytes(StandardCharsets.ISO_8859_1);
    TensorFile file =
        TensorFile.parse(
            TensorFile.toBytes(
                List.of(Tensor.ints("ids", new int[6], 2, 3), Tensor.bytes("words", latin1, 5)),
                new TreeMap<>()),
            FILE);
    List<Runnable> wishes =
        Arrays.asList(
            () -> file.require("id", Dtype.I32, 2, 3),
            () -> file.require("ids", Dtype.I32, 3, 2),
            () -> file.require("ids", Dtype.F32, 2, 3),
            () -> file.text("words"),
            () -> file.require("labels"));
    List<String> messages =
        List.of(
            "MOD-025 the file has no tensor \"id\"",
            "MOD-026 tensor \"ids\" is I32[2, 3], expected I32[3, 2]",
            "MOD-026 tensor \"ids\" is I32[2, 3], expected F32[2, 3]",
            "MOD-027 tensor \"words\" is not UTF-8 at its byte 0",
            "MOD-025 the file has no metadata entry \"labels\"");
    for (int i = 0; i < wishes.size(); i++) {
      SluiceException e = assertThrows(SluiceException.class, wishes.get(i)::run);
      assertEquals(SluiceException.Kind.CORRUPT, e.kind());
      assertEquals(messages.get(i), e.problems().get(0).code() + " " + e.problems().get(0).what());
    }
  }
}
