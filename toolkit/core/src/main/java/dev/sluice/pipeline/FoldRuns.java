package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.config.Configs;
import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.SchemeChoice;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.kernel.Workers;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.label.SchemeDetector;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.metric.Spread;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import dev.sluice.trainer.TrainingListener;
import dev.sluice.vocabulary.LookupCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cross-validation for data without a fixed split: the training split is cut into folds, and in each run one fold is test, the next one dev, and the others are train.
 * What a config names as dev and test is not read.
 */
public final class FoldRuns {
  /** The numbers of the series for programs; {@code dev.sluice.eval.SeriesJson} writes it. */
  public static final String FILE = "folds.json";

  /** Every sentence with the prediction of the model that had not seen it. */
  public static final String PREDICTIONS = "predictions.csv";

  /** The labels that may be wrong. */
  public static final String SUSPECTS = "suspects.csv";

  /** What the config of a fold names as the origin of a scheme that was not given. */
  static final String SCHEME_FOUND = "found in all of data.train";

  private static final String PREFIX = "fold-";

  private final Loaded<SluiceConfig> loaded;
  private final int count;
  private final Path folder;
  private final boolean resume;
  private final Series series;

  /**
   * What came out.
   *
   * @param folder the folder of the series
   * @param folds how the data were cut
   * @param seed the seed of the cut and of every run
   * @param data the data that were cut
   * @param runs a run per fold, in order; their test scores are those of the folds
   * @param pooled the scores of all held-out predictions together
   * @param predictions every sentence in its order, with the prediction of the model that had not seen it
   * @param suspects the labels of the data that may be wrong
   */
  public record Result(
      Path folder,
      Folds folds,
      long seed,
      Dataset data,
      List<FinishedRun> runs,
      Scores pooled,
      List<HeldOut> predictions,
      Suspects suspects) {
    /** Copies the lists. */
    public Result {
      runs = List.copyOf(runs);
      predictions = List.copyOf(predictions);
    }

    /** The spread of the headline score over the test folds. */
    public Spread test() {
      return Spread.of(
          runs.stream().map(run -> run.test().orElseThrow()).map(Scores::headline).toList());
    }

    /** The spread of the headline score over the dev folds, on which the best epochs were chosen. */
    public Spread dev() {
      return Spread.of(runs.stream().map(run -> run.dev().headline()).toList());
    }
  }

  /**
   * A series that is ready to start.
   *
   * @param count how many folds, at least {@link Folds#LEAST}
   * @param folder where the run folders go
   * @param resume whether to keep what is finished there and to go on with the rest
   * @param listener is told what happens inside of the runs
   * @param told is told how the series goes
   * @throws IllegalArgumentException when there are too few folds
   * @throws SluiceException when the folder is not for it
   */
  public FoldRuns(
      Loaded<SluiceConfig> loaded,
      int count,
      Path folder,
      boolean resume,
      TrainingListener listener,
      SeriesListener told) {
    if (count < Folds.LEAST)
      throw new IllegalArgumentException(count + " folds, expected at least " + Folds.LEAST);
    this.loaded = loaded;
    this.count = count;
    this.folder = folder;
    this.resume = resume;
    series = new Series(folder, resume, listener, told);
    series.checkFolder(PREFIX, Set.of(FILE, PREDICTIONS, SUSPECTS));
  }

  /** The folder of the series. */
  public Path folder() {
    return folder;
  }

  /** Asks to stop soon; may be called from any thread. The run at work saves its state first. */
  public void stop() {
    series.stop();
  }

  /**
   * Cuts the data, trains run by run and writes the predictions and the labels that may be wrong.
   *
   * @return the result; nothing when it was asked to stop
   * @throws SluiceException TRN-030 when there are too few sentences, RUN-005 when a finished run belongs to another config, other data or another cut, and as a
   *     single run does
   */
  public Optional<Result> run() {
    MissingFiles.refuseForFolds(loaded);
    Dataset data = Splits.readTrain(loaded, Preparation.text(loaded));
    long seed = seed();
    Detection detection = detection(loaded, data);
    Loaded<SluiceConfig> config = config(seed, detection);
    Folds folds = Folds.of(data, s -> labels(s, detection.scheme()), count, seed);
    List<Series.Planned> planned = new ArrayList<>();
    for (int fold = 1; fold <= count; fold++)
      planned.add(new Series.Planned(PREFIX + fold, config, folds.splits(fold)));
    HeldOut[] predictions = new HeldOut[data.size()];
    SuspectSearch search = new SuspectSearch(loaded.value(), data);
    List<Scores> empty = new ArrayList<>();
    Optional<List<FinishedRun>> runs =
        series.run(
            planned,
            (run, model, gold) -> {
              predict(run + 1, folds, data, model, gold, predictions, search);
              if (run == 0) empty.add(Scoring.scores(model, gold));
            });
    if (runs.isEmpty()) return Optional.empty();
    Scores pooled = empty.get(0);
    for (FinishedRun run : runs.get()) pooled.merge(run.test().orElseThrow());
    List<HeldOut> all = List.of(predictions);
    HeldOut.write(folder.resolve(PREDICTIONS), all);
    Suspects suspects = search.result();
    suspects.write(folder.resolve(SUSPECTS));
    return Optional.of(new Result(folder, folds, seed, data, runs.get(), pooled, all, suspects));
  }

  private boolean perSentence() {
    return !loaded.value().task().labelsTokens();
  }

  /** The seed given, else that of the runs that are there, else a new one. */
  private long seed() {
    Optional<Long> given = loaded.value().training().seed();
    if (given.isPresent()) return given.get();
    for (int fold = 1; resume && fold <= count; fold++) {
      Path config = folder.resolve(PREFIX + fold).resolve(TrainingRun.CONFIG);
      if (!Files.exists(config)) continue;
      Optional<Long> before =
          Configs.load(config, SluiceConfig.class, List.of(), Map.of()).value().training().seed();
      if (before.isPresent()) return before.get();
    }
    return new SecureRandom().nextLong() >>> 11;
  }

  /** The scheme of all data, since a part alone may not show it. */
  static Detection detection(Loaded<SluiceConfig> loaded, Dataset data) {
    SchemeChoice choice = loaded.value().data().scheme();
    if (!loaded.value().task().hasSpans())
      return new Detection(TagScheme.PLAIN, "the task has plain labels");
    if (choice != SchemeChoice.AUTO)
      return new Detection(TagScheme.valueOf(choice.name()), "the config says so");
    SchemeDetector detector = new SchemeDetector();
    for (Sentence s : data.sentences()) detector.add(s.tags());
    return detector.result();
  }

  /** A config for parts of the data, which have the scheme of all data. */
  static Loaded<SluiceConfig> withScheme(Loaded<SluiceConfig> config, Detection detection) {
    if (config.value().data().scheme() != SchemeChoice.AUTO || !detection.scheme().hasSpans())
      return config;
    return config.with("data.scheme", Preparation.name(detection.scheme()), SCHEME_FOUND);
  }

  private Loaded<SluiceConfig> config(long seed, Detection detection) {
    String train = quoted(loaded.value().data().train());
    Loaded<SluiceConfig> config =
        loaded
            .with("data.dev", train, "a fold of data.train")
            .with("data.test", train, "a fold of data.train")
            .with("training.seed", String.valueOf(seed), "the seed of the folds");
    return withScheme(config, detection);
  }

  private static String quoted(Path path) {
    String text = path.toAbsolutePath().normalize().toString();
    return "'" + text.replace("'", "''").replace("$", "$$") + "'";
  }

  /** What is to be spread: the types of a sentence's spans, its tags when they are plain labels, or its own label. */
  private Set<String> labels(Sentence s, TagScheme scheme) {
    if (perSentence()) return s.intent().map(Set::of).orElse(Set.of());
    if (!scheme.hasSpans()) return new TreeSet<>(s.tags());
    Set<String> types = new TreeSet<>();
    try {
      for (Span span : scheme.spans(s.tags())) types.add(span.type());
    } catch (LabelException e) {
      return Set.of(); // the preparation of the first run says what is wrong with it
    }
    return types;
  }

  private void predict(
      int fold,
      Folds folds,
      Dataset data,
      Model model,
      Reading gold,
      HeldOut[] to,
      SuspectSearch search) {
    List<Integer> places = folds.members(fold);
    List<Sentence> sentences = places.stream().map(data.sentences()::get).toList();
    Example[] examples = Scoring.encode(model, sentences, new LookupCounts());
    Prediction[] predictions;
    try (Workers workers = new Workers(loaded.value().training().threadsInUse())) {
      predictions = model.predict(examples, Prediction.Detail.ALL, workers);
    }
    for (int n = 0; n < predictions.length; n++) {
      HeldOut one = HeldOut.of(fold, sentences.get(n), gold, model, predictions[n]);
      to[places.get(n)] = one;
      search.add(places.get(n), one, model, predictions[n]);
    }
  }
}
