package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of the document in a row: a file, a split, or what has one value of a column, with the score of each and how certain it is.
 *
 * @param name the file, split or value; {@code (empty)} for none
 * @param part as the document has it
 */
record PartRow(String name, JsonNode part) {
  /** The files or splits, and what was pooled; nothing when there is one alone. */
  static List<PartRow> parts(ReportData data) {
    List<PartRow> rows = rows(data.document().path("parts"));
    if (rows.size() < 2) return List.of();
    JsonNode pooled = data.document().path("pooled");
    if (pooled.isObject()) rows.add(new PartRow(pooled.path("name").asText(), pooled));
    return rows;
  }

  /** The values of the column that the scores were divided by; nothing without one. */
  static List<PartRow> groups(ReportData data) {
    return rows(data.document().path("groups").path("parts"));
  }

  private static List<PartRow> rows(JsonNode parts) {
    List<PartRow> rows = new ArrayList<>();
    for (JsonNode part : parts) {
      String name = part.path("name").asText();
      rows.add(new PartRow(name.isEmpty() ? "(empty)" : name, part));
    }
    return rows;
  }

  /** Its headline score. */
  Measure headline() {
    return Measure.headline(part.path("scores"), interval());
  }

  /** The interval of the headline: the part's own, or in documents of before that of its analysis. */
  Optional<Range> interval() {
    return Range.of(part.path("interval"))
        .or(() -> Range.of(part.path("analysis").at("/intervals/scores/headline")));
  }

  /** What was counted, all types together. */
  Counts micro() {
    return Figures.counts(part.path("scores").path("micro"));
  }

  long sentences() {
    return part.path("scores").path("sentences").asLong();
  }

  long tokens() {
    return part.path("scores").path("tokens").asLong();
  }
}
