package dev.sluice.cli;

import dev.sluice.Classified;
import dev.sluice.Classifier;
import dev.sluice.Tagged;
import dev.sluice.Tagger;
import dev.sluice.Training;
import dev.sluice.data.Dataset;
import dev.sluice.eval.RunResults;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.report.HtmlReport;
import dev.sluice.metric.ScoreTable;
import dev.sluice.metric.Scores;
import dev.sluice.metric.TextLines;
import dev.sluice.model.Model;
import dev.sluice.pipeline.FinishedRun;
import dev.sluice.pipeline.Folds;
import dev.sluice.pipeline.GazetteerCoverage;
import dev.sluice.pipeline.LanguageCoverage;
import dev.sluice.pipeline.Preparation;
import dev.sluice.pipeline.Scoring;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.pipeline.Survey;
import dev.sluice.pipeline.TrainingRun;
import dev.sluice.pipeline.VectorCoverage;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice train}. */
@Command(
    name = "train",
    description = "Trains a model as a config file says, and writes a run folder.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --seeds or --folds the folder holds a run folder for each seed or fold, and seeds.json or",
      "folds.json. --folds cuts data.train: each fold is test once, the next one is dev, the others are",
      "train. data.dev and data.test are not read and may be missing. predictions.csv holds every sentence",
      "with the prediction of the model that had not seen it, suspects.csv the labels of the data that may",
      "be wrong. --learning-curve writes learning-curve.json: the scores of dev by the size of train.",
      "--resume keeps finished runs and goes on with the others.",
      "",
      "Examples:",
      "  sluice train configs/quickstart.yaml",
      "  sluice train configs/quickstart.yaml --set training.epochs=5 --set encoder.hidden=50 \\",
      "      --out runs/small",
      "  sluice train configs/quickstart.yaml --out runs/small --resume",
      "  sluice train configs/quickstart.yaml --seeds 1..5 --out runs/seeds",
      "  sluice train configs/quickstart.yaml --folds 5 --out runs/folds",
      "  sluice train configs/quickstart.yaml --learning-curve --out runs/curve"
    })
final class TrainCommand implements Callable<Integer> {
  static final String LOG = "console.log";

  private static final String CURVE_SEEDS = "1..3";

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONFIG", description = "The config file (YAML).")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a setting, as in training.epochs=5; may be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run folder; left out, a new one below runs/, named like the config.")
  private Optional<Path> out;

  @Option(
      names = "--resume",
      description = "Go on with the run in the folder, or begin when there is none.")
  private boolean resume;

  @Option(
      names = "--seeds",
      paramLabel = "LIST",
      description =
          "Train once with each seed, as in 1..5, 1,2,7 or 3, and show the mean and the deviation.")
  private Optional<String> seeds;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = "Cross-validate on the training split, cut into K folds; at least 3.")
  private Optional<Integer> folds;

  @Option(
      names = "--learning-curve",
      description =
          "Train on 1, 2, 5, 10, 25, 50 and 100 %% of the training split, with seeds 1..3 or those of --seeds.")
  private boolean curve;

  @Option(
      names = "--with-test",
      description = "With --learning-curve: score test too; left out, test is not looked at.")
  private boolean withTest;

  @Option(names = "--quiet", description = "Print the result and warnings only.")
  private boolean quiet;

  private Progress progress;
  private Signals signals;
  private ReportFiles files;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    files = new ReportFiles(spec);
    Training training = Training.from(config).environment(console.environment());
    settings.forEach(training::set);
    if (resume) training.resume();
    out.ifPresent(training::out);
    if (withTest && !curve) {
      throw Failures.usage(
          "CLI-002",
          "--with-test was given without --learning-curve",
          "leave it out: other runs score the test split that the config names");
    }
    if (curve || seeds.isPresent() || folds.isPresent()) return several(training);
    SluiceConfig asked = training.config().value(); // its problems come before the folder's
    Path folder = training.folder();
    training.out(folder);
    if (asked.task() == SluiceConfig.Task.LANGUAGE_MODEL)
      return new LanguageTraining(console, config, quiet, files.command())
          .run(training, folder, resume, again(folder));
    if (asked.task() == SluiceConfig.Task.TRANSDUCTION)
      return new TransductionTraining(console, config, quiet, files.command())
          .run(training, folder, resume, again(folder));
    Optional<FinishedRun> finished = resume ? training.finished() : Optional.empty();
    if (finished.isPresent()) return finished(finished.get());
    try (Transcript transcript = new Transcript(console, quiet)) {
      Optional<TrainingRun.Result> result;
      try {
        result = run(training, folder, transcript);
      } finally {
        transcript.clear();
        if (signals != null) signals.close();
      }
      if (result.isEmpty()) return stopped(folder, transcript);
      SluiceConfig c = training.config().value();
      MetricsJson metrics = writeResults(FinishedRun.of("run", result.get()), c);
      report(result.get(), metrics, c, transcript);
      return 0;
    }
  }

  /** The numbers of a run, and the page that shows them. */
  MetricsJson writeResults(FinishedRun run, SluiceConfig c) {
    MetricsJson metrics = RunResults.write(run);
    files.write(run.folder(), c.training().threadsInUse());
    return metrics;
  }

  /** There is nothing to go on with: what came out is shown again. */
  private int finished(FinishedRun run) throws IOException {
    SeriesReport.metrics(run);
    try (Transcript transcript = new Transcript(console, quiet)) {
      Path folder = run.folder();
      transcript.say(folder + ": this run is finished, and nothing is left to train");
      transcript.say(
          "best epoch "
              + run.bestEpoch()
              + " of "
              + run.epochs()
              + "; scores in "
              + folder.resolve(MetricsJson.FILE)
              + ", all that was said in "
              + folder.resolve(LOG));
      transcript.result(result(run.dev(), run.test(), folder));
    }
    return 0;
  }

  private int several(Training training) throws IOException {
    if (curve && folds.isPresent()) {
      throw Failures.usage(
          "CLI-020", "--learning-curve and --folds were given together", "give one of them");
    }
    if (seeds.isPresent() && folds.isPresent()) {
      throw Failures.usage(
          "CLI-020",
          "--seeds and --folds were given together",
          "give one of them; a cross-validation takes its seed from training.seed");
    }
    if (folds.isPresent() && folds.get() < Folds.LEAST) {
      throw Failures.usage(
          "CLI-003",
          "--folds is " + folds.get() + ", expected a whole number of at least " + Folds.LEAST,
          "one fold is test, one is dev and the others are train, as in --folds 5");
    }
    if ((seeds.isPresent() || curve)
        && settings.stream().anyMatch(s -> s.matches("\\s*training\\.seed\\s*=.*"))) {
      throw Failures.usage(
          "CLI-020",
          (curve ? "--learning-curve" : "--seeds") + " and --set training.seed were given together",
          "name all seeds with --seeds");
    }
    try (SeveralRuns runs = new SeveralRuns(this, console, quiet)) {
      if (curve) return runs.curve(training, SeedList.parse(seeds.orElse(CURVE_SEEDS)), withTest);
      return seeds.isPresent()
          ? runs.seeds(training, SeedList.parse(seeds.get()))
          : runs.folds(training, folds.get());
    }
  }

  private Optional<TrainingRun.Result> run(Training training, Path folder, Transcript transcript) {
    training.listener(new Telling(transcript, () -> progress));
    return training.run(
        this::started,
        run -> {
          try {
            transcript.keepIn(folder.resolve(LOG));
            progress = introduce(run, folder, transcript);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void started(Trainer trainer) {
    signals = Signals.listen(trainer::stop);
  }

  /** The progress display of a run. */
  static Progress progress(TrainingRun run, Transcript transcript) {
    Preparation p = run.preparation();
    TrainingConfig t = p.config().training();
    String score = t.devScoreName(Scoring.scores(p.model(), p.gold()), frames(p.model()));
    return new Progress(transcript, score, t.epochs());
  }

  /** Whether slots and an intent are learned, and whole frames scored. */
  private static boolean frames(Model model) {
    return model.labelsTokens() && model.labelsSentences();
  }

  /** Says what is about to be trained; gives the display of its progress. */
  Progress introduce(TrainingRun run, Path folder, Transcript transcript) throws IOException {
    Preparation p = run.preparation();
    Model model = p.model();
    SluiceConfig c = p.config();
    transcript.say(model.task() + " from " + config);
    for (Dataset d : p.splits()) {
      transcript.say(
          String.format(
              java.util.Locale.ROOT,
              "  %-10s %,d sentences, %,d tokens, from %s%s",
              d.name(),
              d.size(),
              d.tokens(),
              d.path(),
              d.skipped().isEmpty() ? "" : ", skipped " + d.skipped()));
    }
    if (model.labelsTokens())
      transcript.say(TextLines.wrap("  labels     ", labels(model.tokenLabels())));
    if (model.labelsSentences())
      transcript.say(TextLines.wrap("  intents    ", labels(model.sentenceLabels())));
    transcript.say(
        TextLines.wrap("  scheme     ", p.detection().scheme() + ": " + p.detection().reason()));
    transcript.say("  words      " + Words.count(model.words().size() - 1L, "known word"));
    for (VectorCoverage found : p.vectors())
      transcript.say(TextLines.wrap("  vectors    ", Words.coverage(found)));
    for (GazetteerCoverage found : p.gazetteers())
      transcript.say(TextLines.wrap("  gazetteer  ", Words.coverage(found)));
    for (LanguageCoverage found : p.languages())
      transcript.say(TextLines.wrap("  language   ", Words.coverage(found)));
    Computing.say(transcript, model.network(), c.training().threadsInUse(), run.seedInUse());
    transcript.say("  run folder " + folder);
    for (String warning : Findings.warnings(Survey.of(p))) transcript.warn(warning);
    transcript.say("");
    return progress(run, transcript);
  }

  private static String labels(List<String> labels) {
    return labels.size() + ": " + Words.some(labels, 8);
  }

  private int stopped(Path folder, Transcript transcript) throws IOException {
    transcript.warn("stopped and saved in " + progress.place() + "; go on with: " + again(folder));
    return signals.exitCode();
  }

  /** The command that goes on with what was stopped. */
  String again(Path folder) {
    StringBuilder again = new StringBuilder("sluice train " + ShellWord.of(config));
    seeds.ifPresent(list -> again.append(" --seeds ").append(ShellWord.of(list)));
    folds.ifPresent(count -> again.append(" --folds ").append(count));
    if (curve) again.append(" --learning-curve");
    if (withTest) again.append(" --with-test");
    settings.forEach(s -> again.append(" --set ").append(ShellWord.of(s)));
    return again + " --out " + ShellWord.of(folder) + " --resume";
  }

  /** Says how a run went. */
  void report(
      TrainingRun.Result result, MetricsJson metrics, SluiceConfig config, Transcript transcript)
      throws IOException {
    transcript.say("");
    transcript.say(
        "best epoch "
            + result.outcome().bestEpoch()
            + " of "
            + result.outcome().history().size()
            + ": dev "
            + config.training().devScoreName(result.dev(), frames(result.model()))
            + " "
            + Words.percent(result.outcome().bestScore()));
    transcript.say(TextLines.wrap("words of dev: ", Words.lookups(result.devLookups())));
    if (result.testLookups().isPresent())
      transcript.say(TextLines.wrap("words of test: ", Words.lookups(result.testLookups().get())));
    transcript.say("");
    for (String line : CalibrationReport.lines(result.calibrated())) transcript.say(line);
    if (result.test().isPresent()) {
      transcript.title("Test");
      transcript.say(ScoreTable.report(result.test().get()) + metrics.certainty());
    }
    if (!config.show().isEmpty()) {
      transcript.title("Sentences");
      for (String sentence : config.show()) transcript.say("  " + shown(result.model(), sentence));
      transcript.say("");
    }
    transcript.result(result(result.dev(), result.test(), result.folder()));
  }

  /** What came out and where it is, in one line. */
  private static String result(Scores dev, Optional<Scores> test, Path folder) {
    return Words.scores(dev, test)
        + ", model "
        + folder.resolve(TrainingRun.MODEL)
        + ", report "
        + folder.resolve(HtmlReport.FILE);
  }

  private static String shown(Model model, String sentence) {
    if (!model.labelsTokens())
      return shown(model, Classifier.of(model).classify(sentence)) + sentence;
    Tagged tagged = Tagger.of(model).tag(sentence);
    return tagged.intent().map(found -> shown(model, found)).orElse("") + tagged;
  }

  private static String shown(Model model, Classified found) {
    String intent = found.accepted() ? model.intent(found.labels()) : "-";
    String confidences =
        found.intents().values().stream()
            .map(p -> Math.round(100 * p) + " %")
            .collect(Collectors.joining(", "));
    return intent + " (" + confidences + "): ";
  }
}
