package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.statistics.PowerLaw;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import dev.sluice.metric.Spread;
import dev.sluice.model.TensorFile;
import dev.sluice.pipeline.CurveRuns;
import dev.sluice.pipeline.FinishedRun;
import dev.sluice.pipeline.FoldRuns;
import dev.sluice.pipeline.SeedRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The numbers of several runs as JSON: unrounded, without times and dates, so that the same runs give the same bytes. {@code docs/several-runs.md} describes every
 * key.
 */
public final class SeriesJson {
  static final int SCHEMA_VERSION = 1;

  private final ObjectNode json;

  private SeriesJson(ObjectNode json) {
    this.json = json;
  }

  /** The document of several seeds. */
  public static SeriesJson of(SeedRuns.Result result) {
    ObjectNode json = begin("seeds", result.runs().get(0).dev());
    ArrayNode runs = json.putArray("runs");
    for (FinishedRun run : result.runs()) runs.add(run(run));
    json.set("dev", spread(result.dev()));
    json.set("test", result.test().map(SeriesJson::spread).orElse(null));
    json.set("summary", summary(result.runs()));
    return new SeriesJson(json);
  }

  /** The document of a cross-validation. */
  public static SeriesJson of(FoldRuns.Result result) {
    ObjectNode json = begin("folds", result.pooled());
    json.put("folds", result.folds().count());
    json.put("seed", result.seed());
    json.putObject("data")
        .put("sha256", result.data().fingerprint())
        .put("sentences", result.data().size());
    ArrayNode runs = json.putArray("runs");
    List<FinishedRun> all = result.runs();
    for (int i = 0; i < all.size(); i++) {
      ObjectNode run = run(all.get(i));
      run.put("fold", i + 1);
      run.put("devFold", result.folds().devOf(i + 1));
      run.put("sentences", all.get(i).test().orElseThrow().sentences());
      runs.add(run);
    }
    json.set("dev", spread(result.dev()));
    json.set("test", spread(result.test()));
    json.set("summary", summary(result.runs()));
    json.set("pooled", ScoresJson.of(result.pooled()));
    json.set("suspects", SuspectsJson.of(result.suspects()));
    return new SeriesJson(json);
  }

  /** The document of a learning curve. */
  public static SeriesJson of(CurveRuns.Result result) {
    ObjectNode json = begin("learning-curve", result.points().get(0).runs().get(0).dev());
    json.put("shuffleSeed", CurveRuns.SHUFFLE_SEED);
    json.putObject("data")
        .put("sha256", result.train().fingerprint())
        .put("sentences", result.train().size());
    ArrayNode points = json.putArray("points");
    for (CurveRuns.Point point : result.points()) points.add(point(point));
    ArrayNode skipped = json.putArray("skipped");
    for (CurveRuns.Skipped part : result.skipped())
      skipped.addObject().put("share", part.percent() / 100.0).put("sentences", part.sentences());
    json.set("fit", fit(result).map(SeriesJson::law).orElse(null));
    return new SeriesJson(json);
  }

  /** The power law through the means of dev; nothing when there are too few points. */
  public static Optional<PowerLaw> fit(CurveRuns.Result result) {
    return PowerLaw.fit(
        result.points().stream().mapToDouble(CurveRuns.Point::sentences).toArray(),
        result.points().stream()
            .mapToDouble(point -> 1 - point.dev().mean().orElse(Double.NaN))
            .toArray());
  }

  private static ObjectNode point(CurveRuns.Point point) {
    ObjectNode json = Json.object();
    json.put("share", point.percent() / 100.0);
    json.put("sentences", point.sentences());
    json.put("tokens", point.tokens());
    ArrayNode runs = json.putArray("runs");
    for (FinishedRun run : point.runs()) runs.add(run(run));
    json.set("dev", band(point.devScores()));
    json.set("test", point.testScores().isEmpty() ? null : band(point.testScores()));
    return json;
  }

  /** The spread of scores with each of them and the two at the ends. */
  private static ObjectNode band(List<Ratio> scores) {
    ObjectNode json = spread(Spread.of(scores));
    ArrayNode all = json.putArray("scores");
    for (Ratio score : scores) {
      if (score.value().isPresent()) all.add(score.value().getAsDouble());
      else all.addNull();
    }
    Json.put(json, "min", defined(scores).min());
    Json.put(json, "max", defined(scores).max());
    return json;
  }

  private static DoubleStream defined(List<Ratio> scores) {
    return scores.stream().flatMapToDouble(score -> score.value().stream());
  }

  private static ObjectNode law(PowerLaw law) {
    return Json.object().put("a", law.a()).put("b", law.b()).put("points", law.points());
  }

  private static ObjectNode begin(String kind, Scores scores) {
    ObjectNode json = Json.object();
    json.put("schemaVersion", SCHEMA_VERSION);
    MetricsJson.putTool(json);
    json.put("kind", kind);
    json.put("signature", scores.signature());
    json.put("headline", scores.headlineName());
    return json;
  }

  private static ObjectNode run(FinishedRun run) {
    ObjectNode json = Json.object();
    json.put("name", run.name());
    json.put("seed", run.seed());
    json.putObject("model").put("sha256", TensorFile.read(run.model()).sha256());
    json.put("epochs", run.epochs());
    json.put("bestEpoch", run.bestEpoch());
    Json.put(json, "dev", run.dev().headline().value());
    Optional<Scores> test = run.test();
    Json.put(json, "test", test.map(t -> t.headline().value()).orElse(OptionalDouble.empty()));
    return json;
  }

  private static ObjectNode summary(List<FinishedRun> runs) {
    ObjectNode json = Json.object();
    json.set("dev", spreads(runs.stream().map(FinishedRun::dev).toList()));
    json.set("test", spreads(runs.stream().flatMap(run -> run.test().stream()).toList()));
    return json;
  }

  private static ObjectNode spreads(List<Scores> scores) {
    ObjectNode json = Json.object();
    Spread.ofSummaries(scores).forEach((name, spread) -> json.set(name, spread(spread)));
    return json;
  }

  private static ObjectNode spread(Spread spread) {
    ObjectNode json = Json.object();
    json.put("count", spread.count());
    Json.put(json, "mean", spread.mean());
    Json.put(json, "deviation", spread.deviation());
    return json;
  }

  /** Writes the document to a file, whole or not at all. */
  public void write(Path file) {
    Json.write(json, file);
  }

  /** The text, ending with a line feed. */
  @Override
  public String toString() {
    return Json.text(json);
  }
}
