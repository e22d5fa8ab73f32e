package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.metrics.SeriesFile;
import dev.sluice.eval.statistics.SeedScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** A folder of runs that differ in their seed alone: what its seeds.json says. Immutable. */
public final class SeriesData {
  private final SeriesFile file;
  private final List<Run> runs;

  /**
   * A run of the series.
   *
   * @param name the name of its folder
   * @param dev its headline score on dev, empty when it is not defined
   * @param test the same on test
   */
  record Run(
      String name, long seed, int epochs, int bestEpoch, OptionalDouble dev, OptionalDouble test) {}

  private SeriesData(SeriesFile file, List<Run> runs) {
    this.file = file;
    this.runs = List.copyOf(runs);
  }

  /** Whether a folder holds a series of seeds and no numbers of its own. */
  public static boolean isSeries(Path folder) {
    return SeriesFile.kindOf(folder).filter(SeriesFile.Kind.SEEDS::equals).isPresent();
  }

  /**
   * Reads the seeds.json of a folder.
   *
   * @throws SluiceException EVA-031 when it is something else; of kind IO when it cannot be read
   */
  public static SeriesData read(Path folder) {
    SeriesFile file = SeriesFile.read(folder, SeriesFile.Kind.SEEDS);
    List<Run> runs = new ArrayList<>();
    for (JsonNode run : file.runs())
      runs.add(
          new Run(
              run.path("name").asText(),
              run.path("seed").asLong(),
              run.path("epochs").asInt(),
              run.path("bestEpoch").asInt(),
              Figures.score(run.path("dev")),
              Figures.score(run.path("test"))));
    return new SeriesData(file, runs);
  }

  /** What the series is called: the name of its folder. */
  String name() {
    return file.name();
  }

  Path folder() {
    return file.folder();
  }

  JsonNode document() {
    return file.json();
  }

  /** The runs, in the order in which their seeds were named; at least one. */
  List<Run> runs() {
    return runs;
  }

  /** The scores of one split, in [0, 1] by seed; nothing when no run has one. */
  Optional<SeedScores> scores(Function<Run, OptionalDouble> split) {
    SortedMap<Long, Double> scores = new TreeMap<>();
    for (Run run : runs) split.apply(run).ifPresent(score -> scores.put(run.seed(), score));
    return scores.isEmpty() ? Optional.empty() : Optional.of(new SeedScores(scores));
  }
}
