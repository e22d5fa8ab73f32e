package dev.sluice.eval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.report.TransductionPage;
import dev.sluice.metric.SequenceScores;
import dev.sluice.model.TransducerModel;
import dev.sluice.pipeline.TransductionRun;
import dev.sluice.trainer.EpochReport;
import java.nio.file.Path;

/**
 * What the training of a transducer came to, as {@code metrics.json} and {@code report.html} in its folder. Numbers are not rounded and have no times in them, so that the same run gives the same
 * bytes. {@code docs/transduction.md} describes every key.
 */
public final class TransductionResults {
  private static final int SCHEMA_VERSION = 1;

  private TransductionResults() {}

  /**
   * Writes both files.
   *
   * @param name the name of the run on its page
   */
  public static void write(TransductionRun.Result result, String name) {
    Path folder = result.folder();
    String devScore = result.byPerplexity() ? "1 / perplexity" : "sequence accuracy";
    Json.write(metrics(result, devScore), folder.resolve(MetricsJson.FILE));
    TransductionPage.write(result, devScore, name, folder);
  }

  private static ObjectNode metrics(TransductionRun.Result result, String devScore) {
    ObjectNode json = Json.object();
    json.put("schemaVersion", SCHEMA_VERSION).put("task", TransducerModel.TASK);
    json.put("seed", result.seed());
    ArrayNode splits = json.putArray("splits");
    for (var split : result.splits()) {
      ObjectNode one = splits.addObject().put("name", split.name()).put("pairs", split.pairs());
      one.put("tokens", split.tokens()).put("symbols", split.symbols());
      one.put("sha256", split.fingerprint());
    }
    ObjectNode scores = json.putObject("scores");
    scores.set("dev", score(result.dev()));
    if (result.test().isPresent()) scores.set("test", score(result.test().get()));
    json.put("epochs", result.outcome().history().size());
    json.put("bestEpoch", result.outcome().bestEpoch());
    json.put("devScore", devScore);
    ArrayNode curve = json.putArray("curve");
    for (EpochReport r : result.outcome().history()) {
      ObjectNode epoch = curve.addObject().put("epoch", r.epoch()).put("loss", r.loss());
      epoch.put("dev", r.dev()).put("best", r.best());
      epoch.put("rate", r.rate()).put("gradientNorm", r.norm());
    }
    ArrayNode shown = json.putArray("shown");
    for (TransductionRun.Shown s : result.shown()) {
      ObjectNode one = shown.addObject().put("source", s.source()).put("best", s.best());
      ArrayNode drawn = one.putArray("drawn");
      s.drawn().forEach(drawn::add);
    }
    return json;
  }

  private static ObjectNode score(SequenceScores s) {
    ObjectNode json = Json.object();
    json.put("sequenceAccuracy", s.right().orElse(0)).put("right", s.right().part());
    json.put("pairs", s.right().whole()).put("symbolErrorRate", s.errorRate());
    json.put("edits", s.edits()).put("symbols", s.symbols());
    json.put("perplexity", s.perplexity().value()).put("bits", s.perplexity().bits());
    json.put("predictedSymbols", s.perplexity().symbols());
    return json.put("unknown", s.perplexity().unknown());
  }
}
