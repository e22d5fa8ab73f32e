package dev.sluice.eval.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The runs of the study, put together over seeds.
 *
 * @param settings of all runs
 * @param runs what {@link AgreementRun} measured, by cell and by seed, as many of each cell
 */
record AgreementResults(StudySettings settings, Map<StudiedCell, List<JsonNode>> runs) {

  /** The number at a path, such as {@code after/accuracy/50}, over the seeds of a cell; an infinite one is kept as text. */
  Spread spread(StudiedCell cell, String path) {
    return Spread.of(
        runs.get(cell).stream().mapToDouble(run -> number(run.at("/" + path), path)).toArray());
  }

  private static double number(JsonNode node, String path) {
    if (node.isNumber()) return node.doubleValue();
    if (node.isTextual()) return Double.parseDouble(node.textValue());
    throw new IllegalArgumentException("there is no number at " + path);
  }

  /** What a cell's runs have in common, such as the number of its units. */
  long common(StudiedCell cell, String key) {
    return first(cell).path(key).longValue();
  }

  /** The run of the first seed. */
  JsonNode first(StudiedCell cell) {
    return runs.get(cell).get(0);
  }

  /** The seeds, in order. */
  List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (JsonNode run : runs.values().iterator().next()) seeds.add(run.path("seed").longValue());
    return seeds;
  }

  /** The seconds of processor time that training took, all runs together. */
  double seconds() {
    return runs.values().stream()
        .flatMap(List::stream)
        .mapToDouble(run -> run.path("seconds").doubleValue())
        .sum();
  }

  /** Everything but the points of the surfaces, which the runs have. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.set("settings", settings.json());
    seeds().forEach(json.putArray("seeds")::add);
    ObjectNode cells = json.putObject("cells");
    for (StudiedCell cell : runs.keySet()) {
      ObjectNode of = cells.putObject(cell.key());
      for (String key : List.of("units", "cellWeights", "parameters"))
        of.put(key, common(cell, key));
      for (String key : List.of("stepsPerSecond", "clippedShare", "medianNorm", "largestNorm"))
        of.set(key, spread(spread(cell, key)));
      of.set("alone", distances(cell, "alone", "accuracy", StudySettings.distances()));
      of.set("aloneSteps", distances(cell, "alone", "steps", StudySettings.distances()));
      for (String when : List.of("before", "after")) {
        ObjectNode measured = of.putObject(when);
        measured.set("accuracy", distances(cell, when + "/accuracy", "", StudySettings.tested()));
        measured.set(
            "gradient", distances(cell, when + "/gradient", "", StudySettings.distances()));
        if (!cell.hasSurface()) continue;
        ObjectNode surface = measured.putObject("surface");
        for (String key :
            List.of("center", "largestFactor", "percentile99", "median", "largestStep"))
          surface.set(key, spread(spread(cell, when + "/surface/" + key)));
      }
    }
    return json;
  }

  private ObjectNode distances(StudiedCell cell, String path, String key, int[] distances) {
    ObjectNode json = Json.object();
    for (int distance : distances) {
      String at = path + "/" + distance + (key.isEmpty() ? "" : "/" + key);
      json.set(String.valueOf(distance), spread(spread(cell, at)));
    }
    return json;
  }

  private static ObjectNode spread(Spread spread) {
    ObjectNode json = Json.object();
    put(json, "mean", spread.mean());
    if (spread.count() > 1) put(json, "deviation", spread.deviation());
    else json.putNull("deviation");
    put(json, "median", spread.median());
    put(json, "least", spread.least());
    put(json, "most", spread.most());
    return json;
  }

  /** Puts a number, as a text where JSON has none. */
  static void put(ObjectNode json, String key, double value) {
    if (Double.isFinite(value)) json.put(key, value);
    else json.put(key, String.valueOf(value));
  }
}
