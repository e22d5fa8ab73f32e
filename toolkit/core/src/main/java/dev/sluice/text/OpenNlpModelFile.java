package dev.sluice.text;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import opennlp.tools.tokenize.TokenizerFactory;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * Reads a tokenizer model in OpenNLP's format: a zip file with a manifest. The file may come from anywhere, so before OpenNLP sees it
 * the zip is unpacked once within limits and thrown away, and the manifest must name the tokenizer and no class of its own.
 */
final class OpenNlpModelFile {
  static final int MOST_ENTRIES = 64;
  static final int MOST_BYTES = 256 << 20; // packed and unpacked
  static final int MOST_RATIO = 200; // unpacked to packed

  private static final String COMPONENT = "TokenizerME";
  private static final String MANIFEST = "manifest.properties";
  private static final int MOST_MANIFEST_BYTES = 64 << 10;

  private OpenNlpModelFile() {}

  /** The bytes of a file, if it is a regular one within the limit. */
  static byte[] read(Path file) {
    Location where = Location.of(file.toString());
    if (!Files.exists(file)) {
      throw SluiceException.usage(
          "TOK-004",
          where,
          "the tokenizer model does not exist (" + file.toAbsolutePath().normalize() + ")",
          "correct the path, which is relative to the file that names it");
    }
    if (!Files.isRegularFile(file)) {
      throw SluiceException.usage(
          "TOK-004",
          where,
          "the tokenizer model is not a regular file",
          "name an OpenNLP .bin file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return readAtMost(in, where);
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  static byte[] readAtMost(InputStream in, Location where) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) throw beyondLimits(where, "has more than 256 MiB");
    return bytes;
  }

  static SluiceException unreadable(Location where, IOException e) {
    return SluiceException.io(
        "TOK-004",
        where,
        "the tokenizer model cannot be read (" + reason(e) + ")",
        "check that the file may be read");
  }

  /** The model in these bytes. */
  static TokenizerModel parse(byte[] bytes, Location where) {
    Properties manifest = scan(bytes, where);
    String found = check(manifest, where);
    try {
      TokenizerModel model = new TokenizerModel(new ByteArrayInputStream(bytes));
      new TokenizerME(model).tokenizePos("a"); // what is only found in use is found here
      return model;
    } catch (IOException | RuntimeException e) {
      throw damaged(where, found + ": " + reason(e));
    }
  }

  /** Unpacks everything within the limits and keeps only the manifest. */
  private static Properties scan(byte[] bytes, Location where) {
    Properties manifest = null;
    Set<String> names = new HashSet<>();
    Allowance allowance = new Allowance(bytes.length, where);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!names.add(entry.getName()))
          throw damaged(where, "two entries " + Characters.quoted(entry.getName()));
        if (names.size() > MOST_ENTRIES)
          throw beyondLimits(where, "has more than " + MOST_ENTRIES + " entries");
        if (entry.getName().equals(MANIFEST)) manifest = manifest(zip, allowance, where);
        allowance.drain(zip);
      }
    } catch (IOException | IllegalArgumentException e) { // the latter for names that are no UTF-8
      throw damaged(where, reason(e));
    }
    if (names.isEmpty()) throw damaged(where, "it is no zip file");
    if (manifest == null) throw damaged(where, "it has no " + MANIFEST);
    return manifest;
  }

  private static Properties manifest(ZipInputStream zip, Allowance allowance, Location where)
      throws IOException {
    byte[] text = zip.readNBytes(MOST_MANIFEST_BYTES + 1);
    allowance.use(text.length);
    if (text.length > MOST_MANIFEST_BYTES) throw beyondLimits(where, "has a manifest over 64 KiB");
    Properties manifest = new Properties();
    manifest.load(new ByteArrayInputStream(text)); // ISO-8859-1 by definition
    return manifest;
  }

  /** The manifest must be a tokenizer's and name no class to load; gives what was found, in words. */
  private static String check(Properties manifest, Location where) {
    String component = manifest.getProperty("Component-Name", "none");
    String version = manifest.getProperty("OpenNLP-Version", "unknown");
    String found =
        "component " + Characters.quoted(component) + " of OpenNLP " + Characters.quoted(version);
    if (!component.equals(COMPONENT)) {
      throw SluiceException.usage(
          "TOK-007",
          where,
          "the model is for another task: found " + found + ", expected \"" + COMPONENT + "\"",
          "name a tokenizer model, such as one of opennlp-models-tokenizer-LANGUAGE");
    }
    String factory = manifest.getProperty("factory", TokenizerFactory.class.getName());
    if (!factory.equals(TokenizerFactory.class.getName())) throw namesAClass(where, factory);
    for (String key : manifest.stringPropertyNames()) {
      if (key.startsWith("serializer-class-")) throw namesAClass(where, manifest.getProperty(key));
    }
    return found;
  }

  private static SluiceException namesAClass(Location where, String name) {
    return SluiceException.usage(
        "TOK-008",
        where,
        "the model asks for the class " + Characters.quoted(name) + ", which is not loaded",
        "train the model with OpenNLP's own TokenizerFactory");
  }

  private static SluiceException damaged(Location where, String why) {
    return SluiceException.corrupt(
        "TOK-005",
        where,
        "the tokenizer model cannot be used (" + why + ")",
        "get the file again from where it came");
  }

  private static SluiceException beyondLimits(Location where, String what) {
    return SluiceException.corrupt(
        "TOK-006",
        where,
        "the tokenizer model " + what + ", more than any real one",
        "get the file again from a source you trust");
  }

  /** The first line of a message of someone else's, made to fit into ours. */
  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage() == null ? "" : e.getMessage()).strip();
    String line = message.lines().findFirst().orElse("OpenNLP does not say why");
    String quoted = Characters.quoted(line);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** How much may still be unpacked. */
  private static final class Allowance {
    private final byte[] scratch = new byte[8192];
    private final Location where;
    private final long most;
    private long left;

    Allowance(int packed, Location where) {
      this.where = where;
      this.most = Math.min(MOST_BYTES, (long) MOST_RATIO * packed);
      this.left = most;
    }

    void use(int bytes) {
      left -= bytes;
      if (left < 0) throw beyondLimits(where, "unpacks to more than " + most + " bytes");
    }

    void drain(InputStream in) throws IOException {
      for (int n = in.read(scratch); n >= 0; n = in.read(scratch)) use(n);
    }
  }
}
