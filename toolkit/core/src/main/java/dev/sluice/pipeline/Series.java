package dev.sluice.pipeline;

import dev.sluice.config.IoReason;
import dev.sluice.config.Loaded;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Reading;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Runs one after the other, each in a folder of its own below a common one. To resume keeps the runs that are finished, if they belong to the same config and data,
 * and goes on with the others.
 */
final class Series {
  /** The log of what a series says, beside the folders of its runs. */
  private static final String CONSOLE = "console.log";

  /** The page that shows the series; {@code dev.sluice.eval.report.SeriesPage} writes it. */
  private static final String REPORT = "report.html";

  private final Path folder;
  private final boolean resume;
  private final TrainingListener listener;
  private final SeriesListener told;
  private volatile boolean stopAsked;
  private volatile Trainer current;

  /**
   * A run to come.
   *
   * @param name the name of its folder
   * @param config its config, with a seed
   * @param splits its data
   */
  record Planned(String name, Loaded<SluiceConfig> config, Splits splits) {}

  /** What is done with the model of a run before it is let go. */
  @FunctionalInterface
  interface Use {
    void of(int run, Model model, Reading gold);
  }

  Series(Path folder, boolean resume, TrainingListener listener, SeriesListener told) {
    this.folder = folder;
    this.resume = resume;
    this.listener = listener;
    this.told = told;
  }

  /**
   * A copy of some seeds.
   *
   * @throws IllegalArgumentException when there is none, or one twice
   */
  static List<Long> distinct(List<Long> seeds) {
    if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size())
      throw new IllegalArgumentException(seeds + ", expected at least one seed and none twice");
    return List.copyOf(seeds);
  }

  /**
   * Refuses a folder that is not for this series.
   *
   * @param prefix how the names of its runs begin
   * @param files what else a series of this kind writes
   * @throws SluiceException RUN-001 when runs are there but not to be resumed, RUN-004 when something else is there, RUN-003 when it cannot be looked at
   */
  void checkFolder(String prefix, Set<String> files) {
    if (!Files.exists(folder)) return;
    Location where = Location.of(folder.toString());
    List<String> names;
    try (Stream<Path> entries = Files.list(folder)) {
      names = entries.map(e -> e.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw SluiceException.io(
          "RUN-003",
          where,
          "the folder cannot be listed: " + IoReason.of(e),
          "name another with --out");
    }
    for (String name : names) {
      boolean own =
          name.startsWith(prefix)
              || name.startsWith(".") // what a killed process left
              || name.equals(CONSOLE)
              || name.equals(REPORT)
              || files.contains(name);
      if (!own) {
        throw SluiceException.usage(
            "RUN-004",
            where,
            "the folder holds something else than runs named " + prefix + "N, such as " + name,
            "name a new or an empty folder with --out");
      }
    }
    if (!resume && !names.isEmpty()) {
      throw SluiceException.usage(
          "RUN-001",
          where,
          "the folder holds other runs",
          "go on with them by --resume, or name another with --out");
    }
  }

  /** Asks the run that trains to stop, and no other to begin; may be called from any thread. */
  void stop() {
    stopAsked = true;
    Trainer trainer = current;
    if (trainer != null) trainer.stop();
  }

  /**
   * Runs all that are not finished.
   *
   * @param use gets every model, in order, also of the runs that are kept
   * @return the runs in order; nothing when it was asked to stop
   * @throws SluiceException RUN-005 when a finished run belongs to another config or other data
   */
  Optional<List<FinishedRun>> run(List<Planned> planned, Use use) {
    requireSame(planned.stream().filter(this::isFinished).toList());
    List<FinishedRun> runs = new ArrayList<>();
    try {
      for (int i = 0; i < planned.size(); i++) {
        if (stopAsked) return Optional.empty();
        Planned p = planned.get(i);
        Optional<FinishedRun> run = isFinished(p) ? Optional.of(keep(i, p, use)) : train(i, p, use);
        if (run.isEmpty()) return Optional.empty();
        runs.add(run.get());
      }
    } finally {
      removeIfEmpty();
    }
    return Optional.of(runs);
  }

  /** What inputs read beside the data is looked at once for all runs on the same data: seeds do not matter for it. */
  private void requireSame(List<Planned> finished) {
    Map<Splits, SortedMap<String, String>> inputs = new IdentityHashMap<>();
    for (Planned p : finished)
      SameRun.require(
          model(p),
          p.config,
          p.splits,
          ModelFile.read(model(p)),
          () ->
              inputs.computeIfAbsent(
                  p.splits, splits -> Preparation.of(p.config, splits).inputFacts()));
  }

  private Path model(Planned p) {
    return folder.resolve(p.name).resolve(TrainingRun.MODEL);
  }

  private boolean isFinished(Planned p) {
    return Files.exists(model(p));
  }

  private FinishedRun keep(int i, Planned p, Use use) {
    ModelFile file = ModelFile.read(model(p));
    FinishedRun run =
        FinishedRun.again(
            p.name,
            folder.resolve(p.name),
            file,
            p.splits,
            p.config.value().training().threadsInUse());
    use.of(i, file.model(), FinishedRun.reading(file.provenance()));
    told.kept(run);
    return run;
  }

  private Optional<FinishedRun> train(int i, Planned p, Use use) {
    try (RunFolder runFolder = RunFolder.open(folder.resolve(p.name), resume)) {
      Preparation preparation = Preparation.of(p.config, p.splits);
      TrainingRun run = new TrainingRun(p.config, preparation, runFolder, resume, listener);
      told.prepared(p.name, run);
      Optional<TrainingRun.Result> result =
          run.run(
              trainer -> {
                current = trainer;
                if (stopAsked) trainer.stop();
              });
      if (result.isEmpty()) return Optional.empty();
      FinishedRun finished = FinishedRun.of(p.name, result.get());
      use.of(i, result.get().model(), preparation.gold());
      told.finished(finished, result.get());
      return Optional.of(finished);
    } finally {
      current = null;
    }
  }

  private void removeIfEmpty() {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      return; // as it should be: the runs are in it
    } catch (IOException e) {
      throw SluiceException.io(
          "RUN-003",
          Location.of(folder.toString()),
          "the empty folder cannot be deleted: " + IoReason.of(e),
          "delete it by hand");
    }
  }
}
