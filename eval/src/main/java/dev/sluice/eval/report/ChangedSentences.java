package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sentences that only one of two systems has wholly right, as many of those in the document as fit. */
final class ChangedSentences {
  /** No text of a person, and it would push out many others. */
  private static final int LONGEST = 40_000;

  /** The keys of a pair that hold sentences. */
  static final List<String> LISTS = List.of("fixed", "broken");

  private ChangedSentences() {}

  /**
   * Writes what a system fixed and what it broke.
   *
   * @param pair it and the baseline
   * @param open whether the sentences are unfolded
   * @param budget how many bytes there are for either list
   */
  static void write(Html html, JsonNode pair, boolean open, int budget) {
    JsonNode mcnemar = pair.path("mcnemar");
    String second = pair.path("second").asText();
    html.open("h3").user(Visible.limited(second, 100)).close();
    html.open("p", "class", "note")
        .text(
            "Fixes "
                + Figures.count(mcnemar.path("onlySecond").asLong())
                + " and breaks "
                + Figures.count(mcnemar.path("onlyFirst").asLong(), "sentence")
                + ", p "
                + Figures.p(mcnemar.path("p"))
                + " by McNemar's test, not corrected.")
        .close();
    list(html, pair, "fixed", "Fixed", mcnemar.path("onlySecond").asLong(), budget, open);
    list(html, pair, "broken", "Broken", mcnemar.path("onlyFirst").asLong(), budget, open);
  }

  private static void list(
      Html html, JsonNode pair, String key, String word, long all, int budget, boolean open) {
    if (all == 0) return;
    Html items = new Html();
    int left = budget, shown = 0;
    for (JsonNode example : pair.path(key)) {
      Html item = new Html();
      SentenceView.writePair(
          item, example, pair.path("first").asText(), pair.path("second").asText());
      int size = item.toString().getBytes(StandardCharsets.UTF_8).length;
      if (size > LONGEST) continue;
      if (size > left) break;
      left -= size;
      shown++;
      items.markup(item.toString());
    }
    html.open("details", "class", "changed", "open", open ? "open" : null);
    html.element(
        "summary",
        word
            + ": "
            + Figures.count(all, "sentence")
            + (shown < all ? ", of which " + Figures.count(shown) + " are shown" : ""));
    if (shown > 0) html.open("ol", "class", "sentences").markup(items.toString()).close("ol");
    html.close("details").line();
  }
}
