package dev.sluice.eval.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Every score beside that of the baseline. */
final class ComparisonSection implements Section {
  @Override
  public String id() {
    return "comparison";
  }

  @Override
  public String title() {
    return "Comparison";
  }

  @Override
  public boolean isThere(ReportData data) {
    return data.baseline().isPresent();
  }

  @Override
  public void write(ReportData data, Html html) {
    ReportData before = data.baseline().orElseThrow();
    html.open("p", "class", "note")
        .text("The baseline is ")
        .user(before.name())
        .text(", part ")
        .user(before.partName());
    html.text(
            ". The interval of each score tells how far it would scatter on other data of the kind, not whether the difference is more than chance.")
        .close();
    Map<String, Measure> old = new HashMap<>();
    for (Measure measure : Measure.all(before)) old.put(measure.name(), measure);
    Table table = new Table(html, "Scores in percent beside the baseline", true);
    table
        .text("Score")
        .numbers("Baseline", "Here", "Difference", Summary.level(data) + " interval here")
        .body();
    for (Measure now : Measure.all(data)) {
      Measure then = old.get(now.name());
      if (then == null) continue;
      table
          .row()
          .head(now.name())
          .values(then.percent(), now.percent(), difference(then.value(), now.value()));
      table.value(now.interval().map(Range::percent).orElse("")).endRow();
    }
    table.end();
    types(data, html);
  }

  private static String difference(OptionalDouble before, OptionalDouble now) {
    if (before.isEmpty() || now.isEmpty()) return "";
    return Figures.points(now.getAsDouble() - before.getAsDouble());
  }

  /** Types on one side only have no difference, and would go unnoticed. */
  private static void types(ReportData data, Html html) {
    only(data, data.baseline().orElseThrow(), "Only in the baseline: ", html);
    only(data.baseline().orElseThrow(), data, "Not in the baseline: ", html);
  }

  private static void only(ReportData without, ReportData with, String text, Html html) {
    List<String> names =
        TypeRow.types(with).stream()
            .map(TypeRow::name)
            .filter(name -> !without.scores().path("types").has(name))
            .limit(50)
            .toList();
    if (!names.isEmpty()) html.open("p").text(text).user(String.join(", ", names)).close();
  }
}
