package dev.sluice.cli;

import dev.sluice.Classified;
import dev.sluice.Classifier;
import dev.sluice.Tagger;
import dev.sluice.Training;
import dev.sluice.data.Dataset;
import dev.sluice.eval.MetricsJson;
import dev.sluice.kernel.Kernels;
import dev.sluice.metric.ScoreTable;
import dev.sluice.model.Model;
import dev.sluice.pipeline.Preparation;
import dev.sluice.pipeline.Scoring;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.pipeline.Survey;
import dev.sluice.pipeline.TrainingRun;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice train}. */
@Command(
    name = "train",
    description = "Trains a model as a config file says, and writes a run folder.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  sluice train configs/quickstart.yaml",
      "  sluice train configs/quickstart.yaml --set training.epochs=5 --set encoder.hidden=50 --out runs/small",
      "  sluice train configs/quickstart.yaml --out runs/small --resume"
    })
final class TrainCommand implements Callable<Integer> {
  private static final String LOG = "console.log";

  private final Console console;

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

  @Option(names = "--quiet", description = "Print the result and warnings only.")
  private boolean quiet;

  private Progress progress;
  private Signals signals;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Training training = Training.from(config).environment(console.environment());
    settings.forEach(training::set);
    if (resume) training.resume();
    out.ifPresent(training::out);
    training.config(); // its problems come before those of the folder
    Path folder = training.folder();
    training.out(folder);
    try (Transcript transcript = new Transcript(console, quiet)) {
      Optional<TrainingRun.Result> result;
      try {
        result = run(training, folder, transcript);
      } finally {
        transcript.clear();
        if (signals != null) signals.close();
      }
      if (result.isEmpty()) return stopped(folder, transcript);
      MetricsJson.of(result.get()).write(folder.resolve(MetricsJson.FILE));
      report(result.get(), training.config().value(), transcript);
      return 0;
    }
  }

  private Optional<TrainingRun.Result> run(Training training, Path folder, Transcript transcript) {
    training.listener(
        new TrainingListener() {
          @Override
          public void batch(int epoch, double share, double loss, double tokensPerSecond) {
            progress.batch(epoch, share, loss, tokensPerSecond);
          }

          @Override
          public void epoch(EpochReport report) {
            progress.epoch(report);
          }

          @Override
          public void warning(String what) {
            try {
              transcript.warn("note: " + what);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    return training.run(
        this::started,
        run -> {
          try {
            transcript.keepIn(folder.resolve(LOG));
            introduce(run, folder, transcript);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void started(Trainer trainer) {
    signals = Signals.listen(trainer::stop);
  }

  private void introduce(TrainingRun run, Path folder, Transcript transcript) throws IOException {
    Preparation p = run.preparation();
    Model model = p.model();
    SluiceConfig c = p.config();
    progress =
        new Progress(
            transcript,
            c.training().devScoreTitle(Scoring.scores(model, p.gold())),
            c.training().epochs());
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
    if (model.labelsTokens()) transcript.say("  labels     " + labels(model.tokenLabels()));
    if (model.labelsSentences()) transcript.say("  intents    " + labels(model.sentenceLabels()));
    transcript.say("  scheme     " + p.detection().scheme() + ": " + p.detection().reason());
    transcript.say("  words      " + Words.count(model.words().size() - 1L, "known word"));
    transcript.say(
        "  network    "
            + Words.network(model.network().shape())
            + ": "
            + Words.count(model.network().parameters().count(), "parameter"));
    transcript.say(
        "  computing  "
            + Words.count(threads(c), "thread")
            + ", "
            + Kernels.create().name()
            + " kernels, seed "
            + run.seedInUse());
    if (!Kernels.isSimd())
      transcript.warn(
          "note: the vector module is not in use, so training takes several times longer; results are the same");
    transcript.say("  run folder " + folder);
    for (String warning : Findings.warnings(Survey.of(p))) transcript.warn(warning);
    transcript.say("");
  }

  private static String labels(List<String> labels) {
    return labels.size() + ": " + Words.some(labels, 8);
  }

  private static int threads(SluiceConfig config) {
    return config
        .training()
        .threads()
        .orElse(Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  private int stopped(Path folder, Transcript transcript) throws IOException {
    StringBuilder again = new StringBuilder("sluice train " + config);
    settings.forEach(s -> again.append(" --set ").append(s));
    transcript.warn(
        "stopped and saved in epoch "
            + progress.epoch()
            + ", "
            + Math.round(100 * progress.share())
            + " % of it done; go on with: "
            + again
            + " --out "
            + folder
            + " --resume");
    return signals.exitCode();
  }

  private void report(TrainingRun.Result result, SluiceConfig config, Transcript transcript)
      throws IOException {
    String name = result.dev().headlineName();
    transcript.say("");
    transcript.say(
        "best epoch "
            + result.outcome().bestEpoch()
            + " of "
            + result.outcome().history().size()
            + ": dev "
            + config.training().devScoreTitle(result.dev())
            + " "
            + Words.percent(result.outcome().bestScore()));
    transcript.say("words of dev: " + Words.lookups(result.devLookups()));
    if (result.testLookups().isPresent())
      transcript.say("words of test: " + Words.lookups(result.testLookups().get()));
    if (result.test().isPresent()) {
      transcript.say("\n" + console.bold("Test"));
      transcript.say(ScoreTable.report(result.test().get()));
    }
    if (!config.show().isEmpty()) {
      transcript.say("\n" + console.bold("Sentences"));
      for (String sentence : config.show()) transcript.say("  " + shown(result.model(), sentence));
      transcript.say("");
    }
    String scores = "dev " + name + " " + result.dev().headline().percent();
    if (result.test().isPresent())
      scores += ", test " + name + " " + result.test().get().headline().percent();
    transcript.result(scores + ", model " + result.folder().resolve(TrainingRun.MODEL));
  }

  private static String shown(Model model, String sentence) {
    if (model.labelsTokens()) return Tagger.of(model).tag(sentence).toString();
    Classified found = Classifier.of(model).classify(sentence);
    return found.label() + " (" + Math.round(100 * found.confidence()) + " %): " + sentence;
  }
}
