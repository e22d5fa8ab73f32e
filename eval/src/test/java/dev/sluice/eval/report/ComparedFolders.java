package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Configs;
import dev.sluice.data.DataConfig;
import dev.sluice.eval.EvaluationOptions;
import dev.sluice.eval.PairedFiles;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.eval.compare.Comparison;
import dev.sluice.eval.json.Json;
import dev.sluice.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Folders of results to compare, made by scoring made-up predictions. */
final class ComparedFolders {
  /** Four spans in three sentences. */
  static final String GOLD = "B-a O O\nO B-b O\nB-a O B-b\n";

  /** Half of them found. */
  static final String LOW = "B-a O O\nO O O\nB-a O O\n";

  /** One taken for another type. */
  static final String OTHER = "B-a O O\nO B-b O\nB-b O B-b\n";

  private final Path temp;

  ComparedFolders(Path temp) {
    this.temp = temp;
  }

  /** Scores predictions, a sentence of tags a line, so many times. */
  Path score(String name, String predicted, int times) throws IOException {
    Path out = temp.resolve(name);
    PairedFiles.score(
        side("gold", GOLD.repeat(times)),
        side("found", predicted.repeat(times)),
        Tokenizers.of("whitespace"),
        EvaluationOptions.DEFAULT.withOut(Optional.of(out)));
    return out;
  }

  /** Puts beside the scores what a training leaves: its course, its seed and its config. */
  Path trained(Path folder, long seed, String config) throws IOException {
    Files.writeString(folder.resolve("training.csv"), SampleDocument.training(6));
    Path file = folder.resolve("metrics.json");
    ObjectNode metrics = (ObjectNode) SmallDocument.parse(Files.readString(file));
    metrics.putObject("run").put("seed", seed).put("config", config);
    Json.write(metrics, file);
    return folder;
  }

  /** Three systems that were trained, of which the last is a series of two seeds. */
  ComparisonData three() throws IOException {
    Path low = trained(score("low", LOW, 20), 1, "encoder: {hidden: 8}\nloss: crf\n");
    Path high = trained(score("high", GOLD, 20), 1, "encoder: {hidden: 200}\nloss: crf\n");
    Path series = series();
    return ComparisonData.read(Comparison.of(List.of(low, high, series), Optional.empty(), 1));
  }

  private Path series() throws IOException {
    Files.createDirectories(temp.resolve("series"));
    trained(score("series/seed-1", OTHER, 20), 1, "encoder: {hidden: 8}\nloss: softmax\n");
    trained(score("series/seed-2", GOLD, 20), 2, "encoder: {hidden: 8}\nloss: softmax\n");
    return seeds("series", 0.75, 1);
  }

  /** Writes the seeds.json of runs seed-1, seed-2 and so on. */
  Path seeds(String name, double... scores) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    ObjectNode json = Json.object().put("schemaVersion", 1).put("kind", "seeds");
    json.put("signature", "F1=spanmicro")
        .put("headline", "F1")
        .putObject("tool")
        .put("version", "1");
    var runs = json.putArray("runs");
    for (int i = 1; i <= scores.length; i++) {
      ObjectNode run = runs.addObject().put("name", "seed-" + i).put("seed", i);
      run.put("epochs", 5).put("bestEpoch", 4).put("dev", scores[i - 1]).putNull("test");
    }
    Json.write(json, folder.resolve("seeds.json"));
    return folder;
  }

  private Side side(String name, String sentences) throws IOException {
    StringBuilder conll = new StringBuilder();
    for (String sentence : sentences.split("\n")) {
      int t = 0;
      for (String tag : sentence.split(" "))
        conll.append("word").append(t++).append(' ').append(tag).append('\n');
      conll.append('\n');
    }
    Path file = Files.writeString(temp.resolve(name), conll.toString());
    return new Side(
        file,
        Configs.parse("format: conll\ntrain: t\ndev: d\nscheme: bio\n", "c", DataConfig.class)
            .value());
  }
}
