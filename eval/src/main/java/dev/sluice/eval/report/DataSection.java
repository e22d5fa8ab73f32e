package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The data card: what the splits are like, how far they are apart, and where their labels look wrong. */
final class DataSection implements Section {
  private static final int MOST_LABELS = 100;
  private static final int MOST_ROWS = 30;
  private static final int MOST_SHIFTS = 8; // of a split

  @Override
  public String id() {
    return "data";
  }

  @Override
  public String title() {
    return "Data";
  }

  @Override
  public boolean isThere(ReportData data) {
    return data.document().path("data").isObject() || data.part().path("lookups").isObject();
  }

  @Override
  public void write(ReportData data, Html html) {
    JsonNode card = data.document().path("data");
    splits(card.path("splits"), card.path("divergence"), html);
    labels(card.path("splits"), html);
    overlaps(card.path("overlaps"), html);
    shift(card.path("shift"), html);
    lookups(data.part().path("lookups"), html);
    inputs(data.document().path("inputs"), html);
    inconsistencies(card.path("inconsistencies"), html);
    suspects(card.path("suspects"), html);
  }

  private static void splits(JsonNode splits, JsonNode divergence, Html html) {
    if (splits.isEmpty()) return;
    Table table = new Table(html, "Splits", false);
    table
        .text("Split")
        .numbers(
            "Sentences", "Tokens", "Longest", "Labels", "Repeated", "Divergence from train, bits")
        .body();
    for (JsonNode split : splits) {
      String name = split.path("name").asText();
      table
          .row()
          .head(name)
          .value(split.path("sentences").asLong())
          .value(split.path("tokens").asLong());
      table.value(split.path("longest").asLong()).value(split.path("types").size());
      table.value(
          split.path("duplicates").isNumber()
              ? Figures.count(split.get("duplicates").asLong())
              : "");
      String value = "";
      for (JsonNode d : divergence)
        if (d.path("split").asText().equals(name)) value = Figures.fixed(d.path("value"), 4);
      table.value(value).endRow();
    }
    table.end();
  }

  private static void labels(JsonNode splits, Html html) {
    Set<String> labels = new LinkedHashSet<>();
    for (JsonNode split : splits) split.path("types").fieldNames().forEachRemaining(labels::add);
    if (labels.isEmpty()) return;
    html.open("details").element("summary", "Labels of the splits");
    Table table = new Table(html, "How often each label stands in each split", true);
    table.text("Label");
    for (JsonNode split : splits) table.number(Visible.of(split.path("name").asText()));
    table.body();
    for (String label : labels.stream().limit(MOST_LABELS).toList()) {
      table.row().head(label);
      for (JsonNode split : splits) table.value(split.path("types").path(label).asLong());
      table.endRow();
    }
    table.end();
    if (labels.size() > MOST_LABELS)
      html.element(
          "p", Figures.count(labels.size() - MOST_LABELS) + " more are left out.", "class", "note");
    html.close("details");
  }

  private static void overlaps(JsonNode overlaps, Html html) {
    if (overlaps.isEmpty()) return;
    Table table = new Table(html, "What stands in another split too", false);
    table.text("Split").text("Also in").numbers("Sentences", "Share", "Spans seen", "Share").body();
    for (JsonNode o : overlaps) {
      long shared = o.path("sentences").asLong(), of = o.path("of").asLong();
      table
          .row()
          .head(o.path("split").asText())
          .user(o.path("other").asText())
          .value(shared)
          .value(Figures.share(shared, of));
      JsonNode spans = o.path("spans");
      if (spans.isObject())
        table
            .value(spans.path("seen").asLong())
            .value(Figures.share(spans.path("seen").asLong(), spans.path("of").asLong()));
      else table.values("", "");
      table.endRow();
    }
    table.end();
  }

  private static void shift(JsonNode shift, Html html) {
    if (shift.isEmpty()) return;
    Table table = new Table(html, "Labels whose share differs most from train, in percent", true);
    table.text("Split").text("Label").numbers("Train", "Here", "Difference").body();
    Map<String, Integer> rows = new HashMap<>();
    for (JsonNode s : shift) {
      if (rows.merge(s.path("split").asText(), 1, Integer::sum) > MOST_SHIFTS) continue;
      double train = s.path("train").asDouble(), here = s.path("here").asDouble();
      table.row().head(s.path("split").asText()).user(s.path("label").asText());
      table
          .values(Figures.percent(train), Figures.percent(here), Figures.points(here - train))
          .endRow();
    }
    table.end();
  }

  private static void lookups(JsonNode lookups, Html html) {
    if (!lookups.isObject()) return;
    long all = 0;
    for (JsonNode count : lookups) all += count.asLong();
    Table table = new Table(html, "How words of this part were found in the vocabulary", false);
    table.text("Form").numbers("Words", "Share").body();
    String[][] forms = {
      {"exact", "as they are"},
      {"lower", "in lower case"},
      {"digits", "with digits masked"},
      {"unknown", "not at all"}
    };
    for (String[] form : forms) {
      long count = lookups.path(form[0]).asLong();
      table.row().head(form[1]).value(count).value(Figures.share(count, all)).endRow();
    }
    table.end();
  }

  private static void inputs(JsonNode inputs, Html html) {
    if (inputs.isEmpty()) return;
    Table table = new Table(html, "Inputs with files of their own, counted on train", false);
    table
        .text("Input")
        .numbers("Words known", "Phrases found", "Tokens covered", "Spans covered")
        .body();
    for (JsonNode input : inputs) {
      table.row().head(input.path("setting").asText());
      JsonNode words = input.path("words");
      long all = 0;
      for (JsonNode count : words) all += count.asLong();
      table.value(words.isObject() ? Figures.share(all - words.path("unknown").asLong(), all) : "");
      for (String key : new String[] {"phrases", "tokens", "spans"}) {
        JsonNode found = input.path(key);
        table.value(
            found.isObject()
                ? Figures.share(found.path("found").asLong(), found.path("of").asLong())
                : "");
      }
      table.endRow();
    }
    table.end();
  }

  private static void inconsistencies(JsonNode all, Html html) {
    if (all.isEmpty()) return;
    html.element("h3", "Texts that train labels in several ways");
    Table table = new Table(html, "Inconsistent labels, most frequent first", true);
    table.text("Text").plain("Labels").number("Without label").plain("Places").body();
    int rows = 0;
    for (JsonNode one : all) {
      if (rows++ == MOST_ROWS) break;
      table.row().head(Visible.limited(one.path("text").asText(), 80));
      Html cell = table.open();
      String[] gap = {""};
      one.path("types")
          .properties()
          .forEach(
              type -> {
                cell.text(gap[0])
                    .user(type.getKey())
                    .text(" ")
                    .element("small", "×" + Figures.count(type.getValue().asLong()));
                gap[0] = ", ";
              });
      cell.close("td");
      table.value(one.path("untagged").asLong());
      places(table, one.path("places"));
      table.endRow();
    }
    table.end();
    if (all.size() > MOST_ROWS)
      html.element(
          "p", Figures.count(all.size() - MOST_ROWS) + " more are left out.", "class", "note");
  }

  private static void places(Table table, JsonNode places) {
    Html cell = table.open("class", "places");
    int n = 0;
    for (JsonNode place : places) {
      if (n++ > 0) cell.text(", ");
      cell.user(Visible.limited(place.asText(), 80));
    }
    cell.close("td");
  }

  /** Labels that look wrong: where, which, and which other one the models of other folds expect. */
  private static void suspects(JsonNode suspects, Html html) {
    if (suspects.isEmpty()) return;
    html.element("h3", "Labels that look wrong");
    Table table = new Table(html, "Suspects, least likely label first", true);
    table
        .text("Place")
        .text("Text")
        .text("Given")
        .text("Suggested")
        .number("Probability of the given")
        .body();
    int rows = 0;
    for (JsonNode s : suspects) {
      if (rows++ == MOST_ROWS) break;
      table.row().head(s.path("where").asText()).user(Visible.limited(s.path("text").asText(), 80));
      table
          .user(s.path("given").asText())
          .user(s.path("suggested").asText())
          .value(Figures.fixed(s.path("probability"), 4))
          .endRow();
    }
    table.end();
  }
}
