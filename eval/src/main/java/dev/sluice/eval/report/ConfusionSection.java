package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What was taken for what: spans first, tokens and intents behind it. */
final class ConfusionSection implements Section {
  /** More labels than this do not fit; those that are confused most are shown. */
  private static final int MOST = 30;

  /** So many pairs are listed. */
  private static final int PAIRS = 100;

  @Override
  public String id() {
    return "confusion";
  }

  @Override
  public String title() {
    return "Confusion";
  }

  @Override
  public boolean isThere(ReportData data) {
    JsonNode c = data.analysis().path("confusion");
    return !c.path("spans").isEmpty()
        || !c.path("tokens").isEmpty()
        || !c.path("intents").isEmpty();
  }

  @Override
  public void write(ReportData data, Html html) {
    JsonNode c = data.analysis().path("confusion");
    List<String> kinds = new ArrayList<>();
    for (String kind : List.of("spans", "tokens", "intents"))
      if (!c.path(kind).isEmpty()) kinds.add(kind);
    String text =
        "Rows are gold, columns predicted. The shade is the share of the row; what is right stands in a frame and has none.";
    if (kinds.contains("spans"))
      text +=
          " Column O is what was missed; row O what was predicted where there is no span, as a share of the predictions of the type.";
    html.element("p", text, "class", "note");
    for (String kind : kinds) {
      boolean first = kind.equals(kinds.get(0));
      if (!first) html.open("details").element("summary", "Confusion of " + kind);
      matrix(html, kind, Confusions.read(c.get(kind)));
      if (!first) html.close("details");
    }
  }

  private static void matrix(Html html, String kind, Confusions all) {
    List<String> labels = all.labels(MOST);
    if (labels.size() < all.labels(Integer.MAX_VALUE).size())
      html.element(
          "p",
          "The "
              + labels.size()
              + " labels of "
              + all.labels(Integer.MAX_VALUE).size()
              + " that are confused most; the list below has the others too.",
          "class",
          "note");
    HeatTable.write(html, "Confusion of " + kind, kind, labels, all);
    pairs(html, kind, all);
  }

  private static void pairs(Html html, String kind, Confusions all) {
    List<Confusions.Cell> pairs = all.mistakes();
    if (pairs.isEmpty()) return;
    html.open("details").element("summary", "The most frequent mistakes as a list");
    Table table = new Table(html, "Mistakes of " + kind + ", most frequent first", true);
    table.text("Gold").text("Predicted").numbers("Count", "Share").body();
    for (Confusions.Cell pair : pairs.subList(0, Math.min(PAIRS, pairs.size()))) {
      table.row().head(pair.gold()).user(pair.predicted()).value(pair.count());
      table.value(Figures.share(pair.count(), all.whole(pair.gold(), pair.predicted()))).endRow();
    }
    table.end();
    if (pairs.size() > PAIRS)
      html.element(
          "p", Figures.count(pairs.size() - PAIRS) + " rarer ones are left out.", "class", "note");
    html.close("details");
  }
}
