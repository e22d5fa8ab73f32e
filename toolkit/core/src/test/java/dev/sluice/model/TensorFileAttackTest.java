package dev.sluice.model;

import static dev.sluice.model.TensorFileForge.crc;
import static dev.sluice.model.TensorFileForge.file;
import static dev.sluice.model.TensorFileForge.header;
import static dev.sluice.model.TensorFileForge.joined;
import static dev.sluice.model.TensorFileForge.metadata;
import static dev.sluice.model.TensorFileForge.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.config.SluiceException;
import dev.sluice.config.SluiceException.Kind;
import dev.sluice.testing.Seeds;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to break the reader: each is refused with its own words, cheaply, whatever its checksums say. */
class TensorFileAttackTest {
  private static final int ALLOWANCE = 8 << 20;

  private record Attack(String expected, byte[] bytes) {
    @Override
    public String toString() {
      return expected;
    }
  }

  private static Attack tensors(String expected, String tensors, int dataLength) {
    return new Attack(expected, file(header("", tensors), new byte[dataLength]));
  }

  private static Attack headed(String expected, String header) {
    return new Attack(expected, file(header, new byte[0]));
  }

  private static Attack floats(String expected, String name, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    String tensor = tensor(name, "F32", "[" + values.length + "]", "[0," + 4 * values.length + "]");
    return new Attack(expected, file(header(crc(name, data.array()), tensor), data.array()));
  }

  static List<Attack> layouts() {
    String a = tensor("a", "F32", "[2]", "[0,8]");
    return List.of(
        tensors(
            "MOD-019 tensor \"b\" begins at byte 4 of the data, expected 8 where the one before ends",
            a + tensor("b", "F32", "[2]", "[4,12]"),
            12),
        tensors(
            "MOD-020 tensor \"b\" begins at byte 12 of the data, expected 8 where the one before ends",
            a + tensor("b", "F32", "[2]", "[12,20]"),
            20),
        tensors(
            "MOD-020 tensor \"a\" begins at byte 4 of the data, expected 0 where the one before ends",
            tensor("a", "F32", "[2]", "[4,12]"),
            12),
        tensors(
            "MOD-018 tensor \"a\" has the impossible offsets [-8, 0]",
            tensor("a", "F32", "[2]", "[-8,0]"),
            0),
        tensors(
            "MOD-018 tensor \"a\" has the impossible offsets [8, 0]",
            tensor("a", "F32", "[2]", "[8,0]"),
            8),
        tensors(
            "MOD-018 tensor \"a\" has the impossible offsets [0, 9223372036854775807]",
            tensor("a", "U8", "[9223372036854775807]", "[0,9223372036854775807]"),
            8),
        tensors(
            "MOD-016 a number of tensor \"a\" is too large, at byte ",
            tensor("a", "U8", "[9223372036854775808]", "[0,8]"),
            8),
        tensors(
            "MOD-016 tensor \"a\" has the impossible shape [4294967296, 4294967296]",
            tensor("a", "U8", "[4294967296,4294967296]", "[0,0]"),
            0),
        tensors(
            "MOD-016 tensor \"a\" has the impossible shape [4611686018427387904]",
            tensor("a", "F32", "[4611686018427387904]", "[0,0]"),
            0),
        tensors(
            "MOD-016 tensor \"a\" has the impossible shape [-2]",
            tensor("a", "F32", "[-2]", "[0,8]"),
            8),
        tensors(
            "MOD-016 tensor \"a\" has more than 8 numbers in a list",
            tensor("a", "U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]"),
            1),
        tensors(
            "MOD-017 tensor \"labels\" is F32[1000000000], which takes 4,000,000,000 bytes, but its offsets span 8",
            tensor("labels", "F32", "[1000000000]", "[0,8]"),
            8),
        headed(
            "MOD-003 truncated: ",
            header(
                crc("labels", new byte[0]),
                tensor("labels", "F32", "[1000000000]", "[0,4000000000]"))),
        tensors(
            "MOD-010 tensor \"labels\" has 3,000,000,000 elements, too many for an array",
            tensor("labels", "U8", "[3000000000]", "[0,3000000000]"),
            8),
        tensors("MOD-015 tensor \"a\" has dtype \"F16\"", tensor("a", "F16", "[4]", "[0,8]"), 8),
        tensors("MOD-011 metadata has no entry \"crc32c:a\"", a, 8));
  }

  static List<Attack> headers() {
    String a = tensor("a", "F32", "[2]", "[0,8]");
    String deep = "[".repeat(10_000);
    return List.of(
        headed("MOD-012 not a Sluice model: the header does not begin with ", "{}"),
        headed(
            "MOD-012 not a Sluice model: format is \"pt\"",
            "{\"__metadata__\":{\"format\":\"pt\"}}"),
        headed("MOD-012 not a Sluice model: format is not given", "{\"__metadata__\":{}}"),
        headed(
            "MOD-013 the file has format version 2, from a newer toolkit; this one reads version 1",
            "{" + metadata("2", "", ",\"x\":\"y\"") + ",\"new\":[]}"),
        headed("MOD-013 formatVersion is \"0\"", "{" + metadata("0", "", "") + "}"),
        headed(
            "MOD-013 formatVersion is \"99999999999\"",
            "{" + metadata("99999999999", "", "") + "}"),
        headed(
            "MOD-014 the file requires \"sparse\", which this toolkit (format version 1) does not know",
            "{" + metadata("1", "sparse", "") + ",\"new\":[]}"),
        headed("MOD-009 the header has \"x\" twice", header(",\"x\":\"1\",\"x\":\"2\"", "")),
        headed("MOD-009 the header has \"format\" twice", header(",\"format\":\"x\"", "")),
        headed("MOD-009 the header has \"a\" twice", header("", a + a)),
        headed("MOD-009 the header has \"__metadata__\" twice", header("", ",\"__metadata__\":{}")),
        headed(
            "MOD-009 the header has \"dtype\" twice",
            header("", ",\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}")),
        headed("MOD-011 \"x\" of the header is not a text", header(",\"x\":" + deep, "")),
        headed("MOD-011 \"a\" of the header is not an object", header("", ",\"a\":" + deep)),
        headed(
            "MOD-011 found no whole number in tensor \"a\"",
            header("", ",\"a\":{\"shape\":" + deep)),
        headed(
            "MOD-011 found no whole number in tensor \"a\"",
            header("", ",\"a\":{\"shape\":[1.5]}}")),
        headed(
            "MOD-011 tensor \"a\" has an unknown field \"url\"",
            header("", ",\"a\":{\"url\":\"x\"}")),
        headed("MOD-011 tensor \"a\" needs dtype, shape", header("", ",\"a\":{\"dtype\":\"U8\"}")),
        headed("MOD-011 tensor \"a\" needs dtype", header("", tensor("a", "U8", "[1]", "[0]"))),
        headed("MOD-011 a tensor has the name \"\"", header("", tensor("", "U8", "[1]", "[0,1]"))),
        headed(
            "MOD-011 a tensor has the name \"a\\u0007\"",
            header("", tensor("a\\u0007", "U8", "[1]", "[0,1]"))),
        headed(
            "MOD-011 metadata entry \"crc32c:b\" has no tensor",
            header(",\"crc32c:b\":\"00000000\"", "")),
        headed(
            "MOD-011 metadata entry sha256 is not 64 hexadecimal digits",
            header("", "").replace("0".repeat(64), "\\u0030" + "0".repeat(63))),
        headed(
            "MOD-011 metadata entry sha256 is not 64 hexadecimal digits",
            header("", "").replace("0".repeat(64), "A".repeat(64))),
        headed(
            "MOD-011 metadata entry \"crc32c:a\" is not 8 hexadecimal digits",
            header(",\"crc32c:a\":\"0\"", a)),
        headed(
            "MOD-007 metadata entry \"x\" has half of a surrogate pair",
            header(",\"x\":\"\\ud800\"", "")),
        headed(
            "MOD-007 the header has a control character at byte 9",
            "{\n" + header("", "").substring(1)),
        headed(
            "MOD-008 the header is not valid JSON at byte ", header("", ",\"a\":{\"shape\":[01]}")),
        headed("MOD-008 the header is not valid JSON at byte ", header(",\"x\":\"\\q\"", "")),
        headed("MOD-008 the header is not valid JSON at byte ", header("", ",")),
        headed(
            "MOD-008 the header is not valid JSON at byte ", header("", "").replace("\"}}", "\"}")),
        headed("MOD-008 the header goes on after its end, at byte ", header("", "") + " {}"),
        headed("MOD-008 the header does not begin with { at byte 8", " " + header("", "")),
        headed(
            "MOD-010 a name, text or number of the header",
            header("", ",\"a\":{\"shape\":[" + "1".repeat(999) + "]}")),
        headed("MOD-010 metadata entry \"kkk", header(",\"" + "k".repeat(300) + "\":\"\"", "")),
        headed(
            "MOD-022 the header, bytes 0 to ",
            header("", "").replace("0".repeat(64), "1".repeat(64))));
  }

  static List<Attack> bytes() {
    byte[] good = TensorFile.toBytes(TensorFileTest.everyDtype(), new TreeMap<>());
    byte[] latin1 = header(",\"x\":\"Ä\"", "").getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = header("", "").getBytes(StandardCharsets.UTF_16LE);
    return List.of(
        new Attack("MOD-003 truncated: 0 bytes", new byte[0]),
        new Attack("MOD-003 truncated: 1 bytes", new byte[] {8}),
        new Attack(
            "MOD-003 truncated: " + (good.length - 1) + " of " + good.length + " bytes",
            Arrays.copyOf(good, good.length - 1)),
        new Attack("MOD-004 12 bytes after the end, which is at byte ", joined(good, new byte[12])),
        new Attack(
            "MOD-006 the header length at byte 0 is 9223372036854775807",
            file(Long.MAX_VALUE, latin1, new byte[0])),
        new Attack(
            "MOD-006 the header length at byte 0 is 18446744073709551615",
            file(-1, latin1, new byte[0])),
        new Attack("MOD-006 the header length at byte 0 is 0", file(0, latin1, new byte[0])),
        new Attack("MOD-003 truncated: ", file(16 << 20, latin1, new byte[0])),
        new Attack(
            "MOD-007 the header is not UTF-8 at byte ", file(latin1.length, latin1, new byte[0])),
        new Attack(
            "MOD-007 the header has a control character at byte 9",
            file(utf16.length, utf16, new byte[0])),
        new Attack(
            "MOD-005 not a model file: it begins as a zip archive",
            joined(new byte[] {'P', 'K', 3, 4}, good)),
        new Attack(
            "MOD-005 not a model file: it begins as a program (ELF)",
            joined(new byte[] {127, 'E', 'L', 'F', 2, 1, 1}, good)),
        new Attack(
            "MOD-005 not a model file: it begins as gzip",
            joined(new byte[] {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 3}, good)),
        new Attack(
            "MOD-005 not a model file: it begins as an HTML page",
            "<!DOCTYPE html><title>404</title>".getBytes(StandardCharsets.UTF_8)),
        new Attack(
            "MOD-005 not a model file: it begins as a Git LFS pointer",
            "version https://git-lfs\n".getBytes(StandardCharsets.UTF_8)),
        floats("MOD-023 non-finite value in lstm.1.kernel[37]", "lstm.1.kernel", withNan(64, 37)),
        floats("MOD-023 non-finite value in w[1]", "w", 1, Float.NEGATIVE_INFINITY));
  }

  private static float[] withNan(int length, int index) {
    float[] values = new float[length];
    values[index] = Float.NaN;
    return values;
  }

  @ParameterizedTest
  @MethodSource({"layouts", "headers", "bytes"})
  void anAttackIsRefusedInItsOwnWordsAndCheaply(Attack attack) {
    assertRefused(attack.expected, attack.bytes);
  }

  /** Sixteen mebibytes of header may hold millions of entries; they are not all kept. */
  @Test
  void aHeaderFullOfEntriesIsRefusedCheaply() {
    StringBuilder metadata = new StringBuilder();
    for (int i = 0; metadata.length() < 16_000_000; i++) {
      metadata.append(",\"k").append(i).append("\":\"\"");
    }
    assertRefused(
        "MOD-010 the header holds more than 8,192 metadata entries",
        file(header(metadata.toString(), ""), new byte[0]));

    StringBuilder tensors = new StringBuilder();
    for (int i = 0; i < 5_000; i++) tensors.append(tensor("t" + i, "U8", "[0]", "[0,0]"));
    assertRefused(
        "MOD-010 the header lists more than 4,096 tensors",
        file(header("", tensors.toString()), new byte[0]));

    String text = ",\"x\":\"" + "ü".repeat((1 << 20) + 1) + "\"";
    assertRefused("MOD-010 ", file(header(text, ""), new byte[0]));
  }

  /** Past the checksums the header alone is what is left to lie: pieces of it cut, doubled, moved and changed. */
  @Test
  void nothingButARefusalComesOfARearrangedHeader() {
    byte[] data = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    String good =
        header(
            crc("a", Arrays.copyOf(data, 8)) + crc("b", new byte[] {9}),
            tensor("a", "I32", "[2,1]", "[0,8]") + tensor("b", "U8", "[1]", "[8,9]"));
    SplittableRandom random = Seeds.of(45);
    int read = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] header = rearranged(good.getBytes(StandardCharsets.UTF_8), random);
      byte[] bytes = file(header.length, header, data);
      try {
        TensorFile.parse(bytes, TensorFileTest.FILE);
        read++;
      } catch (SluiceException e) {
        assertEquals(Kind.CORRUPT, e.kind(), Seeds::describe);
      }
    }
    assertTrue(read < 400, read + " of 2,000 were read, " + Seeds.describe());
  }

  private static byte[] rearranged(byte[] header, SplittableRandom random) {
    int from = random.nextInt(header.length);
    int length = Math.min(1 + random.nextInt(12), header.length - from);
    byte[] piece = Arrays.copyOfRange(header, from, from + length);
    int to = random.nextInt(header.length);
    byte[] head = Arrays.copyOf(header, to);
    byte[] tail = Arrays.copyOfRange(header, to, header.length);
    return switch (random.nextInt(3)) {
      case 0 -> joined(joined(head, piece), tail);
      case 1 ->
          joined(
              Arrays.copyOf(header, from),
              Arrays.copyOfRange(header, from + length, header.length));
      default -> {
        header[from] = (byte) "0129-[]{}\",:ab\\ ".charAt(random.nextInt(16));
        yield header;
      }
    };
  }

  private static void assertRefused(String expected, byte[] bytes) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    SluiceException e =
        assertThrows(SluiceException.class, () -> TensorFile.parse(bytes, TensorFileTest.FILE));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    String found = e.problems().get(0).code() + " " + e.problems().get(0).what();
    assertTrue(found.startsWith(expected), () -> found + "\nexpected " + expected);
    assertEquals(Kind.CORRUPT, e.kind());
    assertEquals(1, e.problems().size());
    long limit = 2L * bytes.length + ALLOWANCE;
    assertTrue(allocated <= limit, () -> allocated + " bytes used to refuse " + bytes.length);
  }
}
