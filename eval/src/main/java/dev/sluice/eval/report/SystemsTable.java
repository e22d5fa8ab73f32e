package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The systems with their scores, and the settings in which their configs differ. The first column stays in view. */
final class SystemsTable {
  private SystemsTable() {}

  /** Writes a row for each system. */
  static void scores(Html html, ComparisonData data) {
    boolean spans = data.isSpans(), strict = false, intents = false, seeds = false;
    for (JsonNode system : data.systems()) {
      strict |= spans && system.path("strict").isObject();
      intents |= spans && system.path("intentAccuracy").path("of").asLong() > 0;
      seeds |= system.path("seeds").isObject();
    }
    Table table = Table.pinned(html, "Scores in percent, the baseline first", true);
    table.text("System").number(data.headline()).number("95 % interval").number("Difference");
    table.text("Verdict");
    if (spans) table.numbers("Precision", "Recall");
    if (strict) table.number("Strict F1");
    table.number("Sentences right");
    if (intents) table.number("Intents right");
    table.number("Runs");
    if (seeds) table.numbers("Lowest", "Highest").plain("Scores by seed");
    table.body();
    for (int i = 0; i < data.systems().size(); i++) {
      JsonNode system = data.systems().get(i);
      table.row().head(data.name(i)).value(score(system)).value(interval(system));
      if (i == 0) {
        table.value("").cell("baseline");
      } else {
        JsonNode pair = data.pair(0, i);
        VerdictMark mark = VerdictMark.of(pair);
        table.value(Figures.points(pair.path("difference").asDouble()));
        table.open("class", mark.style()).element("span", mark.sign() + " " + mark.word());
        html.close("td");
      }
      if (spans) {
        var micro = Figures.counts(system.path("micro"));
        table.values(micro.precision().percent(), micro.recall().percent());
      }
      if (strict) table.value(Figures.counts(system.path("strict")).f1().percent());
      table.value(Figures.ratio(system.path("sentenceAccuracy")).percent());
      if (intents) table.value(Figures.ratio(system.path("intentAccuracy")).percent());
      table.value(system.path("runs").asLong());
      if (seeds) seeds(table, system.path("seeds"));
      table.endRow();
    }
    table.end();
  }

  /** The headline score, of several seeds their mean and deviation. */
  static String score(JsonNode system) {
    JsonNode seeds = system.path("seeds");
    if (!seeds.isObject()) return Figures.percent(Figures.score(system.path("headline")));
    return Figures.percent(Figures.score(seeds.path("mean")))
        + " ± "
        + Figures.percent(Figures.score(seeds.path("deviation")));
  }

  /** Its interval over sentences, of several seeds half the width of that of their mean. */
  static String interval(JsonNode system) {
    JsonNode seeds = system.path("seeds");
    if (!seeds.isObject())
      return Range.of(system.path("interval")).map(Range::percent).orElse(Figures.UNDEFINED);
    return "± " + Figures.percent(Figures.score(seeds.path("halfWidth"))) + " over seeds";
  }

  private static void seeds(Table table, JsonNode seeds) {
    if (!seeds.isObject()) {
      table.values("", "").cell("");
      return;
    }
    table.values(
        Figures.percent(Figures.score(seeds.path("min"))),
        Figures.percent(Figures.score(seeds.path("max"))));
    List<String> scores = new ArrayList<>();
    seeds
        .path("scores")
        .properties()
        .forEach(s -> scores.add(s.getKey() + ": " + Figures.percent(s.getValue().asDouble())));
    table.cell(String.join(", ", scores));
  }

  /** Writes the settings that differ, a row for each; nothing when there are none. */
  static void settings(Html html, ComparisonData data) {
    List<Map<String, String>> all = settings(data);
    List<String> paths = FlatConfig.differing(all);
    if (paths.isEmpty()) return;
    html.element("h3", "Settings that differ");
    Table table = Table.pinned(html, "Settings that are not the same in all systems", false);
    table.text("Setting");
    for (int i = 0; i < data.systems().size(); i++) table.userText(data.name(i));
    table.body();
    for (String path : paths) {
      table.row().head(path);
      for (Map<String, String> each : all) table.user(each.getOrDefault(path, "–"));
      table.endRow();
    }
    table.end();
  }

  /** The settings of all systems, empty maps where they are not known. */
  static List<Map<String, String>> settings(ComparisonData data) {
    List<Map<String, String>> all = new ArrayList<>();
    for (int i = 0; i < data.systems().size(); i++) all.add(data.beside(i).settings());
    return all;
  }
}
