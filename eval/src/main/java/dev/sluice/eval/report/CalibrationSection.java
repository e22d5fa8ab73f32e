package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.picture.LineChart;
import dev.sluice.eval.picture.ReliabilityDiagram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How honest the probabilities are. */
final class CalibrationSection implements Section {
  private static final Map<String, String> KINDS = kinds();

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("spans", "predicted spans");
    kinds.put("tokens", "tokens");
    kinds.put("insideTokens", "tokens other than O");
    kinds.put("intents", "intents");
    return kinds;
  }

  @Override
  public String id() {
    return "calibration";
  }

  @Override
  public String title() {
    return "Calibration";
  }

  @Override
  public boolean isThere(ReportData data) {
    return KINDS.keySet().stream()
        .anyMatch(kind -> cases(data.part().path("calibration").path(kind)) > 0);
  }

  private static long cases(JsonNode calibration) {
    return calibration.path("cases").asLong();
  }

  @Override
  public void write(ReportData data, Html html) {
    JsonNode all = data.part().get("calibration"), before = data.part().path("calibrationBefore");
    boolean risks = all.path("spans").has("riskCoverage");
    Table table = new Table(html, "Honesty of probabilities", false);
    table
        .text("Statements")
        .numbers("Cases", "Accuracy", "Confidence", "ECE", "ECE, equal mass", "MCE", "Brier");
    if (risks) table.numbers("−log p", "Area under risk");
    table.body();
    KINDS.forEach(
        (kind, name) -> {
          if (cases(before.path(kind)) > 0)
            row(table, name + ", before the temperature", before.get(kind), risks);
          if (cases(all.path(kind)) > 0) row(table, name, all.get(kind), risks);
        });
    table.end();
    html.element(
        "p",
        "Accuracy and confidence in percent. ECE and MCE are the mean and the largest distance between the two over "
            + all.path("spans").path("bins").size()
            + " bins.",
        "class",
        "note");
    html.open("div", "class", "figures");
    List<String> shown = new ArrayList<>(List.of("spans", "intents"));
    if (cases(all.path("spans")) == 0) shown.add(0, "tokens");
    for (String kind : shown)
      if (cases(all.path(kind)) > 0) figures(KINDS.get(kind), all.get(kind), html);
    html.close("div");
    if (cases(all.path("spans")) > 0 && cases(all.path("tokens")) > 0) {
      html.open("details").element("summary", "Diagrams of tokens").open("div", "class", "figures");
      for (String kind : List.of("tokens", "insideTokens"))
        if (cases(all.path(kind)) > 0) figures(KINDS.get(kind), all.get(kind), html);
      html.close("div").close("details");
    }
  }

  private static void row(Table table, String name, JsonNode c, boolean risks) {
    table.row().head(name).value(cases(c));
    table.values(
        Figures.percent(Figures.score(c.path("accuracy"))),
        Figures.percent(Figures.score(c.path("confidence"))));
    for (String key : List.of("ece", "equalMassEce", "mce", "brier"))
      table.value(Figures.fixed(c.path(key), 4));
    if (risks)
      table.values(
          Figures.fixed(c.path("logLoss"), 4), Figures.fixed(c.path("areaUnderRiskCoverage"), 4));
    table.endRow();
  }

  private static void figures(String name, JsonNode c, Html html) {
    JsonNode bins = c.path("bins");
    if (!bins.isEmpty()) {
      html.open("figure").markup(diagram(name, c, bins));
      html.open("details").element("summary", "Numbers of the bins");
      bins("Bins of " + name, bins, html);
      html.close("details").close("figure").line();
    }
    JsonNode risk = c.path("riskCoverage");
    if (risk.isEmpty()) return;
    html.open("figure").markup(chart(name, risk));
    html.open("details").element("summary", "Numbers of the curve");
    Table table = new Table(html, "Risk and coverage of " + name, false);
    table.number("Threshold").numbers("Coverage", "Risk").body();
    for (JsonNode point : risk) {
      table.row().value(Figures.fixed(point.path("threshold"), 4));
      table
          .values(
              Figures.percent(Figures.score(point.path("coverage"))),
              Figures.percent(Figures.score(point.path("risk"))))
          .endRow();
    }
    table.end();
    html.close("details").close("figure").line();
  }

  private static String diagram(String name, JsonNode c, JsonNode nodes) {
    List<ReliabilityDiagram.Bin> bins = new ArrayList<>();
    for (JsonNode n : nodes) {
      long cases = cases(n);
      double of = Math.max(1, cases);
      bins.add(
          new ReliabilityDiagram.Bin(
              cases, n.path("right").asLong() / of, n.path("confidence").asDouble() / of));
    }
    return new ReliabilityDiagram(bins)
        .titled(
            "Reliability of " + name,
            "Accuracy by confidence in "
                + bins.size()
                + " bins, with the number of statements; expected calibration error "
                + Figures.fixed(c.path("ece"), 4)
                + ". The numbers are in the table below.")
        .note("Honest statements lie on the dashed line; the vertical lines are the gaps.")
        .inline();
  }

  private static void bins(String caption, JsonNode bins, Html html) {
    Table table = new Table(html, caption, false);
    table.text("Confidence").numbers("Cases", "Right", "Accuracy", "Mean confidence").body();
    for (int b = 0; b < bins.size(); b++) {
      JsonNode bin = bins.get(b);
      long cases = cases(bin), right = bin.path("right").asLong();
      String edges =
          Figures.fixed((double) b / bins.size(), 3)
              + "–"
              + Figures.fixed((b + 1.0) / bins.size(), 3);
      table.row().head(edges).value(cases).value(right).value(Figures.share(right, cases));
      table
          .value(
              cases == 0
                  ? Figures.UNDEFINED
                  : Figures.percent(bin.path("confidence").asDouble() / cases))
          .endRow();
    }
    table.end();
  }

  private static String chart(String name, JsonNode risk) {
    double[] x = new double[risk.size()], y = new double[risk.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = 100 * risk.get(i).path("coverage").asDouble(Double.NaN);
      y[i] = 100 * risk.get(i).path("risk").asDouble(Double.NaN);
    }
    return new LineChart(
            "coverage, % answered, the most confident first", "risk, % wrong among those answered")
        .titled(
            "Risk and coverage of " + name,
            "How many answers are wrong when only the most confident ones are given. The numbers are in the table below.")
        .series("", x, y)
        .xRange(0, 100)
        .yRange(0, 1)
        .inline();
  }
}
