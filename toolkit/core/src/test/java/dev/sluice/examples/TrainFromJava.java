package dev.sluice.examples;

import dev.sluice.Tagger;
import dev.sluice.Training;
import dev.sluice.pipeline.TrainingRun;
import java.nio.file.Path;

/** Training as the command line does it: the arguments name a config and a folder for the run. */
public final class TrainFromJava {
  private TrainFromJava() {}

  public static void main(String[] args) {
    // README
    Training training = Training.from(Path.of(args[0])); // configs/quickstart.yaml
    training.set("training.epochs=15").out(Path.of(args[1]));
    TrainingRun.Result result = training.run();
    System.out.println(result.dev().headlineName() + " " + result.dev().headline().percent());
    System.out.println(Tagger.of(result.model()).tag("a flight from Lima to Rome today"));
    // README
  }
}
