package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.ClassicTable;
import dev.sluice.metric.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The counts of spans in the lines of conlleval.pl. On BIO tags under the repair conlleval they are what {@code score --format conlleval} prints of the same files; on tags of other schemes the
 * accuracy is that of the tags as they are spelled, and where tags break their scheme the counts stay ours.
 */
public final class ClassicForm {
  private static final String DOCUMENTS = "-DOCSTART- lines";

  private ClassicForm() {}

  /**
   * The lines; tokens are those with a gold tag and the -DOCSTART- lines, which the program counts as right.
   *
   * @throws SluiceException EVA-049 when no spans were scored, or by characters instead of tokens
   */
  public static String of(ReportData data) {
    JsonNode accuracy = data.scores().path("tokenAccuracy");
    boolean spans = data.scores().path("kind").asText().equals("spans");
    if (!spans || accuracy.path("of").asLong() == 0)
      throw SluiceException.usage(
          Codes.FORM,
          Location.of(data.name()),
          "no spans of tokens were scored, of which alone the classic form tells",
          "choose another --format, e.g. text");
    Map<String, Counts> types = new LinkedHashMap<>();
    for (TypeRow row : TypeRow.types(data)) types.put(row.name(), row.counts());
    long documents = data.part().path("skipped").path(DOCUMENTS).asLong();
    return ClassicTable.of(
        accuracy.path("of").asLong() + documents,
        accuracy.path("right").asLong() + documents,
        types);
  }
}
