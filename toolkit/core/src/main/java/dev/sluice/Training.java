package dev.sluice;

import dev.sluice.config.Configs;
import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.pipeline.RunFolder;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.pipeline.TrainingRun;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a model from a config file, as the command line does.
 *
 * <pre>{@code
 * TrainingRun.Result result = Training.from(Path.of("configs/quickstart.yaml")).set("training.epochs=5").run();
 * Tagger tagger = Tagger.of(result.model());
 * }</pre>
 */
public final class Training {
  private final Path config;
  private final List<String> overrides = new ArrayList<>();
  private Map<String, String> environment = System.getenv();
  private Optional<Path> folder = Optional.empty();
  private boolean resume;
  private TrainingListener listener = TrainingListener.NONE;

  private Training(Path config) {
    this.config = config;
  }

  /** Training as a config file describes it. */
  public static Training from(Path config) {
    return new Training(config);
  }

  /** Changes a setting, as in {@code set("training.epochs=5")}. */
  public Training set(String override) {
    overrides.add(override);
    return this;
  }

  /** The variables that the config may use instead of those of the process. */
  public Training environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  /** The run folder; without one, a new folder below {@code runs} that is named like the config. */
  public Training out(Path newFolder) {
    folder = Optional.of(newFolder);
    return this;
  }

  /** Goes on from the folder's checkpoint, if it has one. */
  public Training resume() {
    resume = true;
    return this;
  }

  /** Who is told of progress. */
  public Training listener(TrainingListener newListener) {
    listener = newListener;
    return this;
  }

  /** The config with everything resolved. */
  public Loaded<SluiceConfig> config() {
    return Configs.load(config, SluiceConfig.class, overrides, environment);
  }

  /** The folder that the run will use. */
  public Path folder() {
    String name = config.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return folder.orElseGet(() -> RunFolder.choose(Path.of("runs"), name, resume));
  }

  /**
   * Trains to the end.
   *
   * @throws SluiceException with everything in config or data that cannot be used
   */
  public TrainingRun.Result run() {
    return run(trainer -> {}, run -> {})
        .orElseThrow(() -> new IllegalStateException("nobody asked training to stop"));
  }

  /**
   * Trains until the end or until somebody asks the trainer to stop.
   *
   * @param prepared gets the run when the data is read, before training
   * @param started gets the trainer just before the first batch
   * @return the result; nothing when training was asked to stop
   */
  public Optional<TrainingRun.Result> run(
      Consumer<Trainer> started, Consumer<TrainingRun> prepared) {
    Loaded<SluiceConfig> loaded = config();
    try (RunFolder runFolder = RunFolder.open(folder(), resume)) {
      TrainingRun run = new TrainingRun(loaded, runFolder, resume, listener);
      prepared.accept(run);
      return run.run(started);
    }
  }
}
