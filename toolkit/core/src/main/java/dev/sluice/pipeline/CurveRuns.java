package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Dataset;
import dev.sluice.kernel.Noise;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import dev.sluice.metric.Spread;
import dev.sluice.trainer.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A learning curve: one config trained on smaller and larger parts of its training split, with several seeds each, to see what more data bring. Every part
 * holds the smaller ones, dev is always the same, and so is the tag scheme, which is found in all of train.
 */
public final class CurveRuns {
  /** The numbers of the series for programs; {@code dev.sluice.eval.SeriesJson} writes it. */
  public static final String FILE = "learning-curve.json";

  /** The parts, in percent of the sentences of train. */
  public static final List<Integer> PERCENT = List.of(1, 2, 5, 10, 25, 50, 100);

  /** A part with fewer sentences is left out, as what it scores says more of chance than of data; the whole of train never is. */
  public static final int LEAST = 20;

  /** Decides which sentences the smaller parts have; it does not depend on the seeds of the runs, so that these learn from the same sentences. */
  public static final long SHUFFLE_SEED = 1;

  private static final String PREFIX = "share-";

  private final Loaded<SluiceConfig> loaded;
  private final List<Long> seeds;
  private final Path folder;
  private final Series series;

  /**
   * The runs on one part of train.
   *
   * @param percent how much of train it is
   * @param sentences its sentences
   * @param tokens its tokens
   * @param runs a run per seed
   */
  public record Point(int percent, long sentences, long tokens, List<FinishedRun> runs) {
    /** Copies the list. */
    public Point {
      runs = List.copyOf(runs);
    }

    /** The headline scores of dev in the order of the runs. */
    public List<Ratio> devScores() {
      return runs.stream().map(run -> run.dev().headline()).toList();
    }

    /** The headline scores of test in the order of the runs; none when test was not asked for. */
    public List<Ratio> testScores() {
      return runs.stream().flatMap(run -> run.test().stream()).map(Scores::headline).toList();
    }

    /** The spread of the headline score of dev. */
    public Spread dev() {
      return Spread.of(devScores());
    }
  }

  /**
   * A part that was left out.
   *
   * @param percent how much of train it would have been
   * @param sentences its sentences, fewer than {@link #LEAST}
   */
  public record Skipped(int percent, long sentences) {}

  /**
   * What came out.
   *
   * @param folder the folder of the series
   * @param train all of the training split
   * @param points the parts, the smallest first
   * @param skipped the parts that were left out
   */
  public record Result(Path folder, Dataset train, List<Point> points, List<Skipped> skipped) {
    /** Copies the lists. */
    public Result {
      points = List.copyOf(points);
      skipped = List.copyOf(skipped);
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
  public CurveRuns(
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
   * Trains, run by run, on the smallest part first.
   *
   * @return the result; nothing when it was asked to stop
   * @throws SluiceException RUN-005 when a finished run belongs to another config or other data, and as a single run does
   */
  public Optional<Result> run() {
    MissingFiles.refuse(loaded);
    Splits splits = Splits.read(loaded, Preparation.text(loaded));
    Dataset train = splits.train();
    Loaded<SluiceConfig> config = FoldRuns.withScheme(loaded, FoldRuns.detection(loaded, train));
    int[] order =
        Noise.permutation(Noise.stream(SHUFFLE_SEED, Noise.Purpose.CURVE, 0, 0, 0), train.size());
    List<Dataset> parts = new ArrayList<>();
    List<Integer> percents = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    List<Series.Planned> planned = new ArrayList<>();
    for (int percent : PERCENT) {
      int size = size(percent, train.size());
      if (percent < 100 && size < LEAST) {
        skipped.add(new Skipped(percent, size));
        continue;
      }
      Dataset part = percent == 100 ? train : part(train, order, size);
      parts.add(part);
      percents.add(percent);
      Splits ofPart = new Splits(part, splits.dev(), splits.test());
      for (long seed : seeds)
        planned.add(
            new Series.Planned(
                PREFIX + percent + "-seed-" + seed,
                config.with("training.seed", String.valueOf(seed), "one of the seeds"),
                ofPart));
    }
    Optional<List<FinishedRun>> runs = series.run(planned, (run, model, gold) -> {});
    if (runs.isEmpty()) return Optional.empty();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Dataset part = parts.get(i);
      List<FinishedRun> ofPart = runs.get().subList(i * seeds.size(), (i + 1) * seeds.size());
      points.add(new Point(percents.get(i), part.size(), part.tokens(), ofPart));
    }
    return Optional.of(new Result(folder, train, points, skipped));
  }

  /** The nearest number of sentences, a half rounded up. */
  private static int size(int percent, int all) {
    return (int) (((long) percent * all + 50) / 100);
  }

  /** The first sentences of the order, as they follow each other in the data. */
  private static Dataset part(Dataset train, int[] order, int size) {
    int[] places = Arrays.copyOf(order, size);
    Arrays.sort(places);
    return Splits.some(train, "train", Arrays.stream(places).boxed().toList());
  }
}
