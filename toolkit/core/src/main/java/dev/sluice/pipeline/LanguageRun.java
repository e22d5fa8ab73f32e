package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Perplexity;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.SymbolSampler;
import dev.sluice.model.TextGenerator;
import dev.sluice.trainer.StreamCurriculum;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The training run of a language model: from a config to a run folder with the resolved config, the model, and the log, as {@link TrainingRun} is for
 * taggers.
 */
public final class LanguageRun {
  private static final int SAMPLE_LENGTH = 200;

  private final LanguagePreparation preparation;
  private final RunFolder folder;
  private final RunCourse course;

  /**
   * What came out.
   *
   * @param model the model with the best weights
   * @param folder the run folder
   * @param outcome how training went; its dev scores are {@link Perplexity#meanProbability}
   * @param seed the seed, given or drawn
   * @param dev the score of the dev split
   * @param test the score of the test split, when there is one
   * @param samples texts that the model made up
   * @param splits what the splits hold, train first
   */
  public record Result(
      SymbolModel model,
      Path folder,
      Trainer.Outcome outcome,
      long seed,
      Perplexity dev,
      Optional<Perplexity> test,
      List<String> samples,
      List<LanguagePreparation.SplitSize> splits) {}

  /**
   * A run that is ready to start.
   *
   * @param folder where its files go; locked until the run is over
   * @param resume whether to go on from the folder's checkpoint
   */
  public LanguageRun(
      Loaded<SluiceConfig> loaded, RunFolder folder, boolean resume, TrainingListener listener) {
    preparation = LanguagePreparation.of(loaded);
    this.folder = folder;
    course = new RunCourse(loaded, folder, resume, listener);
  }

  /** What was read and built before training. */
  public LanguagePreparation preparation() {
    return preparation;
  }

  /** The seed, given or drawn. */
  public long seedInUse() {
    return course.seed();
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
    SymbolModel model = preparation.model();
    course.writeConfig();
    try (Trainer trainer =
        new Trainer(
            model.network(),
            config.training(),
            course.seed(),
            RunCourse.rates(config),
            preparation.losses(),
            new StreamCurriculum(model.network(), preparation.streams(), preparation.places()),
            config.training().threadsInUse())) {
      started.accept(trainer);
      LanguageScoring dev = preparation.dev();
      Trainer.Outcome outcome =
          course.train(trainer, () -> dev.score(trainer.workers()).meanProbability(), identity());
      if (outcome.stopped()) return Optional.empty();
      Perplexity devScore = dev.score(trainer.workers());
      Optional<Perplexity> testScore =
          preparation.test().map(test -> test.score(trainer.workers()));
      LanguageModelFile file =
          new LanguageModelFile(
              model,
              course.portableConfig(),
              provenance(outcome, devScore, testScore),
              builtIn(model));
      course.save(file::write, written -> LanguageModelFile.read(written));
      return Optional.of(
          new Result(
              model,
              folder.path(),
              outcome,
              course.seed(),
              devScore,
              testScore,
              samples(model, config.samples()),
              preparation.splits()));
    }
  }

  private SortedMap<String, String> identity() {
    SortedMap<String, String> identity = course.identity(preparation.model().text());
    for (var split : preparation.splits())
      identity.put("data." + split.name() + ".sha256", split.fingerprint());
    return identity;
  }

  private SortedMap<String, String> provenance(
      Trainer.Outcome outcome, Perplexity dev, Optional<Perplexity> test) {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.putAll(course.facts(outcome));
    put(facts, "dev", dev);
    test.ifPresent(t -> put(facts, "test", t));
    for (var split : preparation.splits()) {
      String key = "data." + split.name();
      facts.put(key + ".sha256", split.fingerprint());
      facts.put(key + ".documents", String.valueOf(split.documents()));
      facts.put(key + ".symbols", String.valueOf(split.symbols()));
      facts.put(key + ".characters", String.valueOf(split.characters()));
    }
    return facts;
  }

  private static void put(SortedMap<String, String> facts, String split, Perplexity p) {
    facts.put("score." + split + ".bits", Double.toString(p.bits()));
    facts.put("score." + split + ".perplexity", decimal(p.value()));
    facts.put("score." + split + ".bits-per-character", decimal(p.bitsPerCharacter()));
    facts.put("data." + split + ".unknown", String.valueOf(p.unknown()));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  /**
   * The model of the finished run in a folder.
   *
   * @param loaded the config that is to be run in it; where it has no seed, that of the run is taken
   * @return nothing when the folder holds no finished run
   * @throws SluiceException RUN-005 when the run belongs to another config or other data
   */
  public static Optional<LanguageModelFile> in(Path folder, Loaded<SluiceConfig> loaded) {
    Path model = folder.resolve(TrainingRun.MODEL);
    if (!Files.exists(model)) return Optional.empty();
    LanguageModelFile file = LanguageModelFile.read(model);
    Loaded<SluiceConfig> config = SameRun.withSeed(loaded, file.provenance());
    SortedMap<String, String> facts = new TreeMap<>();
    for (var split : LanguagePreparation.of(config).splits())
      facts.put("data." + split.name() + ".sha256", split.fingerprint());
    SameRun.require(model, config, file.config(), file.provenance(), file.model().text(), facts);
    return Optional.of(file);
  }

  /** The score of a split as a finished model has it among its facts; nothing when the run had no such split. */
  public static Optional<Perplexity> score(LanguageModelFile file, String split) {
    SortedMap<String, String> facts = file.provenance();
    if (!facts.containsKey("score." + split + ".bits")) return Optional.empty();
    return Optional.of(
        new Perplexity(
            Double.parseDouble(facts.get("score." + split + ".bits")),
            Long.parseLong(facts.get("data." + split + ".symbols")),
            Long.parseLong(facts.get("data." + split + ".characters")),
            Long.parseLong(facts.get("data." + split + ".unknown"))));
  }

  private List<LanguageModelFile.Sample> builtIn(SymbolModel model) {
    List<LanguageModelFile.Sample> samples = new ArrayList<>();
    for (String text : preparation.devTexts()) {
      int most = Math.min(SAMPLE_LENGTH, text.codePointCount(0, text.length()));
      samples.add(
          LanguageModelFile.Sample.of(model, text.substring(0, text.offsetByCodePoints(0, most))));
    }
    return samples;
  }

  private List<String> samples(SymbolModel model, SamplesConfig config) {
    TextGenerator generator = new TextGenerator(model);
    SymbolSampler sampler =
        new SymbolSampler(
            model.symbols().predicted(), config.temperature(), config.topK(), config.topP());
    List<String> samples = new ArrayList<>();
    for (int n = 0; n < config.count(); n++) {
      StringBuilder text = new StringBuilder(config.prompt());
      generator.generate(
          config.prompt(),
          sampler,
          SymbolSampler.stream(course.seed(), n),
          config.length(),
          List.of(),
          (symbol, added, probability) -> {
            text.append(added);
            return true;
          });
      samples.add(text.toString());
    }
    return samples;
  }
}
