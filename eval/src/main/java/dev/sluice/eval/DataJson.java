package dev.sluice.eval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.eval.json.Json;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.model.Model;
import dev.sluice.pipeline.Overlap;
import dev.sluice.pipeline.SplitFacts;
import dev.sluice.pipeline.Splits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the splits of a run are like, what they share, and where the labels of train contradict each other. */
final class DataJson {
  private static final int SHIFTS = 20;

  private DataJson() {}

  static ObjectNode of(
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
      divergence.add(addShift(known.get(0), known.get(i), shift));
    }
    json.set("inconsistencies", training.map(TrainingLabels::inconsistencies).orElse(null));
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
    json.set("spans", spans ? seen(split, gold, training.get()) : null);
    return json;
  }

  /** The spans whose surface form is a span of the same type in train. */
  private static ObjectNode seen(Dataset split, Reading gold, TrainingLabels training) {
    long seen = 0, all = 0;
    for (Sentence s : split.sentences()) {
      for (Span span : gold.scheme().decode(s.tags(), gold.repair()).spans()) {
        all++;
        if (training.hasSpan(s, span)) seen++;
      }
    }
    return Json.object().put("seen", seen).put("of", all);
  }

  /** How the shares of labels differ: the divergence of Jensen and Shannon in bits (0 when equal, at most 1), and the labels whose shares differ most. */
  private static ObjectNode addShift(SplitFacts train, SplitFacts split, ArrayNode rows) {
    SortedSet<String> labels = new TreeSet<>(train.labels().keySet());
    labels.addAll(split.labels().keySet());
    double divergence = 0;
    for (String label : labels) {
      double p = share(train.labels(), label), q = share(split.labels(), label), m = (p + q) / 2;
      divergence += (part(p, m) + part(q, m)) / 2;
    }
    labels.stream()
        .sorted(
            Comparator.comparingDouble(
                l -> -Math.abs(share(train.labels(), l) - share(split.labels(), l))))
        .limit(SHIFTS)
        .forEach(
            l ->
                rows.addObject()
                    .put("split", split.name())
                    .put("label", l)
                    .put("train", share(train.labels(), l))
                    .put("here", share(split.labels(), l)));
    return Json.object().put("split", split.name()).put("value", Math.max(0, divergence));
  }

  private static double part(double p, double m) {
    return p == 0 ? 0 : p * StrictMath.log(p / m) / StrictMath.log(2);
  }

  private static double share(SortedMap<String, Long> counts, String label) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return all == 0 ? 0 : (double) counts.getOrDefault(label, 0L) / all;
  }
}
