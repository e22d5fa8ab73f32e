package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.Dataset;
import dev.sluice.eval.analysis.LabelShift;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.eval.json.Json;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Reading;
import dev.sluice.model.Model;
import dev.sluice.pipeline.Overlap;
import dev.sluice.pipeline.SplitFacts;
import dev.sluice.pipeline.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the splits of a run are like, what they share, and where the labels of train contradict each other. */
public final class DataJson {
  private static final int SHIFTS = 20;
  private static final int INCONSISTENCIES = 50;

  private DataJson() {}

  /**
   * What is known of the splits of a run.
   *
   * @param gold how gold tags are read
   * @param model the model that was trained on them
   * @param training what the training split says, when tokens are labelled
   */
  public static ObjectNode of(
      Splits splits, Reading gold, Model model, Optional<TrainingLabels> training) {
    boolean perSentence = !model.labelsTokens();
    List<Dataset> all = new ArrayList<>(List.of(splits.train(), splits.dev()));
    splits.test().ifPresent(all::add);
    ObjectNode json = Json.object();
    ArrayNode facts = json.putArray("splits");
    List<SplitFacts> known = new ArrayList<>();
    for (Dataset split : all) {
      SplitFacts f =
          SplitFacts.of(split, perSentence ? TagScheme.PLAIN : gold.scheme(), perSentence);
      known.add(f);
      facts.add(split(f));
    }
    ArrayNode overlaps = json.putArray("overlaps"), shift = json.putArray("shift");
    ArrayNode divergence = json.putArray("divergence");
    for (int i = 1; i < all.size(); i++) {
      overlaps.add(overlap(splits.train(), all.get(i), gold, training));
      LabelShift labels = LabelShift.of(known.get(0), known.get(i));
      divergence.addObject().put("split", labels.split()).put("value", labels.divergence());
      addRows(labels, shift);
    }
    json.set("inconsistencies", training.map(DataJson::inconsistencies).orElse(null));
    return json;
  }

  private static ObjectNode split(SplitFacts facts) {
    ObjectNode json = Json.object();
    json.put("name", facts.name());
    json.put("sentences", facts.sentences());
    json.put("tokens", facts.tokens());
    json.put("longest", facts.longest());
    json.put("duplicates", facts.duplicates().count());
    json.set("types", Json.longs(facts.labels()));
    return json;
  }

  private static ObjectNode overlap(
      Dataset train, Dataset split, Reading gold, Optional<TrainingLabels> training) {
    Overlap sentences = Overlap.between(train, split);
    ObjectNode json = Json.object().put("split", split.name()).put("other", train.name());
    json.put("sentences", sentences.count()).put("of", sentences.size());
    boolean spans = gold.scheme().hasSpans() && training.isPresent();
    json.set("spans", spans ? spans(training.get().known(split.sentences(), gold)) : null);
    return json;
  }

  private static ObjectNode spans(Ratio known) {
    return Json.object().put("seen", known.part()).put("of", known.whole());
  }

  private static void addRows(LabelShift shift, ArrayNode rows) {
    shift.rows().stream()
        .limit(SHIFTS)
        .forEach(
            row ->
                rows.addObject()
                    .put("split", shift.split())
                    .put("label", row.label())
                    .put("train", row.train())
                    .put("here", row.here()));
  }

  private static ArrayNode inconsistencies(TrainingLabels training) {
    ArrayNode json = Json.array();
    training.inconsistencies().stream()
        .limit(INCONSISTENCIES)
        .forEach(
            form -> {
              ObjectNode row = json.addObject().put("text", form.text());
              row.set("types", Json.longs(form.types()));
              row.put("untagged", form.untagged());
              ArrayNode places = row.putArray("places");
              form.places().values().forEach(all -> all.forEach(w -> places.add(w.toString())));
            });
    return json;
  }
}
