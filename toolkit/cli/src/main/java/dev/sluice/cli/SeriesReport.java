package dev.sluice.cli;

import dev.sluice.eval.RunResults;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.metrics.SeriesJson;
import dev.sluice.eval.report.HtmlReport;
import dev.sluice.eval.report.ReportData;
import dev.sluice.eval.report.RunsPage;
import dev.sluice.eval.report.SeriesData;
import dev.sluice.eval.report.SeriesPage;
import dev.sluice.eval.statistics.Interval;
import dev.sluice.eval.statistics.PowerLaw;
import dev.sluice.eval.statistics.SeedScores;
import dev.sluice.metric.ConfidentJoint;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.ScoreTable;
import dev.sluice.metric.Scores;
import dev.sluice.metric.Spread;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import dev.sluice.pipeline.CurveRuns;
import dev.sluice.pipeline.FinishedRun;
import dev.sluice.pipeline.FoldRuns;
import dev.sluice.pipeline.SeedRuns;
import dev.sluice.pipeline.Suspects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What came out of several runs: tables to read, and files for programs. */
final class SeriesReport {
  private static final int FORMS = 10;

  private final Transcript transcript;

  SeriesReport(Transcript transcript) {
    this.transcript = transcript;
  }

  /** The file of scores in a run folder and the page; they are missing when the process was killed before they were written. */
  static void metrics(FinishedRun run) {
    Path page = run.folder().resolve(HtmlReport.FILE);
    if (!Files.exists(run.folder().resolve(MetricsJson.FILE))) RunResults.write(run);
    else if (Files.exists(page)) return;
    HtmlReport.write(ReportData.read(run.folder()), page);
  }

  /** A run in one line. */
  static String line(FinishedRun run) {
    return run.name()
        + ": best epoch "
        + run.bestEpoch()
        + " of "
        + run.epochs()
        + ", "
        + Words.scores(run.dev(), run.test());
  }

  void seeds(SeedRuns.Result result) throws IOException {
    Path file = result.folder().resolve(SeedRuns.FILE);
    SeriesJson.of(result).write(file);
    Path page = result.folder().resolve(HtmlReport.FILE);
    SeriesPage.write(SeriesData.read(result.folder()), page);
    String name = table("Seeds", true, result.runs(), result.dev(), result.test());
    List<Scores> dev = result.runs().stream().map(FinishedRun::dev).toList();
    List<Scores> test = result.runs().stream().flatMap(run -> run.test().stream()).toList();
    String scores = "dev " + spread(name, result.dev(), dev);
    if (result.test().isPresent())
      scores +=
          (dev.get(0).hasFrames() ? "\n" : ", ")
              + "test "
              + spread(name, result.test().get(), test);
    transcript.result(
        scores
            + legend(scores)
            + " over "
            + Words.count(result.runs().size(), "seed")
            + ", "
            + file
            + ", report "
            + page);
  }

  void folds(FoldRuns.Result result) throws IOException {
    Path file = result.folder().resolve(FoldRuns.FILE);
    SeriesJson.of(result).write(file);
    Path page = page(result.folder());
    String name = table("Folds", false, result.runs(), result.dev(), Optional.of(result.test()));
    transcript.title("All folds together");
    transcript.say(ScoreTable.report(result.pooled()));
    suspects(result.suspects(), result.folder().resolve(FoldRuns.SUSPECTS));
    transcript.say("predictions " + result.folder().resolve(FoldRuns.PREDICTIONS));
    String test =
        spread(
            name,
            result.test(),
            result.runs().stream().map(run -> run.test().orElseThrow()).toList());
    transcript.result(
        "test "
            + test
            + legend(test)
            + " over "
            + Words.count(result.runs().size(), "fold")
            + ", all together "
            + result.pooled().headline().percent()
            + ", "
            + file
            + ", report "
            + page);
  }

  /** Writes the page of folds or of a learning curve beside their numbers. */
  private static Path page(Path folder) {
    Path page = folder.resolve(HtmlReport.FILE);
    RunsPage.read(folder).write(page);
    return page;
  }

  /** What stands on both sides of a ±. */
  private static String legend(String scores) {
    return scores.contains("±") ? " (mean ± sd)" : "";
  }

  void curve(CurveRuns.Result result) throws IOException {
    Path file = result.folder().resolve(CurveRuns.FILE);
    SeriesJson.of(result).write(file);
    Path page = page(result.folder());
    String name = result.points().get(0).runs().get(0).dev().headlineName();
    transcript.title("Learning curve");
    curve("dev " + name, result, CurveRuns.Point::devScores);
    boolean test = result.points().get(0).runs().get(0).test().isPresent();
    if (test) curve("test " + name, result, CurveRuns.Point::testScores);
    if (!result.skipped().isEmpty())
      transcript.say(
          TextLines.wrap(
                  "note: ",
                  result.skipped().stream()
                          .map(part -> part.percent() + " % (" + part.sentences() + ")")
                          .collect(Collectors.joining(", "))
                      + " of train would be fewer than "
                      + CurveRuns.LEAST
                      + " sentences and was left out")
              + "\n");
    String hungry =
        result.points().stream()
            .filter(point -> point.runs().stream().allMatch(SeriesReport::wantsEpochs))
            .map(point -> point.percent() + " %")
            .collect(Collectors.joining(", "));
    if (!hungry.isEmpty())
      transcript.say(
          TextLines.wrap(
                  "note: ",
                  "more epochs (training.epochs, training.patience) may raise the scores of "
                      + hungry
                      + ", where every run was best in its last epoch or learned nothing")
              + "\n");
    transcript.say(TextLines.wrap("a guess: ", guess(result, name)) + "\n");
    CurveRuns.Point all = result.points().get(result.points().size() - 1);
    transcript.result(
        "dev "
            + name
            + " "
            + all.dev().percent()
            + legend(all.dev().percent())
            + " with all of train, "
            + Words.count(all.runs().size(), "seed")
            + ", "
            + file
            + ", report "
            + page);
  }

  private void curve(
      String score, CurveRuns.Result result, Function<CurveRuns.Point, List<Ratio>> scores)
      throws IOException {
    TextTable table = new TextTable("train", "sentences", score, "sd", "lowest", "highest");
    for (CurveRuns.Point point : result.points()) {
      Spread spread = Spread.of(scores.apply(point));
      List<Ratio> sorted =
          scores.apply(point).stream()
              .filter(s -> s.value().isPresent())
              .sorted(Comparator.comparingDouble(s -> s.orElse(0)))
              .toList();
      table.row(
          point.percent() + " %",
          Words.number(point.sentences()),
          spread.meanPercent(),
          spread.deviationPercent(),
          sorted.isEmpty() ? "n/a" : sorted.get(0).percent(),
          sorted.isEmpty() ? "n/a" : sorted.get(sorted.size() - 1).percent());
    }
    transcript.say(table + "\n");
  }

  /** Whether a run ended before it could have shown that it had learned what it can. */
  private static boolean wantsEpochs(FinishedRun run) {
    return run.bestEpoch() == run.epochs() || run.dev().headline().part() == 0;
  }

  /** What a power law says of more data. */
  private static String guess(CurveRuns.Result result, String name) {
    Optional<PowerLaw> fit = SeriesJson.fit(result);
    if (fit.isEmpty())
      return "none, for a power law takes at least " + PowerLaw.LEAST + " parts with errors";
    PowerLaw law = fit.get();
    if (law.b() <= 0) return "none, for " + name + " of dev does not rise with more data";
    String formula =
        String.format(
            Locale.ROOT, "1 - %s = %.4g · n^-%.4f for n sentences", name, law.a(), law.b());
    return formula
        + ", a power law through the means of dev, by which twice the data would give "
        + Words.percent(1 - law.error(2.0 * result.train().size()))
        + "; nobody knows whether the law holds that far";
  }

  /** The labels that may be wrong, by surface form. */
  private void suspects(Suspects suspects, Path file) throws IOException {
    long labels = 0, unjudged = 0;
    for (Optional<ConfidentJoint> joint : List.of(suspects.tokens(), suspects.sentences())) {
      labels += joint.map(ConfidentJoint::items).orElse(0L);
      unjudged += joint.map(ConfidentJoint::unjudged).orElse(0L);
    }
    if (labels == 0) return; // several labels per sentence, which are not judged
    transcript.title("Suspects");
    String found =
        Words.count(suspects.all().size(), "suspect")
            + " among "
            + Words.count(labels, "label")
            + ": labels that a model which had not seen the sentence holds for less likely than another one;"
            + " some are mistakes in the data, others are hard or rare cases that are right,"
            + " so look at each before you change it.";
    if (unjudged > 0)
      found +=
          " "
              + Words.count(unjudged, "label")
              + " could not be judged, being unknown to the model of the fold.";
    transcript.say(TextLines.wrap("", found) + "\n");
    List<Suspects.Form> forms = suspects.forms();
    if (forms.isEmpty()) return;
    TextTable table = new TextTable("text", "given", "suggested", "count");
    for (Suspects.Form form : forms.subList(0, Math.min(FORMS, forms.size())))
      table.row(Words.cut(form.text()), form.given(), form.suggested(), Words.number(form.count()));
    transcript.say(table.toString());
    if (forms.size() > FORMS)
      transcript.say("and " + Words.count(forms.size() - FORMS, "other form"));
    transcript.say("\nsuspects " + file);
  }

  /** The spread of the headline, and where slots and intents are scored those of intents and whole frames too. */
  private static String spread(String name, Spread headline, List<Scores> runs) {
    String text = name + " " + headline.percent();
    if (!runs.get(0).hasFrames()) return text;
    SortedMap<String, Spread> all = Spread.ofSummaries(runs);
    for (String other : List.of(Scores.INTENT_ACCURACY, Scores.WHOLE_FRAMES))
      text += ", " + other + " " + all.get(other).percent();
    return text;
  }

  /** The headline scores that are defined, in [0, 1] by the number of the run; nothing when none is. */
  private static Optional<SeedScores> scores(
      List<FinishedRun> runs, Function<FinishedRun, Optional<Scores>> split) {
    SortedMap<Long, Double> scores = new TreeMap<>();
    for (int i = 0; i < runs.size(); i++) {
      long number = i;
      split
          .apply(runs.get(i))
          .ifPresent(s -> s.headline().value().ifPresent(value -> scores.put(number, value)));
    }
    return scores.isEmpty() ? Optional.empty() : Optional.of(new SeedScores(scores));
  }

  private static void both(
      TextTable table,
      String name,
      Optional<SeedScores> dev,
      Optional<SeedScores> test,
      Function<SeedScores, String> figure) {
    table.row(name, "", dev.map(figure).orElse("-"), test.map(figure).orElse("-"));
  }

  /** By Student's t, cut to [0, 1], which that of few seeds may leave. */
  private static String interval(SeedScores scores) {
    return scores
        .interval(Interval.LEVEL)
        .map(
            i ->
                Words.percent(Math.max(0, i.low())) + " to " + Words.percent(Math.min(1, i.high())))
        .orElse("n/a");
  }

  /** A row per run, then the mean, the standard deviation (sd), both ends and, of seeds, the interval of the mean; gives the name of the score. */
  private String table(
      String title, boolean seeds, List<FinishedRun> runs, Spread dev, Optional<Spread> test)
      throws IOException {
    String name = runs.get(0).dev().headlineName();
    TextTable table = new TextTable("run", "best epoch", "dev " + name, "test " + name);
    for (FinishedRun run : runs) {
      table.row(
          run.name(),
          run.bestEpoch() + " of " + run.epochs(),
          run.dev().headline().percent(),
          run.test().map(Scores::headline).map(Ratio::percent).orElse("-"));
    }
    table.rule();
    table.row("mean", "", dev.meanPercent(), test.map(Spread::meanPercent).orElse("-"));
    table.row("sd", "", dev.deviationPercent(), test.map(Spread::deviationPercent).orElse("-"));
    Optional<SeedScores> devScores = scores(runs, run -> Optional.of(run.dev()));
    Optional<SeedScores> testScores = scores(runs, FinishedRun::test);
    both(table, "lowest", devScores, testScores, s -> Words.percent(s.min()));
    both(table, "highest", devScores, testScores, s -> Words.percent(s.max()));
    if (seeds)
      both(table, "95 % interval of the mean", devScores, testScores, SeriesReport::interval);
    transcript.title(title);
    transcript.say(table + "\n");
    summary(runs);
    return name;
  }

  /** Mean and standard deviation of every score of a task that has more than one. */
  private void summary(List<FinishedRun> runs) throws IOException {
    SortedMap<String, Spread> dev =
        Spread.ofSummaries(runs.stream().map(FinishedRun::dev).toList());
    SortedMap<String, Spread> test =
        Spread.ofSummaries(runs.stream().flatMap(run -> run.test().stream()).toList());
    if (dev.size() < 2) return;
    TextTable table = new TextTable("score", "dev, mean ± sd", "test, mean ± sd");
    dev.forEach(
        (name, spread) ->
            table.row(
                name, spread.percent(), test.containsKey(name) ? test.get(name).percent() : "-"));
    transcript.say(table + "\n");
  }
}
