package dev.sluice.model;

import static dev.sluice.model.TensorFileFormat.*;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.model.Tensor.Dtype;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.CRC32C;

/** Lays out header and data. The same tensors and metadata always give the same bytes. */
final class TensorFileWriter {
  /** Wide elements first, so that each tensor begins at a multiple of its element size. */
  private static final Comparator<Tensor> ORDER =
      Comparator.comparingInt((Tensor tensor) -> -tensor.dtype().bytes())
          .thenComparing(Tensor::name);

  private static final int CHUNK = 1 << 16;

  private final List<Tensor> tensors;
  private final SortedMap<String, String> metadata;
  private final byte[] chunk = new byte[CHUNK];
  private final ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
  private int digestAt;

  TensorFileWriter(Collection<Tensor> tensors, SortedMap<String, String> metadata) {
    this.tensors = tensors.stream().sorted(ORDER).toList();
    this.metadata = metadata;
    checkTensors();
    checkMetadata();
  }

  private void checkTensors() {
    if (tensors.size() > MAX_TENSORS) {
      throw new IllegalArgumentException(tensors.size() + " tensors, at most " + MAX_TENSORS);
    }
    if (tensors.stream().map(Tensor::name).distinct().count() < tensors.size()) {
      throw new IllegalArgumentException("two tensors have the same name: " + tensors);
    }
    for (Tensor tensor : tensors) {
      int index = tensor.firstNonFinite();
      if (index >= 0) {
        throw new IllegalArgumentException(
            "non-finite value in " + tensor.name() + "[" + index + "]");
      }
    }
  }

  private void checkMetadata() {
    int entries = FORMAT_ENTRIES + tensors.size() + metadata.size(); // a checksum for each tensor
    if (entries > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          entries + " metadata entries, checksums included, at most " + MAX_ENTRIES);
    }
    metadata.forEach(
        (key, value) -> {
          if (isReserved(key) || key.length() > MAX_KEY || !Tensor.isWellFormed(key)) {
            throw new IllegalArgumentException("metadata key \"" + key + "\"");
          }
          if (value.length() > MAX_TEXT || !Tensor.isWellFormed(value)) {
            throw new IllegalArgumentException("metadata value of \"" + key + "\"");
          }
        });
  }

  /** Where the bytes of the file go, in order. */
  private interface Sink {
    void accept(byte[] bytes, int length) throws IOException;
  }

  void write(OutputStream out) throws IOException {
    byte[] header = header();
    MessageDigest sha256 = TensorFileReader.sha256();
    sha256.update(header);
    for (Tensor tensor : tensors) {
      encode(tensor, (bytes, length) -> sha256.update(bytes, 0, length));
    }
    byte[] digest = HexFormat.of().formatHex(sha256.digest()).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digest, 0, header, digestAt, SHA256_DIGITS);

    out.write(header);
    for (Tensor tensor : tensors) encode(tensor, (bytes, length) -> out.write(bytes, 0, length));
  }

  private void encode(Tensor tensor, Sink sink) throws IOException {
    int width = tensor.dtype().bytes();
    int step = CHUNK / width;
    for (int from = 0; from < tensor.size(); from += step) {
      int count = Math.min(step, tensor.size() - from);
      tensor.encode(from, count, buffer);
      sink.accept(chunk, count * width);
      if (count < step) return; // from + step could be more than an int holds
    }
  }

  /** Length and header, the digits of the digest still zero. */
  private byte[] header() throws IOException {
    StringBuilder json = new StringBuilder("{").append(quoted(METADATA)).append(":{");
    entry(json, FORMAT_KEY, FORMAT).append(',');
    entry(json, VERSION_KEY, Integer.toString(VERSION)).append(',');
    entry(json, REQUIRED_KEY, "").append(',');
    entry(json, SHA256_KEY, "0".repeat(SHA256_DIGITS));
    digestAt =
        LENGTH_BYTES + json.length() - 1 - SHA256_DIGITS; // ASCII so far: a character is a byte
    for (Tensor tensor : tensors) {
      entry(json.append(','), CRC32C_PREFIX + tensor.name(), hex(crc32c(tensor)));
    }
    metadata.forEach((key, value) -> entry(json.append(','), key, value));
    json.append('}');
    long begin = 0;
    for (Tensor tensor : tensors) {
      long end = begin + (long) tensor.size() * tensor.dtype().bytes();
      describe(json.append(','), tensor.name(), tensor.dtype(), tensor.shape(), begin, end);
      begin = end;
    }
    return framed(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void describe(
      StringBuilder json, String name, Dtype dtype, long[] shape, long begin, long end) {
    json.append(quoted(name)).append(":{\"dtype\":\"").append(dtype).append("\",\"shape\":");
    json.append(Arrays.toString(shape).replace(" ", "")).append(",\"data_offsets\":[");
    json.append(begin).append(',').append(end).append("]}");
  }

  private static byte[] framed(byte[] json) {
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (length > MAX_HEADER) {
      throw new IllegalArgumentException(
          "the header needs " + length + " bytes: too much metadata");
    }
    byte[] framed = new byte[LENGTH_BYTES + length];
    Arrays.fill(framed, (byte) ' ');
    ByteBuffer.wrap(framed).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json);
    return framed;
  }

  private long crc32c(Tensor tensor) throws IOException {
    CRC32C crc = new CRC32C();
    encode(tensor, (bytes, length) -> crc.update(bytes, 0, length));
    return crc.getValue();
  }

  private static StringBuilder entry(StringBuilder json, String key, String value) {
    return json.append(quoted(key)).append(':').append(quoted(value));
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
