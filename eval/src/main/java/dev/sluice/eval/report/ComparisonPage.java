package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.data.AtomicFile;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.eval.statistics.PairedUnits;
import dev.sluice.eval.statistics.Randomisation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison as one page, a rendering of the numbers of {@link dev.sluice.eval.compare.Comparison}. It is made like {@link HtmlReport}: opens from disk, asks for
 * nothing, works without script, in the dark, on paper and on small screens, and stays below 2 MB, for which it leaves out sentences that do not fit.
 */
public final class ComparisonPage {
  private static final double ALPHA = 0.05;

  /** Kept free for the frames around sentences. */
  private static final int SPARE = 60_000;

  private final ComparisonData data;
  private final List<String> others = new ArrayList<>(); // the names of all but the baseline

  private ComparisonPage(ComparisonData data) {
    this.data = data;
    for (int i = 1; i < data.systems().size(); i++) others.add(data.name(i));
  }

  /** The page, as UTF-8 text. */
  public static String of(ComparisonData data) {
    return new ComparisonPage(data).write();
  }

  /** Writes the page to a file, whole or not at all. */
  public static void write(ComparisonData data, Path file) {
    byte[] bytes = of(data).getBytes(StandardCharsets.UTF_8);
    AtomicFile.at(file).write(out -> out.write(bytes));
  }

  private String write() {
    String rest = others.size() == 1 ? others.get(0) : others.size() + " other systems";
    Page page =
        new Page(
            data.name(0) + " and " + rest, "Comparison of " + data.systems().size() + " systems");
    page.footer(
        "Made by sluice compare. Differences are those of a system less the baseline, in points of a percent; numbers of the JSON are not rounded. "
            + data.json().path("signature").asText());
    // first what has a size of its own, then as many sentences as still fit
    String verdicts = verdicts(), systems = systems(), significance = significance();
    String types = types(), buckets = buckets(), training = training();
    String tradeOffs = TradeOffs.markup(data);
    int size = page.toString().length();
    for (String markup :
        List.of(verdicts, systems, significance, types, buckets, training, tradeOffs))
      size += markup.getBytes(StandardCharsets.UTF_8).length;
    section(page, "verdicts", "Verdicts", verdicts);
    section(page, "systems", "Systems", systems);
    section(page, "significance", "Significance", significance);
    section(page, "types", data.isSpans() ? "Types" : "Labels", types);
    section(page, "sentences", "Sentences", sentences(HtmlReport.MOST_BYTES - size - SPARE));
    section(page, "buckets", "Buckets", buckets);
    section(page, "training", "Training", training);
    section(page, "trade-offs", "Trade-offs", tradeOffs);
    return page.toString();
  }

  private static void section(Page page, String id, String title, String markup) {
    if (!markup.isEmpty()) page.section(id, title, markup);
  }

  private String verdicts() {
    Html html = new Html();
    JsonNode baseline = data.systems().get(0);
    html.open("p", "class", "score").open("span", "class", "name");
    html.text(data.headline() + " of ").user(data.name(0)).close().text(" ");
    html.element("strong", SystemsTable.score(baseline)).text(" ");
    String what =
        baseline.path("seeds").isObject()
            ? "mean ± sd, 95 % interval of the mean "
            : "95 % interval ";
    html.element("span", what + SystemsTable.interval(baseline), "class", "interval");
    html.close("p");
    html.open("p", "class", "size").text("the baseline, on ");
    html.user(baseline.path("part").asText());
    html.text(": " + Figures.count(data.json().path("sentences").asLong(), "sentence"));
    html.close("p").line().open("ul", "class", "verdicts");
    for (int i = 1; i < data.systems().size(); i++) {
      JsonNode pair = data.pair(0, i);
      VerdictMark mark = VerdictMark.of(pair);
      html.open("li", "class", mark.style());
      html.element("span", mark.sign() + " ", "aria-hidden", "true");
      html.element("strong", mark.word()).text(". ");
      html.user(pair.path("sentence").asText()).text(".");
      String wins = pair.path("wins").asText();
      if (!wins.isEmpty()) html.open("small", "class", "wins").user(wins).text(".").close();
      html.close("li").line();
    }
    html.close("ul").line();
    html.element(
        "p",
        "p is that of paired approximate randomisation over "
            + unit()
            + (data.pairs().size() > 1
                ? ", after Holm's correction for " + tests("pairs") + ", all pairs on this page"
                : "")
            + "; intervals are those of the bootstrap. "
            + Figures.count(Randomisation.ROUNDS)
            + " exchanges and "
            + Figures.count(Bootstrap.RESAMPLES, "resample")
            + ", seed "
            + data.json().path("seed").asText()
            + ". A difference that is unknown is not shown to be none: the data or the seeds are too few to tell.",
        "class",
        "note");
    html.open("p", "class", "signature").text("Signature ").open("code");
    html.shown(data.json().path("signature").asText()).close().close("p").line();
    return html.toString();
  }

  private String systems() {
    Html html = new Html();
    SystemsTable.scores(html, data);
    boolean seeds = data.systems().stream().anyMatch(s -> s.path("seeds").isObject());
    if (seeds)
      html.element(
          "p",
          "sd: the standard deviation of single runs over seeds, divided by n − 1. Where there are several seeds, the interval is that of their mean, by Student's t;"
              + " the columns that do not tell of seeds or of the difference are those of the first run.",
          "class",
          "note");
    SystemsTable.settings(html, data);
    return html.toString();
  }

  private String significance() {
    if (others.size() < 2) return "";
    Html html = new Html();
    note(
        html,
        "Only differences that are real are shaded: blue where the row is better, orange where it is worse.");
    SignificanceMatrix.write(html, data);
    return html.toString();
  }

  private static void note(Html html, String text) {
    html.element("p", text, "class", "note");
  }

  /** Rows of a table of differences as they are put together from the pairs with the baseline. */
  private final class Rows {
    final Map<String, DifferenceTable.Row> rows = new LinkedHashMap<>();

    void put(String label, long gold, JsonNode baseline, int column, DifferenceTable.Cell cell) {
      rows.computeIfAbsent(
                  label,
                  l ->
                      new DifferenceTable.Row(
                          l,
                          gold,
                          baseline.isNumber() ? baseline.doubleValue() : Double.NaN,
                          new DifferenceTable.Cell[others.size()]))
              .cells()[column] =
          cell;
    }

    String table(String caption, String head, boolean sorted, String note) {
      if (rows.isEmpty()) return "";
      Html html = new Html();
      note(html, note);
      DifferenceTable table = new DifferenceTable(caption, head, others);
      rows.values().forEach(table::row);
      table.write(html, sorted);
      return html.toString();
    }
  }

  private String types() {
    Rows rows = new Rows();
    JsonNode counts = data.systems().get(0).path("types");
    for (int i = 0; i < others.size(); i++)
      for (JsonNode row : data.pair(0, i + 1).path("types")) {
        String type = row.path("type").asText();
        long gold = Figures.counts(counts.path(type)).gold();
        boolean sure = row.path("p").asDouble(1) < ALPHA;
        rows.put(
            type,
            gold,
            row.path("first"),
            i,
            new DifferenceTable.Cell(
                row.path("difference").asDouble(),
                sure,
                List.of(
                    SystemsTable.interval(row, 1),
                    "p " + Figures.p(row.path("p")) + few(row.path("differing").asLong()))));
      }
    return rows.table(
        "F1 less that of the baseline, in points",
        data.isSpans() ? "Type" : "Label",
        true,
        "Below each difference its 95 % interval and p after Holm's correction for "
            + tests("types")
            + (others.size() > 1 ? ", those of all systems on this page" : "")
            + ". * p below 0.05. ‡ the systems differ in fewer than "
            + PairedUnits.FEW_DIFFERING
            + " "
            + unit()
            + ", where an interval alone shows too much. † fewer than "
            + TypeRow.FEW
            + " gold cases in the baseline's run. – where a score is not defined.");
  }

  private static String few(long differing) {
    return differing < PairedUnits.FEW_DIFFERING ? " ‡" : "";
  }

  /** "12 tests". */
  private String tests(String of) {
    return Figures.count(data.json().path("tests").path(of).asLong(), "test");
  }

  /** What is exchanged and resampled. */
  private String unit() {
    return data.json().at("/unit/kind").asText("sentence") + "s";
  }

  private String buckets() {
    Rows rows = new Rows();
    for (int i = 0; i < others.size(); i++)
      for (JsonNode set : data.pair(0, i + 1).path("buckets"))
        for (JsonNode row : set.path("rows"))
          rows.put(
              set.path("title").asText() + ": " + row.path("name").asText(),
              row.path("gold").asLong(),
              row.path("first"),
              i,
              new DifferenceTable.Cell(row.path("difference").asDouble(), false, List.of()));
    return rows.table(
        "F1 less that of the baseline in each bucket, in points",
        "Bucket",
        false,
        "Of several runs the first. No test stands behind these differences: small buckets scatter widely.");
  }

  private String sentences(int room) {
    Html html = new Html();
    note(
        html,
        "Sentences that only one of two systems has wholly right, of several runs the first. Gold labels stand above the words,"
            + " those of the baseline below, and under them those of the other system; ✓ is right, ✗ is wrong, – is nothing. At most 50 of each kind are kept.");
    int lists = 0;
    for (int i = 1; i <= others.size(); i++)
      for (String list : ChangedSentences.LISTS) if (!data.pair(0, i).path(list).isEmpty()) lists++;
    if (lists == 0) return "";
    for (int i = 0; i < others.size(); i++)
      ChangedSentences.write(html, data.pair(0, i + 1), i == 0, Math.max(0, room) / lists);
    return html.toString();
  }

  private String training() {
    List<OverlaidCurves.Line> lines = new ArrayList<>();
    boolean several = false;
    for (int i = 0; i < data.systems().size(); i++) {
      ComparisonData.Beside beside = data.beside(i);
      if (beside.epochs().isEmpty()) continue;
      several |= !beside.run().isEmpty();
      String run = beside.run().isEmpty() ? "" : " (" + beside.run() + ")";
      lines.add(new OverlaidCurves.Line(data.name(i) + run, beside.epochs()));
    }
    if (lines.isEmpty()) return "";
    Html html = new Html();
    if (several) note(html, "Of a series the first run is shown.");
    OverlaidCurves.write(html, lines);
    return html.toString();
  }
}
