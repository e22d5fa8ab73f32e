package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.picture.ParallelCoordinates;
import dev.sluice.metric.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Settings that differ and scores of at least three systems side by side, a line for each system. */
final class TradeOffs {
  private static final int FEWEST = 3; // systems

  /** More settings than these cannot be read side by side. */
  private static final int MOST_SETTINGS = 8;

  private static final String SEED = "training.seed";

  private TradeOffs() {}

  /** The picture, empty when there are too few systems. */
  static String markup(ComparisonData data) {
    if (data.systems().size() < FEWEST) return "";
    List<String> names = data.systems().stream().map(s -> s.path("name").asText()).toList();
    ParallelCoordinates picture =
        new ParallelCoordinates(names)
            .titled(
                "Settings and scores",
                "A line for each system; the numbers are in the tables of systems and settings.");
    List<Optional<Map<String, String>>> settings = SystemsTable.settings(data);
    List<String> paths =
        new ArrayList<>(FlatConfig.differing(settings.stream().flatMap(Optional::stream).toList()));
    paths.remove(SEED);
    int left = Math.max(0, paths.size() - MOST_SETTINGS);
    for (String path : paths.subList(0, paths.size() - left))
      picture.axis(
          path,
          settings.stream()
              .map(each -> each.map(its -> its.getOrDefault(path, "")).orElse(""))
              .toList());
    if (data.isSpans()) {
      percent(picture, data, "precision", s -> counts(s).precision().percent());
      percent(picture, data, "recall", s -> counts(s).recall().percent());
    }
    percent(
        picture, data, data.headline(), s -> Figures.percent(Figures.score(s.path("headline"))));
    if (data.isSpans())
      percent(
          picture,
          data,
          "strict F1",
          s -> s.path("strict").isObject() ? Figures.counts(s.path("strict")).f1().percent() : "");
    percent(
        picture, data, "sentences right", s -> Figures.ratio(s.path("sentenceAccuracy")).percent());
    Html html = new Html();
    html.element(
        "p",
        "Scores in percent, of several runs those of the first. Each axis reaches from its lowest to its highest value, so small differences look large."
            + (left > 0
                ? " " + Figures.count(left, "setting") + " more in the table of settings."
                : ""),
        "class",
        "note");
    html.open(
        "div",
        "class",
        "scroll",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        "Settings and scores");
    html.open("figure", "class", "wide")
        .markup(picture.inline())
        .close("figure")
        .close("div")
        .line();
    return html.toString();
  }

  private static Counts counts(JsonNode system) {
    return Figures.counts(system.path("micro"));
  }

  private static void percent(
      ParallelCoordinates picture,
      ComparisonData data,
      String name,
      Function<JsonNode, String> score) {
    picture.axis(
        name,
        data.systems().stream()
            .map(score)
            .map(text -> text.equals(Figures.UNDEFINED) ? "" : text)
            .toList());
  }
}
