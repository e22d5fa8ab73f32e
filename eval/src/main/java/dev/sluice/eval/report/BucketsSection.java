package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;

/** The score of parts of the data: short and long spans, known and unknown ones, and so on. */
final class BucketsSection implements Section {
  @Override
  public String id() {
    return "buckets";
  }

  @Override
  public String title() {
    return "Buckets";
  }

  @Override
  public boolean isThere(ReportData data) {
    return !data.analysis().path("buckets").isEmpty();
  }

  @Override
  public void write(ReportData data, Html html) {
    html.element(
        "p",
        "The rows of every table add up to all cases that its question can be asked of. Rows with fewer than "
            + TypeRow.FEW
            + " gold cases are greyed and marked †.",
        "class",
        "note");
    html.open("div", "class", "grid");
    for (JsonNode bucket : data.analysis().path("buckets")) bucket(data, html, bucket);
    html.close("div");
  }

  private static void bucket(ReportData data, Html html, JsonNode bucket) {
    boolean spans = bucket.path("of").asText("spans").equals("spans") || Summary.isSpans(data);
    Table table = new Table(html, bucket.path("title").asText(bucket.path("name").asText()), true);
    table.text("Bucket").number(spans ? "Gold" : "Cases");
    if (spans) table.numbers("Predicted", "P", "R");
    table.number(spans ? "F1" : "Accuracy").plain(Summary.level(data) + " interval").body();
    for (JsonNode row : bucket.path("rows")) {
      table
          .row(row.path("gold").asLong() < TypeRow.FEW)
          .head(row.path("name").asText())
          .value(row.path("gold").asLong());
      if (spans) {
        table.value(row.path("predicted").asLong());
        table.values(
            Figures.percent(Figures.score(row.path("precision"))),
            Figures.percent(Figures.score(row.path("recall"))));
      }
      table.value(Figures.percent(Figures.score(row.path("f1"))));
      Html cell = table.open("class", "plot-cell");
      Bars.interval(cell, Figures.score(row.path("f1")), Range.of(row.path("interval")));
      Range.of(row.path("interval")).ifPresent(i -> cell.element("small", i.percent()));
      cell.close("td");
      table.endRow();
    }
    table.end();
  }
}
