package dev.sluice.eval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.metric.Calibration;
import dev.sluice.metric.Calibrations;

/** Calibrations as a JSON tree: every key is always there; what is undefined is null; nothing is rounded. */
final class CalibrationJson {
  private CalibrationJson() {}

  static ObjectNode of(Calibrations all) {
    ObjectNode json = ScoresJson.object();
    json.set("spans", of(all.spans()));
    json.set("tokens", of(all.tokens()));
    json.set("insideTokens", of(all.insideTokens()));
    json.set("intents", of(all.intents()));
    return json;
  }

  private static ObjectNode of(Calibration c) {
    ObjectNode json = ScoresJson.object();
    json.put("cases", c.cases());
    ScoresJson.put(json, "accuracy", c.accuracy().value());
    ScoresJson.put(json, "confidence", c.meanConfidence());
    ScoresJson.put(json, "ece", c.ece());
    ScoresJson.put(json, "equalMassEce", c.equalMassEce());
    ScoresJson.put(json, "mce", c.mce());
    ScoresJson.put(json, "brier", c.brier());
    ArrayNode bins = json.putArray("bins");
    for (Calibration.Bin bin : c.bins())
      bins.addObject()
          .put("cases", bin.cases())
          .put("right", bin.right())
          .put("confidence", bin.confidence());
    return json;
  }
}
