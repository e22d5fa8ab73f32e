package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    table.text("System").number(headline(data)).number("95 % interval").number("Difference");
    table.number("its 95 % interval").text("Verdict");
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
        table.values("", "").cell("baseline");
      } else {
        JsonNode pair = data.pair(0, i);
        VerdictMark mark = VerdictMark.of(pair);
        table.values(difference(pair, 1), interval(pair, 1));
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

  /** The name of the headline score, and what it is where there are several seeds. */
  static String headline(ComparisonData data) {
    boolean seeds = data.systems().stream().anyMatch(s -> s.path("seeds").isObject());
    return seeds ? data.headline() + ", mean ± sd" : data.headline();
  }

  /** The headline score, of several seeds their mean and standard deviation. */
  static String score(JsonNode system) {
    JsonNode seeds = system.path("seeds");
    if (!seeds.isObject()) return Figures.percent(Figures.score(system.path("headline")));
    return Figures.percent(Figures.score(seeds.path("mean")))
        + " ± "
        + Figures.percent(Figures.score(seeds.path("deviation")));
  }

  /** Its interval over units of the data, of several seeds that of their mean. */
  static String interval(JsonNode system) {
    JsonNode seeds = system.path("seeds");
    JsonNode interval = seeds.isObject() ? seeds.path("interval") : system.path("interval");
    return Range.of(interval).map(Range::percent).orElse(Figures.UNDEFINED);
  }

  /**
   * The difference of a pair in points.
   *
   * @param sign 1 for the second less the first, -1 the other way round
   */
  static String difference(JsonNode pair, int sign) {
    JsonNode difference = pair.path("difference");
    return difference.isNumber()
        ? Figures.points(sign * difference.doubleValue())
        : Figures.UNDEFINED;
  }

  /** Its interval, {@code +0.10 to +1.20}; {@code sign} as in {@link #difference}. */
  static String interval(JsonNode of, int sign) {
    Optional<Range> range = Range.of(of.path("interval"));
    if (range.isEmpty()) return Figures.UNDEFINED;
    double low = sign > 0 ? range.get().low() : -range.get().high();
    double high = sign > 0 ? range.get().high() : -range.get().low();
    return Figures.points(low) + " to " + Figures.points(high);
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

  /** Writes the settings that differ, a row for each; of systems without a config that there is none. Nothing when no config is known. */
  static void settings(Html html, ComparisonData data) {
    List<Optional<Map<String, String>>> all = settings(data);
    List<Map<String, String>> known = all.stream().flatMap(Optional::stream).toList();
    if (known.isEmpty()) return;
    List<String> paths = FlatConfig.differing(known);
    if (!paths.isEmpty()) differing(html, data, all, paths);
    List<String> without = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) if (all.get(i).isEmpty()) without.add(data.name(i));
    if (without.isEmpty()) return;
    html.open("p", "class", "note").text("No config recorded for ");
    html.user(String.join(", ", without));
    html.text(": what was only evaluated has no settings to compare.").close("p").line();
  }

  private static void differing(
      Html html, ComparisonData data, List<Optional<Map<String, String>>> all, List<String> paths) {
    html.element("h3", "Settings that differ");
    Table table = Table.pinned(html, "Settings that are not the same in all systems", false);
    table.text("Setting");
    for (int i = 0; i < data.systems().size(); i++) table.userText(data.name(i));
    table.body();
    for (String path : paths) {
      table.row().head(path);
      for (Optional<Map<String, String>> each : all)
        table.user(each.map(its -> its.getOrDefault(path, "–")).orElse("no config recorded"));
      table.endRow();
    }
    table.end();
  }

  /** The settings of all systems, nothing where no config was recorded. */
  static List<Optional<Map<String, String>>> settings(ComparisonData data) {
    List<Optional<Map<String, String>>> all = new ArrayList<>();
    for (int i = 0; i < data.systems().size(); i++) all.add(data.beside(i).settings());
    return all;
  }
}
