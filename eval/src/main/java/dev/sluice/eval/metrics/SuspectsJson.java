package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.metric.ConfidentJoint;
import dev.sluice.pipeline.Suspects;
import java.util.Optional;

/** The labels of cross-validated data that may be wrong, added up; each of them stands in suspects.csv. */
final class SuspectsJson {
  private static final int FORMS = 100;

  private SuspectsJson() {}

  static ObjectNode of(Suspects suspects) {
    ObjectNode json = Json.object();
    json.put("count", suspects.all().size());
    json.set("tokens", joint(suspects.tokens()));
    json.set("sentences", joint(suspects.sentences()));
    ArrayNode forms = json.putArray("forms");
    suspects.forms().stream()
        .limit(FORMS)
        .forEach(
            form ->
                forms
                    .addObject()
                    .put("text", form.text())
                    .put("given", form.given())
                    .put("suggested", form.suggested())
                    .put("count", form.count()));
    return json;
  }

  private static ObjectNode joint(Optional<ConfidentJoint> of) {
    if (of.isEmpty()) return null;
    ConfidentJoint joint = of.get();
    ObjectNode json = Json.object();
    json.put("labels", joint.items());
    json.put("unjudged", joint.unjudged());
    json.put("suspects", joint.suspects().size());
    json.put("estimate", joint.estimate());
    ObjectNode thresholds = json.putObject("thresholds");
    joint.thresholds().forEach(thresholds::put);
    ArrayNode cells = json.putArray("joint");
    joint
        .counts()
        .forEach(
            (given, row) ->
                row.forEach(
                    (other, count) ->
                        cells
                            .addObject()
                            .put("given", given)
                            .put("other", other)
                            .put("count", count)
                            .put("calibrated", joint.calibrated(given, other))));
    return json;
  }
}
