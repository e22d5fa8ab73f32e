package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One sentence. Words without spans flow as text; words that are covered by spans stand in small tables of three rows, gold, words and predictions, which wrap like
 * words do.
 */
final class SentenceView {
  private static final int LONGEST_WORD = 200;
  private static final int LONGEST_LABEL = 100;

  private final Html html;
  private final JsonNode sentence;
  private final List<String> words = new ArrayList<>();
  private final ErrorCode[] goldCodes;
  private final ErrorCode[] predictedCodes;

  private SentenceView(Html html, JsonNode sentence) {
    this.html = html;
    this.sentence = sentence;
    for (JsonNode word : sentence.path("words"))
      words.add(Visible.limited(word.asText(), LONGEST_WORD));
    goldCodes = new ErrorCode[sentence.path("gold").size()];
    predictedCodes = new ErrorCode[sentence.path("predicted").size()];
    for (JsonNode code : sentence.path("codes")) {
      ErrorCode parsed = ErrorCode.of(code.path("code").asText());
      put(goldCodes, code.path("gold"), parsed);
      put(predictedCodes, code.path("predicted"), parsed);
    }
  }

  private static void put(ErrorCode[] codes, JsonNode index, ErrorCode code) {
    if (index.isNumber() && index.asInt() >= 0 && index.asInt() < codes.length)
      codes[index.asInt()] = code;
  }

  /**
   * Writes the sentence.
   *
   * @param number its number on the page, from 1
   * @param types the numbers of types, by which filters find it
   * @param codes the numbers of codes
   */
  static void write(
      Html html,
      int number,
      JsonNode sentence,
      Map<String, Integer> types,
      Map<String, Integer> codes) {
    new SentenceView(html, sentence).write(number, types, codes);
  }

  private void write(int number, Map<String, Integer> types, Map<String, Integer> codes) {
    TreeSet<Integer> ofTypes = new TreeSet<>(), ofCodes = new TreeSet<>();
    for (String side : List.of("gold", "predicted"))
      for (JsonNode span : sentence.path(side)) ofTypes.add(types.get(span.path("type").asText()));
    for (JsonNode tag : sentence.path("tags")) {
      ofTypes.add(types.get(tag.path("gold").asText()));
      ofTypes.add(types.get(tag.path("predicted").asText()));
    }
    for (JsonNode code : sentence.path("codes")) ofCodes.add(codes.get(code.path("code").asText()));
    boolean right = sentence.path("right").asBoolean();
    JsonNode confidence = sentence.path("confidence");
    html.open(
        "li",
        "id",
        "s" + number,
        "data-t",
        join(ofTypes),
        "data-k",
        join(ofCodes),
        "data-r",
        right ? "1" : "0",
        "data-c",
        confidence.isNumber() ? Figures.fixed(100 * confidence.doubleValue(), 2) : null);
    html.open("p", "class", "where");
    html.element("span", right ? "✓ right" : "✗ wrong", "class", right ? "right" : "wrong")
        .text(" ");
    html.open("a", "href", "#s" + number)
        .user(Visible.limited(sentence.path("where").asText(), 120))
        .close();
    if (confidence.isNumber())
      html.text(" least confidence " + Figures.fixed(100 * confidence.doubleValue(), 1) + " %");
    html.close("p");
    intent();
    html.open("div", "class", "words", "dir", isRightToLeft() ? "rtl" : null);
    if (sentence.path("tags").isArray() && !sentence.path("tags").isEmpty()) tags();
    else spans();
    html.close("div");
    codeList();
    html.close("li").line();
  }

  private static String join(TreeSet<Integer> numbers) {
    if (numbers.isEmpty()) return null;
    return String.join(" ", numbers.stream().map(String::valueOf).toList());
  }

  private boolean isRightToLeft() {
    for (String word : words) {
      for (int i = 0; i < word.length(); i++) {
        switch (Character.getDirectionality(word.charAt(i))) {
          case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
            return false;
          }
          case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
              Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
            return true;
          }
          default -> {}
        }
      }
    }
    return false;
  }

  private void intent() {
    JsonNode intent = sentence.path("intent");
    if (!intent.isObject()) return;
    boolean right = intent.path("right").asBoolean();
    html.open("p", "class", "intent").text("intent ").user(intent.path("gold").asText());
    if (!right) {
      html.text(" → ");
      if (intent.path("predicted").isTextual())
        html.open("strong").user(intent.get("predicted").asText()).close();
      else html.element("em", "rejected");
    }
    if (intent.path("confidence").isNumber())
      html.text(" ").element("small", percent(intent.get("confidence")));
    html.close("p");
  }

  private static String label(JsonNode name) {
    return Visible.limited(name.asText(), LONGEST_LABEL);
  }

  private static String percent(JsonNode confidence) {
    return Figures.fixed(100 * confidence.doubleValue(), 0);
  }

  // --- a label per word: those that are wrong stand in tables

  private void tags() {
    JsonNode tags = sentence.get("tags");
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      JsonNode tag = tags.path(i);
      String gold = tag.path("gold").asText(), predicted = tag.path("predicted").asText();
      if (gold.equals(predicted)) {
        plain.add(words.get(i));
        continue;
      }
      flush(plain);
      html.open("table", "role", "presentation")
          .open("tr")
          .open("td", "class", "kR")
          .user(Visible.limited(gold, LONGEST_LABEL))
          .close()
          .close();
      html.open("tr").open("td").user(words.get(i)).close().close();
      html.open("tr").open("td", "class", "kR").user(Visible.limited(predicted, LONGEST_LABEL));
      if (tag.path("confidence").isNumber())
        html.text(" ").element("small", percent(tag.get("confidence")));
      html.close().close().close("table").text(" ");
    }
    flush(plain);
  }

  private void flush(List<String> plain) {
    if (!plain.isEmpty()) html.user(String.join(" ", plain)).text(" ");
    plain.clear();
  }

  // --- spans: a table for every run of words that spans hold together

  private void spans() {
    int n = words.size();
    int[] gold = owners("gold"), predicted = owners("predicted");
    List<String> plain = new ArrayList<>();
    for (int from = 0; from < n; ) {
      if (gold[from] < 0 && predicted[from] < 0) {
        plain.add(words.get(from++));
        continue;
      }
      flush(plain);
      int to = from + 1;
      while (to < n && (joined(gold, to) || joined(predicted, to))) to++;
      segment(from, to, gold, predicted);
      from = to;
    }
    flush(plain);
  }

  private static boolean joined(int[] owner, int at) {
    return owner[at] >= 0 && owner[at] == owner[at - 1];
  }

  /** The span that covers each word, -1 for none; of spans that overlap, which there should not be, the first. */
  private int[] owners(String side) {
    int[] owner = new int[words.size()];
    java.util.Arrays.fill(owner, -1);
    int index = 0;
    for (JsonNode span : sentence.path(side)) {
      int start = Math.max(0, span.path("start").asInt()),
          end = Math.min(owner.length, span.path("end").asInt());
      for (int i = start; i < end; i++) if (owner[i] < 0) owner[i] = index;
      index++;
    }
    return owner;
  }

  private void segment(int from, int to, int[] gold, int[] predicted) {
    html.open("table", "role", "presentation");
    labels(from, to, gold, sentence.path("gold"), goldCodes);
    html.open("tr");
    for (int i = from; i < to; i++) html.open("td").user(words.get(i)).close();
    html.close("tr");
    labels(from, to, predicted, sentence.path("predicted"), predictedCodes);
    html.close("table").text(" ");
  }

  private void labels(int from, int to, int[] owner, JsonNode spans, ErrorCode[] codes) {
    html.open("tr");
    for (int i = from; i < to; ) {
      int end = i + 1;
      while (end < to && owner[end] == owner[i]) end++;
      String columns = end - i == 1 ? null : String.valueOf(end - i);
      if (owner[i] < 0) {
        html.open("td", "colspan", columns).close();
      } else {
        JsonNode span = spans.get(owner[i]);
        ErrorCode code = codes[owner[i]];
        html.open("td", "colspan", columns, "class", code == null ? "kN" : code.style());
        html.user(label(span.path("type")));
        if (span.path("confidence").isNumber())
          html.text(" ").element("small", percent(span.get("confidence")));
        html.close("td");
      }
      i = end;
    }
    html.close("tr");
  }

  // --- the codes in words, since colour alone tells nothing

  private void codeList() {
    boolean any = false;
    for (JsonNode node : sentence.path("codes")) {
      ErrorCode code = ErrorCode.of(node.path("code").asText());
      if (code.isRight()) continue;
      if (!any) html.open("ul", "class", "codes");
      any = true;
      html.open("li")
          .open("span", "class", "code " + code.style())
          .user(label(node.path("code")))
          .close();
      String text = text(node);
      if (!text.isEmpty()) html.text(" ").user(text);
      html.close("li");
    }
    if (any) html.close("ul");
  }

  private String text(JsonNode code) {
    JsonNode span =
        code.path("gold").isNumber()
            ? sentence.path("gold").path(code.get("gold").asInt())
            : sentence.path("predicted").path(code.path("predicted").asInt());
    int start = Math.max(0, span.path("start").asInt()),
        end = Math.min(words.size(), span.path("end").asInt());
    return start < end ? Visible.limited(String.join(" ", words.subList(start, end)), 80) : "";
  }
}
