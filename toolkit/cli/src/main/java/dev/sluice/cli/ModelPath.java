package dev.sluice.cli;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.pipeline.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What is often given where a model is asked for. */
final class ModelPath {
  private ModelPath() {}

  /**
   * Refuses what is no model but can be told from its name; all else is left to whoever reads the file.
   *
   * @throws SluiceException CLI-016 for a config or a folder
   */
  static void check(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    boolean config = name.endsWith(".yaml") || name.endsWith(".yml");
    if (config && Files.isRegularFile(path)) {
      throw refused(
          path,
          "a config found, expected a model (.safetensors)",
          "see what the config says with sluice check "
              + ShellWord.of(path)
              + ", or name the model that was trained with it");
    }
    if (!Files.isDirectory(path)) return;
    Path model = path.resolve(TrainingRun.MODEL);
    throw refused(
        path,
        "a folder found, expected a model (.safetensors)",
        Files.exists(model) ? "name the model in it: " + model : "name a file");
  }

  private static SluiceException refused(Path path, String what, String fix) {
    return SluiceException.usage("CLI-016", Location.of(path.toString()), what, fix);
  }
}
