package dev.sluice.cli;

import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.eval.BatchEvaluation;
import dev.sluice.eval.Evaluation;
import dev.sluice.eval.EvaluationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Scores a model on labelled files, each by itself and all together.",
      "The name of a file tells its format, as for score; what is not said otherwise is as it was in training."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --out the folder gets metrics.json, report.html, report.txt, environment.json, sentences/ for",
      "sluice compare and, for CSV, predictions/ with a copy of each file to which the predicted tags or",
      "labels and a confidence are appended. Without it, tables are printed and nothing is written. Rows",
      "without gold labels are tagged and counted, but not scored.",
      "",
      "Examples:",
      "  sluice evaluate --model runs/quickstart/model.safetensors --data datasets/travel/test.csv \\",
      "      --out evaluation",
      "  sluice evaluate --model runs/quickstart/model.safetensors --data months/ --gate 'micro.f1>=0.9'",
      "  sluice evaluate --model ner.safetensors --data mixed.csv --by source",
      "  sluice evaluate --model new/model.safetensors --data test.csv --baseline old \\",
      "      --gate 'baseline.headline>=0'",
      "  sluice evaluate --model ner.safetensors --data news.conll --format conll --layout conll.tag=3 \\",
      "      --scheme bio"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final long EVERY = 100_000_000; // nanoseconds between two drawings

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description =
          "Files, or folders that stand for all files of the format in them (*.csv and so on), by name.")
  private List<Path> data;

  @Option(
      names = "--raw",
      description =
          "Write predicted CSV cells as they are, also such that a spreadsheet takes for formulas.")
  private boolean raw;

  @Mixin private DataOptions layout;
  @Mixin private RulesOptions rules;
  @Mixin private MetricsOptions metrics;

  private long drawn;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ReportFiles reports = new ReportFiles(spec);
    metrics.check();
    ModelPath.check(model);
    BatchEvaluation batch = new BatchEvaluation(model);
    metrics.checkNames(List.of(batch.emptyScores()));
    EvaluationOptions options = metrics.options().withRules(rules.rules()).withRaw(raw);
    DataConfig expected = layout.over(expected(batch));
    try (Transcript transcript = new Transcript(console, metrics.quiet())) {
      Evaluation evaluation =
          batch.run(
              data,
              expected,
              options,
              (file, index, files, sentences) -> show(transcript, file, index, files, sentences));
      transcript.clear();
      rules.warn(evaluation, transcript);
      return metrics.report(evaluation, reports, transcript, console);
    }
  }

  /** The data are as in training, save that the name of a file tells its format. */
  private DataConfig expected(BatchEvaluation batch) {
    DataConfig before = batch.trainingData();
    if (layout.format().isPresent()) return before;
    Set<Format> told = new LinkedHashSet<>();
    for (Path path : data) told.add(Format.of(path).orElse(before.format()));
    if (told.size() > 1) {
      throw Failures.usage(
          "CLI-003",
          "the names in --data tell several formats: "
              + told.stream().map(Format::inConfig).collect(Collectors.joining(", ")),
          "evaluate files of one format at a time, or say which it is with --format");
    }
    return DataOptions.in(before, told.iterator().next());
  }

  private void show(Transcript transcript, Path file, int index, int files, long sentences) {
    long now = System.nanoTime();
    if (!transcript.live() || now - drawn < EVERY) return;
    drawn = now;
    transcript.live(
        "file "
            + (index + 1)
            + " of "
            + files
            + ": "
            + file
            + ", "
            + Words.count(sentences, "sentence"));
  }
}
