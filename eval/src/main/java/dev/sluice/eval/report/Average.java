package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row below the types: all of them together.
 *
 * @param name how they are put together
 * @param precision in percent
 * @param recall in percent
 * @param f1 in percent
 * @param counts the added counts, only where the scores come from them
 * @param interval of F1
 */
record Average(
    String name,
    String precision,
    String recall,
    String f1,
    Optional<Counts> counts,
    Optional<Range> interval) {
  /** Micro, macro and weighted. */
  static List<Average> of(ReportData data) {
    JsonNode scores = data.scores();
    List<Average> rows = new ArrayList<>();
    Optional<Range> interval =
        Summary.isSpans(data) ? new PartRow("", data.part()).interval() : Optional.empty();
    rows.add(counted("micro", scores.path("micro"), interval));
    for (String key : List.of("macro", "weighted")) {
      JsonNode mean = scores.path(key);
      if (!mean.isObject()) continue;
      rows.add(
          new Average(
              key,
              Figures.percent(Figures.score(mean.path("precision"))),
              Figures.percent(Figures.score(mean.path("recall"))),
              Figures.percent(Figures.score(mean.path("f1"))),
              Optional.empty(),
              Optional.empty()));
    }
    return rows;
  }

  /** A row of added counts. */
  static Average counted(String name, JsonNode node, Optional<Range> interval) {
    Counts counts = Figures.counts(node);
    return new Average(
        name,
        counts.precision().percent(),
        counts.recall().percent(),
        counts.f1().percent(),
        Optional.of(counts),
        interval);
  }
}
