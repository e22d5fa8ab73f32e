package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What a reader must know first, in words that every form of the report shares. */
final class Summary {
  private Summary() {}

  static boolean isSpans(ReportData data) {
    return data.scores().path("kind").asText().equals("spans");
  }

  /** What was evaluated, for a title. */
  static String task(ReportData data) {
    return switch (data.scores().path("kind").asText()) {
      case "spans" -> "spans";
      case "labels" -> "labels of tokens";
      default -> "labels of sentences";
    };
  }

  /** What a row of the table of types is: a type, tag or label. */
  static String typeWord(ReportData data) {
    return switch (data.scores().path("kind").asText()) {
      case "spans" -> "Type";
      case "labels" -> "Tag";
      default -> "Label";
    };
  }

  /** {@code test: 400 sentences, 4,664 tokens}, for people. */
  static String size(ReportData data) {
    JsonNode scores = data.scores();
    String text = Figures.count(scores.path("sentences").asLong(), "sentence");
    boolean tokens = !scores.path("kind").asText().equals("sentences");
    return tokens ? text + ", " + Figures.count(scores.path("tokens").asLong(), "token") : text;
  }

  /** The headline with its interval in one line: {@code F1 81.12 (95 % interval 79.10–83.02)}. */
  static String headline(ReportData data) {
    Measure headline = Measure.headline(data);
    return headline.name()
        + " "
        + headline.percent()
        + headline
            .interval()
            .map(i -> " (" + level(data) + " interval " + i.percent() + ")")
            .orElse("");
  }

  /** {@code 95 %}. */
  static String level(ReportData data) {
    JsonNode level = data.analysis().path("intervals").path("level");
    return Figures.fixed(100 * level.asDouble(0.95), 0) + " %";
  }

  /** How the intervals were made, empty when there are none. */
  static String intervals(ReportData data) {
    JsonNode intervals = data.analysis().path("intervals");
    if (!intervals.isObject()) return "";
    return "Intervals of "
        + level(data)
        + ": bootstrap over "
        + Figures.count(data.analysis().path("unit").path("count").asLong(), unit(data))
        + ", "
        + Figures.count(intervals.path("resamples").asLong(), "resample")
        + ", seed "
        + intervals.path("seed").asText()
        + "; precision and recall of types by Wilson";
  }

  private static String unit(ReportData data) {
    return data.analysis().path("unit").path("kind").asText("sentence");
  }

  /** Moves in the predictions that the scheme does not allow. */
  static long illegalPredicted(ReportData data) {
    return sum(data.scores().path("illegalPredicted"));
  }

  /** The difference of the headline to the baseline's; empty without one, or when one of the two is not defined. */
  static OptionalDouble difference(ReportData data) {
    if (data.baseline().isEmpty()) return OptionalDouble.empty();
    OptionalDouble now = Measure.headline(data).value();
    OptionalDouble before = Measure.headline(data.baseline().get()).value();
    boolean both = now.isPresent() && before.isPresent();
    return both
        ? OptionalDouble.of(now.getAsDouble() - before.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The difference of the added counts, which only for spans is the headline, as text. */
  static String pointsOf(ReportData data, Average average) {
    OptionalDouble difference = difference(data);
    boolean shown = average.counts().isPresent() && isSpans(data) && difference.isPresent();
    return shown ? Figures.points(difference.getAsDouble()) : "";
  }

  /** The difference of the headline in words. */
  static String difference(ReportData data, ReportData before) {
    OptionalDouble difference = difference(data);
    String text =
        difference.isPresent()
            ? Figures.points(difference.getAsDouble()) + " points against the baseline "
            : "no difference can be told from the baseline ";
    return text
        + before.name()
        + ", which has "
        + Measure.headline(before).percent()
        + " on "
        + before.partName();
  }

  /** What makes the numbers less than they seem, the gravest first. */
  static List<String> warnings(ReportData data) {
    List<String> warnings = new ArrayList<>();
    JsonNode scores = data.scores();
    overlap(data, warnings);
    long predicted = illegalPredicted(data), gold = sum(scores.path("illegalGold"));
    if (predicted > 0)
      warnings.add(
          Figures.count(predicted, "invalid move")
              + " in the predicted tags; the strict score leaves out the spans that needed repair.");
    if (gold > 0) warnings.add(Figures.count(gold, "invalid move") + " in the gold tags.");
    long misaligned = data.analysis().path("errors").path("flags").path("misaligned").asLong();
    if (misaligned > 0)
      warnings.add(
          Figures.count(misaligned, "gold span")
              + " with a border inside a token, which no prediction can reach.");
    long unlabelled = data.part().path("unlabelled").asLong();
    if (unlabelled > 0)
      warnings.add(Figures.count(unlabelled, "sentence") + " without gold labels, not scored.");
    data.part()
        .path("skipped")
        .properties()
        .forEach(
            skip ->
                warnings.add(
                    "Left out while reading: "
                        + skip.getKey()
                        + ", "
                        + Figures.count(skip.getValue().asLong())
                        + " times."));
    long unseen = sum(scores.path("unseenLabels")) + sum(scores.path("unseenIntents"));
    if (unseen > 0)
      warnings.add(
          Figures.count(unseen)
              + " gold labels that training never saw ("
              + names(scores.path("unseenLabels"), scores.path("unseenIntents"))
              + "); each is a miss.");
    few(data, warnings);
    return warnings;
  }

  private static void overlap(ReportData data, List<String> warnings) {
    for (JsonNode o : data.document().path("data").path("overlaps")) {
      long shared = o.path("sentences").asLong();
      boolean here = o.path("split").asText().equals(data.partName());
      if (here && shared > 0)
        warnings.add(
            Figures.count(shared)
                + " of "
                + Figures.count(o.path("of").asLong(), "sentence")
                + " of "
                + o.path("split").asText()
                + " also stand in "
                + o.path("other").asText()
                + ", so the score is too high for new text.");
    }
  }

  private static void few(ReportData data, List<String> warnings) {
    Counts all = Figures.counts(data.scores().path("micro"));
    if (all.gold() < 100)
      warnings.add("Only " + Figures.count(all.gold(), "gold case") + ": the score is uncertain.");
    long few = TypeRow.types(data).stream().filter(TypeRow::few).count();
    if (few > 0)
      warnings.add(
          (few == 1 ? "1 type has" : few + " types have")
              + " fewer than "
              + TypeRow.FEW
              + " gold cases; "
              + (few == 1 ? "its score is uncertain." : "their scores are uncertain."));
  }

  private static String names(JsonNode... counts) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : counts) each.fieldNames().forEachRemaining(names::add);
    int most = 5;
    if (names.size() <= most) return String.join(", ", names);
    return String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) sum += count.asLong();
    return sum;
  }
}
