package dev.sluice.model;

import static dev.sluice.model.TensorFileFormat.*;
import static dev.sluice.model.TensorFileProblem.*;

import dev.sluice.config.Location;
import dev.sluice.model.TensorFileHeader.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Reads a file nobody trusts, in one pass: length, header, format, version, sizes, and only then the data, straight into their
 * arrays while the checksums run along. Nothing is handed over before the last check has passed.
 */
final class TensorFileReader {
  private static final int CHUNK = 1 << 16;

  /** Enough to tell other kinds of files. */
  private static final int START = 16;

  private final InputStream in;
  private final long size;
  private final Location file;
  private final MessageDigest sha256 = sha256();
  private byte[] chunk;
  private ByteBuffer buffer;

  /** A stream of {@code size} bytes that the caller closes. */
  TensorFileReader(InputStream in, long size, Location file) {
    this.in = in;
    this.size = size;
    this.file = file;
  }

  TensorFile read() throws IOException {
    byte[] start = in.readNBytes(START); // the shortest header that is accepted is longer than this
    byte[] bytes = new byte[headerLength(start)];
    int have = Math.min(START - LENGTH_BYTES, bytes.length);
    System.arraycopy(start, LENGTH_BYTES, bytes, 0, have);
    if (in.readNBytes(bytes, have, bytes.length - have) < bytes.length - have) throw shrunk();
    TensorFileHeader header = TensorFileHeaderParser.parse(bytes, file);
    int dataAt = LENGTH_BYTES + bytes.length;
    checkCoverage(dataAt + header.dataLength());

    Arrays.fill(bytes, header.digestAt(), header.digestAt() + SHA256_DIGITS, (byte) '0');
    sha256.update(start, 0, LENGTH_BYTES);
    sha256.update(bytes);
    chunk = new byte[(int) Math.min(CHUNK, (header.dataLength() + 7) / 8 * 8)];
    buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    Section damaged = null;
    for (Section section : header.sections()) {
      Tensor tensor = Tensor.zeros(section.name(), section.dtype(), section.shape());
      String expected = header.metadata().get(CRC32C_PREFIX + section.name());
      if (!readData(tensor).equals(expected) && damaged == null) damaged = section;
      tensors.put(section.name(), tensor);
    }
    if (in.read() >= 0) throw EXTRA_BYTES.in(file, "the file grew while it was being read");
    String digest = HexFormat.of().formatHex(sha256.digest());
    checkChecksums(header, dataAt, damaged, digest);
    for (Section section : header.sections()) checkFinite(tensors.get(section.name()));
    header.metadata().keySet().removeIf(TensorFileFormat::isReserved);
    return new TensorFile(file, header.metadata(), tensors, digest);
  }

  /** The length in front of the header, checked against the limit and the file. */
  private int headerLength(byte[] start) {
    if (size < LENGTH_BYTES || start.length < LENGTH_BYTES) {
      TensorFileMagic.refuse(start, file);
      throw TRUNCATED.in(
          file, "truncated: %,d bytes, the first %d are missing", size, LENGTH_BYTES);
    }
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    boolean opens = start.length > LENGTH_BYTES && start[LENGTH_BYTES] == '{';
    if (!opens) TensorFileMagic.refuse(start, file);
    if (length < 2 || length > MAX_HEADER) {
      throw HEADER_LENGTH.in(
          file,
          "the header length at byte 0 is %s, expected 2 to %,d",
          Long.toUnsignedString(length),
          MAX_HEADER);
    }
    if (length > size - LENGTH_BYTES) {
      throw TRUNCATED.in(file, "truncated: %,d of at least %,d bytes", size, LENGTH_BYTES + length);
    }
    if (!opens)
      throw BAD_JSON.in(file, "the header does not begin with { at byte %d", LENGTH_BYTES);
    return (int) length;
  }

  private void checkCoverage(long expected) {
    if (size < expected) throw TRUNCATED.in(file, "truncated: %,d of %,d bytes", size, expected);
    if (size > expected) {
      throw EXTRA_BYTES.in(
          file, "%,d bytes after the end, which is at byte %,d", size - expected, expected);
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (expected > heap) {
      throw MEMORY.in(file, "the model needs %,d bytes, Java may use %,d", expected, heap);
    }
  }

  /** Fills a tensor with the next bytes and returns their checksum. */
  private String readData(Tensor tensor) throws IOException {
    CRC32C crc = new CRC32C();
    int width = tensor.dtype().bytes();
    for (int from = 0; from < tensor.size(); ) {
      int count = Math.min(chunk.length / width, tensor.size() - from);
      int bytes = count * width;
      if (in.readNBytes(chunk, 0, bytes) < bytes) throw shrunk();
      sha256.update(chunk, 0, bytes);
      crc.update(chunk, 0, bytes);
      tensor.decode(from, count, buffer);
      from += count;
    }
    return hex(crc.getValue());
  }

  private RuntimeException shrunk() {
    return TRUNCATED.in(file, "truncated: the file ended before its %,d bytes were read", size);
  }

  private void checkChecksums(TensorFileHeader header, int dataAt, Section damaged, String digest) {
    if (damaged != null) {
      throw SECTION_CHECKSUM.in(
          file,
          "tensor %s is damaged: the checksum of bytes %,d to %,d does not match",
          shown(damaged.name()),
          dataAt + damaged.begin(),
          dataAt + damaged.end());
    }
    if (!digest.equals(header.metadata().get(SHA256_KEY))) {
      throw FILE_CHECKSUM.in(
          file, "the header, bytes 0 to %,d, is damaged: the SHA-256 does not match", dataAt);
    }
  }

  private void checkFinite(Tensor tensor) {
    int index = tensor.firstNonFinite();
    if (index < 0) return;
    throw NOT_FINITE.in(file, "non-finite value in %s[%d]", shownBare(tensor.name()), index);
  }

  private static String shownBare(String name) {
    String quoted = shown(name);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** A fresh SHA-256; every Java platform has one. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
