package dev.sluice.pipeline;

import dev.sluice.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Trains in a process of its own and prints the SHA-256 of the model file: config, run folder, then settings; {@code --resume} goes on. */
public final class TrainOnce {
  private TrainOnce() {}

  public static void main(String[] args) throws Exception {
    Training training = Training.from(Path.of(args[0])).out(Path.of(args[1]));
    for (String setting : Arrays.asList(args).subList(2, args.length)) {
      if (setting.equals("--resume")) training.resume();
      else training.set(setting);
    }
    training.run();
    System.out.println("sha256 " + sha256(Path.of(args[1])));
  }

  static String sha256(Path folder) throws Exception {
    byte[] model = Files.readAllBytes(folder.resolve(TrainingRun.MODEL));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
  }
}
