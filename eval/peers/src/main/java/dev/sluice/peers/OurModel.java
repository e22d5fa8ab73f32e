package dev.sluice.peers;

import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A model that {@code sluice train} has left.
 *
 * @param name what the report calls it
 * @param trainingSeconds how long training took, all epochs with the scoring of dev after each, when that is known
 */
record OurModel(String name, Model model, OptionalDouble trainingSeconds) {
  private static final String FILE = "model.safetensors";
  private static final String LOG = "training.csv";

  /** Checks that words are all it needs. */
  OurModel {
    if (!model.inputs().features().isEmpty())
      throw new IllegalArgumentException(
          name + " reads " + model.inputs().features() + " beside the words, OpenNLP does not");
  }

  /** Opens a model file, which is called by its folder where all have the same name. */
  static OurModel ofFile(Path file) {
    return new OurModel(name(file), ModelFile.read(file).model(), OptionalDouble.empty());
  }

  /** Opens the model in the folder of a run. */
  static OurModel ofRun(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file))
      throw new IllegalArgumentException(
          file + ": no such file. Fix: train it, as in ./sluice train configs/pos/ewt-fast.yaml");
    return new OurModel(
        name(file), ModelFile.read(file).model(), OptionalDouble.of(seconds(folder.resolve(LOG))));
  }

  static String name(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    String name = absolute.getFileName().toString();
    Path folder = absolute.getParent().getFileName();
    boolean usual = name.equals(FILE) && folder != null;
    return "sluice " + (usual ? folder : name.replaceFirst("\\.safetensors$", ""));
  }

  /** The sum of the column {@code seconds}, which has a row per epoch. */
  static double seconds(Path log) {
    try (BufferedReader lines = Files.newBufferedReader(log)) {
      int column = List.of(String.valueOf(lines.readLine()).split(",")).indexOf("seconds");
      if (column < 0) throw new IllegalArgumentException(log + ": there is no column \"seconds\"");
      return lines.lines().mapToDouble(line -> Double.parseDouble(line.split(",")[column])).sum();
    } catch (IOException e) {
      throw new IllegalArgumentException(log + ": it cannot be read", e);
    }
  }
}
