package dev.sluice.model;

import java.util.Set;

/** What {@link TensorFileWriter} and {@link TensorFileReader} agree on; docs/model-file.md explains it. */
final class TensorFileFormat {

  /** The version written, and the newest one read. */
  static final int VERSION = 1;

  /** The oldest version read. */
  static final int OLDEST_VERSION = 1;

  /** Features a file may require of its reader. */
  static final Set<String> FEATURES = Set.of();

  /** The key of safetensors for the map of strings. */
  static final String METADATA = "__metadata__";

  /** The value of {@link #FORMAT_KEY}. */
  static final String FORMAT = "sluice";

  static final String FORMAT_KEY = "format";
  static final String VERSION_KEY = "formatVersion";
  static final String REQUIRED_KEY = "required";
  static final String SHA256_KEY = "sha256";

  /** Before the name of a tensor: the checksum of its bytes. */
  static final String CRC32C_PREFIX = "crc32c:";

  /** The header length stands in front of the header. */
  static final int LENGTH_BYTES = 8;

  /** The data begin at a multiple of this. */
  static final int ALIGNMENT = 8;

  /** Metadata every file has: format, version, required features, SHA-256. */
  static final int FORMAT_ENTRIES = 4;

  static final int SHA256_DIGITS = 64;
  static final int MAX_HEADER = 16 << 20;
  static final int MAX_TENSORS = 4_096;
  static final int MAX_ENTRIES = 8_192;
  static final int MAX_KEY = CRC32C_PREFIX.length() + Tensor.MAX_NAME;
  static final int MAX_TEXT = 1 << 20;

  private TensorFileFormat() {}

  /** Whether the format itself uses this metadata key. */
  static boolean isReserved(String key) {
    return switch (key) {
      case FORMAT_KEY, VERSION_KEY, REQUIRED_KEY, SHA256_KEY -> true;
      default -> key.startsWith(CRC32C_PREFIX);
    };
  }

  /** A checksum as 8 hexadecimal digits. */
  static String hex(long crc32c) {
    return String.format(java.util.Locale.ROOT, "%08x", crc32c);
  }
}
