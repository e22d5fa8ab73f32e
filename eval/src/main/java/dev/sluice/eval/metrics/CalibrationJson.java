package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.metric.Calibration;
import dev.sluice.metric.Calibrations;

/** Calibrations as a JSON tree: every key is always there; what is undefined is null; nothing is rounded. */
final class CalibrationJson {
  private CalibrationJson() {}

  static ObjectNode of(Calibrations all) {
    ObjectNode json = Json.object();
    json.set("spans", of(all.spans()));
    json.set("tokens", of(all.tokens()));
    json.set("insideTokens", of(all.insideTokens()));
    json.set("intents", of(all.intents()));
    return json;
  }

  private static ObjectNode of(Calibration c) {
    ObjectNode json = Json.object();
    json.put("cases", c.cases());
    Json.put(json, "accuracy", c.accuracy().value());
    Json.put(json, "confidence", c.meanConfidence());
    Json.put(json, "ece", c.ece());
    Json.put(json, "equalMassEce", c.equalMassEce());
    Json.put(json, "mce", c.mce());
    Json.put(json, "brier", c.brier());
    Json.put(json, "logLoss", c.logLoss());
    Json.put(json, "areaUnderRiskCoverage", c.areaUnderRiskCoverage());
    ArrayNode curve = json.putArray("riskCoverage");
    for (Calibration.Selective point : c.riskCoverage(20))
      curve
          .addObject()
          .put("threshold", point.threshold())
          .put("coverage", point.coverage())
          .put("risk", point.risk());
    ArrayNode bins = json.putArray("bins");
    for (Calibration.Bin bin : c.bins())
      bins.addObject()
          .put("cases", bin.cases())
          .put("right", bin.right())
          .put("confidence", bin.confidence());
    return json;
  }
}
