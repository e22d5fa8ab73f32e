package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Opens files, naming what is wrong with the path when that fails. */
final class Inputs {
  /** How a reader opens the files it needs. */
  @FunctionalInterface
  interface Opener {
    Utf8Input open(Path file) throws IOException;
  }

  private Inputs() {}

  /** The characters of a file. */
  static Utf8Input open(Path file) throws IOException {
    return new Utf8Input(file.toString(), bytes(file));
  }

  /** The bytes of a file. */
  static InputStream bytes(Path file) throws IOException {
    check(file);
    return Files.newInputStream(file);
  }

  private static void check(Path file) {
    Location where = Location.of(file.toString());
    if (Files.isDirectory(file)) {
      throw SluiceException.usage(
          Codes.MISSING, where, "a folder found, expected a file", "name a file in it");
    }
    if (!Files.exists(file)) {
      throw SluiceException.usage(
          Codes.MISSING,
          where,
          "no such file (looked at " + file.toAbsolutePath().normalize() + ")",
          nearest(file));
    }
    if (!Files.isReadable(file)) {
      throw SluiceException.io(
          Codes.NOT_READ, where, "the file may not be read", "give yourself the right to read it");
    }
  }

  /** Where a corpus that is not shipped should lie there is a page that says how to get it. */
  static String howToGet(Path missing, String otherwise) {
    Path page = missing.resolveSibling("README.md");
    return Files.isRegularFile(page) ? "get the data as " + page + " says" : otherwise;
  }

  private static String nearest(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder))
      return "there is no folder " + folder + ", check the path";
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names =
          entries.limit(1000).map(p -> p.getFileName().toString()).sorted().toList();
      return Nearest.of(String.valueOf(file.getFileName()), names)
          .map(name -> "did you mean " + Visible.of(name))
          .orElseGet(() -> howToGet(file, "check the name"));
    } catch (IOException e) {
      return "check the name";
    }
  }
}
