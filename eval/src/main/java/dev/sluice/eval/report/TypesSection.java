package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.Counts;
import java.util.Comparator;
import java.util.List;

/** A row per type, the averages below, and for spans what is only partly right. */
final class TypesSection implements Section {
  /** So many types at most, those with most gold cases. */
  private static final int MOST = 500;

  @Override
  public String id() {
    return "types";
  }

  @Override
  public String title() {
    return "Scores by type";
  }

  @Override
  public boolean isThere(ReportData data) {
    return !data.scores().path("types").isEmpty();
  }

  @Override
  public void write(ReportData data, Html html) {
    String word = Summary.typeWord(data);
    table(
        data,
        html,
        "Precision, recall and F1 in percent",
        word,
        TypeRow.types(data),
        Average.of(data));
    List<TypeRow> intents = TypeRow.intents(data);
    if (!intents.isEmpty()) {
      html.element("h3", "Intents");
      table(
          data,
          html,
          "Precision, recall and F1 of intents in percent",
          "Intent",
          intents,
          List.of());
    }
    JsonNode semeval = data.analysis().path("semeval");
    if (!semeval.path("leftToRight").isObject()) return;
    html.element("h3", "Partly right (SemEval-2013)");
    boolean two = semeval.path("bestOverlap").isObject();
    partial(
        html,
        "A prediction is matched with the first free gold span that it overlaps",
        semeval.get("leftToRight"));
    if (two)
      partial(
          html,
          "A prediction is matched with the gold span that it overlaps most",
          semeval.get("bestOverlap"));
    else html.element("p", "Matching by largest overlap gives the same numbers.", "class", "note");
    for (PartlyRight.View view : PartlyRight.views(data)) partialByType(html, view);
  }

  private static void partialByType(Html html, PartlyRight.View view) {
    html.open("details").element("summary", "By type: " + view.title());
    Table table = new Table(html, "F1 in percent; " + view.title(), true);
    table.text("Type").numbers(PartlyRight.MEASURES.toArray(String[]::new)).body();
    view.types().properties().stream()
        .limit(MOST)
        .forEach(
            type -> {
              table.row().head(type.getKey());
              for (String measure : PartlyRight.MEASURES)
                table.value(PartlyRight.f1(type.getValue(), measure));
              table.endRow();
            });
    table.end();
    html.close("details").line();
  }

  private static void table(
      ReportData data,
      Html html,
      String caption,
      String word,
      List<TypeRow> all,
      List<Average> averages) {
    List<TypeRow> rows = all;
    if (all.size() > MOST) {
      Comparator<TypeRow> bySupport = Comparator.comparing(row -> -row.counts().gold());
      rows = all.stream().sorted(bySupport).limit(MOST).toList();
      html.element(
          "p",
          "The " + MOST + " of " + Figures.count(all.size()) + " with most gold cases.",
          "class",
          "note");
    }
    boolean compared = data.baseline().isPresent();
    boolean intervals = all.stream().anyMatch(row -> row.f1().isPresent());
    Table table = new Table(html, caption, true);
    table
        .text(word)
        .numbers("Precision", "Recall", "F1")
        .plain(intervals ? "F1 with " + Summary.level(data) + " interval" : "F1 from 0 to 100");
    if (compared) table.number("Δ baseline");
    table.numbers("Support", "Predicted", "TP", "FP", "FN").body();
    for (TypeRow row : rows) {
      Counts c = row.counts();
      table.row(row.few()).head(row.name());
      precise(table, c.precision().percent(), row.precision());
      precise(table, c.recall().percent(), row.recall());
      table.value(c.f1().percent());
      Html cell = table.open("class", "plot-cell");
      Bars.interval(cell, c.f1().value(), row.f1());
      row.f1().ifPresent(i -> cell.element("small", i.percent()));
      cell.close();
      if (compared) table.value(row.points());
      counts(table, c).endRow();
    }
    if (averages.isEmpty()) {
      table.end();
      few(rows, html);
      return;
    }
    table.foot();
    for (Average average : averages) {
      table.row().head(average.name()).values(average.precision(), average.recall(), average.f1());
      Html cell = table.open("class", "plot-cell");
      average.counts().ifPresent(c -> Bars.interval(cell, c.f1().value(), average.interval()));
      average.interval().ifPresent(i -> cell.element("small", i.percent()));
      cell.close();
      if (compared) table.value(Summary.pointsOf(data, average));
      if (average.counts().isPresent()) counts(table, average.counts().get());
      else table.values("", "", "", "", "");
      table.endRow();
    }
    table.end();
    few(rows, html);
  }

  private static void few(List<TypeRow> rows, Html html) {
    if (rows.stream().anyMatch(TypeRow::few))
      html.element("p", "† fewer than " + TypeRow.FEW + " gold cases", "class", "note");
  }

  /** A score with its interval as a hint for those who point at it; the table of all numbers is the JSON. */
  private static void precise(Table table, String percent, java.util.Optional<Range> interval) {
    table
        .open("class", "n", "title", interval.map(Range::percent).orElse(null))
        .text(percent)
        .close();
  }

  private static Table counts(Table table, Counts c) {
    return table
        .value(c.gold())
        .value(c.predicted())
        .value(c.truePositives())
        .value(c.falsePositives())
        .value(c.falseNegatives());
  }

  private static void partial(Html html, String caption, JsonNode schemes) {
    Table table = new Table(html, caption, false);
    table
        .text("Counts as right")
        .numbers(
            "Correct", "Incorrect", "Partial", "Missing", "Spurious", "Precision", "Recall", "F1")
        .body();
    for (String key : PartlyRight.MEASURES) {
      JsonNode s = schemes.path(key);
      if (!s.isObject()) continue;
      table.row().head(PartlyRight.meaning(key));
      for (String count : List.of("correct", "incorrect", "partial", "missing", "spurious"))
        table.value(s.path(count).asLong());
      for (String score : List.of("precision", "recall", "f1"))
        table.value(PartlyRight.score(s, score));
      table.endRow();
    }
    table.end();
  }
}
