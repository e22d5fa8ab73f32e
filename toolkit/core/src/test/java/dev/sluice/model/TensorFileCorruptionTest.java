package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.config.SluiceException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bit rot, broken downloads and wrong paths: nothing but a clear refusal ever comes of them. */
class TensorFileCorruptionTest {
  private static final byte[] GOOD =
      TensorFile.toBytes(
          List.of(
              Tensor.floats("w", new float[] {1, -2, 3, 4}, 2, 2), Tensor.text("v", "the\nÄpfel")),
          TensorFileTest.texts("x", "ü \" \\"));

  private static String refused(byte[] bytes) {
    SluiceException e =
        assertThrows(SluiceException.class, () -> TensorFile.parse(bytes, TensorFileTest.FILE));
    assertEquals(Kind.CORRUPT, e.kind());
    return e.getMessage();
  }

  @Test
  void everyTruncationIsNamedAsOne() {
    for (int length = 0; length < GOOD.length; length++) {
      String message = refused(Arrays.copyOf(GOOD, length));
      String words = String.format(Locale.ROOT, "error[MOD-003] m.sluice: truncated: %,d ", length);
      assertTrue(message.startsWith(words), message);
    }
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] bytes = GOOD.clone();
    int dataAt = 8 + (bytes[0] & 255 | (bytes[1] & 255) << 8);
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        bytes[i] ^= (byte) (1 << bit);
        String message = refused(bytes);
        if (i >= dataAt) assertTrue(message.contains("is damaged: the checksum of bytes"), message);
        bytes[i] ^= (byte) (1 << bit);
      }
    }
  }

  @Test
  void everyInsertedByteIsNoticed() {
    for (int at = 0; at <= GOOD.length; at++) {
      for (int value : new int[] {0, ' ', '"', 255, GOOD[Math.max(0, at - 1)]}) {
        byte[] bytes = new byte[GOOD.length + 1];
        System.arraycopy(GOOD, 0, bytes, 0, at);
        bytes[at] = (byte) value;
        System.arraycopy(GOOD, at, bytes, at + 1, GOOD.length - at);
        refused(bytes);
      }
    }
  }

  @Test
  void everyRemovedByteIsNoticed() {
    for (int at = 0; at < GOOD.length; at++) {
      byte[] bytes = Arrays.copyOf(GOOD, GOOD.length - 1);
      System.arraycopy(GOOD, at + 1, bytes, at, GOOD.length - at - 1);
      refused(bytes);
    }
  }

  @Test
  void whatIsNoRegularFileIsNotOpened(@TempDir Path folder) throws Exception {
    assertNotRegular(folder, "a folder");
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertNotRegular(loop, "a link that leads to none");
    Path device = Path.of("/dev/zero");
    if (Files.exists(device)) assertNotRegular(device, "a device");
  }

  @Test
  void aPipeIsNotOpened(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("pipe");
    try {
      Assumptions.assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      Assumptions.abort("no mkfifo here");
    }
    assertNotRegular(pipe, "a device"); // opening it would wait for ever
  }

  private static void assertNotRegular(Path path, String words) {
    SluiceException e = assertThrows(SluiceException.class, () -> TensorFile.read(path));
    assertEquals(Kind.CORRUPT, e.kind());
    assertTrue(
        e.getMessage()
            .startsWith("error[MOD-001] " + path + ": not a regular file but " + words + ". Fix: "),
        e.getMessage());
  }

  @Test
  void aMissingFileIsNoCorruptOne(@TempDir Path folder) {
    Path path = folder.resolve("none.sluice");
    SluiceException e = assertThrows(SluiceException.class, () -> TensorFile.read(path));
    assertEquals(Kind.IO, e.kind());
    assertTrue(
        e.getMessage().startsWith("error[MOD-002] " + path + ": no such file"), e.getMessage());
  }

  @Test
  void aLinkToAModelIsFollowed(@TempDir Path folder) throws IOException {
    Path path = Files.write(folder.resolve("model.sluice"), GOOD);
    Path link = Files.createSymbolicLink(folder.resolve("latest"), path);
    assertEquals("the\nÄpfel", TensorFile.read(link).text("v"));
  }
}
