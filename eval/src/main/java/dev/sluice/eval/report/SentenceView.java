package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int LONGEST_PLACE = 500; // a shortened one could not be used
  private static final String PLAIN = "kN"; // classes of style
  private static final String RIGHT = "kV";
  private static final String WRONG = "kX";

  private final Html html;
  private final JsonNode sentence;
  private final List<String> words = new ArrayList<>();

  /**
   * A row of spans.
   *
   * @param spans as in the document
   * @param owners the span that covers each word, -1 for none
   * @param styles the class of style of each span
   * @param nothing what stands where no span is, beside one of another row
   */
  private record Layer(JsonNode spans, int[] owners, String[] styles, String nothing) {}

  private SentenceView(Html html, JsonNode sentence) {
    this.html = html;
    this.sentence = sentence;
    for (JsonNode word : sentence.path("words"))
      words.add(Visible.limited(word.asText(), LONGEST_WORD));
  }

  /** The spans of a side in the colours of their codes. */
  private Layer coded(String side) {
    JsonNode spans = sentence.path(side);
    String[] styles = new String[spans.size()];
    Arrays.fill(styles, PLAIN);
    for (JsonNode code : sentence.path("codes")) {
      JsonNode index = code.path(side);
      if (index.isNumber() && index.asInt() >= 0 && index.asInt() < styles.length)
        styles[index.asInt()] = ErrorCode.of(code.path("code").asText()).style();
    }
    return new Layer(spans, owners(spans), styles, "");
  }

  /** The predicted spans of a system, marked as right or wrong. */
  private Layer judged(JsonNode its) {
    JsonNode spans = its.path("predicted");
    String[] styles = new String[spans.size()];
    for (int i = 0; i < styles.length; i++)
      styles[i] = contains(sentence.path("gold"), spans.get(i)) ? RIGHT : WRONG;
    return new Layer(spans, owners(spans), styles, "–");
  }

  private static boolean contains(JsonNode spans, JsonNode span) {
    for (JsonNode each : spans) if (same(each, span)) return true;
    return false;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    for (String key : List.of("type", "start", "end"))
      if (!one.path(key).equals(other.path(key))) return false;
    return true;
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
    TreeSet<Integer> ofBuckets = new TreeSet<>();
    for (String side : List.of("gold", "predicted"))
      for (JsonNode span : sentence.path(side)) ofTypes.add(types.get(span.path("type").asText()));
    for (JsonNode tag : sentence.path("tags")) {
      ofTypes.add(types.get(tag.path("gold").asText()));
      ofTypes.add(types.get(tag.path("predicted").asText()));
    }
    for (JsonNode code : sentence.path("codes")) ofCodes.add(codes.get(code.path("code").asText()));
    for (JsonNode row : sentence.path("buckets")) ofBuckets.add(row.asInt());
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
        "data-b",
        join(ofBuckets),
        "data-r",
        right ? "1" : "0",
        "data-c",
        confidence.isNumber() ? Figures.fixed(100 * confidence.doubleValue(), 2) : null);
    html.open("p", "class", "where");
    html.element("span", right ? "✓ right" : "✗ wrong", "class", right ? "right" : "wrong")
        .text(" ");
    html.element(
            "a", "#" + number, "href", "#s" + number, "title", "permanent link to this sentence")
        .text(" ");
    place(html, sentence);
    if (confidence.isNumber())
      html.text(" least confidence " + Figures.fixed(100 * confidence.doubleValue(), 1) + " %");
    html.close("p");
    intent();
    html.open("div", "class", "words", "dir", isRightToLeft() ? "rtl" : null);
    if (hasTags()) tags(List.of(sentence), "kR", "kR");
    else spans(coded("gold"), List.of(coded("predicted")));
    html.close("div");
    codeList();
    html.close("li").line();
  }

  /** Where the sentence stands, as {@code file:line}; the script puts a button beside it that copies it. */
  private static void place(Html html, JsonNode sentence) {
    html.open("span", "class", "place")
        .user(Visible.limited(sentence.path("where").asText(), LONGEST_PLACE))
        .close();
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

  private boolean hasTags() {
    return sentence.path("tags").isArray() && !sentence.path("tags").isEmpty();
  }

  /**
   * Writes the words.
   *
   * @param sides the sentence as each system labelled it
   * @param gold the class of style of gold labels
   * @param wrong the class of wrong ones
   */
  private void tags(List<JsonNode> sides, String gold, String wrong) {
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      int at = i;
      if (sides.stream().allMatch(side -> isRight(side.path("tags").path(at)))) {
        plain.add(words.get(i));
        continue;
      }
      flush(plain);
      html.open("table", "role", "presentation");
      html.open("tr").open("td", "class", gold);
      html.user(label(sentence.path("tags").path(i).path("gold"))).close().close();
      html.open("tr").open("td").user(words.get(i)).close().close();
      for (JsonNode side : sides) {
        JsonNode tag = side.path("tags").path(i);
        html.open("tr").open("td", "class", isRight(tag) ? RIGHT : wrong);
        html.user(label(tag.path("predicted")));
        if (tag.path("confidence").isNumber())
          html.text(" ").element("small", percent(tag.get("confidence")));
        html.close().close();
      }
      html.close("table").text(" ");
    }
    flush(plain);
  }

  private static boolean isRight(JsonNode tag) {
    return tag.path("gold").equals(tag.path("predicted"));
  }

  private void flush(List<String> plain) {
    if (!plain.isEmpty()) html.user(String.join(" ", plain)).text(" ");
    plain.clear();
  }

  // --- spans: a table for every run of words that spans hold together

  private void spans(Layer gold, List<Layer> below) {
    List<Layer> all = new ArrayList<>(below);
    all.add(gold);
    int n = words.size();
    List<String> plain = new ArrayList<>();
    for (int from = 0; from < n; ) {
      int at = from;
      if (all.stream().allMatch(layer -> layer.owners[at] < 0)) {
        plain.add(words.get(from++));
        continue;
      }
      flush(plain);
      int to = from + 1;
      while (to < n && joined(all, to)) to++;
      segment(from, to, gold, below);
      from = to;
    }
    flush(plain);
  }

  private static boolean joined(List<Layer> layers, int at) {
    return layers.stream().anyMatch(l -> l.owners[at] >= 0 && l.owners[at] == l.owners[at - 1]);
  }

  /** The span that covers each word, -1 for none; of spans that overlap, which there should not be, the first. */
  private int[] owners(JsonNode spans) {
    int[] owner = new int[words.size()];
    Arrays.fill(owner, -1);
    int index = 0;
    for (JsonNode span : spans) {
      int start = Math.max(0, span.path("start").asInt()),
          end = Math.min(owner.length, span.path("end").asInt());
      for (int i = start; i < end; i++) if (owner[i] < 0) owner[i] = index;
      index++;
    }
    return owner;
  }

  private void segment(int from, int to, Layer gold, List<Layer> below) {
    html.open("table", "role", "presentation");
    labels(from, to, gold);
    html.open("tr");
    for (int i = from; i < to; i++) html.open("td").user(words.get(i)).close();
    html.close("tr");
    for (Layer layer : below) labels(from, to, layer);
    html.close("table").text(" ");
  }

  private void labels(int from, int to, Layer layer) {
    html.open("tr");
    int[] owner = layer.owners;
    for (int i = from; i < to; ) {
      int end = i + 1;
      while (end < to && owner[end] == owner[i]) end++;
      String columns = end - i == 1 ? null : String.valueOf(end - i);
      if (owner[i] < 0) {
        html.element("td", layer.nothing, "colspan", columns);
      } else {
        JsonNode span = layer.spans.get(owner[i]);
        html.open("td", "colspan", columns, "class", layer.styles[owner[i]]);
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
    return words(span);
  }

  private String words(JsonNode span) {
    int start = Math.max(0, span.path("start").asInt()),
        end = Math.min(words.size(), span.path("end").asInt());
    return start < end ? Visible.limited(String.join(" ", words.subList(start, end)), 80) : "";
  }

  // --- two systems

  /**
   * Writes a sentence as two systems judged it: gold above its words, below them what the first found and then what the second found, and the mistakes in words.
   *
   * @param example its {@code first} and {@code second} hold what the two say
   * @param firstName what the first is called
   * @param secondName what the second is called
   */
  static void writePair(Html html, JsonNode example, String firstName, String secondName) {
    SentenceView view = new SentenceView(html, example.path("first"));
    JsonNode first = example.path("first"), second = example.path("second");
    html.open("li").open("p", "class", "where");
    place(html, first);
    html.close("p");
    html.open("div", "class", "words", "dir", view.isRightToLeft() ? "rtl" : null);
    if (view.hasTags()) view.tags(List.of(first, second), PLAIN, WRONG);
    else view.spans(view.goldOfPair(), List.of(view.judged(first), view.judged(second)));
    html.close("div");
    html.open("ul", "class", "codes");
    view.mistakes(first, firstName);
    view.mistakes(second, secondName);
    html.close("ul").close("li").line();
  }

  private Layer goldOfPair() {
    JsonNode spans = sentence.path("gold");
    String[] styles = new String[spans.size()];
    Arrays.fill(styles, PLAIN);
    return new Layer(spans, owners(spans), styles, "–");
  }

  /** What a system has wrong; an item in any case, since a list needs one. */
  private void mistakes(JsonNode its, String name) {
    html.open("li").user(Visible.limited(name, LONGEST_LABEL));
    int before = html.length();
    JsonNode found = its.path("predicted");
    for (JsonNode span : sentence.path("gold"))
      if (!contains(found, span)) mistake("misses", label(span.path("type")), words(span));
    for (JsonNode span : found)
      if (!contains(sentence.path("gold"), span))
        mistake("has", label(span.path("type")), words(span));
    JsonNode tags = its.path("tags");
    for (int i = 0; i < tags.size() && i < words.size(); i++)
      if (!isRight(tags.get(i))) mistake("has", label(tags.get(i).path("predicted")), words.get(i));
    JsonNode intent = its.path("intent");
    if (intent.isObject() && !isRight(intent)) {
      String said = intent.path("predicted").isTextual() ? label(intent.get("predicted")) : "none";
      mistake("says", said, "for " + label(intent.path("gold")));
    }
    if (html.length() == before) html.element("span", " ✓ all right", "class", "right");
    html.close("li");
  }

  private void mistake(String verb, String label, String of) {
    html.element("span", " ✗ " + verb + " ", "class", "wrong");
    html.open("strong").user(label).close().text(" ").user(of);
  }
}
