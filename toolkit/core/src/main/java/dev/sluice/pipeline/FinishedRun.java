package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.kernel.Workers;
import dev.sluice.label.Repair;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.model.ModelFile;
import dev.sluice.vocabulary.LookupCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is over, without the model, which is in its folder.
 *
 * @param name its name in a series, such as seed-1
 * @param folder the run folder
 * @param seed the seed
 * @param epochs how many epochs were trained
 * @param bestEpoch the epoch whose weights were kept
 * @param dev scores of the dev split
 * @param test scores of the test split, when there is one
 * @param devLookups how the words of the dev split were found in the vocabulary
 * @param testLookups the same of the test split
 * @param devCalibration the calibration on the dev split, thresholds left aside
 * @param testCalibration the same on the test split
 * @param splits the data
 */
public record FinishedRun(
    String name,
    Path folder,
    long seed,
    int epochs,
    int bestEpoch,
    Scores dev,
    Optional<Scores> test,
    LookupCounts devLookups,
    Optional<LookupCounts> testLookups,
    Calibrated.Split devCalibration,
    Optional<Calibrated.Split> testCalibration,
    Splits splits) {

  /** The file of the model. */
  public Path model() {
    return folder.resolve(TrainingRun.MODEL);
  }

  /** What came out of a run. */
  public static FinishedRun of(String name, TrainingRun.Result result) {
    return new FinishedRun(
        name,
        result.folder(),
        result.seed(),
        result.outcome().history().size(),
        result.outcome().bestEpoch(),
        result.dev(),
        result.test(),
        result.devLookups(),
        result.testLookups(),
        result.calibrated().dev(),
        result.calibrated().test(),
        result.splits());
  }

  /**
   * The finished run in a folder, scored again.
   *
   * @param loaded the config that is to be run in it; where it has no seed, that of the run is taken
   * @return nothing when the folder holds no finished run
   * @throws SluiceException RUN-005 when the run belongs to another config or other data
   */
  public static Optional<FinishedRun> in(Path folder, Loaded<SluiceConfig> loaded) {
    Path model = folder.resolve(TrainingRun.MODEL);
    if (!Files.exists(model)) return Optional.empty();
    ModelFile file = ModelFile.read(model);
    Loaded<SluiceConfig> config = SameRun.withSeed(loaded, file.provenance());
    Splits splits = Splits.read(config, Preparation.text(config));
    SameRun.require(model, config, splits, file, () -> Preparation.of(config, splits).inputFacts());
    int threads = config.value().training().threadsInUse();
    return Optional.of(again(String.valueOf(folder.getFileName()), folder, file, splits, threads));
  }

  /** The same from the model that the run has left, scored again, which gives the same counts. */
  static FinishedRun again(String name, Path folder, ModelFile file, Splits splits, int threads) {
    Map<String, String> facts = file.provenance();
    Reading gold = reading(facts);
    LookupCounts devLookups = new LookupCounts();
    Optional<LookupCounts> testLookups = splits.test().map(test -> new LookupCounts());
    try (Workers workers = new Workers(threads)) {
      return new FinishedRun(
          name,
          folder,
          Long.parseLong(facts.get("seed")),
          Integer.parseInt(facts.get("epochs")),
          Integer.parseInt(facts.get("epoch.best")),
          score(file, gold, splits.dev(), devLookups, workers),
          splits.test().map(test -> score(file, gold, test, testLookups.orElseThrow(), workers)),
          devLookups,
          testLookups,
          calibration(file, gold, splits.dev(), workers),
          splits.test().map(test -> calibration(file, gold, test, workers)),
          splits);
    }
  }

  /** How the gold tags were read when a model was trained. */
  public static Reading reading(Map<String, String> provenance) {
    return new Reading(
        TagScheme.valueOf(provenance.get("data.scheme").toUpperCase(Locale.ROOT)),
        Repair.valueOf(provenance.get("data.repair").toUpperCase(Locale.ROOT)));
  }

  private static Scores score(
      ModelFile file, Reading gold, Dataset split, LookupCounts lookups, Workers workers) {
    List<Sentence> sentences = split.sentences();
    return Scoring.score(
        file.model(), gold, sentences, Scoring.encode(file.model(), sentences, lookups), workers);
  }

  private static Calibrated.Split calibration(
      ModelFile file, Reading gold, Dataset split, Workers workers) {
    boolean fitted =
        file.provenance().keySet().stream().anyMatch(k -> k.startsWith("calibration."));
    return Calibrated.split(gold, split, file.model(), fitted, workers);
  }
}
