package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders as cross-validation and learning curves leave them, with made-up numbers. */
final class RunFolders {
  private RunFolders() {}

  /** Three folds of 20 sentences; 8 of 10 spans are right, and the first run has a report and a training.csv. */
  static Path folds(Path folder) throws IOException {
    ObjectNode json = begin("folds");
    json.put("folds", 3).put("seed", 7);
    json.putObject("data").put("sha256", "00").put("sentences", 60);
    double[] dev = {0.85, 0.9, 0.8}, test = {0.85, 0.75, 0.8};
    ArrayNode runs = json.putArray("runs");
    for (int i = 0; i < 3; i++)
      run(runs, "fold-" + (i + 1), 7, dev[i], test[i])
          .put("fold", i + 1)
          .put("devFold", (i + 1) % 3 + 1)
          .put("sentences", 20);
    json.putObject("dev").put("count", 3).put("mean", 0.85).put("deviation", 0.05);
    json.putObject("test").put("count", 3).put("mean", 0.8).put("deviation", 0.05);
    ObjectNode scores = (ObjectNode) SmallDocument.json().at("/parts/0/scores").deepCopy();
    scores.put("sentences", 60).putObject("headline").put("name", "F1").put("value", 0.8);
    for (ObjectNode counts :
        new ObjectNode[] {scores.putObject("micro"), scores.putObject("types").putObject("city")})
      counts.put("truePositives", 8).put("falsePositives", 2).put("falseNegatives", 2);
    json.set("pooled", scores);
    ObjectNode suspects = json.putObject("suspects").put("count", 3);
    ObjectNode form = suspects.putArray("forms").addObject().put("text", "Bern");
    form.put("given", "to_city").put("suggested", "from_city").put("count", 3);
    Path first = Files.createDirectories(folder.resolve("fold-1"));
    Files.writeString(first.resolve("report.html"), "a page");
    Files.writeString(first.resolve("training.csv"), SampleDocument.training(4));
    Files.writeString(folder.resolve("suspects.csv"), "file\n");
    Json.write(json, folder.resolve("folds.json"));
    return folder;
  }

  /** Three parts of 800 sentences, two seeds each. */
  static Path curve(Path folder) throws IOException {
    Files.createDirectories(folder);
    ObjectNode json = begin("learning-curve");
    json.putObject("data").put("sha256", "00").put("sentences", 800);
    ArrayNode points = json.putArray("points");
    double[] means = {0.9, 0.94, 0.96};
    int[] percents = {10, 50, 100};
    for (int i = 0; i < 3; i++) {
      ObjectNode point = points.addObject().put("share", percents[i] / 100.0);
      point.put("sentences", 8 * percents[i]).put("tokens", 80 * percents[i]);
      ArrayNode runs = point.putArray("runs");
      for (int seed = 1; seed <= 2; seed++) {
        double score = means[i] + (seed == 1 ? -0.01 : 0.01);
        run(runs, "share-" + percents[i] + "-seed-" + seed, seed, score, score);
      }
      for (String split : new String[] {"dev", "test"})
        point
            .putObject(split)
            .put("count", 2)
            .put("mean", means[i])
            .put("deviation", Math.sqrt(0.0002))
            .put("min", means[i] - 0.01)
            .put("max", means[i] + 0.01);
    }
    json.putArray("skipped").addObject().put("share", 0.01).put("sentences", 8);
    json.putObject("fit").put("a", 1).put("b", 0.5).put("points", 3);
    Json.write(json, folder.resolve("learning-curve.json"));
    return folder;
  }

  private static ObjectNode begin(String kind) {
    ObjectNode json = Json.object().put("schemaVersion", 1);
    json.putObject("tool").put("name", "sluice").put("version", "1");
    return json.put("kind", kind).put("signature", "F1=spanmicro").put("headline", "F1");
  }

  private static ObjectNode run(ArrayNode runs, String name, long seed, double dev, double test) {
    ObjectNode run = runs.addObject().put("name", name).put("seed", seed);
    return run.put("epochs", 4).put("bestEpoch", 3).put("dev", dev).put("test", test);
  }
}
