package dev.sluice.data;

import dev.sluice.data.DataConfig.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of the bytes of a split, in hexadecimal: equal exactly when nothing changed. */
final class Fingerprint {
  private Fingerprint() {}

  /** Of a file; of the digests and names of the files of a folder of triples. */
  static String of(Path path, Format format) throws IOException {
    if (format != Format.TRIPLES) return HexFormat.of().formatHex(digest(path));
    MessageDigest all = sha256();
    for (String name :
        List.of(TripleSentences.WORDS, TripleSentences.TAGS, TripleSentences.LABEL)) {
      Path file = path.resolve(name);
      if (!Files.exists(file)) continue;
      all.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      all.update(digest(file));
    }
    return HexFormat.of().formatHex(all.digest());
  }

  private static byte[] digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
