package dev.sluice.cli;

import dev.sluice.eval.Evaluation;
import dev.sluice.eval.EvaluationOptions;
import dev.sluice.eval.metrics.Baseline;
import dev.sluice.eval.metrics.Gate;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.metric.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is done with scores once they are there. */
final class MetricsOptions {
  private static final String STANDARD_OUTPUT = "-";
  private static final int NOT_MET = 1;

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = "Write the numbers as JSON; - prints them instead of the tables.")
  private Optional<String> json;

  @Option(
      names = "--gate",
      paramLabel = "SCORE>=NUMBER",
      description =
          "Exit with 1 unless a score of the JSON reaches a bar, as in micro.f1>=0.90; may be given several times. "
              + "With --baseline, baseline.micro.f1>=-0.005 lets it fall by half a point at most.")
  private List<String> gates = List.of();

  @Option(
      names = "--by",
      paramLabel = "COLUMN",
      description =
          "Scores for each value of a column too, such as the source of a sentence, taken at its first token: a name in csv, conllu and jsonl, a number in conll.")
  private Optional<String> by;

  @Option(
      names = "--baseline",
      paramLabel = "FOLDER|FILE",
      description =
          "Show the differences to an earlier metrics.json, which may lie in the folder of a run or of an evaluation.")
  private Optional<Path> baseline;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder to write to; left out, nothing is written.")
  private Optional<Path> out;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "The data that the system was trained on, in the layout of the gold data, to tell what it can have learned.")
  private Optional<Path> train;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads to use; the result is the same for any number.")
  private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--quiet",
      description = "Print the headline, what came of the gates, and warnings only.")
  private boolean quiet;

  /** Whether little is to be printed. */
  boolean quiet() {
    return quiet;
  }

  /** Whether anything is asked for here, save a number of threads. */
  boolean asksForMore() {
    boolean numbers = json.isPresent() || !gates.isEmpty() || by.isPresent();
    return numbers || baseline.isPresent() || out.isPresent() || train.isPresent();
  }

  /** What is asked for here. */
  EvaluationOptions options() {
    return EvaluationOptions.DEFAULT
        .withOut(out)
        .withTrain(train)
        .withThreads(threads)
        .withBy(by)
        .withBaseline(baseline.map(Baseline::read));
  }

  /** Finds mistakes in the number of threads and in the gates before any work is done. */
  void check() {
    if (threads < 1)
      throw Failures.usage("CLI-008", "--threads is " + threads, "give a number of at least 1");
    gates.forEach(Gate::parse);
  }

  /**
   * Finds gates that ask for what there cannot be, before any work is done.
   *
   * @param possible empty scores of every kind that may come out
   */
  void checkNames(List<Scores> possible) {
    gates.forEach(gate -> Gate.parse(gate).requireKnown(possible, baseline.isPresent()));
  }

  /** Prints and writes, the page too where there is a folder, and gives the exit code. */
  int report(Evaluation evaluation, ReportFiles files, Transcript transcript, Console console)
      throws IOException {
    MetricsJson metrics = evaluation.metrics();
    boolean printed = json.filter(STANDARD_OUTPUT::equals).isPresent();
    if (printed) {
      if (!quiet) transcript.warn(evaluation.note());
      transcript.clear();
      console.out().print(metrics);
      console.out().flush();
    } else {
      transcript.say(evaluation.report());
      if (quiet) transcript.result(Words.headline(evaluation.pooled().scores()));
      json.ifPresent(file -> metrics.write(Path.of(file)));
    }
    int code = 0;
    List<Gate.Verdict> verdicts = new ArrayList<>();
    for (String gate : gates) {
      Gate.Verdict verdict = Gate.parse(gate).check(metrics);
      verdicts.add(verdict);
      if (printed) transcript.warn(verdict.line());
      else transcript.result(verdict.line());
      if (!verdict.met()) code = NOT_MET;
    }
    if (out.isPresent()) {
      String page = "report in " + files.write(out.get(), threads, verdicts, baseline);
      if (!printed) transcript.say(page);
      else if (!quiet) transcript.warn(page);
    }
    return code;
  }
}
