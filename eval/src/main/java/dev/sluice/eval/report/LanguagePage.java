package dev.sluice.eval.report;

import dev.sluice.data.AtomicFile;
import dev.sluice.metric.Perplexity;
import dev.sluice.pipeline.LanguageRun;
import dev.sluice.trainer.EpochReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The training of a language model as one page: scores, the curve, texts that it made up, what it was trained on. */
public final class LanguagePage {
  private LanguagePage() {}

  /** Writes {@link HtmlReport#FILE} into a folder, whole or not at all. */
  public static void write(LanguageRun.Result result, String name, Path folder) {
    byte[] bytes = of(result, name).getBytes(StandardCharsets.UTF_8);
    AtomicFile.at(folder.resolve(HtmlReport.FILE)).write(out -> out.write(bytes));
  }

  static String of(LanguageRun.Result result, String name) {
    Page page = new Page(name, "Training of a language model");
    page.section("scores", "Scores", scores(result));
    page.section("training", "Training", training(result));
    if (!result.samples().isEmpty()) page.section("samples", "Samples", samples(result));
    page.section("data", "Data", data(result));
    page.footer("Made by sluice. metrics.json has the numbers, not rounded. Seed " + result.seed());
    return page.toString();
  }

  private static String scores(LanguageRun.Result result) {
    Html html = new Html();
    html.open("table").open("thead").open("tr");
    for (String title :
        List.of(
            "split",
            "perplexity",
            "bits per symbol",
            "bits per character",
            "symbols",
            "characters",
            "unknown")) html.element("th", title, "scope", "col");
    html.close("tr").close("thead").open("tbody");
    score(html, "dev", result.dev());
    result.test().ifPresent(test -> score(html, "test", test));
    html.close("tbody").close("table");
    html.element(
        "p",
        "Symbols include the end of every document; an unknown symbol is predicted as just that.",
        "class",
        "note");
    return html.toString();
  }

  private static void score(Html html, String split, Perplexity p) {
    html.open("tr").element("th", split, "scope", "row");
    html.element("td", number("%.3f", p.value()));
    html.element("td", number("%.4f", p.bitsPerSymbol()));
    html.element("td", number("%.4f", p.bitsPerCharacter()));
    html.element("td", number("%,d", p.symbols()));
    html.element("td", number("%,d", p.characters()));
    html.element("td", number("%,d", p.unknown())).close("tr");
  }

  private static String training(LanguageRun.Result result) {
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
      double perCharacter =
          (double) result.dev().symbols() / Math.max(1, result.dev().characters());
      html.open("div", "class", "figures");
      EpochCharts charts = new EpochCharts(html, result.outcome());
      charts.draw("Perplexity of dev", "per symbol", r -> 1 / r.dev());
      charts.draw("Bits per character of dev", "bits", r -> bits(r) * perCharacter);
      charts.draw("Loss on train", "mean −log p", EpochReport::loss);
      html.close("div");
    }
    html.open("details").element("summary", "Numbers of the epochs");
    html.open("table").open("thead").open("tr");
    for (String title : List.of("epoch", "loss", "dev perplexity", "dev bits per symbol", "rate"))
      html.element("th", title, "scope", "col");
    html.close("tr").close("thead").open("tbody");
    for (EpochReport r : epochs) {
      html.open("tr").element("th", String.valueOf(r.epoch()), "scope", "row");
      html.element("td", number("%.4f", r.loss()));
      html.element("td", number("%.3f", 1 / r.dev()));
      html.element("td", number("%.4f", bits(r)));
      html.element("td", number("%.6f", r.rate())).close("tr");
    }
    html.close("tbody").close("table").close("details");
    return html.toString();
  }

  private static double bits(EpochReport r) {
    return -StrictMath.log(r.dev()) / StrictMath.log(2);
  }

  private static String samples(LanguageRun.Result result) {
    Html html = new Html();
    html.element(
        "p", "Made up by the model, each from the begin of a document on.", "class", "note");
    for (String sample : result.samples()) html.open("pre").user(sample).close("pre").line();
    return html.toString();
  }

  private static String data(LanguageRun.Result result) {
    Html html = new Html();
    html.open("table").open("thead").open("tr");
    for (String title : List.of("split", "documents", "symbols", "characters", "file", "SHA-256"))
      html.element("th", title, "scope", "col");
    html.close("tr").close("thead").open("tbody");
    for (var split : result.splits()) {
      html.open("tr").element("th", split.name(), "scope", "row");
      html.element("td", number("%,d", split.documents()));
      html.element("td", number("%,d", split.symbols()));
      html.element("td", number("%,d", split.characters()));
      html.userElement("td", String.valueOf(split.path().getFileName()));
      html.element("td", split.fingerprint().substring(0, 16)).close("tr");
    }
    return html.close("tbody").close("table").toString();
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
