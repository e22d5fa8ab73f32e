package dev.sluice.cli;

import dev.sluice.Training;
import dev.sluice.eval.LanguageResults;
import dev.sluice.metric.Perplexity;
import dev.sluice.metric.Printable;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.SymbolModel;
import dev.sluice.pipeline.LanguagePreparation;
import dev.sluice.pipeline.LanguageRun;
import dev.sluice.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code sluice train} for the task language-model. */
final class LanguageTraining
    extends OwnTraining<LanguageModelFile, LanguageRun, LanguageRun.Result> {

  /**
   * A training.
   *
   * @param command what was typed
   */
  LanguageTraining(Console console, Path config, boolean quiet, String command) {
    super(console, config, quiet, command);
  }

  @Override
  Optional<LanguageModelFile> finished(Training training) {
    return training.finishedLanguageModel();
  }

  @Override
  String scores(LanguageModelFile finished) {
    return scores(
        LanguageRun.score(finished, "dev").orElse(Perplexity.NONE),
        LanguageRun.score(finished, "test"));
  }

  @Override
  Optional<LanguageRun.Result> train(
      Training training, Consumer<Trainer> begun, Consumer<LanguageRun> prepared) {
    return training.languageModel(begun, prepared);
  }

  @Override
  void write(LanguageRun.Result result, String name) {
    LanguageResults.write(result, name);
  }

  @Override
  Progress introduce(LanguageRun run, Path folder, Transcript transcript) throws IOException {
    LanguagePreparation p = run.preparation();
    SymbolModel model = p.model();
    transcript.say(SymbolModel.TASK + " from " + config());
    for (var split : p.splits()) transcript.say("  " + describe(split));
    transcript.say("  symbols    " + symbols(model));
    Computing.say(
        transcript, model.network(), p.config().training().threadsInUse(), run.seedInUse());
    transcript.say("  run folder " + folder + "\n");
    return new Progress(
        transcript,
        "perplexity",
        p.config().training().epochs(),
        dev -> shown(dev, p.splits().get(1)));
  }

  /** A dev score, 1 / perplexity, as perplexity and bits per character. */
  private static String shown(double dev, LanguagePreparation.SplitSize split) {
    double bits = -Math.log(dev) / Math.log(2) * split.symbols() / Math.max(1, split.characters());
    return String.format(Locale.ROOT, "%.3f, %.4f bits per character", 1 / dev, bits);
  }

  /** A split in a line. */
  static String describe(LanguagePreparation.SplitSize split) {
    return String.format(
        Locale.ROOT,
        "%-10s %s, %,d symbols, %,d characters, from %s",
        split.name(),
        Words.count(split.documents(), "document"),
        split.symbols(),
        split.characters(),
        split.path());
  }

  /** What the symbols of a model are. */
  static String symbols(SymbolModel model) {
    String noun = Words.name(model.unit());
    return Words.count(model.symbols().known().size() - 1L, "known " + noun)
        + "; a document is "
        + switch (model.document()) {
          case LINE -> "a line or a sentence";
          case BLANK_LINE -> "what stands between blank lines";
          case FILE -> "a file";
        };
  }

  @Override
  String report(LanguageRun.Result result, Transcript transcript) throws IOException {
    transcript.say(
        "\nbest epoch "
            + result.outcome().bestEpoch()
            + " of "
            + result.outcome().history().size());
    if (!result.samples().isEmpty()) {
      transcript.title("Samples");
      for (String sample : result.samples())
        transcript.say(Printable.of(sample).indent(2).stripTrailing() + "\n");
    }
    return scores(result.dev(), result.test());
  }

  private static String scores(Perplexity dev, Optional<Perplexity> test) {
    return "dev "
        + Words.perplexity(dev)
        + test.map(t -> "\ntest " + Words.perplexity(t)).orElse("");
  }
}
