package dev.sluice.cli;

import dev.sluice.Training;
import dev.sluice.eval.Environment;
import dev.sluice.eval.LanguageResults;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.report.HtmlReport;
import dev.sluice.metric.Perplexity;
import dev.sluice.metric.Printable;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.SymbolModel;
import dev.sluice.pipeline.LanguagePreparation;
import dev.sluice.pipeline.LanguageRun;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.pipeline.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** {@code sluice train} for the task language-model. */
final class LanguageTraining {
  private final Console console;
  private final Path config;
  private final boolean quiet;
  private final String command;
  private final Instant started = Instant.now();
  private Progress progress;
  private Signals signals;

  /**
   * A training.
   *
   * @param command what was typed
   */
  LanguageTraining(Console console, Path config, boolean quiet, String command) {
    this.console = console;
    this.config = config;
    this.quiet = quiet;
    this.command = command;
  }

  /**
   * Trains.
   *
   * @param again the command that goes on with what was stopped
   * @return the exit code
   */
  int run(Training training, Path folder, boolean resume, String again) throws IOException {
    Optional<LanguageModelFile> finished =
        resume ? training.finishedLanguageModel() : Optional.empty();
    try (Transcript transcript = new Transcript(console, quiet)) {
      if (finished.isPresent()) {
        transcript.say(folder + ": this run is finished, and nothing is left to train");
        transcript.result(
            result(
                LanguageRun.score(finished.get(), "dev").orElse(Perplexity.NONE),
                LanguageRun.score(finished.get(), "test"),
                folder));
        return 0;
      }
      Optional<LanguageRun.Result> result;
      try {
        result = train(training, folder, transcript);
      } finally {
        transcript.clear();
        if (signals != null) signals.close();
      }
      if (result.isEmpty()) {
        transcript.warn("stopped and saved in " + progress.place() + "; go on with: " + again);
        return signals.exitCode();
      }
      LanguageResults.write(result.get(), String.valueOf(folder.getFileName()));
      SluiceConfig c = training.config().value();
      Environment.write(folder, command, started, c.training().threadsInUse());
      report(result.get(), transcript);
      return 0;
    }
  }

  private Optional<LanguageRun.Result> train(
      Training training, Path folder, Transcript transcript) {
    training.listener(new Telling(transcript, () -> progress));
    return training.languageModel(
        trainer -> signals = Signals.listen(trainer::stop),
        run -> {
          try {
            transcript.keepIn(folder.resolve(TrainCommand.LOG));
            introduce(run, folder, transcript);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void introduce(LanguageRun run, Path folder, Transcript transcript) throws IOException {
    LanguagePreparation p = run.preparation();
    SymbolModel model = p.model();
    transcript.say(SymbolModel.TASK + " from " + config);
    for (var split : p.splits()) transcript.say("  " + describe(split));
    transcript.say("  symbols    " + symbols(model));
    Computing.say(
        transcript, model.network(), p.config().training().threadsInUse(), run.seedInUse());
    transcript.say("  run folder " + folder + "\n");
    progress =
        new Progress(
            transcript,
            "perplexity",
            p.config().training().epochs(),
            dev -> shown(dev, p.splits().get(1)));
  }

  /** A dev score, 1 / perplexity, as perplexity and bits per character. */
  private static String shown(double dev, LanguagePreparation.SplitSize split) {
    double bits = -Math.log(dev) / Math.log(2) * split.symbols() / Math.max(1, split.characters());
    return String.format(Locale.ROOT, "%.3f, %.4f bits per character", 1 / dev, bits);
  }

  /** A split in a line. */
  static String describe(LanguagePreparation.SplitSize split) {
    return String.format(
        Locale.ROOT,
        "%-10s %s, %,d symbols, %,d characters, from %s",
        split.name(),
        Words.count(split.documents(), "document"),
        split.symbols(),
        split.characters(),
        split.path());
  }

  /** What the symbols of a model are. */
  static String symbols(SymbolModel model) {
    String noun = Words.name(model.unit());
    return Words.count(model.symbols().known().size() - 1L, "known " + noun)
        + "; a document is "
        + switch (model.document()) {
          case LINE -> "a line or a sentence";
          case BLANK_LINE -> "what stands between blank lines";
          case FILE -> "a file";
        };
  }

  private static void report(LanguageRun.Result result, Transcript transcript) throws IOException {
    transcript.say(
        "\nbest epoch "
            + result.outcome().bestEpoch()
            + " of "
            + result.outcome().history().size());
    if (!result.samples().isEmpty()) {
      transcript.title("Samples");
      for (String sample : result.samples())
        transcript.say(Printable.of(sample).indent(2).stripTrailing() + "\n");
    }
    transcript.result(result(result.dev(), result.test(), result.folder()));
  }

  private static String result(Perplexity dev, Optional<Perplexity> test, Path folder) {
    return "dev "
        + Words.perplexity(dev)
        + test.map(t -> "\ntest " + Words.perplexity(t)).orElse("")
        + "\nmodel "
        + folder.resolve(TrainingRun.MODEL)
        + ", scores "
        + folder.resolve(MetricsJson.FILE)
        + ", report "
        + folder.resolve(HtmlReport.FILE);
  }
}
