package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is only partly right, by the measures of SemEval-2013, in words that every form of the report shares. */
final class PartlyRight {
  /** The measures, the strictest first. */
  static final List<String> MEASURES = List.of("strict", "exact", "partial", "type");

  private static final Map<String, String> MEANINGS =
      Map.of(
          "strict", "borders and type",
          "exact", "borders alone",
          "partial", "overlap counts half",
          "type", "type, with any overlap");

  private PartlyRight() {}

  /**
   * The measures of each type, seen in one of two ways.
   *
   * @param key where the document has it, below {@code semeval}
   * @param title how a pair of two types is counted
   * @param types the measures by type
   */
  record View(String key, String title, JsonNode types) {}

  /** What counts as right: {@code strict: borders and type}. */
  static String meaning(String measure) {
    return measure + ": " + MEANINGS.get(measure);
  }

  /** All types together, by the usual rule; missing where there are no spans. */
  static JsonNode all(ReportData data) {
    return data.analysis().path("semeval").path("leftToRight");
  }

  /** The views that the document has: one in which a pair belongs to one type, and one in which each type is looked at as if there were no other. */
  static List<View> views(ReportData data) {
    JsonNode semeval = data.analysis().path("semeval");
    List<View> views = new ArrayList<>();
    for (View view :
        List.of(
            new View("types", "a pair counts under its gold type", semeval.path("types")),
            new View("typesApart", "both sides filtered by type", semeval.path("typesApart"))))
      if (!view.types().isEmpty()) views.add(view);
    return views;
  }

  /** F1 in percent. */
  static String f1(JsonNode measures, String measure) {
    return score(measures.path(measure), "f1");
  }

  /** A score of a measure in percent. */
  static String score(JsonNode measure, String key) {
    return Figures.percent(Figures.score(measure.path(key)));
  }
}
