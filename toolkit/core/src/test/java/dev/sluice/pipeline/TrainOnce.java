package dev.sluice.pipeline;

import dev.sluice.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Trains in a process of its own, run after run, and prints the SHA-256 of each model file: config, run folder, config, run folder … */
final class TrainOnce {
  private TrainOnce() {}

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < args.length; i += 2) {
      Training training = Training.from(Path.of(args[i])).out(Path.of(args[i + 1]));
      if (training.config().value().task() == SluiceConfig.Task.LANGUAGE_MODEL)
        training.languageModel();
      else if (training.config().value().task() == SluiceConfig.Task.TRANSDUCTION)
        training.transducer();
      else training.run();
      System.out.println("sha256 " + sha256(Path.of(args[i + 1])));
    }
  }

  static String sha256(Path folder) throws Exception {
    byte[] model = Files.readAllBytes(folder.resolve(TrainingRun.MODEL));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
  }
}
