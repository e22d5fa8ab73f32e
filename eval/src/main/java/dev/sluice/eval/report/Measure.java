package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A score of the whole part under its name.
 *
 * @param name as people call it
 * @param value in [0, 1], empty when it is not defined
 * @param percent the same for people
 * @param of out of how many cases, empty where that says nothing
 * @param interval its interval, where the document has one
 */
record Measure(
    String name, OptionalDouble value, String percent, String of, Optional<Range> interval) {
  /** Every score that is defined for the kind of task, the headline first. */
  static List<Measure> all(ReportData data) {
    JsonNode s = data.scores(), i = data.analysis().path("intervals").path("scores");
    List<Measure> all = new ArrayList<>();
    all.add(headline(data));
    if (Summary.isSpans(data)) {
      Ratio precision = Figures.counts(s.path("micro")).precision();
      Ratio recall = Figures.counts(s.path("micro")).recall();
      all.add(of("precision", precision, Range.of(i.path("precision"))));
      all.add(of("recall", recall, Range.of(i.path("recall"))));
      counted(all, "strict F1", s.path("strict"));
      counted(all, "borders F1", s.path("boundary"));
    }
    mean(all, "averaged F1", s.path("macro").path("f1"));
    mean(all, "weighted F1", s.path("weighted").path("f1"));
    accuracy(all, "type accuracy on right borders", s.path("typeAccuracy"), i);
    String kind = s.path("kind").asText();
    if (!kind.equals("labels")) accuracy(all, "token accuracy", s.path("tokenAccuracy"), i);
    accuracy(all, "token accuracy without O", s.path("nonOutsideAccuracy"), i);
    accuracy(all, "accuracy on known words", s.path("knownWordAccuracy"), i);
    accuracy(all, "accuracy on unknown words", s.path("unknownWordAccuracy"), i);
    if (!kind.equals("sentences")) {
      Range interval = Range.of(i.path("sentenceAccuracy")).orElse(null);
      Ratio whole = Figures.ratio(s.path("sentenceAccuracy"));
      if (whole.whole() > 0) all.add(of("sentence accuracy", whole, Optional.ofNullable(interval)));
      Ratio intents = Figures.ratio(s.path("intentAccuracy"));
      if (intents.whole() > 0)
        all.add(of("intent accuracy", intents, Range.of(i.path("intentAccuracy"))));
    }
    Ratio accepted = Figures.ratio(s.path("intentCoverage"));
    if (accepted.part() < accepted.whole()) {
      all.add(of("intents accepted", accepted, Optional.empty()));
      accuracy(all, "intent accuracy among accepted", s.path("acceptedIntentAccuracy"), i);
    }
    return all;
  }

  /** The one number of the task. */
  static Measure headline(ReportData data) {
    return headline(data.scores(), new PartRow("", data.part()).interval());
  }

  /** The same of any part of a document. */
  static Measure headline(JsonNode s, Optional<Range> interval) {
    String name = s.path("headline").path("name").asText("F1");
    OptionalDouble value = Figures.score(s.path("headline"));
    Ratio ratio =
        switch (s.path("kind").asText()) {
          case "spans" -> Figures.counts(s.path("micro")).f1();
          case "labels" -> Figures.ratio(s.path("tokenAccuracy"));
          default -> Figures.ratio(s.path("intentAccuracy"));
        };
    String percent = ratio.value().equals(value) ? ratio.percent() : Figures.percent(value);
    return new Measure(name, value, percent, "", interval);
  }

  private static Measure of(String name, Ratio ratio, Optional<Range> interval) {
    return new Measure(
        name, ratio.value(), ratio.percent(), Figures.count(ratio.whole()), interval);
  }

  private static void counted(List<Measure> all, String name, JsonNode counts) {
    if (!counts.isObject()) return;
    Ratio f1 = Figures.counts(counts).f1();
    all.add(new Measure(name, f1.value(), f1.percent(), "", Optional.empty()));
  }

  private static void mean(List<Measure> all, String name, JsonNode value) {
    if (!value.isNumber()) return;
    OptionalDouble mean = Figures.score(value);
    all.add(new Measure(name, mean, Figures.percent(mean), "", Optional.empty()));
  }

  private static void accuracy(List<Measure> all, String name, JsonNode node, JsonNode intervals) {
    Ratio ratio = Figures.ratio(node);
    if (ratio.whole() == 0) return;
    boolean tokens = name.equals("token accuracy");
    Optional<Range> interval =
        tokens ? Range.of(intervals.path("tokenAccuracy")) : Optional.empty();
    all.add(of(name, ratio, interval));
  }
}
