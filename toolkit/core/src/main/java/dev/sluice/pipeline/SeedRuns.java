package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Scores;
import dev.sluice.metric.Spread;
import dev.sluice.trainer.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One config trained with several seeds, to tell what a change does from what chance does. The data are read once. */
public final class SeedRuns {
  /** The numbers of the series for programs; {@code dev.sluice.eval.SeriesJson} writes it. */
  public static final String FILE = "seeds.json";

  private static final String PREFIX = "seed-";

  private final Loaded<SluiceConfig> loaded;
  private final List<Long> seeds;
  private final Path folder;
  private final Series series;

  /**
   * What came out.
   *
   * @param folder the folder of the series
   * @param runs a run per seed, in the order in which the seeds were named
   */
  public record Result(Path folder, List<FinishedRun> runs) {
    /** Copies the list. */
    public Result {
      runs = List.copyOf(runs);
    }

    /** The spread of the headline score of dev. */
    public Spread dev() {
      return Spread.of(runs.stream().map(run -> run.dev().headline()).toList());
    }

    /** The spread of the headline score of test; nothing when the config names no test split. */
    public Optional<Spread> test() {
      if (runs.get(0).test().isEmpty()) return Optional.empty();
      return Optional.of(
          Spread.of(
              runs.stream().map(run -> run.test().orElseThrow()).map(Scores::headline).toList()));
    }
  }

  /**
   * A series that is ready to start.
   *
   * @param seeds at least one, none twice; they take the place of training.seed
   * @param folder where the run folders go
   * @param resume whether to keep what is finished there and to go on with the rest
   * @param listener is told what happens inside of the runs
   * @param told is told how the series goes
   * @throws IllegalArgumentException when there is no seed, or one twice
   * @throws SluiceException when the folder is not for it
   */
  public SeedRuns(
      Loaded<SluiceConfig> loaded,
      List<Long> seeds,
      Path folder,
      boolean resume,
      TrainingListener listener,
      SeriesListener told) {
    this.loaded = loaded;
    this.seeds = Series.distinct(seeds);
    this.folder = folder;
    series = new Series(folder, resume, listener, told);
    series.checkFolder(PREFIX, Set.of(FILE));
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
   * Trains, run by run.
   *
   * @return the result; nothing when it was asked to stop
   * @throws SluiceException RUN-005 when a finished run belongs to another config or other data, and as a single run does
   */
  public Optional<Result> run() {
    MissingFiles.refuse(loaded);
    Splits splits = Splits.read(loaded, Preparation.text(loaded));
    List<Series.Planned> planned =
        seeds.stream()
            .map(
                seed ->
                    new Series.Planned(
                        PREFIX + seed,
                        loaded.with("training.seed", String.valueOf(seed), "one of the seeds"),
                        splits))
            .toList();
    return series.run(planned, (run, model, gold) -> {}).map(runs -> new Result(folder, runs));
  }
}
