package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipeline.FoldRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the page of a cross-validation shows: the score of all folds together, each fold, the types, the labels that may be wrong, and the training. */
final class FoldsSections {
  private FoldsSections() {}

  static void write(RunsPage runs, Page page) {
    Html folds = new Html(), types = new Html(), suspects = new Html();
    folds(runs, folds);
    page.section("folds", "Folds", folds.toString());
    ReportData pooled = pooled(runs);
    TypesSection section = new TypesSection();
    if (section.isThere(pooled)) {
      section.write(pooled, types);
      page.section("types", "Scores by type, all folds together", types.toString());
    }
    suspects(runs, suspects);
    page.section("suspects", "Labels that may be wrong", suspects.toString());
    List<String> names = new ArrayList<>();
    for (JsonNode run : runs.document().path("runs")) names.add(run.path("name").asText());
    runs.curves(names).ifPresent(curves -> page.section("training", "Training", curves));
  }

  /** The scores of all folds together as a document of one part. */
  private static ReportData pooled(RunsPage runs) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("schemaVersion", 1).set("signature", runs.document().path("signature"));
    document
        .putArray("parts")
        .addObject()
        .put("name", "all folds")
        .set("scores", runs.document().path("pooled"));
    return ReportData.of(runs.name(), document);
  }

  private static void folds(RunsPage runs, Html html) {
    JsonNode document = runs.document(), pooled = document.path("pooled");
    runs.score(
        html,
        Figures.percent(Figures.score(pooled.path("headline"))),
        "all folds together, "
            + Figures.count(pooled.path("sentences").asLong(), "sentence")
            + ", each tested by a model that had not seen it");
    String headline = runs.headline();
    Table spread = new Table(html, headline + " over folds, in percent", false);
    spread.text("Split").numbers("Folds", "Mean", "Deviation").body();
    for (String split : List.of("dev", "test")) {
      JsonNode its = document.path(split);
      spread.row().head(split).value(its.path("count").asLong());
      spread.values(
          Figures.percent(Figures.score(its.path("mean"))),
          Figures.percent(Figures.score(its.path("deviation"))));
      spread.endRow();
    }
    spread.end();
    html.element(
        "p",
        "The mean weighs every fold alike, the score of all folds together every sentence. Folds share most of their train, so their deviation says less than it would of runs apart.",
        "class",
        "note");
    Table table = new Table(html, headline + " of each fold in percent", true);
    table.text("Run").numbers("Fold", "Dev fold", "Sentences", "Dev", "Test");
    table.plain("Test from 0 to 100").numbers("Best epoch", "Epochs").plain("Report").body();
    for (JsonNode run : document.path("runs")) {
      OptionalDouble test = Figures.score(run.path("test"));
      table.row().head(run.path("name").asText());
      table.value(run.path("fold").asLong()).value(run.path("devFold").asLong());
      table.value(run.path("sentences").asLong());
      table.values(Figures.percent(Figures.score(run.path("dev"))), Figures.percent(test));
      Html cell = table.open("class", "plot-cell");
      Bars.interval(cell, test, Optional.empty());
      cell.close("td");
      table.value(run.path("bestEpoch").asLong()).value(run.path("epochs").asLong());
      runs.report(table, run.path("name").asText());
      table.endRow();
    }
    table.end();
  }

  private static void suspects(RunsPage runs, Html html) {
    JsonNode suspects = runs.document().path("suspects");
    html.open("p", "class", "note");
    html.text(
        Figures.count(suspects.path("count").asLong(), "label")
            + " that a model which had not seen the sentence holds for less likely than another one. Some are mistakes in the data, others are hard or rare cases that are right.");
    if (runs.has(FoldRuns.SUSPECTS)) {
      html.text(" Each of them, with its place, is in ");
      html.element("a", FoldRuns.SUSPECTS, "href", "./" + FoldRuns.SUSPECTS).text(".");
    }
    html.close("p").line();
    if (suspects.path("forms").isEmpty()) return;
    Table table = new Table(html, "By text, most frequent first", true);
    table.text("Text").text("Given").text("Suggested").number("Count").body();
    for (JsonNode form : suspects.path("forms")) {
      table.row().head(form.path("text").asText());
      table.user(form.path("given").asText()).user(form.path("suggested").asText());
      table.value(form.path("count").asLong()).endRow();
    }
    table.end();
  }
}
