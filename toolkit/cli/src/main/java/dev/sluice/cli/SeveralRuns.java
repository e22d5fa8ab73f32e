package dev.sluice.cli;

import dev.sluice.Training;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.pipeline.CurveRuns;
import dev.sluice.pipeline.FinishedRun;
import dev.sluice.pipeline.FoldRuns;
import dev.sluice.pipeline.SeedRuns;
import dev.sluice.pipeline.SeriesListener;
import dev.sluice.pipeline.TrainingRun;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.TrainingListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code sluice train} with {@code --seeds}, {@code --folds} or {@code --learning-curve}. Each run folder gets the log that the run would have alone; the
 * console, and a log beside the run folders, get what was found in the data of the first run, a line per epoch, a line per run and the tables at the end.
 */
final class SeveralRuns implements SeriesListener, TrainingListener, AutoCloseable {
  private final TrainCommand command;
  private final Console console;
  private final Transcript transcript;

  private Path folder;
  private Runnable stop;
  private Signals signals;
  private boolean begun; // a run was introduced
  private boolean kept; // the log has its file

  // of the run at work
  private TrainingRun run;
  private String name;
  private Transcript runLog;
  private Progress runProgress;
  private Progress progress;

  SeveralRuns(TrainCommand command, Console console, boolean quiet) {
    this.command = command;
    this.console = console;
    transcript = new Transcript(console, quiet);
  }

  /** Trains with each seed; gives the exit code. */
  int seeds(Training training, List<Long> seeds) throws IOException {
    SeedRuns series = training.listener(this).seedRuns(seeds, this);
    folder = series.folder();
    stop = series::stop;
    Optional<SeedRuns.Result> result = series.run();
    if (result.isEmpty()) return stopped();
    new SeriesReport(transcript).seeds(result.get());
    return 0;
  }

  /** Trains once for each fold; gives the exit code. */
  int folds(Training training, int count) throws IOException {
    FoldRuns series = training.listener(this).foldRuns(count, this);
    folder = series.folder();
    stop = series::stop;
    Optional<FoldRuns.Result> result = series.run();
    if (result.isEmpty()) return stopped();
    new SeriesReport(transcript).folds(result.get());
    return 0;
  }

  /** Trains on parts of train, with each seed; gives the exit code. */
  int curve(Training training, List<Long> seeds, boolean withTest) throws IOException {
    CurveRuns series = training.listener(this).curveRuns(seeds, withTest, this);
    folder = series.folder();
    stop = series::stop;
    Optional<CurveRuns.Result> result = series.run();
    if (result.isEmpty()) return stopped();
    new SeriesReport(transcript).curve(result.get());
    return 0;
  }

  private int stopped() throws IOException {
    String where = "stopped";
    if (runLog != null) where = "stopped and saved in " + name + ", " + progress.place();
    transcript.warn(where + "; go on with: " + command.again(folder));
    return signals.exitCode();
  }

  @Override
  public void prepared(String newName, TrainingRun newRun) {
    run = newRun;
    name = newName;
    Path runFolder = folder.resolve(name);
    try {
      if (signals == null) signals = Signals.listen(stop);
      keepLog();
      runLog = new Transcript(silent(), false);
      runLog.keepIn(runFolder.resolve(TrainCommand.LOG));
      runProgress = command.introduce(run, runFolder, runLog);
      if (begun) {
        progress = TrainCommand.progress(run, transcript);
        transcript.say("run folder " + runFolder);
      } else {
        progress = command.introduce(run, runFolder, transcript);
      }
      begun = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void finished(FinishedRun finished, TrainingRun.Result result) {
    MetricsJson metrics = command.writeResults(finished, run.preparation().config());
    try {
      command.report(result, metrics, run.preparation().config(), runLog);
      runLog.close();
      runLog = null;
      transcript.say(SeriesReport.line(finished) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void kept(FinishedRun finished) {
    SeriesReport.metrics(finished);
    try {
      keepLog();
      transcript.say(SeriesReport.line(finished) + " (finished before)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keepLog() throws IOException {
    if (!kept) transcript.keepIn(folder.resolve(TrainCommand.LOG));
    kept = true;
  }

  /** A console that nobody reads, for what only goes to a file. */
  private static Console silent() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    PrintStream printer = new PrintStream(nowhere, false, StandardCharsets.UTF_8);
    return new Console(
        new ByteArrayInputStream(new byte[0]), nowhere, printer, printer, false, false, Map.of());
  }

  @Override
  public void batch(int epoch, double share, double loss, double tokensPerSecond) {
    runProgress.batch(epoch, share, loss, tokensPerSecond);
    progress.batch(epoch, share, loss, tokensPerSecond);
  }

  @Override
  public void epoch(EpochReport report) {
    runProgress.epoch(report);
    progress.epoch(report);
  }

  @Override
  public void warning(String what) {
    try {
      runLog.warn("note: " + what);
      transcript.warn("note: " + what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (signals != null) signals.close();
    if (runLog != null) runLog.close();
    transcript.close();
  }
}
