package dev.sluice.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-256 of the bytes of a split, taken while they are read: of the very bytes that became sentences, even when the file is a
 * pipe or changes meanwhile.
 */
public final class Fingerprint {
  private final Map<String, MessageDigest> digests = new TreeMap<>();

  /** Of nothing yet; one for each split. */
  public Fingerprint() {}

  /** Opens a file whose bytes are to be counted in; they are once the reader has come to its end. */
  Utf8Input open(Path file) throws IOException {
    InputStream in = Inputs.bytes(file);
    MessageDigest digest = sha256();
    digests.put(String.valueOf(file.getFileName()), digest);
    return new Utf8Input(file.toString(), new DigestInputStream(in, digest));
  }

  /** The digest of a single file, or that of the names and digests of several, in hexadecimal; to be asked once. */
  public String hex() {
    if (digests.size() == 1) {
      return HexFormat.of().formatHex(digests.values().iterator().next().digest());
    }
    MessageDigest all = sha256();
    digests.forEach(
        (name, digest) -> {
          all.update((name + "\n").getBytes(StandardCharsets.UTF_8));
          all.update(digest.digest());
        });
    return HexFormat.of().formatHex(all.digest());
  }

  /** The SHA-256 of a text as UTF-8, in hexadecimal. */
  public static String of(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
