package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;

/** Every system beside every other one: the difference of the row less the column, its interval, its p after Holm's correction, and the verdict. Only real differences are shaded. */
final class SignificanceMatrix {
  private static final String CAPTION =
      "Row less column in points, with the 95 % interval, and p after Holm's correction";
  private static final int LABEL = 100; // characters

  private SignificanceMatrix() {}

  static void write(Html html, ComparisonData data) {
    int n = data.systems().size();
    double most = 0;
    for (JsonNode pair : data.pairs())
      if (VerdictMark.of(pair).isReal())
        most = Math.max(most, Math.abs(pair.path("difference").asDouble()));
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", CAPTION);
    html.open("table", "class", "heat matrix").element("caption", CAPTION).open("thead").open("tr");
    html.element("th", "row − column", "scope", "col", "class", "corner");
    for (int i = 0; i < n; i++)
      html.userElement("th", Visible.limited(data.name(i), LABEL), "scope", "col");
    html.close("tr").close("thead").line().open("tbody");
    for (int row = 0; row < n; row++) {
      html.open("tr").userElement("th", Visible.limited(data.name(row), LABEL), "scope", "row");
      for (int column = 0; column < n; column++) cell(html, data, row, column, most);
      html.close("tr").line();
    }
    html.close("tbody").close("table").close("div").line();
  }

  private static void cell(Html html, ComparisonData data, int row, int column, double most) {
    if (row == column) {
      html.element("td", "–");
      return;
    }
    boolean asIs = column < row;
    JsonNode pair = data.pair(Math.min(row, column), Math.max(row, column));
    VerdictMark mark = asIs ? VerdictMark.of(pair) : VerdictMark.turned(pair);
    int sign = asIs ? 1 : -1;
    double difference = pair.path("difference").asDouble() * sign;
    html.open("td", "class", mark.isReal() ? DifferenceTable.shade(difference, most) : null);
    html.text(mark.sign() + " " + SystemsTable.difference(pair, sign));
    html.element("small", SystemsTable.interval(pair, sign));
    html.element("small", "p " + Figures.p(pair.path("p"))).element("small", mark.word());
    html.close("td");
  }
}
