package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.metric.Scores;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * A whole training run: from a config to a run folder with the resolved config, the model, and the log. The folder also holds the checkpoint from which an
 * interrupted run goes on.
 */
public final class TrainingRun {
  /** The resolved config with the origin of each value. */
  public static final String CONFIG = "config.yaml";

  /** The trained model. */
  public static final String MODEL = "model.safetensors";

  /** The state of training; gone when training is complete. */
  public static final String CHECKPOINT = "checkpoint.safetensors";

  /** A row per epoch. */
  public static final String LOG = "training.csv";

  private static final int SAMPLES = 5;

  private final Preparation preparation;
  private final RunFolder folder;
  private final RunCourse course;
  private final long seed;

  /**
   * What came out.
   *
   * @param model the model with the best weights, temperatures and thresholds
   * @param folder the run folder
   * @param outcome how training went
   * @param seed the seed, given or drawn
   * @param dev scores of the dev split
   * @param test scores of the test split, when the config names one
   * @param devLookups how the words of the dev split were found in the vocabulary
   * @param testLookups the same of the test split
   * @param calibrated how the model's probabilities were made honest
   * @param splits the data
   */
  public record Result(
      Model model,
      Path folder,
      Trainer.Outcome outcome,
      long seed,
      Scores dev,
      Optional<Scores> test,
      LookupCounts devLookups,
      Optional<LookupCounts> testLookups,
      Calibrated calibrated,
      Splits splits) {}

  /**
   * A run that is ready to start.
   *
   * @param folder where its files go; locked until the run is over
   * @param resume whether to go on from the folder's checkpoint
   */
  public TrainingRun(
      Loaded<SluiceConfig> loaded, RunFolder folder, boolean resume, TrainingListener listener) {
    this(loaded, Preparation.of(loaded), folder, resume, listener);
  }

  /** The same with data that are prepared already. */
  TrainingRun(
      Loaded<SluiceConfig> loaded,
      Preparation preparation,
      RunFolder folder,
      boolean resume,
      TrainingListener listener) {
    this.folder = folder;
    this.preparation = preparation;
    course = new RunCourse(loaded, folder, resume, listener);
    seed = course.seed();
  }

  /** What was read and built before training. */
  public Preparation preparation() {
    return preparation;
  }

  /** The seed, given or drawn. */
  public long seedInUse() {
    return seed;
  }

  /**
   * Trains, saves and scores.
   *
   * @param started gets the trainer, which can be asked to stop, before the first batch
   * @return the result; nothing when training was asked to stop, in which case the checkpoint holds its state
   * @throws SluiceException as {@link Trainer#run}, or when the folder cannot be written
   */
  public Optional<Result> run(Consumer<Trainer> started) {
    SluiceConfig config = preparation.config();
    Model model = preparation.model();
    course.writeConfig();
    int threads = config.training().threadsInUse();
    try (Trainer trainer =
        new Trainer(
            model,
            config.training(),
            seed,
            RunCourse.rates(config),
            preparation.losses(),
            preparation.examples(),
            preparation.train().sentences(),
            threads)) {
      started.accept(trainer);
      List<Sentence> dev = preparation.dev().sentences();
      LookupCounts devLookups = new LookupCounts();
      var encoded = Scoring.encode(model, dev, devLookups);
      Trainer.Outcome outcome =
          course.train(
              trainer,
              () ->
                  config
                      .training()
                      .devScore(
                          Scoring.score(
                              model, preparation.gold(), dev, encoded, trainer.workers())),
              identity());
      if (outcome.stopped()) return Optional.empty();

      Calibrated calibrated = Calibrated.of(preparation, trainer.workers());
      Model calibratedModel = calibrated.model();
      Scores devScores =
          Scoring.score(calibratedModel, preparation.gold(), dev, encoded, trainer.workers());
      Optional<LookupCounts> testLookups = preparation.test().map(test -> new LookupCounts());
      Optional<Scores> testScores =
          preparation
              .test()
              .map(
                  test ->
                      Scoring.score(
                          calibratedModel,
                          preparation.gold(),
                          test.sentences(),
                          Scoring.encode(model, test.sentences(), testLookups.orElseThrow()),
                          trainer.workers()));
      ModelFile file =
          new ModelFile(
              calibratedModel,
              course.portableConfig(),
              provenance(outcome, calibrated, devScores, devLookups, testLookups),
              samples(calibratedModel));
      course.save(file::write, written -> ModelFile.read(written));
      return Optional.of(
          new Result(
              calibratedModel,
              folder.path(),
              outcome,
              seed,
              devScores,
              testScores,
              devLookups,
              testLookups,
              calibrated,
              new Splits(preparation.train(), preparation.dev(), preparation.test())));
    }
  }

  /** Whether a setting may change when a run goes on: where data and files of inputs are, which are known by their content, and what is shown at the end. */
  static boolean mayChange(String key) {
    return key.matches("inputs\\.\\d+\\.(file|model)")
        || key.startsWith("data.train")
        || key.startsWith("data.dev")
        || key.startsWith("data.test")
        || key.startsWith("show")
        || key.startsWith("samples");
  }

  /** What must not change between an interrupted run and the one that goes on from it. */
  private SortedMap<String, String> identity() {
    SortedMap<String, String> identity = course.identity(preparation.model().text());
    identity.putAll(preparation.inputFacts());
    for (Dataset dataset : preparation.splits())
      identity.put("data." + dataset.name() + ".sha256", dataset.fingerprint());
    return identity;
  }

  private SortedMap<String, String> provenance(
      Trainer.Outcome outcome,
      Calibrated calibrated,
      Scores devScores,
      LookupCounts devLookups,
      Optional<LookupCounts> testLookups) {
    SortedMap<String, String> facts = calibrated.facts();
    facts.putAll(preparation.inputFacts());
    for (VectorCoverage found : preparation.vectors()) facts.putAll(found.facts());
    for (GazetteerCoverage found : preparation.gazetteers()) facts.putAll(found.facts());
    for (LanguageCoverage found : preparation.languages()) facts.putAll(found.facts());
    facts.putAll(course.facts(outcome));
    facts.put("score.dev", String.format(Locale.ROOT, "%.6f", outcome.bestScore()));
    facts.put("score.dev.metric", preparation.config().training().devScoreTitle(devScores));
    facts.put("data.scheme", Preparation.name(preparation.detection().scheme()));
    facts.put("data.repair", Preparation.name(preparation.gold().repair()));
    for (Dataset d : preparation.splits()) {
      facts.put("data." + d.name() + ".sha256", d.fingerprint());
      facts.put("data." + d.name() + ".sentences", String.valueOf(d.size()));
      facts.put("data." + d.name() + ".tokens", String.valueOf(d.tokens()));
    }
    putLookups(facts, "dev", devLookups);
    testLookups.ifPresent(lookups -> putLookups(facts, "test", lookups));
    return facts;
  }

  private static void putLookups(
      SortedMap<String, String> facts, String split, LookupCounts lookups) {
    for (Vocabulary.Step step : Vocabulary.Step.values()) {
      facts.put(
          "data." + split + ".words." + Preparation.name(step),
          String.valueOf(lookups.count(step)));
    }
  }

  private List<ModelFile.Sample> samples(Model model) {
    List<ModelFile.Sample> samples = new ArrayList<>();
    for (Sentence s : preparation.dev().sentences()) {
      if (samples.size() == SAMPLES) break;
      samples.add(ModelFile.Sample.of(model, s.words(), s.features()));
    }
    return samples;
  }
}
