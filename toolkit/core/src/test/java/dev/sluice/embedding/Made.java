package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Vector files made in memory. */
final class Made {
  /** The name of every such file. */
  static final String NAME = "vectors";

  private Made() {}

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) out.writeBytes(part);
    return out.toByteArray();
  }

  /** A row of a binary file without a newline. */
  static byte[] row(ByteOrder order, String word, float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length).order(order);
    for (float number : numbers) bytes.putFloat(number);
    return join(text(word + " "), bytes.array());
  }

  static byte[] row(String word, float... numbers) {
    return row(ByteOrder.LITTLE_ENDIAN, word, numbers);
  }

  static VectorFile open(byte[] bytes, Format format) {
    return VectorFile.open(NAME, () -> new ByteArrayInputStream(bytes), bytes.length, format);
  }

  static LoadedVectors whole(byte[] bytes, Format format) {
    return open(bytes, format).whole();
  }

  static LoadedVectors whole(String text) {
    return whole(text(text), Format.AUTO);
  }

  /** Refused when it is opened or read, with a message that begins as given after the code. */
  static void assertRefused(String code, String message, byte[] bytes, Format format) {
    SluiceException e = assertThrows(SluiceException.class, () -> whole(bytes, format));
    assertEquals(SluiceException.Kind.USAGE, e.kind());
    String expected = "error[" + code + "] " + NAME + message;
    assertTrue(
        e.getMessage().startsWith(expected), () -> e.getMessage() + "\nexpected: " + expected);
  }

  static void assertRefused(String code, String message, String text) {
    assertRefused(code, message, text(text), Format.AUTO);
  }
}
