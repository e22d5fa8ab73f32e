package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every gold and predicted span under one code: which kinds of mistakes there are, and what each costs. */
final class ErrorsSection implements Section {
  private static final int FIRST = 25;
  private static final int MOST = 200;
  private static final int LINKS = 5;
  private static final Map<String, String> FLAGS = flags();

  private final Set<Integer> shown;

  /**
   * The section.
   *
   * @param shown the numbers of the examples that the page has, so that links lead somewhere
   */
  ErrorsSection(Set<Integer> shown) {
    this.shown = shown;
  }

  private static Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("split", "part of a gold span that was split");
    flags.put("merge", "gold span swallowed by a longer prediction");
    flags.put("illegal", "touched by an invalid move");
    flags.put("unknownWord", "with a word that training never saw");
    flags.put("otherType", "seen in training with another type");
    flags.put("sentenceBorder", "at the beginning or end of its sentence");
    flags.put("misaligned", "gold border inside a token");
    return flags;
  }

  @Override
  public String id() {
    return "errors";
  }

  @Override
  public String title() {
    return "Errors";
  }

  @Override
  public boolean isThere(ReportData data) {
    return data.analysis().path("errors").isObject();
  }

  @Override
  public void write(ReportData data, Html html) {
    JsonNode errors = data.analysis().get("errors");
    html.element(
        "p",
        Figures.count(errors.path("gold").asLong(), "gold span")
            + " and "
            + Figures.count(errors.path("predicted").asLong(), "predicted span")
            + ", of which "
            + Figures.count(errors.path("matched").asLong(), "pair")
            + " overlap. Every pair, and every span without a partner, has one code. Oracle F1 is the score if all mistakes of the kind were put right.",
        "class",
        "note");
    operations(errors.path("operations"), html);
    codes(errors.path("codes"), html);
    flags(errors.path("flags"), html);
  }

  private static void operations(JsonNode operations, Html html) {
    long most = 1;
    for (JsonNode o : operations)
      if (!o.path("operation").asText().equals("correct"))
        most = Math.max(most, o.path("count").asLong());
    Table table = new Table(html, "Kinds of mistakes", true);
    table
        .text("Code")
        .text("Kind")
        .number("Count")
        .plain("Share of the largest")
        .numbers("Oracle F1", "Gain")
        .body();
    for (ErrorCode.Operation kind : ErrorCode.OPERATIONS) {
      for (JsonNode o : operations) {
        if (!o.path("operation").asText().equals(kind.name())) continue;
        boolean right = kind.letters().equals("C");
        table.row();
        html.open("th", "scope", "row")
            .element("span", kind.letters(), "class", "code k" + kind.letters())
            .close();
        table.cell(kind.name() + ": " + kind.meaning()).value(o.path("count").asLong());
        Html cell = table.open("class", "plot-cell");
        if (!right) Bars.share(cell, (double) o.path("count").asLong() / most);
        cell.close();
        gain(table, o, right);
        table.endRow();
      }
    }
    table.end();
  }

  private static void gain(Table table, JsonNode node, boolean right) {
    boolean both = !right && node.path("gain").isNumber();
    table.value(right ? "" : Figures.percent(Figures.score(node.path("oracleF1"))));
    table.value(both ? Figures.points(node.get("gain").doubleValue()) : "");
  }

  private void codes(JsonNode codes, Html html) {
    List<JsonNode> wrong = new ArrayList<>();
    for (JsonNode c : codes) if (!ErrorCode.of(c.path("code").asText()).isRight()) wrong.add(c);
    if (wrong.isEmpty()) return;
    html.element("h3", "By code");
    table(wrong.subList(0, Math.min(FIRST, wrong.size())), "Codes, most frequent first", html);
    if (wrong.size() <= FIRST) return;
    List<JsonNode> rarer = wrong.subList(FIRST, Math.min(MOST, wrong.size()));
    html.open("details").element("summary", Figures.count(wrong.size() - FIRST) + " rarer codes");
    table(rarer, "Rarer codes", html);
    if (wrong.size() > MOST)
      html.element(
          "p", Figures.count(wrong.size() - MOST) + " more are left out.", "class", "note");
    html.close("details");
  }

  private void table(List<JsonNode> codes, String caption, Html html) {
    Table table = new Table(html, caption, true);
    table
        .text("Code")
        .text("Meaning")
        .numbers("Count", "Oracle F1", "Gain")
        .plain("Most frequent texts")
        .plain("Sentences")
        .body();
    for (JsonNode c : codes) {
      ErrorCode code = ErrorCode.of(c.path("code").asText());
      table.row();
      html.open("th", "scope", "row")
          .open("span", "class", "code " + code.style())
          .user(Visible.limited(c.path("code").asText(), 120))
          .close()
          .close();
      table.user(code.meaning()).value(c.path("count").asLong());
      gain(table, c, false);
      surfaces(table, c.path("surfaces"));
      examples(table, c.path("examples"));
      table.endRow();
    }
    table.end();
  }

  private static void surfaces(Table table, JsonNode surfaces) {
    Html cell = table.open("class", "texts");
    int n = 0;
    for (JsonNode s : surfaces) {
      if (n == 3) cell.open("details").element("summary", "more");
      else if (n > 0) cell.text(", ");
      cell.user(Visible.limited(s.path("text").asText(), 60));
      if (s.path("count").asLong() > 1)
        cell.text(" ").element("small", "×" + Figures.count(s.path("count").asLong()));
      n++;
    }
    if (n > 3) cell.close("details");
    cell.close("td");
  }

  private void examples(Table table, JsonNode examples) {
    Html cell = table.open("class", "links");
    int links = 0;
    for (JsonNode e : examples) {
      int number = e.asInt(-1);
      if (!shown.contains(number) || links == LINKS) continue;
      if (links++ > 0) cell.text(" ");
      cell.element("a", String.valueOf(number + 1), "href", "#s" + (number + 1));
    }
    cell.close("td");
  }

  private static void flags(JsonNode flags, Html html) {
    boolean any = false;
    for (JsonNode count : flags) any |= count.asLong() > 0;
    if (!any) return;
    html.element("h3", "What they have in common");
    Table table = new Table(html, "Mistakes that are", true);
    table.text("Property").number("Count").body();
    FLAGS.forEach(
        (key, meaning) -> {
          if (flags.path(key).isNumber())
            table.row().head(meaning).value(flags.path(key).asLong()).endRow();
        });
    table.end();
  }
}
