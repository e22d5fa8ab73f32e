package dev.sluice.pipeline;

import dev.sluice.config.Configs;
import dev.sluice.config.Loaded;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.data.DataConfig;
import dev.sluice.network.InputConfig;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Tokenizers;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingConfig;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** The course of a run, whatever it learns: its seed, the resolved config, the checkpoint, the log, and the model at the end. */
final class RunCourse {
  private final Loaded<SluiceConfig> loaded;
  private final RunFolder folder;
  private final boolean resume;
  private final TrainingListener listener;
  private final long seed;

  /** Writes the bytes of a model. */
  @FunctionalInterface
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  RunCourse(
      Loaded<SluiceConfig> loaded, RunFolder folder, boolean resume, TrainingListener listener) {
    this.loaded = loaded;
    this.folder = folder;
    this.resume = resume;
    this.listener = listener;
    seed = findSeed();
  }

  /** The seed, given or drawn. */
  long seed() {
    return seed;
  }

  /** The seed: given, that of the run which goes on, or drawn. */
  private long findSeed() {
    Optional<Long> given = loaded.value().training().seed();
    if (given.isPresent()) return given.get();
    Path config = folder.path().resolve(TrainingRun.CONFIG);
    if (resume && Files.exists(config)) {
      return Configs.load(config, SluiceConfig.class, List.of(), java.util.Map.of())
          .value()
          .training()
          .seed()
          .orElseThrow(
              () ->
                  SluiceException.corrupt(
                      "TRN-005",
                      Location.of(config.toString()),
                      "the resolved config has no seed",
                      "start again without --resume"));
    }
    return new SecureRandom().nextLong() >>> 11;
  }

  /** What is random in training, as a config says. */
  static Trainer.Rates rates(SluiceConfig config) {
    var drop = config.encoder().dropout();
    return new Trainer.Rates(
        drop.word(),
        drop.input(),
        drop.layer(),
        drop.recurrent(),
        epoch -> config.output().feedback().map(f -> f.previous().ownShare(epoch)).orElse(0.0),
        config.vocabulary().unknownRate(),
        config.decoder().dropout());
  }

  private Path checkpoint() {
    return folder.path().resolve(TrainingRun.CHECKPOINT);
  }

  /** Writes the resolved config; one that does not fit the checkpoint must not take the place of the one that does. */
  void writeConfig() {
    boolean goesOn = resume && Files.exists(checkpoint());
    if (!goesOn || !Files.exists(folder.path().resolve(TrainingRun.CONFIG)))
      folder.write(TrainingRun.CONFIG, resolvedWithSeed());
  }

  /**
   * Trains, with a checkpoint and a line of the log after every epoch.
   *
   * @param dev scores the model as it is, 0 to 1
   * @param identity what must not change between an interrupted run and the one that goes on from it
   */
  Trainer.Outcome train(Trainer trainer, DoubleSupplier dev, SortedMap<String, String> identity) {
    Trainer.Outcome outcome =
        trainer.run(dev, Optional.of(checkpoint()), identity, resume, new Logging(trainer));
    folder.write(TrainingRun.LOG, log(outcome.history()));
    return outcome;
  }

  /** Saves the model, after which there is nothing to go on with. */
  void save(Writer model, Consumer<Path> check) {
    AtomicFile.at(folder.path().resolve(TrainingRun.MODEL))
        .checkedBy(check::accept)
        .write(model::write);
    folder.delete(TrainingRun.CHECKPOINT);
    folder.delete(AtomicFile.previous(checkpoint()).getFileName().toString());
  }

  /** The settings that must not change between an interrupted run and the one that goes on from it. */
  SortedMap<String, String> identity(TextPipeline text) {
    SortedMap<String, String> identity = new TreeMap<>();
    loaded
        .flat()
        .forEach(
            (key, value) -> {
              if (!TrainingRun.mayChange(key)) identity.put(key, value);
            });
    identity.put("training.seed", String.valueOf(seed));
    text.modelSha256().ifPresent(hash -> identity.put("text.tokenizer.sha256", hash));
    return identity;
  }

  /** What the file of a model says of how it was trained, whatever the task. */
  SortedMap<String, String> facts(Trainer.Outcome outcome) {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("seed", String.valueOf(seed));
    facts.put("epochs", String.valueOf(outcome.history().size()));
    facts.put("epoch.best", String.valueOf(outcome.bestEpoch()));
    return facts;
  }

  /** Passes everything on, and keeps the log up to date, so that a run that ends badly has one too. */
  private final class Logging implements TrainingListener {
    private final Trainer trainer;

    Logging(Trainer trainer) {
      this.trainer = trainer;
    }

    @Override
    public void batch(int epoch, double share, double loss, double tokensPerSecond) {
      listener.batch(epoch, share, loss, tokensPerSecond);
    }

    @Override
    public void epoch(EpochReport report) {
      folder.write(TrainingRun.LOG, log(trainer.history()));
      listener.epoch(report);
    }

    @Override
    public void warning(String what) {
      listener.warning(what);
    }
  }

  private String resolvedWithSeed() {
    Loaded<SluiceConfig> resolved = loaded;
    SluiceConfig config = loaded.value();
    if (config.training().seed().isEmpty())
      resolved = resolved.with("training.seed", String.valueOf(seed), "drawn");
    if (Tokenizers.isPath(config.text().tokenizer())) {
      Path file = Preparation.base(loaded).resolve(config.text().tokenizer()).normalize();
      String quoted = "'" + file.toString().replace("'", "''").replace("$", "$$") + "'";
      resolved = resolved.with("text.tokenizer", quoted, "made absolute");
    }
    return resolved.resolvedYaml();
  }

  /** The config as it goes into the model: with the seed, and files by name alone, so that where they stood does not change the model. */
  String portableConfig() {
    SluiceConfig c = loaded.value();
    DataConfig d = c.data();
    DataConfig data =
        d.withPaths(
            d.train().getFileName(),
            d.dev().map(Path::getFileName),
            d.test().map(Path::getFileName));
    TextConfig text = c.text();
    if (Tokenizers.isPath(text.tokenizer())) {
      String file = String.valueOf(Path.of(text.tokenizer()).getFileName());
      text = new TextConfig(file, text.punctuation(), text.normalize());
    }
    TrainingConfig t = c.training();
    TrainingConfig training =
        new TrainingConfig(
            t.optimizer(),
            t.schedule(),
            t.average(),
            t.clip(),
            t.epochs(),
            t.batch(),
            t.steps(),
            t.patience(),
            t.metric(),
            t.beta(),
            t.calibrate(),
            Optional.of(seed),
            t.threads());
    return Configs.toYaml(
        new SluiceConfig(
            c.task(),
            data,
            text,
            c.vocabulary(),
            c.inputs().stream().map(RunCourse::portable).toList(),
            c.encoder(),
            c.decoder(),
            c.output(),
            c.sentence(),
            c.prediction(),
            training,
            c.samples(),
            c.show()));
  }

  private static InputConfig portable(InputConfig input) {
    if (input instanceof InputConfig.Gazetteer g)
      return new InputConfig.Gazetteer(g.file().getFileName(), g.ignoreCase(), g.dimension());
    if (input instanceof InputConfig.Pretrained p)
      return new InputConfig.Pretrained(
          p.file().getFileName(), p.format(), p.mode(), p.keep(), p.leastCoverage());
    if (input instanceof InputConfig.LanguageModel l)
      return new InputConfig.LanguageModel(l.model().getFileName(), l.tuned());
    return input;
  }

  private static String log(List<EpochReport> history) {
    StringBuilder csv =
        new StringBuilder(
            "epoch,loss,dev_score,best,rate,gradient_norm,clipped_share,tokens_per_second,seconds,steps\n");
    for (EpochReport r : history) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%b,%.8f,%.6f,%.4f,%.0f,%.3f,%d\n",
              r.epoch(),
              r.loss(),
              r.dev(),
              r.best(),
              r.rate(),
              r.norm(),
              r.clipped(),
              r.tokensPerSecond(),
              r.seconds(),
              r.steps()));
    }
    return csv.toString();
  }
}
