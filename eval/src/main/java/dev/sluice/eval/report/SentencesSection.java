package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sentences, gold above and predictions below their tokens. Without the script all stand there one below the other; with it they can be filtered, and pages turned.
 */
final class SentencesSection implements Section {
  /** A sentence whose markup is longer than this is left out: no text of a person, and it would push out many others. */
  private static final int LONGEST = 40_000;

  /** So many types and codes can be chosen. */
  private static final int MOST_OPTIONS = 500;

  private final List<String> markups = new ArrayList<>();
  private final Set<Integer> shown = new LinkedHashSet<>();
  private final Map<String, Integer> types = new LinkedHashMap<>();
  private final Map<String, Integer> codes = new LinkedHashMap<>();
  private final Set<Integer> buckets = new TreeSet<>();
  private final boolean confidences;
  private final int given;
  private final long omitted;

  /**
   * Chooses sentences from the first on, as long as they fit.
   *
   * @param budget how many bytes there are for them
   */
  SentencesSection(ReportData data, int budget) {
    JsonNode examples = data.analysis().path("examples");
    given = examples.size();
    omitted = data.analysis().path("examplesOmitted").asLong();
    number(examples);
    confidences = examples.findValues("confidence").stream().anyMatch(JsonNode::isNumber);
    int left = budget;
    for (int i = 0; i < given; i++) {
      Html html = new Html();
      SentenceView.write(html, i + 1, examples.get(i), types, codes);
      int size = bytes(html.toString());
      if (size > LONGEST) continue;
      if (size > left) break;
      left -= size;
      markups.add(html.toString());
      shown.add(i);
    }
  }

  /** Types and codes get numbers, so that a sentence can name its own in few bytes. */
  private void number(JsonNode examples) {
    Set<String> typeNames = new TreeSet<>(), codeNames = new TreeSet<>();
    for (JsonNode e : examples) {
      for (JsonNode span : e.path("gold")) typeNames.add(span.path("type").asText());
      for (JsonNode span : e.path("predicted")) typeNames.add(span.path("type").asText());
      for (JsonNode tag : e.path("tags")) {
        typeNames.add(tag.path("gold").asText());
        typeNames.add(tag.path("predicted").asText());
      }
      for (JsonNode code : e.path("codes")) codeNames.add(code.path("code").asText());
    }
    for (JsonNode bucket : examples.findValues("buckets"))
      for (JsonNode row : bucket) buckets.add(row.asInt());
    for (String name : typeNames) types.put(name, types.size());
    for (String name : codeNames) codes.put(name, codes.size());
  }

  private static int bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }

  /** The indices of the sentences that are shown. */
  Set<Integer> shown() {
    return shown;
  }

  @Override
  public String id() {
    return "sentences";
  }

  @Override
  public String title() {
    return "Sentences";
  }

  @Override
  public boolean isThere(ReportData data) {
    return !markups.isEmpty();
  }

  @Override
  public void write(ReportData data, Html html) {
    long missing = omitted + given - markups.size();
    String text =
        "Gold labels stand above the words, predictions "
            + (confidences ? "with their confidence in percent " : "")
            + "below. ";
    if (data.scores().path("kind").asText().equals("labels"))
      text += "Words without labels are right. ";
    text += "Sentences with mistakes come first. ";
    if (missing > 0)
      text +=
          Figures.count(missing, "sentence")
              + " more "
              + (missing == 1 ? "is" : "are")
              + " left out.";
    html.element("p", text.strip(), "class", "note");
    if (!codes.isEmpty()) legend(html);
    filters(data, html);
    html.element("p", "Further sentences are left out in print.", "class", "print-only note");
    html.open("ol", "class", "sentences").line();
    for (String markup : markups) html.markup(markup);
    html.close("ol").line();
    html.open("div", "class", "pages", "hidden", "hidden");
    html.element("button", "Previous", "type", "button", "data-turn", "-1");
    html.element("button", "Next", "type", "button", "data-turn", "1");
    html.close("div").line();
  }

  private static void legend(Html html) {
    html.open("ul", "class", "legend", "aria-label", "Codes");
    for (ErrorCode.Operation o : ErrorCode.OPERATIONS) {
      html.open("li").element("span", o.letters(), "class", "code k" + o.letters());
      html.text(" " + o.name()).close("li");
    }
    html.close("ul").line();
  }

  /** Controls do nothing without the script, which shows them. */
  private void filters(ReportData data, Html html) {
    html.open("form", "class", "filters", "hidden", "hidden", "aria-label", "Filter sentences");
    html.open("p").element("label", "Type", "for", "f-type").open("select", "id", "f-type");
    html.element("option", "any", "value", "");
    types.entrySet().stream()
        .limit(MOST_OPTIONS)
        .forEach(type -> option(html, String.valueOf(type.getValue()), type.getKey()));
    html.close("select").close("p");
    if (!codes.isEmpty()) {
      html.open("p").element("label", "Code", "for", "f-code").open("select", "id", "f-code");
      html.element("option", "any", "value", "");
      html.open("optgroup", "label", "Kinds");
      for (ErrorCode.Operation o : ErrorCode.OPERATIONS) {
        List<String> numbers = new ArrayList<>();
        codes.forEach(
            (code, n) -> {
              if (ErrorCode.of(code).operation().equals(o.letters()))
                numbers.add(String.valueOf(n));
            });
        if (!numbers.isEmpty())
          option(html, String.join(" ", numbers), o.letters() + " " + o.name());
      }
      html.close("optgroup").open("optgroup", "label", "Codes");
      codes.entrySet().stream()
          .limit(MOST_OPTIONS)
          .forEach(code -> option(html, String.valueOf(code.getValue()), code.getKey()));
      html.close("optgroup").close("select").close("p");
    }
    if (!buckets.isEmpty()) buckets(data, html);
    html.open("p").element("label", "Sentences", "for", "f-right").open("select", "id", "f-right");
    for (String[] choice :
        new String[][] {{"", "all"}, {"0", "with mistakes"}, {"1", "without mistakes"}})
      html.element("option", choice[1], "value", choice[0]);
    html.close("select").close("p");
    if (confidences) confidence(html);
    html.open("p", "class", "wide").element("label", "Words", "for", "f-text");
    html.empty("input", "id", "f-text", "type", "search", "autocomplete", "off").close("p");
    html.element("p", "", "class", "count", "role", "status");
    html.close("form").line();
  }

  /** The buckets in which a sentence of the document lies, under the question that each way of sorting asks. */
  private void buckets(ReportData data, Html html) {
    html.open("p").element("label", "Bucket", "for", "f-bucket").open("select", "id", "f-bucket");
    html.element("option", "any", "value", "");
    int number = 0;
    for (JsonNode set : data.analysis().path("buckets")) {
      html.open("optgroup", "label", set.path("title").asText(set.path("name").asText()));
      for (JsonNode row : set.path("rows")) {
        if (buckets.contains(number))
          option(html, String.valueOf(number), row.path("name").asText());
        number++;
      }
      html.close("optgroup");
    }
    html.close("select").close("p");
  }

  private static void confidence(Html html) {
    html.open("p").element("label", "Confidence ≤ %", "for", "f-confidence");
    html.empty(
        "input", "id", "f-confidence", "type", "number", "min", "0", "max", "100", "step", "1");
    html.close("p");
  }

  private static void option(Html html, String value, String text) {
    html.element("option", Visible.shortened(text, 60), "value", value);
  }
}
