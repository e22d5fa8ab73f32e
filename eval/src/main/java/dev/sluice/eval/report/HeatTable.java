package dev.sluice.eval.report;

import java.util.List;

/**
 * A matrix as a table with shaded cells: native to the page, so that it can be read aloud, searched and copied, and every cell has its number. Two radio buttons choose
 * between a linear and a logarithmic scale by style alone, without a script. Shades are steps from 0 to 9.
 */
final class HeatTable {
  private static final int STEPS = 9;
  private static final int MOST = 100; // characters of a label

  private HeatTable() {}

  /**
   * Writes the matrix.
   *
   * @param caption what it shows
   * @param id a word that is unique on the page
   * @param labels rows and columns
   */
  static void write(Html html, String caption, String id, List<String> labels, Confusions matrix) {
    double mostShare = 0;
    long most = 0;
    for (String gold : labels) {
      for (String predicted : labels) {
        if (gold.equals(predicted)) continue;
        mostShare = Math.max(mostShare, share(matrix, gold, predicted));
        most = Math.max(most, matrix.count(gold, predicted));
      }
    }
    html.open("fieldset", "class", "scales").element("legend", "Shade");
    choice(html, id, "linear", "share of the row", true);
    choice(html, id, "log", "logarithm of the count", false);
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    html.open("table", "class", "heat").element("caption", caption).open("thead").open("tr");
    html.element("th", "gold ↓ predicted →", "scope", "col", "class", "corner");
    for (String label : labels)
      html.userElement("th", Visible.limited(label, MOST), "scope", "col");
    html.close("tr").close("thead").line().open("tbody");
    for (String gold : labels) {
      html.open("tr").userElement("th", Visible.limited(gold, MOST), "scope", "row");
      for (String predicted : labels) cell(html, matrix, gold, predicted, mostShare, most);
      html.close("tr").line();
    }
    html.close("tbody").close("table").close("div").close("fieldset").line();
  }

  private static void choice(Html html, String id, String scale, String text, boolean chosen) {
    String name = "scale-" + id;
    html.empty(
        "input",
        "type",
        "radio",
        "class",
        scale,
        "name",
        name,
        "id",
        name + "-" + scale,
        "checked",
        chosen ? "checked" : null);
    html.element("label", text, "for", name + "-" + scale).text(" ");
  }

  private static double share(Confusions matrix, String gold, String predicted) {
    long whole = matrix.whole(gold, predicted);
    return whole == 0 ? 0 : (double) matrix.count(gold, predicted) / whole;
  }

  private static void cell(
      Html html, Confusions matrix, String gold, String predicted, double mostShare, long most) {
    long count = matrix.count(gold, predicted);
    boolean right = gold.equals(predicted);
    String kind = null;
    if (right) kind = "right";
    else if (count > 0)
      kind =
          "h"
              + step(share(matrix, gold, predicted) / mostShare)
              + " l"
              + step(Math.log1p(count) / Math.log1p(most));
    boolean nothing =
        right && count == 0 && gold.equals(Confusions.OUTSIDE); // O for O is not counted
    html.open("td", "class", kind).text(nothing ? "–" : Figures.count(count));
    if (count > 0) html.element("small", percent(count, matrix.whole(gold, predicted)));
    html.close("td");
  }

  private static String percent(long count, long whole) {
    return Figures.fixed(100.0 * count / whole, 0) + " %";
  }

  private static int step(double share) {
    return (int) Math.max(1, Math.min(STEPS, Math.ceil(STEPS * share)));
  }
}
