package dev.sluice.eval.report;

import dev.sluice.data.AtomicFile;
import dev.sluice.metric.SequenceScores;
import dev.sluice.pipeline.TransductionRun;
import dev.sluice.trainer.EpochReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The training of a transducer as one page: scores, the curve, what it writes, what it was trained on. */
public final class TransductionPage {
  private TransductionPage() {}

  /**
   * Writes {@link HtmlReport#FILE} into a folder, whole or not at all.
   *
   * @param devScore what the dev score of an epoch is called
   */
  public static void write(
      TransductionRun.Result result, String devScore, String name, Path folder) {
    byte[] bytes = of(result, devScore, name).getBytes(StandardCharsets.UTF_8);
    AtomicFile.at(folder.resolve(HtmlReport.FILE)).write(out -> out.write(bytes));
  }

  private static String of(TransductionRun.Result result, String devScore, String name) {
    Page page = new Page(name, "Training of a transducer");
    page.section("scores", "Scores", scores(result));
    page.section("training", "Training", training(result, devScore));
    if (!result.shown().isEmpty()) page.section("written", "Written", written(result));
    page.section("data", "Data", data(result));
    page.footer("Made by sluice. metrics.json has the numbers, not rounded. Seed " + result.seed());
    return page.toString();
  }

  private static String scores(TransductionRun.Result result) {
    Html html = new Html();
    Table table =
        new Table(html, "Scores", false)
            .text("split")
            .numbers(
                "pairs",
                "sequence accuracy",
                "symbol error rate",
                "edits",
                "symbols",
                "perplexity",
                "unknown")
            .body();
    score(table, "dev", result.dev());
    result.test().ifPresent(test -> score(table, "test", test));
    table.end();
    html.element(
        "p",
        "Sequence accuracy is the share of targets that are written without a mistake; the symbol error rate is the number of symbols to be put in, taken out or replaced,"
            + " divided by those of the right targets. Perplexity is per symbol of the right targets, their ends among them.",
        "class",
        "note");
    return html.toString();
  }

  private static void score(Table table, String split, SequenceScores s) {
    table.row().cell(split).value(s.right().whole()).value(s.right().percent() + " %");
    table.value(number("%.2f %%", 100 * s.errorRate())).value(s.edits()).value(s.symbols());
    table.value(number("%.3f", s.perplexity().value())).value(s.perplexity().unknown()).endRow();
  }

  private static String training(TransductionRun.Result result, String devScore) {
    List<EpochReport> epochs = result.outcome().history();
    Html html = new Html();
    html.element(
        "p",
        Figures.count(epochs.size(), "epoch")
            + ", the best one on dev is "
            + result.outcome().bestEpoch()
            + ".",
        "class",
        "note");
    if (epochs.size() > 1) {
      html.open("div", "class", "figures");
      EpochCharts charts = new EpochCharts(html, result.outcome());
      charts.draw("Dev score", devScore, EpochReport::dev);
      charts.draw("Loss on train", "mean −log p", EpochReport::loss);
      html.close("div");
    }
    html.open("details").element("summary", "Numbers of the epochs");
    Table table =
        new Table(html, "Numbers of the epochs", false)
            .numbers("epoch", "loss", "dev: " + devScore, "rate")
            .body();
    for (EpochReport r : epochs) {
      table.row().value(r.epoch()).value(number("%.4f", r.loss()));
      table.values(number("%.4f", r.dev()), number("%.6f", r.rate())).endRow();
    }
    table.end();
    return html.close("details").toString();
  }

  private static String written(TransductionRun.Result result) {
    Html html = new Html();
    boolean draws = result.shown().stream().anyMatch(shown -> !shown.drawn().isEmpty());
    Table table = new Table(html, "What is written of some sources", false);
    table.text("source").text("written");
    if (draws) table.text("drawn");
    table.body();
    for (TransductionRun.Shown shown : result.shown()) {
      table.row().head(shown.source()).user(shown.best());
      if (draws) {
        table.open();
        for (String drawn : shown.drawn()) html.open("div").user(drawn).close("div");
        html.close("td");
      }
      table.endRow();
    }
    table.end();
    return html.toString();
  }

  private static String data(TransductionRun.Result result) {
    Html html = new Html();
    Table table =
        new Table(html, "Data", false)
            .text("split")
            .numbers("pairs", "tokens of sources", "symbols of targets")
            .text("file")
            .text("SHA-256")
            .body();
    for (var split : result.splits()) {
      table.row().cell(split.name()).value(split.pairs()).value(split.tokens());
      table.value(split.symbols()).user(String.valueOf(split.path().getFileName()));
      table.cell(split.fingerprint().substring(0, 16)).endRow();
    }
    table.end();
    return html.toString();
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
