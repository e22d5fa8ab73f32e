package dev.sluice;

import dev.sluice.config.Configs;
import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.TransducerFile;
import dev.sluice.pipeline.CurveRuns;
import dev.sluice.pipeline.FinishedRun;
import dev.sluice.pipeline.FoldRuns;
import dev.sluice.pipeline.LanguageRun;
import dev.sluice.pipeline.Preparation;
import dev.sluice.pipeline.RunFolder;
import dev.sluice.pipeline.SeedRuns;
import dev.sluice.pipeline.SeriesListener;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.pipeline.TrainingRun;
import dev.sluice.pipeline.TransductionRun;
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
    return folder.orElseGet(() -> RunFolder.choose(Path.of("runs"), name(), resume));
  }

  private String name() {
    return config.getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  /**
   * The finished run in the run folder, which there is nothing to go on with, scored again.
   *
   * @return nothing when the folder holds none
   * @throws SluiceException RUN-005 when it belongs to another config or other data
   */
  public Optional<FinishedRun> finished() {
    return FinishedRun.in(folder(), config());
  }

  /**
   * Trains to the end.
   *
   * @throws SluiceException with everything in config or data that cannot be used
   */
  public TrainingRun.Result run() {
    return run(trainer -> {}, run -> {}).orElseThrow(Training::notAsked);
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

  /**
   * Trains a language model, for a config of task language-model.
   *
   * @throws SluiceException with everything in config or data that cannot be used
   */
  public LanguageRun.Result languageModel() {
    return languageModel(trainer -> {}, run -> {}).orElseThrow(Training::notAsked);
  }

  /**
   * Trains a language model until the end or until somebody asks the trainer to stop.
   *
   * @param prepared gets the run when the data is read, before training
   * @param started gets the trainer just before the first batch
   * @return the result; nothing when training was asked to stop
   */
  public Optional<LanguageRun.Result> languageModel(
      Consumer<Trainer> started, Consumer<LanguageRun> prepared) {
    Loaded<SluiceConfig> loaded = config();
    try (RunFolder runFolder = RunFolder.open(folder(), resume)) {
      LanguageRun run = new LanguageRun(loaded, runFolder, resume, listener);
      prepared.accept(run);
      return run.run(started);
    }
  }

  /**
   * The model of the finished run of a language model in the run folder, which there is nothing to go on with.
   *
   * @return nothing when the folder holds none
   * @throws SluiceException RUN-005 when it belongs to another config or other data
   */
  public Optional<LanguageModelFile> finishedLanguageModel() {
    return LanguageRun.in(folder(), config());
  }

  /**
   * Trains a transducer, for a config of task transduction.
   *
   * @throws SluiceException with everything in config or data that cannot be used
   */
  public TransductionRun.Result transducer() {
    return transducer(trainer -> {}, run -> {}).orElseThrow(Training::notAsked);
  }

  /**
   * Trains a transducer until the end or until somebody asks the trainer to stop.
   *
   * @param prepared gets the run when the data is read, before training
   * @param started gets the trainer just before the first batch
   * @return the result; nothing when training was asked to stop
   */
  public Optional<TransductionRun.Result> transducer(
      Consumer<Trainer> started, Consumer<TransductionRun> prepared) {
    Loaded<SluiceConfig> loaded = config();
    try (RunFolder runFolder = RunFolder.open(folder(), resume)) {
      TransductionRun run = new TransductionRun(loaded, runFolder, resume, listener);
      prepared.accept(run);
      return run.run(started);
    }
  }

  /**
   * The model of the finished run of a transducer in the run folder, which there is nothing to go on with.
   *
   * @return nothing when the folder holds none
   * @throws SluiceException RUN-005 when it belongs to another config or other data
   */
  public Optional<TransducerFile> finishedTransducer() {
    return TransductionRun.in(folder(), config());
  }

  /**
   * Trains once for each seed, to see how far the scores scatter:
   *
   * <pre>{@code
   * SeedRuns.Result result = Training.from(Path.of("configs/quickstart.yaml")).seeds(List.of(1L, 2L, 3L));
   * System.out.println(result.dev().percent()); // mean and standard deviation
   * }</pre>
   *
   * The run folders lie in the folder of {@link #out}, or in a new one below {@code runs}.
   *
   * @param seeds at least one, none twice; they take the place of training.seed
   * @throws SluiceException with everything in config, data or folder that cannot be used
   */
  public SeedRuns.Result seeds(List<Long> seeds) {
    return seedRuns(seeds, SeriesListener.NONE).run().orElseThrow(Training::notAsked);
  }

  /**
   * The same, not started yet, so that it can be asked to stop.
   *
   * @param told is told how the series goes
   */
  public SeedRuns seedRuns(List<Long> seeds, SeriesListener told) {
    return new SeedRuns(labelling(config()), seeds, seriesFolder("seeds"), resume, listener, told);
  }

  /**
   * Cross-validation: cuts the training split into folds and trains once for each of them, which is then test; the next fold is dev. The config's own dev and test
   * are not read, and need not be named.
   *
   * @param count how many folds, at least 3
   * @throws SluiceException with everything in config, data or folder that cannot be used
   */
  public FoldRuns.Result folds(int count) {
    return foldRuns(count, SeriesListener.NONE).run().orElseThrow(Training::notAsked);
  }

  /**
   * The same, not started yet, so that it can be asked to stop.
   *
   * @param told is told how the series goes
   */
  public FoldRuns foldRuns(int count, SeriesListener told) {
    List<String> settings = new ArrayList<>(overrides);
    settings.add("data.dev=."); // folds are used instead
    settings.add("data.holdOut=null");
    Loaded<SluiceConfig> loaded = Configs.load(config, SluiceConfig.class, settings, environment);
    return new FoldRuns(labelling(loaded), count, seriesFolder("folds"), resume, listener, told);
  }

  /**
   * A learning curve: trains on 1, 2, 5, 10, 25, 50 and 100 % of the training split, once for each seed, to see what more data would bring.
   *
   * @param seeds at least one, none twice; they take the place of training.seed
   * @throws SluiceException with everything in config, data or folder that cannot be used
   */
  public CurveRuns.Result learningCurve(List<Long> seeds) {
    return curveRuns(seeds, false, SeriesListener.NONE).run().orElseThrow(Training::notAsked);
  }

  /**
   * The same, not started yet, so that it can be asked to stop.
   *
   * @param withTest whether each model is scored on test too; without, the split is not even read
   * @param told is told how the series goes
   */
  public CurveRuns curveRuns(List<Long> seeds, boolean withTest, SeriesListener told) {
    List<String> settings = new ArrayList<>(overrides);
    if (!withTest) settings.add("data.test=null");
    Loaded<SluiceConfig> loaded = Configs.load(config, SluiceConfig.class, settings, environment);
    return new CurveRuns(labelling(loaded), seeds, seriesFolder("curve"), resume, listener, told);
  }

  /** Series compare scores of labels. */
  private static Loaded<SluiceConfig> labelling(Loaded<SluiceConfig> loaded) {
    return Preparation.requireLabels(
        loaded,
        "a series of runs",
        "train with one seed after the other, e.g. with --set training.seed=2");
  }

  private Path seriesFolder(String kind) {
    if (folder.isPresent()) return folder.get();
    return RunFolder.chooseForSeries(Path.of("runs"), name() + "-" + kind, resume);
  }

  private static IllegalStateException notAsked() {
    return new IllegalStateException("nobody asked training to stop");
  }
}
