package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.metrics.Gate;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.util.List;
import java.util.OptionalDouble;

/** The one number of the task with its interval, what it is made of, how it was found, and what to be careful about. */
final class HeadlineSection implements Section {
  @Override
  public String id() {
    return "headline";
  }

  @Override
  public String title() {
    return "Headline";
  }

  @Override
  public boolean isThere(ReportData data) {
    return true;
  }

  @Override
  public void write(ReportData data, Html html) {
    Measure headline = Measure.headline(data);
    html.open("div", "class", "headline").open("p", "class", "score");
    html.element("span", headline.name(), "class", "name").text(" ");
    html.element("strong", headline.percent()).text(" ");
    html.element(
        "span",
        headline
            .interval()
            .map(i -> Summary.level(data) + " interval " + i.percent())
            .orElse("no interval in this document"),
        "class",
        "interval");
    html.close("p");
    html.open("p", "class", "size")
        .text("on ")
        .user(data.partName())
        .text(": " + Summary.size(data));
    html.close().close("div").line();
    tiles(data, html);
    verdicts(data, html);
    warnings(data, html);
    html.open("p", "class", "signature").text("Signature ");
    html.open("code").shown(data.signature()).close().close("p").line();
    String intervals = Summary.intervals(data);
    if (!intervals.isEmpty()) html.element("p", intervals + ".", "class", "note");
    measures(data, html);
    parts(data, html, "Part", PartRow.parts(data));
    JsonNode by = data.document().path("groups").path("by");
    parts(data, html, by.asText(), PartRow.groups(data));
  }

  private static void tiles(ReportData data, Html html) {
    JsonNode s = data.scores();
    Counts micro = Figures.counts(s.path("micro"));
    JsonNode i = data.analysis().path("intervals").path("scores");
    html.open("dl", "class", "tiles");
    if (Summary.isSpans(data)) {
      tile(html, "Precision", micro.precision().percent(), bounds(i.path("precision")));
      tile(html, "Recall", micro.recall().percent(), bounds(i.path("recall")));
      tile(
          html,
          "Support",
          Figures.count(micro.gold()),
          Figures.count(micro.predicted()) + " predicted");
      tile(html, "Lenient F1", micro.f1().percent(), "invalid spans repaired");
      if (s.path("strict").isObject())
        tile(
            html,
            "Strict F1",
            Figures.counts(s.path("strict")).f1().percent(),
            "invalid spans left out");
      tile(
          html,
          "Invalid moves",
          Figures.count(Summary.illegalPredicted(data)),
          "in the predicted tags");
    } else {
      tile(
          html,
          "Support",
          Figures.count(micro.gold()),
          Figures.count(micro.truePositives()) + " right");
      tile(
          html,
          "Averaged F1",
          Figures.percent(Figures.score(s.path("macro").path("f1"))),
          "mean over labels");
      tile(
          html,
          "Weighted F1",
          Figures.percent(Figures.score(s.path("weighted").path("f1"))),
          "by support");
    }
    frames(html, s, i);
    html.close("dl").line();
  }

  /** Where sentences have intents beside their tags, those and the sentences in which everything is right. */
  private static void frames(Html html, JsonNode s, JsonNode intervals) {
    Ratio intents = Figures.ratio(s.path("intentAccuracy"));
    boolean alone = s.path("kind").asText().equals("sentences");
    if (alone || intents.whole() == 0) return;
    tile(html, "Intent accuracy", intents.percent(), bounds(intervals.path("intentAccuracy")));
    String frames = Figures.ratio(s.path("sentenceAccuracy")).percent();
    tile(html, "Whole frames", frames, bounds(intervals.path("sentenceAccuracy")));
  }

  private static String bounds(JsonNode interval) {
    return Range.of(interval).map(Range::percent).orElse("");
  }

  private static void tile(Html html, String name, String value, String note) {
    html.open("div").element("dt", name).open("dd").element("strong", value);
    if (!note.isEmpty()) html.text(" ").element("small", note);
    html.close("dd").close("div");
  }

  private static void verdicts(ReportData data, Html html) {
    OptionalDouble difference = Summary.difference(data);
    if (data.verdicts().isEmpty() && data.baseline().isEmpty()) return;
    html.open("ul", "class", "verdicts");
    for (Gate.Verdict verdict : data.verdicts()) {
      html.open("li", "class", verdict.met() ? "good" : "bad");
      html.element("span", verdict.met() ? "✓ " : "✗ ", "aria-hidden", "true");
      html.user(verdict.line()).close("li");
    }
    data.baseline()
        .ifPresent(
            before -> {
              double points = difference.orElse(0);
              html.open("li", "class", points > 0 ? "good" : points < 0 ? "bad" : "even");
              html.element(
                  "span", points > 0 ? "▲ " : points < 0 ? "▼ " : "= ", "aria-hidden", "true");
              html.user(Summary.difference(data, before));
              html.close("li");
            });
    html.close("ul").line();
  }

  private static void warnings(ReportData data, Html html) {
    List<String> warnings = Summary.warnings(data);
    if (warnings.isEmpty()) return;
    html.open("div", "class", "warnings", "role", "note", "aria-labelledby", "h-warnings");
    html.element("h3", "Read with care", "id", "h-warnings").open("ul");
    for (String warning : warnings) html.open("li").shown(warning).close();
    html.close("ul").close("div").line();
  }

  /** A row for each file, split or value of a column. */
  private static void parts(ReportData data, Html html, String word, List<PartRow> rows) {
    if (rows.isEmpty()) return;
    boolean spans = Summary.isSpans(data);
    boolean ofPart = rows.get(0).part().equals(data.document().path("parts").path(0));
    html.element("h3", ofPart ? "By part" : "By " + Visible.shortened(word, 60));
    Table table =
        new Table(html, "Scores in percent by " + (ofPart ? "part" : Visible.of(word)), true);
    table.userText(word).numbers("Sentences", "Tokens");
    if (spans) table.numbers("Precision", "Recall");
    table.number(Measure.headline(data).name()).plain(Summary.level(data) + " interval").body();
    for (PartRow row : rows) {
      table.row(row.micro().gold() < TypeRow.FEW).head(row.name());
      table.value(row.sentences()).value(row.tokens());
      if (spans) table.values(row.micro().precision().percent(), row.micro().recall().percent());
      Measure headline = row.headline();
      table.value(headline.percent());
      Html cell = table.open("class", "plot-cell");
      Bars.interval(cell, headline.value(), headline.interval());
      headline.interval().ifPresent(i -> cell.element("small", i.percent()));
      cell.close("td");
      table.endRow();
    }
    table.end();
  }

  private static void measures(ReportData data, Html html) {
    html.open("details").element("summary", "All scores of this part");
    Table table = new Table(html, "All scores in percent", false);
    table
        .text("Score")
        .number("Value")
        .number(Summary.level(data) + " interval")
        .number("Out of")
        .body();
    for (Measure measure : Measure.all(data)) {
      table.row().head(measure.name()).value(measure.percent());
      table.value(measure.interval().map(Range::percent).orElse("")).value(measure.of()).endRow();
    }
    table.end();
    html.close("details").line();
  }
}
