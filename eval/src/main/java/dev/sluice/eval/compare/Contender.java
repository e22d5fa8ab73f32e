package dev.sluice.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.metrics.MetricsFile;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.metrics.SeriesFile;
import dev.sluice.eval.statistics.SeedScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What takes part in a comparison: the results of one run, or of several that differ in their seed alone.
 *
 * @param name the end of its path that tells it from the others
 * @param folder its folder as it was named
 * @param runs what is known of each run, at least one
 */
record Contender(String name, Path folder, List<Run> runs) {
  private static final int MOST_NAMES = 3;
  private static final int MOST_PARTS = 20; // in a message

  /**
   * The results of a run.
   *
   * @param seed its seed; nothing for the output of another system
   * @param signature how its scores are to be understood
   * @param judged the part that is compared
   */
  record Run(Optional<Long> seed, String signature, JudgedPart judged) {}

  /** A folder of results and its parts by name. */
  private record Results(Path folder, MetricsFile metrics, Map<String, JudgedPart> parts) {}

  /**
   * Opens folders.
   *
   * @param part the name of the part to compare; the decisive one when left out
   * @throws SluiceException EVA-041 when a folder holds no results, EVA-032 when there is no such part, EVA-046 when two of them are one
   */
  static List<Contender> open(List<Path> folders, Optional<String> part) {
    List<List<Results>> results = new ArrayList<>();
    for (Path folder : folders) {
      List<Results> its = results(folder);
      requireOthers(results, its);
      results.add(its);
    }
    part.ifPresent(name -> requirePart(results, name));
    List<Contender> contenders = new ArrayList<>();
    List<String> names = names(folders);
    for (int i = 0; i < folders.size(); i++) {
      List<Run> runs = results.get(i).stream().map(its -> run(its, part)).toList();
      contenders.add(new Contender(names.get(i), folders.get(i), runs));
    }
    return contenders;
  }

  /** A folder beside itself would look like a finding, whatever its names are. */
  private static void requireOthers(List<List<Results>> before, List<Results> its) {
    for (List<Results> others : before)
      for (Results other : others)
        for (Results one : its) {
          if (!same(one.folder, other.folder)) continue;
          throw SluiceException.usage(
              "EVA-046",
              Location.of(one.folder.toString()),
              "it is the same folder as " + other.folder + ", so there is nothing to compare",
              "name each run once; a run of a series that is compared is in it already");
        }
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      throw SluiceException.notRead(one, e);
    }
  }

  private static void requirePart(List<List<Results>> results, String name) {
    List<Results> all = results.stream().flatMap(List::stream).toList();
    Set<String> common = new LinkedHashSet<>(all.get(0).parts.keySet());
    for (Results its : all) common.retainAll(its.parts.keySet());
    for (Results its : all) {
      if (its.parts.containsKey(name)) continue;
      String has = shown(its.parts.keySet());
      throw SluiceException.usage(
          "EVA-032",
          Location.of(its.folder.toString()),
          "there is no part \"" + name + "\", it has " + has,
          common.isEmpty()
              ? "leave out --part, for no part has the same name in all of them"
              : "name a part that all of them have: " + shown(common));
    }
  }

  private static String shown(Set<String> names) {
    List<String> first = names.stream().limit(MOST_PARTS).toList();
    String more = names.size() > MOST_PARTS ? " and " + (names.size() - MOST_PARTS) + " more" : "";
    return String.join(", ", first) + more;
  }

  /** The last names of the paths, as many as tell them apart, else whole. */
  static List<String> names(List<Path> folders) {
    for (int last = 1; last <= MOST_NAMES; last++) {
      int n = last;
      List<String> names = folders.stream().map(f -> end(f, n)).toList();
      if (Set.copyOf(names).size() == names.size()) return names;
    }
    return folders.stream().map(Path::toString).toList();
  }

  private static String end(Path folder, int last) {
    int count = folder.getNameCount();
    return count <= last ? folder.toString() : folder.subpath(count - last, count).toString();
  }

  /** What a folder holds: the runs of a series of seeds when it is one, else the results of a run or an evaluation. */
  private static List<Results> results(Path folder) {
    if (Files.isRegularFile(folder))
      throw SluiceException.usage(
          "EVA-041",
          Location.of(folder.toString()),
          "this is a file, expected the folder of results",
          "name the folder in which it lies");
    Optional<SeriesFile.Kind> kind = SeriesFile.kindOf(folder);
    if (kind.isEmpty()) return List.of(one(folder));
    SeriesFile series = SeriesFile.read(folder, kind.get());
    if (kind.get() == SeriesFile.Kind.SEEDS)
      return series.folders().stream().map(Contender::one).toList();
    Path run = series.folders().get(0);
    boolean folds = kind.get() == SeriesFile.Kind.FOLDS;
    throw SluiceException.usage(
        "EVA-041",
        Location.of(folder.toString()),
        series.told()
            + (folds
                ? ", each tested on other sentences, so they are not one system"
                : ", trained on other shares of the data, so they are not one system"),
        "compare one of its runs with the same one of another series, e.g. " + run);
  }

  private static Results one(Path folder) {
    Path file = folder.resolve(MetricsJson.FILE);
    if (!Files.exists(file)) throw noResults(file);
    MetricsFile metrics = MetricsFile.read(folder);
    return new Results(folder, metrics, JudgedPart.of(folder, metrics));
  }

  private static Run run(Results results, Optional<String> part) {
    MetricsFile metrics = results.metrics;
    JudgedPart judged = results.parts.get(part.orElse(metrics.decisiveName()));
    if (!Files.exists(judged.file()))
      throw SluiceException.usage(
          "EVA-041",
          Location.of(judged.file().toString()),
          "no such file, so the sentences of part \"" + judged.name() + "\" cannot be compared",
          "write the results again: sluice train, or evaluate or score with --out");
    JsonNode seed = metrics.json().path("run").path("seed");
    return new Run(
        seed.isNumber() ? Optional.of(seed.asLong()) : Optional.empty(),
        metrics.signature(),
        judged);
  }

  private static SluiceException noResults(Path missing) {
    return SluiceException.usage(
        "EVA-041",
        Location.of(missing.toString()),
        "no such file, so there are no results to compare",
        "name folders that sluice train, or evaluate or score with --out, have written");
  }

  /** What is compared: spans, labels or sentences. */
  String kind() {
    return runs.get(0).judged.json().path("scores").path("kind").asText();
  }

  /** The headline score of each run that has a seed, in percent, by seed; nothing when there are fewer than two. */
  Optional<SeedScores> seeds() {
    SortedMap<Long, Double> scores = new TreeMap<>();
    for (Run run : runs) {
      JsonNode headline = run.judged.json().path("scores").path("headline").path("value");
      if (run.seed.isPresent() && headline.isNumber())
        scores.put(run.seed.get(), 100 * headline.asDouble());
    }
    return scores.size() < 2 ? Optional.empty() : Optional.of(new SeedScores(scores));
  }
}
