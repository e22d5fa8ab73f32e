package dev.sluice.cli;

import dev.sluice.Training;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.eval.TransductionResults;
import dev.sluice.metric.Criterion;
import dev.sluice.metric.Printable;
import dev.sluice.metric.SequenceScores;
import dev.sluice.metric.TextLines;
import dev.sluice.model.TransducerFile;
import dev.sluice.model.TransducerModel;
import dev.sluice.pipeline.GazetteerCoverage;
import dev.sluice.pipeline.Overlap;
import dev.sluice.pipeline.TransductionPreparation;
import dev.sluice.pipeline.TransductionRun;
import dev.sluice.pipeline.VectorCoverage;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code sluice train} for the task transduction. */
final class TransductionTraining
    extends OwnTraining<TransducerFile, TransductionRun, TransductionRun.Result> {

  /**
   * A training.
   *
   * @param command what was typed
   */
  TransductionTraining(Console console, Path config, boolean quiet, String command) {
    super(console, config, quiet, command);
  }

  @Override
  Optional<TransducerFile> finished(Training training) {
    return training.finishedTransducer();
  }

  @Override
  String scores(TransducerFile finished) {
    return scores(
        TransductionRun.scores(finished, "dev").orElse(SequenceScores.NONE),
        TransductionRun.scores(finished, "test"));
  }

  @Override
  Optional<TransductionRun.Result> train(
      Training training, Consumer<Trainer> begun, Consumer<TransductionRun> prepared) {
    return training.transducer(begun, prepared);
  }

  @Override
  void write(TransductionRun.Result result, String name) {
    TransductionResults.write(result, name);
  }

  @Override
  Progress introduce(TransductionRun run, Path folder, Transcript transcript) throws IOException {
    TransductionPreparation p = run.preparation();
    transcript.say(TransducerModel.TASK + " from " + config());
    for (String line : describe(p)) transcript.say("  " + line);
    TrainingConfig training = p.config().training();
    Computing.say(transcript, p.model().network(), training.threadsInUse(), run.seedInUse());
    transcript.say("  run folder " + folder);
    for (Overlap overlap : p.overlaps()) transcript.warn(Findings.overlap(overlap));
    transcript.say("");
    return training.metric() == Criterion.PERPLEXITY
        ? new Progress(
            transcript,
            "perplexity",
            training.epochs(),
            dev -> String.format(Locale.ROOT, "%.3f", 1 / dev))
        : new Progress(transcript, "sequence accuracy", training.epochs());
  }

  /** The data and what is known of it, a line each. */
  static List<String> describe(TransductionPreparation p) {
    List<String> lines = new ArrayList<>();
    for (var split : p.splits())
      lines.add(
          String.format(
              Locale.ROOT,
              "%-10s %s, %,d tokens, %,d symbols, from %s%s",
              split.name(),
              Words.count(split.pairs(), "pair"),
              split.tokens(),
              split.symbols(),
              split.path(),
              split.skipped().isEmpty() ? "" : ", skipped " + split.skipped()));
    lines.add("source     " + source(p.model()));
    lines.add("target     " + target(p.model()));
    for (VectorCoverage found : p.vectors())
      lines.add(TextLines.wrap("vectors    ", Words.coverage(found)));
    for (GazetteerCoverage found : p.gazetteers())
      lines.add(TextLines.wrap("gazetteer  ", Words.coverage(found)));
    return lines;
  }

  /** What a model reads. */
  static String source(TransducerModel model) {
    return known(model.source(), model.inputs().words().size() - 1L);
  }

  /** What a model writes. */
  static String target(TransducerModel model) {
    return known(model.target(), model.symbols().known().size() - 1L);
  }

  private static String known(Unit unit, long count) {
    return Words.count(count, "known " + Words.name(unit));
  }

  @Override
  String report(TransductionRun.Result result, Transcript transcript) throws IOException {
    transcript.say(
        "\nbest epoch "
            + result.outcome().bestEpoch()
            + " of "
            + result.outcome().history().size());
    if (!result.shown().isEmpty()) transcript.title("Written");
    for (TransductionRun.Shown shown : result.shown()) {
      transcript.say("  " + Printable.of(shown.source()) + " -> " + Printable.of(shown.best()));
      for (String drawn : shown.drawn()) transcript.say("    " + Printable.of(drawn));
    }
    if (!result.shown().isEmpty()) transcript.say("");
    return scores(result.dev(), result.test());
  }

  private static String scores(SequenceScores dev, Optional<SequenceScores> test) {
    return "dev " + Words.scores(dev) + test.map(t -> "\ntest " + Words.scores(t)).orElse("");
  }
}
