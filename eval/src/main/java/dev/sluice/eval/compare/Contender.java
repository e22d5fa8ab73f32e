package dev.sluice.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.metrics.MetricsFile;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.statistics.SeedScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_NAMES = 3;

  /**
   * The results of a run.
   *
   * @param seed its seed; nothing for the output of another system
   * @param signature how its scores are to be understood
   * @param part the part of metrics.json that is compared
   * @param sentences the file of its judged sentences
   */
  record Run(Optional<Long> seed, String signature, JsonNode part, Path sentences) {}

  /**
   * Opens folders.
   *
   * @param part the name of the part to compare; the decisive one when left out
   * @throws SluiceException EVA-041 when a folder holds no results, EVA-032 when there is no such part
   */
  static List<Contender> open(List<Path> folders, Optional<String> part) {
    List<Contender> contenders = new ArrayList<>();
    List<String> names = names(folders);
    for (int i = 0; i < folders.size(); i++)
      contenders.add(new Contender(names.get(i), folders.get(i), runs(folders.get(i), part)));
    return contenders;
  }

  /** The last names of the paths, as many as tell them apart; a path that is named twice is its whole self. */
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

  /**
   * Opens what a folder holds: the runs of a series when there is one in it, else the results of a run or an evaluation.
   */
  private static List<Run> runs(Path folder, Optional<String> part) {
    if (Files.isRegularFile(folder))
      throw SluiceException.usage(
          "EVA-041",
          Location.of(folder.toString()),
          "this is a file, expected the folder of results",
          "name the folder in which it lies");
    List<Run> runs = new ArrayList<>();
    Path series = folder.resolve("seeds.json");
    if (Files.exists(series)) {
      for (JsonNode run : series(series).path("runs"))
        runs.add(run(folder.resolve(run.path("name").asText()), part));
    } else {
      runs.add(run(folder, part));
    }
    return runs;
  }

  private static Run run(Path folder, Optional<String> part) {
    if (!Files.exists(folder.resolve(MetricsJson.FILE)))
      throw noResults(folder.resolve(MetricsJson.FILE));
    MetricsFile metrics = MetricsFile.read(folder);
    JsonNode chosen = part.isPresent() ? metrics.part(part.get()) : metrics.decisive();
    JsonNode seed = metrics.json().path("run").path("seed");
    Path sentences = folder.resolve("sentences").resolve(chosen.path("name").asText() + ".jsonl");
    if (!Files.exists(sentences))
      throw SluiceException.usage(
          "EVA-041",
          Location.of(sentences.toString()),
          "no such file, so the sentences of part \""
              + chosen.path("name").asText()
              + "\" cannot be compared",
          part.isPresent()
              ? "leave out --part: the sentences of all files together are kept"
              : "write the results again: sluice train, or evaluate or score with --out");
    return new Run(
        seed.isNumber() ? Optional.of(seed.asLong()) : Optional.empty(),
        metrics.signature(),
        chosen,
        sentences);
  }

  private static JsonNode series(Path file) {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
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
    return runs.get(0).part.path("scores").path("kind").asText();
  }

  /** The headline score of each run that has a seed, in percent, by seed; nothing when there are fewer than two. */
  Optional<SeedScores> seeds() {
    SortedMap<Long, Double> scores = new TreeMap<>();
    for (Run run : runs) {
      JsonNode headline = run.part.path("scores").path("headline").path("value");
      if (run.seed.isPresent() && headline.isNumber())
        scores.put(run.seed.get(), 100 * headline.asDouble());
    }
    return scores.size() < 2 ? Optional.empty() : Optional.of(new SeedScores(scores));
  }
}
