package dev.sluice.pipeline;

import dev.sluice.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs on a few sentences written by a test: an epoch of a network of four units, which takes milliseconds. */
final class TinyRun {
  static final String NETWORK = "encoder: {hidden: 4}\ninputs: [{type: word, dimension: 4}]\n";
  static final String ONE_EPOCH = "training: {epochs: 1, batch: 2, seed: 3, threads: 1}\n";

  private TinyRun() {}

  /** Writes files below a folder, by name, and a config. */
  static Path write(Path folder, Map<String, String> files, String yaml) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, yaml);
    return config;
  }

  /** CSV with tokens, tags and intent, one sentence per row: train, dev and test, and a config for slots; more YAML may follow. */
  static Path csv(Path folder, String train, String dev, String test, String... yaml)
      throws IOException {
    String head = "tokens,tags,intent\n";
    return write(
        folder,
        Map.of("train.csv", head + train, "dev.csv", head + dev, "test.csv", head + test),
        "data:\n  format: csv\n  train: train.csv\n  dev: dev.csv\n  test: test.csv\n"
            + "  overlap: ignore\n  csv: {tokens: tokens, tags: tags, intent: intent}\n"
            + NETWORK
            + String.join("\n", yaml)
            + "\n");
  }

  static TrainingRun.Result run(Path config, String... settings) {
    Training training =
        Training.from(config)
            .environment(Map.of())
            .out(config.resolveSibling("run-" + System.nanoTime()));
    for (String setting : settings) training.set(setting);
    return training.run();
  }
}
