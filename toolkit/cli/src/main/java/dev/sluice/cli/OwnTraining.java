package dev.sluice.cli;

import dev.sluice.Training;
import dev.sluice.eval.Environment;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.report.HtmlReport;
import dev.sluice.pipeline.TrainingRun;
import dev.sluice.trainer.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code sluice train} for a task that gives no labels and has scores of its own.
 *
 * @param <F> the model of a finished run
 * @param <P> a run that is ready to start
 * @param <R> what a run came to
 */
abstract class OwnTraining<F, P, R> {
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
   * @param config the file, as it was named
   * @param command what was typed
   */
  OwnTraining(Console console, Path config, boolean quiet, String command) {
    this.console = console;
    this.config = config;
    this.quiet = quiet;
    this.command = command;
  }

  /** The model of the finished run in the folder, if there is one. */
  abstract Optional<F> finished(Training training);

  /** The scores of a finished run. */
  abstract String scores(F finished);

  /** Trains; nothing when it was asked to stop. */
  abstract Optional<R> train(Training training, Consumer<Trainer> begun, Consumer<P> prepared);

  /** Says what is about to be trained; gives the display of its progress. */
  abstract Progress introduce(P run, Path folder, Transcript transcript) throws IOException;

  /** Writes the numbers of a run, and the page that shows them. */
  abstract void write(R result, String name);

  /** Says how a run went; gives its scores. */
  abstract String report(R result, Transcript transcript) throws IOException;

  /** The file, as it was named. */
  final Path config() {
    return config;
  }

  /**
   * Trains.
   *
   * @param again the command that goes on with what was stopped
   * @return the exit code
   */
  final int run(Training training, Path folder, boolean resume, String again) throws IOException {
    Optional<F> finished = resume ? finished(training) : Optional.empty();
    try (Transcript transcript = new Transcript(console, quiet)) {
      if (finished.isPresent()) {
        transcript.say(folder + ": this run is finished, and nothing is left to train");
        transcript.result(scores(finished.get()) + files(folder));
        return 0;
      }
      Optional<R> result;
      try {
        training.listener(new Telling(transcript, () -> progress));
        result =
            train(
                training,
                trainer -> signals = Signals.listen(trainer::stop),
                run -> introduceWith(run, folder, transcript));
      } finally {
        transcript.clear();
        if (signals != null) signals.close();
      }
      if (result.isEmpty()) {
        transcript.warn("stopped and saved in " + progress.place() + "; go on with: " + again);
        return signals.exitCode();
      }
      write(result.get(), String.valueOf(folder.getFileName()));
      Environment.write(
          folder, command, started, training.config().value().training().threadsInUse());
      transcript.result(report(result.get(), transcript) + files(folder));
      return 0;
    }
  }

  private void introduceWith(P run, Path folder, Transcript transcript) {
    try {
      transcript.keepIn(folder.resolve(TrainCommand.LOG));
      progress = introduce(run, folder, transcript);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String files(Path folder) {
    return "\nmodel "
        + folder.resolve(TrainingRun.MODEL)
        + ", scores "
        + folder.resolve(MetricsJson.FILE)
        + ", report "
        + folder.resolve(HtmlReport.FILE);
  }
}
