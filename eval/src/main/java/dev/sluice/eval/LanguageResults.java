package dev.sluice.eval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.report.LanguagePage;
import dev.sluice.metric.Perplexity;
import dev.sluice.pipeline.LanguageRun;
import dev.sluice.trainer.EpochReport;
import java.nio.file.Path;

/**
 * What the training of a language model came to, as {@code metrics.json} and {@code report.html} in its folder. Numbers are not rounded and have no
 * times in them, so that the same run gives the
 * same bytes. {@code docs/language-models.md} describes every key.
 */
public final class LanguageResults {
  private static final int SCHEMA_VERSION = 1;

  private LanguageResults() {}

  /**
   * Writes both files.
   *
   * @param name the name of the run on its page
   */
  public static void write(LanguageRun.Result result, String name) {
    Path folder = result.folder();
    Json.write(metrics(result), folder.resolve(MetricsJson.FILE));
    LanguagePage.write(result, name, folder);
  }

  private static ObjectNode metrics(LanguageRun.Result result) {
    ObjectNode json = Json.object();
    json.put("schemaVersion", SCHEMA_VERSION).put("task", "language-model");
    json.put("seed", result.seed());
    ArrayNode splits = json.putArray("splits");
    for (var split : result.splits()) {
      ObjectNode one = splits.addObject().put("name", split.name());
      one.put("documents", split.documents()).put("symbols", split.symbols());
      one.put("characters", split.characters()).put("sha256", split.fingerprint());
    }
    ObjectNode scores = json.putObject("scores");
    scores.set("dev", score(result.dev()));
    if (result.test().isPresent()) scores.set("test", score(result.test().get()));
    json.put("epochs", result.outcome().history().size());
    json.put("bestEpoch", result.outcome().bestEpoch());
    double perCharacter = (double) result.dev().symbols() / Math.max(1, result.dev().characters());
    ArrayNode curve = json.putArray("curve");
    for (EpochReport r : result.outcome().history()) {
      ObjectNode epoch = curve.addObject().put("epoch", r.epoch()).put("loss", r.loss());
      epoch.put("perplexity", 1 / r.dev()).put("bitsPerSymbol", -log2(r.dev()));
      epoch.put("bitsPerCharacter", -log2(r.dev()) * perCharacter);
      epoch.put("best", r.best()).put("rate", r.rate()).put("gradientNorm", r.norm());
    }
    ArrayNode samples = json.putArray("samples");
    result.samples().forEach(samples::add);
    return json;
  }

  private static ObjectNode score(Perplexity p) {
    ObjectNode json = Json.object();
    json.put("perplexity", p.value()).put("bitsPerSymbol", p.bitsPerSymbol());
    json.put("bitsPerCharacter", p.bitsPerCharacter()).put("bits", p.bits());
    json.put("symbols", p.symbols()).put("characters", p.characters());
    return json.put("unknown", p.unknown());
  }

  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }
}
