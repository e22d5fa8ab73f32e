package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.JudgedWriter;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.metrics.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Where the files of an evaluation go: the numbers, the tables, and a folder of copies with predictions. */
final class ResultFolder {
  private static final String REPORT = "report.txt";
  private static final String COPIES = "predictions";

  private final Path folder;
  private final List<Path> copies;

  private ResultFolder(Path folder, List<Path> copies) {
    this.folder = folder;
    this.copies = copies;
  }

  /**
   * Makes the folder.
   *
   * @throws SluiceException EVA-004 when a copy would take the place of an input; of kind IO when the folder cannot be made
   */
  static ResultFolder of(Path folder, List<Path> inputs) {
    Path below = folder.resolve(COPIES);
    List<Path> copies = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Path input : inputs) copies.add(below.resolve(free(DataFiles.name(input), taken)));
    try {
      Files.createDirectories(inputs.isEmpty() ? folder : below);
      for (Path copy : copies) requireOther(copy, inputs);
    } catch (IOException e) {
      throw notMade(folder, e);
    }
    return new ResultFolder(folder, copies);
  }

  private static SluiceException notMade(Path folder, IOException e) {
    for (Path above = folder; above != null; above = above.getParent()) {
      if (!Files.exists(above)) continue;
      if (Files.isDirectory(above)) break;
      return SluiceException.io(
          "IOX-001",
          Location.of(above.toString()),
          "a file found, expected a folder to write results to",
          "name a folder with --out; it is made where there is none");
    }
    return SluiceException.io(
        "IOX-001",
        Location.of(folder.toString()),
        "the folder cannot be made",
        "name another with --out",
        e);
  }

  /** A name that is not taken, also where capitals do not matter: the second a.csv becomes a-2.csv. */
  private static String free(String name, Set<String> taken) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    String next = name;
    for (int n = 2; !taken.add(next.toLowerCase(Locale.ROOT)); n++) next = stem + "-" + n + ending;
    return next;
  }

  private static void requireOther(Path copy, List<Path> inputs) throws IOException {
    if (!Files.exists(copy)) return;
    for (Path input : inputs) {
      if (!Files.exists(input) || !Files.isSameFile(copy, input)) continue;
      throw SluiceException.usage(
          Codes.OVERWRITE,
          Location.of(input.toString()),
          "the copy with predictions would take the place of this file",
          "name another folder with --out");
    }
  }

  /** Where the copy of an input goes. */
  Path copyOf(int input) {
    return copies.get(input);
  }

  /** Where those of this evaluation go. */
  Path sentences() {
    return JudgedWriter.file(folder, Part.POOLED);
  }

  /**
   * Writes judged sentences, all or none.
   *
   * @param work hands them on
   */
  static void writeSentences(Path file, Consumer<Consumer<Judged>> work) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw notMade(file.getParent(), e);
    }
    AtomicFile.at(file)
        .write(
            out -> {
              try {
                work.accept(new JudgedWriter(out));
              } catch (UncheckedIOException e) {
                throw e.getCause();
              }
            });
  }

  void write(Evaluation evaluation) {
    evaluation.metrics().write(folder.resolve(MetricsJson.FILE));
    AtomicFile.at(folder.resolve(REPORT))
        .write(out -> out.write(evaluation.report().getBytes(StandardCharsets.UTF_8)));
  }
}
