package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files behind what a user names: a folder stands for the files of the format in it, sorted by name. */
final class DataFiles {
  private DataFiles() {}

  /**
   * The files, in the order in which they were named.
   *
   * @throws SluiceException EVA-001 when a folder holds none
   */
  static List<Path> of(List<Path> named, Format format) {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (format == Format.TRIPLES || !Files.isDirectory(path)) files.add(path);
      else files.addAll(in(path, "." + format.name().toLowerCase(Locale.ROOT)));
    }
    return files;
  }

  private static List<Path> in(Path folder, String ending) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries
              .filter(file -> hasEnding(file, ending) && Files.isRegularFile(file))
              .sorted(Comparator.comparing(DataFiles::name))
              .toList();
      if (files.isEmpty()) {
        throw SluiceException.usage(
            Codes.NO_FILES,
            Location.of(folder.toString()),
            "the folder holds no file whose name ends in " + ending,
            "name the files themselves, or another --format");
      }
      return files;
    } catch (IOException e) {
      throw SluiceException.notRead(folder, e);
    }
  }

  private static boolean hasEnding(Path file, String ending) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return name.endsWith(ending) && !name.startsWith(".");
  }

  /** The last part of a path. */
  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
