package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Criterion;
import dev.sluice.metric.Perplexity;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.SequenceScores;
import dev.sluice.model.SequenceDecoder;
import dev.sluice.model.SymbolSampler;
import dev.sluice.model.TransducerFile;
import dev.sluice.model.TransducerModel;
import dev.sluice.trainer.PairCurriculum;
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
 * The training run of a transducer: from a config to a run folder with the resolved config, the model, and the log, as {@link TrainingRun} is for taggers.
 */
public final class TransductionRun {
  /** How many sources of dev stand in the model as examples. */
  static final int SAMPLES = 5;

  private final TransductionPreparation preparation;
  private final RunFolder folder;
  private final RunCourse course;

  /**
   * A source that is shown when training ends.
   *
   * @param source the source
   * @param best what the model writes of it
   * @param drawn targets that were drawn
   */
  public record Shown(String source, String best, List<String> drawn) {
    /** Copies the list. */
    public Shown {
      drawn = List.copyOf(drawn);
    }
  }

  /**
   * What came out.
   *
   * @param model the model with the best weights
   * @param folder the run folder
   * @param outcome how training went; its dev scores are the share of targets that are right when each symbol is the most probable one, or {@link Perplexity#meanProbability} where perplexity was
   *     asked for
   * @param seed the seed, given or drawn
   * @param byPerplexity which of both the dev scores of epochs are
   * @param dev the scores of the dev split, with the beam of the config
   * @param test the scores of the test split, when there is one
   * @param shown the sources that the config wants to be shown
   * @param splits what the splits hold, train first
   */
  public record Result(
      TransducerModel model,
      Path folder,
      Trainer.Outcome outcome,
      long seed,
      boolean byPerplexity,
      SequenceScores dev,
      Optional<SequenceScores> test,
      List<Shown> shown,
      List<TransductionPreparation.SplitSize> splits) {}

  /**
   * A run that is ready to start.
   *
   * @param folder where its files go; locked until the run is over
   * @param resume whether to go on from the folder's checkpoint
   */
  public TransductionRun(
      Loaded<SluiceConfig> loaded, RunFolder folder, boolean resume, TrainingListener listener) {
    preparation = TransductionPreparation.of(loaded);
    this.folder = folder;
    course = new RunCourse(loaded, folder, resume, listener);
  }

  /** What was read and built before training. */
  public TransductionPreparation preparation() {
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
    TransducerModel model = preparation.model();
    course.writeConfig();
    try (Trainer trainer =
        new Trainer(
            model.network(),
            config.training(),
            course.seed(),
            RunCourse.rates(config),
            preparation.losses(),
            new PairCurriculum(
                model.inputs(),
                preparation.examples(),
                preparation.places(),
                config.training().batch(),
                config.vocabulary().unknownRate()),
            config.training().threadsInUse())) {
      started.accept(trainer);
      Trainer.Outcome outcome = course.train(trainer, () -> devScore(trainer), identity());
      if (outcome.stopped()) return Optional.empty();
      int beam = config.decoder().beam();
      SequenceScores dev = preparation.dev().score(trainer.workers(), beam);
      Optional<SequenceScores> test = preparation.test().map(t -> t.score(trainer.workers(), beam));
      TransducerFile file =
          new TransducerFile(
              model,
              course.portableConfig(),
              provenance(outcome, dev, test),
              preparation.devSources().stream()
                  .map(source -> TransducerFile.Sample.of(model, source))
                  .toList());
      course.save(file::write, written -> TransducerFile.read(written));
      return Optional.of(
          new Result(
              model,
              folder.path(),
              outcome,
              course.seed(),
              byPerplexity(),
              dev,
              test,
              config.show().stream().map(this::shown).toList(),
              preparation.splits()));
    }
  }

  private boolean byPerplexity() {
    return preparation.config().training().metric() == Criterion.PERPLEXITY;
  }

  private double devScore(Trainer trainer) {
    TransductionScoring dev = preparation.dev();
    if (byPerplexity()) return dev.perplexity(trainer.workers()).meanProbability();
    return dev.written(trainer.workers(), 1).right().orElse(0);
  }

  private SortedMap<String, String> identity() {
    SortedMap<String, String> identity = course.identity(preparation.model().inputs().text());
    identity.putAll(preparation.checksums());
    return identity;
  }

  private SortedMap<String, String> provenance(
      Trainer.Outcome outcome, SequenceScores dev, Optional<SequenceScores> test) {
    SortedMap<String, String> facts = new TreeMap<>(preparation.checksums());
    facts.putAll(course.facts(outcome));
    for (VectorCoverage found : preparation.vectors()) facts.putAll(found.facts());
    for (GazetteerCoverage found : preparation.gazetteers()) facts.putAll(found.facts());
    put(facts, "dev", dev);
    test.ifPresent(t -> put(facts, "test", t));
    for (var split : preparation.splits()) {
      String key = "data." + split.name();
      facts.put(key + ".pairs", String.valueOf(split.pairs()));
      facts.put(key + ".tokens", String.valueOf(split.tokens()));
      facts.put(key + ".symbols", String.valueOf(split.symbols()));
    }
    return facts;
  }

  private static void put(SortedMap<String, String> facts, String split, SequenceScores s) {
    String key = "score." + split;
    facts.put(key, decimal(s.right().orElse(0)));
    facts.put(key + ".metric", "sequence accuracy");
    facts.put(key + ".right", String.valueOf(s.right().part()));
    facts.put(key + ".errorRate", decimal(s.errorRate()));
    facts.put(key + ".edits", String.valueOf(s.edits()));
    facts.put(key + ".perplexity", decimal(s.perplexity().value()));
    facts.put(key + ".bits", Double.toString(s.perplexity().bits()));
    facts.put("data." + split + ".characters", String.valueOf(s.perplexity().characters()));
    facts.put("data." + split + ".unknown", String.valueOf(s.perplexity().unknown()));
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
  public static Optional<TransducerFile> in(Path folder, Loaded<SluiceConfig> loaded) {
    Path model = folder.resolve(TrainingRun.MODEL);
    if (!Files.exists(model)) return Optional.empty();
    TransducerFile file = TransducerFile.read(model);
    Loaded<SluiceConfig> config = SameRun.withSeed(loaded, file.provenance());
    SameRun.require(
        model,
        config,
        file.config(),
        file.provenance(),
        file.model().inputs().text(),
        TransductionPreparation.of(config).checksums());
    return Optional.of(file);
  }

  /** The scores of a split as a finished model has them among its facts; nothing when the run had no such split. */
  public static Optional<SequenceScores> scores(TransducerFile file, String split) {
    SortedMap<String, String> facts = file.provenance();
    String score = "score." + split, data = "data." + split;
    if (!facts.containsKey(score + ".bits")) return Optional.empty();
    long pairs = number(facts, data + ".pairs"), symbols = number(facts, data + ".symbols");
    return Optional.of(
        new SequenceScores(
            new Ratio(number(facts, score + ".right"), pairs),
            number(facts, score + ".edits"),
            symbols,
            new Perplexity(
                Double.parseDouble(facts.get(score + ".bits")),
                symbols + pairs,
                number(facts, data + ".characters"),
                number(facts, data + ".unknown"))));
  }

  private static long number(SortedMap<String, String> facts, String key) {
    return Long.parseLong(facts.get(key));
  }

  private Shown shown(String source) {
    TransducerModel model = preparation.model();
    SamplesConfig samples = preparation.config().samples();
    SequenceDecoder decoder = new SequenceDecoder(model);
    var best = decoder.best(source, model.search().beam(), 1);
    SymbolSampler sampler =
        new SymbolSampler(model.predicted(), samples.temperature(), samples.topK(), samples.topP());
    List<String> drawn = new ArrayList<>();
    for (int n = 0; n < samples.count(); n++)
      decoder
          .draw(source, sampler, SymbolSampler.stream(course.seed(), n))
          .ifPresent(w -> drawn.add(model.written(w.symbols())));
    String written = best.isEmpty() ? "" : model.written(best.get(0).symbols());
    return new Shown(source, written, drawn);
  }
}
