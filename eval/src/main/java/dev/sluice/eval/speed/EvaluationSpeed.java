package dev.sluice.eval.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Configs;
import dev.sluice.config.Location;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Sentence;
import dev.sluice.eval.Evaluation;
import dev.sluice.eval.EvaluationOptions;
import dev.sluice.eval.PairedFiles;
import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.Knowledge;
import dev.sluice.eval.report.HtmlReport;
import dev.sluice.eval.report.ReportData;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.eval.statistics.Measure;
import dev.sluice.eval.statistics.Units;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.metric.TagPair;
import dev.sluice.text.Token;
import dev.sluice.text.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures, on made-up sentences of 20 tokens with about two spans each, of which one in ten is predicted wrongly: scoring a million tokens, everything behind the scores of them, 10,000
 * resamples of 10,000 sentences, and the page of 10,000 sentences. Prints a table in Markdown: the first round, in which Java has compiled nothing yet, and the median of the others.
 */
public final class EvaluationSpeed {
  private static final int ROUNDS = 5;
  private static final int LENGTH = 20;
  private static final int SENTENCES = 50_000;
  private static final int SOME = 10_000;
  private static final int THREADS = 2;
  private static final long SEED = 20_261_126;
  private static final Reading BIO = Reading.of(TagScheme.BIO);
  private static final String[] TYPES = {"city", "date", "name", "price", "time"};

  private final List<Sentence> gold = new ArrayList<>();
  private final List<List<String>> predicted = new ArrayList<>();

  private EvaluationSpeed() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int n = 0; n < SENTENCES; n++) {
      String[] tags = new String[LENGTH], found = new String[LENGTH];
      Arrays.fill(tags, "O");
      Arrays.fill(found, "O");
      for (int t = random.nextInt(6); t + 3 < LENGTH; t += 4 + random.nextInt(10)) {
        String type = TYPES[random.nextInt(TYPES.length)];
        boolean wrong = random.nextInt(10) == 0;
        String other = wrong ? TYPES[random.nextInt(TYPES.length)] : type;
        int length = 1 + random.nextInt(3), foundLength = wrong ? 1 + random.nextInt(3) : length;
        for (int i = 0; i < length; i++) tags[t + i] = (i == 0 ? "B-" : "I-") + type;
        for (int i = 0; i < foundLength; i++) found[t + i] = (i == 0 ? "B-" : "I-") + other;
      }
      gold.add(sentence(random, tags, n));
      predicted.add(List.of(found));
    }
  }

  private static Sentence sentence(SplittableRandom random, String[] tags, int n) {
    List<Token> tokens = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < LENGTH; t++) {
      String word = "w" + random.nextInt(5000);
      tokens.add(new Token(word, text.length(), text.length() + word.length()));
      text.append(word).append(' ');
    }
    return new Sentence(
        text.toString(), tokens, List.of(tags), Optional.empty(), Location.of("made-up", n + 1));
  }

  /** Runs everything and prints the table. */
  public static void main(String[] arguments) {
    EvaluationSpeed speed = new EvaluationSpeed();
    System.out.println(
        "| work | first round, s | median of the next " + (ROUNDS - 1) + ", s | goal, s |");
    System.out.println("|---|---|---|---|");
    row("1,000,000 tokens scored", "2", speed::score);
    row("the same with everything behind the scores", "-", () -> speed.analyse(SENTENCES));
    row("10,000 resamples of 10,000 sentences", "5", speed::resample);
    JsonNode document = speed.document();
    row(
        "report.html of 10,000 sentences",
        "3",
        () -> HtmlReport.of(ReportData.of("speed", document)));
  }

  private static void row(String name, String goal, Runnable work) {
    double[] seconds = new double[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
      long start = System.nanoTime();
      work.run();
      seconds[r] = (System.nanoTime() - start) / 1e9;
    }
    double[] next = Arrays.copyOfRange(seconds, 1, ROUNDS);
    Arrays.sort(next);
    double median = (next[(next.length - 1) / 2] + next[next.length / 2]) / 2;
    System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %s |%n", name, seconds[0], median, goal);
  }

  private Scores score() {
    Scores scores = Scores.ofSpans(BIO, BIO);
    for (int n = 0; n < gold.size(); n++) scores.add(gold.get(n), predicted.get(n));
    return scores;
  }

  private ObjectNode analyse(int sentences) {
    Scores scores = Scores.ofSpans(BIO, BIO);
    Analysis analysis =
        new Analysis(Scores.Kind.SPANS, Knowledge.NONE, false, Optional.empty(), THREADS);
    for (int n = 0; n < sentences; n++) {
      scores.add(gold.get(n), predicted.get(n));
      TagPair pair = TagPair.of(BIO, gold.get(n).tags(), BIO, predicted.get(n));
      analysis.add(
          Judged.tagged(gold.get(n), pair, List.of(), Map.of(), List.of(), Optional.empty()));
    }
    return analysis.json(scores);
  }

  /** The metrics.json of some of the sentences. */
  private JsonNode document() {
    try {
      Path folder = Files.createTempDirectory("evaluation-speed");
      StringBuilder conll = new StringBuilder();
      for (int n = 0; n < SOME; n++) {
        for (int t = 0; t < LENGTH; t++)
          conll
              .append(gold.get(n).tokens().get(t).text())
              .append(' ')
              .append(gold.get(n).tags().get(t))
              .append(' ')
              .append(predicted.get(n).get(t))
              .append('\n');
        conll.append('\n');
      }
      Path file = Files.writeString(folder.resolve("speed.conll"), conll);
      Evaluation evaluation =
          PairedFiles.score(
              new PairedFiles.Side(file, config("-2")),
              new PairedFiles.Side(file, config("-1")),
              Tokenizers.of("whitespace"),
              EvaluationOptions.DEFAULT.withThreads(THREADS));
      Files.delete(file);
      Files.delete(folder);
      return new ObjectMapper().readTree(evaluation.metrics().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataConfig config(String tag) {
    String yaml = "format: conll\ntrain: t\ndev: d\nscheme: bio\nconll: {tag: " + tag + "}\n";
    return Configs.parse(yaml, "evaluation-speed", DataConfig.class).value();
  }

  private void resample() {
    Units units = Units.ofSpans();
    for (int n = 0; n < SOME; n++) {
      TagPair pair = TagPair.of(BIO, gold.get(n).tags(), BIO, predicted.get(n));
      Judged judged =
          Judged.tagged(gold.get(n), pair, List.of(), Map.of(), List.of(), Optional.empty());
      units.add(Analysis.counts(Scores.Kind.SPANS, judged).micro());
    }
    if (Bootstrap.of(SEED, THREADS).resample(units).interval(Measure.F1).isEmpty())
      throw new IllegalStateException("no interval");
  }
}
