package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /**
   * Files that are each to be scored once.
   *
   * @throws SluiceException EVA-046 when one is named twice, whatever the names, EVA-048 when one has no bytes
   */
  static void requireUsable(List<Path> files) {
    Map<Path, Path> named = new HashMap<>(); // by where they really are
    for (Path file : files) {
      requireBytes(file);
      Path before = named.put(real(file), file);
      if (before == null) continue;
      throw SluiceException.usage(
          Codes.TWICE,
          Location.of(file.toString()),
          "the file was named before, as " + before + ", and would count twice",
          "name it once, and no folder that holds it beside it");
    }
  }

  /**
   * A file with something in it.
   *
   * @throws SluiceException EVA-048 when there is nothing
   */
  static void requireBytes(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > 0) return;
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
    throw SluiceException.usage(
        Codes.EMPTY,
        Location.of(file.toString()),
        "the file is empty, it has no bytes",
        "leave it out, or write it again");
  }

  /** Where a file is when links are followed; one that is not there is where its name says. */
  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // whoever reads it will say what is wrong
    }
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
