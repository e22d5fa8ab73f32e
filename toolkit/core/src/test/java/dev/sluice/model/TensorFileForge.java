package dev.sluice.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Makes model files as an attacker would: any header, with checksums that are right. */
final class TensorFileForge {
  private static final String ZEROS = "0".repeat(64);

  private TensorFileForge() {}

  /** A header with correct format entries, further metadata (each after a comma) and tensors (likewise). */
  static String header(String metadata, String tensors) {
    return "{" + metadata("1", "", metadata) + tensors + "}";
  }

  static String metadata(String version, String required, String more) {
    return "\"__metadata__\":{\"format\":\"sluice\",\"formatVersion\":\""
        + version
        + "\",\"required\":\""
        + required
        + "\",\"sha256\":\""
        + ZEROS
        + "\""
        + more
        + "}";
  }

  static String tensor(String name, String dtype, String shape, String offsets) {
    return (",\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape)
        + (",\"data_offsets\":" + offsets + "}");
  }

  static String crc(String name, byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return ",\"crc32c:" + name + "\":\"" + TensorFileFormat.hex(crc.getValue()) + "\"";
  }

  static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, data);
  }

  /** Length, header and data, the digits of the SHA-256 put in place of the first 64 zeros. */
  static byte[] file(long length, byte[] header, byte[] data) {
    byte[] file = new byte[8 + header.length + data.length];
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(header).put(data);
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(ZEROS);
    if (at < 0) return file;
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
      String digits = HexFormat.of().formatHex(digest);
      System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, file, at, 64);
      return file;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
