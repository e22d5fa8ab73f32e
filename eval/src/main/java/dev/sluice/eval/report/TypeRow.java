package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The scores of one type, tag or label, with the intervals that the document has of them.
 *
 * @param name the type
 * @param counts what was found, wrongly found and missed
 * @param precision the interval of precision
 * @param recall that of recall
 * @param f1 that of F1
 * @param difference F1 minus that of the baseline
 */
record TypeRow(
    String name,
    Counts counts,
    Optional<Range> precision,
    Optional<Range> recall,
    Optional<Range> f1,
    OptionalDouble difference) {
  /** Scores of less cases are uncertain, and greyed. */
  static final int FEW = 20;

  /** The types of the part, in the order of the document. */
  static List<TypeRow> types(ReportData data) {
    return rows(data, "types", data.analysis().path("intervals").path("types"));
  }

  /** The labels of sentences, where they are scored beside tags. */
  static List<TypeRow> intents(ReportData data) {
    return rows(data, "intents", data.analysis().path("intervals").path("intents"));
  }

  private static List<TypeRow> rows(ReportData data, String key, JsonNode intervals) {
    JsonNode before = data.baseline().map(b -> b.scores().path(key)).orElse(null);
    List<TypeRow> rows = new ArrayList<>();
    data.scores()
        .path(key)
        .properties()
        .forEach(
            type -> {
              JsonNode interval = intervals.path(type.getKey());
              Counts counts = Figures.counts(type.getValue());
              JsonNode old = before == null ? null : before.get(type.getKey());
              rows.add(
                  new TypeRow(
                      type.getKey(),
                      counts,
                      Range.of(interval.path("precision")),
                      Range.of(interval.path("recall")),
                      Range.of(interval.path("f1")),
                      old == null
                          ? OptionalDouble.empty()
                          : difference(counts, Figures.counts(old))));
            });
    return rows;
  }

  private static OptionalDouble difference(Counts now, Counts before) {
    OptionalDouble a = now.f1().value(), b = before.f1().value();
    boolean both = a.isPresent() && b.isPresent();
    return both ? OptionalDouble.of(a.getAsDouble() - b.getAsDouble()) : OptionalDouble.empty();
  }

  /** Whether there are too few cases to trust the score. */
  boolean few() {
    return counts.gold() < FEW;
  }

  /** The difference as text, empty when there is none. */
  String points() {
    return difference.isPresent() ? Figures.points(difference.getAsDouble()) : "";
  }
}
