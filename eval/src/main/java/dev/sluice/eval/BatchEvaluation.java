package dev.sluice.eval;

import dev.sluice.config.Configs;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.FeatureColumn;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.Knowledge;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.eval.metrics.Part;
import dev.sluice.kernel.Workers;
import dev.sluice.label.Detection;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.metric.ScoringRules;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.TensorFile;
import dev.sluice.pipeline.Scoring;
import dev.sluice.pipeline.SluiceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A model scored on any number of labelled files, each by itself and all together. Files are read in batches, so their size does not matter; the result does
 * not depend on the number of threads.
 */
public final class BatchEvaluation {
  private final Path path;
  private final ModelFile file;
  private final String sha256;

  /** Watches the work. */
  @FunctionalInterface
  public interface Progress {
    /** So many sentences of this file are done; the file is number {@code index} of {@code files}, counted from 0. */
    void done(Path file, int index, int files, long sentences);
  }

  /** Opens a model file. */
  public BatchEvaluation(Path model) {
    path = model;
    TensorFile tensors = TensorFile.read(model);
    sha256 = tensors.sha256();
    file = ModelFile.read(tensors);
  }

  /** The model. */
  public Model model() {
    return file.model();
  }

  /** How the data of its training was written down: what is not said about the data to be evaluated is as it was there. */
  public DataConfig trainingData() {
    return Configs.parse(file.config(), path + " (config)", SluiceConfig.class).value().data();
  }

  /** Scores of the kind that comes out, with nothing scored yet. */
  public Scores emptyScores() {
    return Scoring.scores(model(), Reading.of(model().scheme()));
  }

  /**
   * Evaluates.
   *
   * @param named files, or folders of files of the format
   * @param layout the format, its layout, the scheme of the gold tags and the repair; its splits are not looked at
   * @throws SluiceException when a file cannot be read or holds what the format does not allow, or a result cannot be written
   */
  public Evaluation run(
      List<Path> named, DataConfig layout, EvaluationOptions options, Progress progress) {
    List<Path> files = DataFiles.of(named, layout.format());
    DataFiles.requireUsable(files);
    DataConfig data = needed(layout);
    Optional<ResultFolder> folder = options.out().map(out -> ResultFolder.of(out, files));
    Detection scheme = scheme(files, data);
    Reading gold = GoldTags.reading(scheme.scheme(), data);
    if (options.rules().match() != ScoringRules.Match.EXACT)
      throw new IllegalArgumentException("a model is scored on its own tokens");
    if (!model().labelsTokens() || !model().scheme().hasSpans())
      requireNoneIgnored(options.rules(), files.get(0));
    PredictedCsv copies = new PredictedCsv(model(), data.csv(), options.raw());
    Supplier<Scores> none =
        () ->
            Scoring.scores(model(), gold)
                .withIntentSeparator(data.intentSeparator())
                .withRules(options.rules());
    Scores empty = none.get();
    options.baseline().ifPresent(b -> b.requireSame(empty.signature()));
    Optional<Groups> groups =
        options.by().map(column -> new Groups(column, none, options.threads()));
    Analysis analysis =
        new Analysis(
            empty.kind(), knowledge(layout, options), true, options.by(), options.threads());
    List<Part> parts = new ArrayList<>();
    Consumer<Consumer<Judged>> work =
        judged -> {
          try (Workers workers = new Workers(options.threads())) {
            for (int i = 0; i < files.size(); i++) {
              int index = i;
              Path input = files.get(i);
              LongConsumer done = n -> progress.done(input, index, files.size(), n);
              try (Answers answers =
                  new Answers(
                      input,
                      data,
                      model(),
                      gold,
                      options.rules(),
                      workers,
                      options.threads(),
                      groups,
                      analysis,
                      judged,
                      done)) {
                if (folder.isPresent() && data.format() == Format.CSV)
                  copies.write(input, answers, folder.get().copyOf(i));
                while (answers.next() != null) {} // all that is not copied
                parts.add(answers.part());
              }
            }
          }
        };
    if (folder.isEmpty()) work.accept(judged -> {});
    else ResultFolder.writeSentences(folder.get().sentences(), work);
    Part pooled = Part.pooled(parts, empty, Optional.of(analysis));
    requireScored(pooled, files);
    Evaluation evaluation =
        new Evaluation(
            Optional.of(sha256),
            scheme,
            parts,
            pooled,
            groups.map(Groups::result),
            options.baseline());
    folder.ifPresent(f -> f.write(evaluation));
    return evaluation;
  }

  /** What the model can have learned; from the data that it was trained on more than from the model alone. */
  private Knowledge knowledge(DataConfig layout, EvaluationOptions options) {
    Optional<TrainingLabels> training = Optional.empty();
    if (options.train().isPresent() && model().labelsTokens())
      training =
          Optional.of(
              GoldTags.training(options.train().get(), needed(layout), model().text()::tokenize));
    return Judge.knowledge(model(), training);
  }

  /**
   * A column that does not matter for the model need not be there.
   *
   * @throws SluiceException EVA-003 when the data have no column for what the model reads
   */
  private DataConfig needed(DataConfig d) {
    CsvLayout c = d.csv();
    Optional<String> none = Optional.empty();
    CsvLayout csv =
        new CsvLayout(
            c.text(),
            c.tokens(),
            model().labelsTokens() ? c.tags() : none,
            model().labelsSentences() ? c.intent() : none,
            c.sentence(),
            c.delimiter(),
            c.quote());
    List<FeatureColumn> features = new ArrayList<>();
    for (String name : model().inputs().features())
      features.add(
          d.features().stream()
              .filter(f -> f.name().equals(name))
              .findFirst()
              .orElseThrow(() -> noColumn(name)));
    return d.withCsv(csv).withFeatures(features);
  }

  private static SluiceException noColumn(String feature) {
    return SluiceException.usage(
        Codes.TASK,
        Location.of("data"),
        "the model reads the feature \"" + feature + "\", which data.features does not name",
        "say in which column it stands, e.g. --layout 'features=[{name: "
            + feature
            + ", column: "
            + feature
            + "}]'");
  }

  private Detection scheme(List<Path> files, DataConfig data) {
    if (!model().labelsTokens())
      return new Detection(TagScheme.PLAIN, "the model labels whole sentences");
    if (!model().scheme().hasSpans())
      return new Detection(TagScheme.PLAIN, "the model gives labels without structure");
    Detection found = GoldTags.scheme(files, data, model().text()::tokenize);
    if (found.scheme().hasSpans()) return found;
    throw SluiceException.usage(
        Codes.TASK,
        Location.of(files.get(0).toString()),
        "the model finds spans, but the tags are plain labels (" + found.reason() + ")",
        "set --scheme, e.g. io, or name the column of the spans");
  }

  /** Types can only be ignored where there are spans. */
  static void requireNoneIgnored(ScoringRules rules, Path file) {
    if (rules.ignored().isEmpty()) return;
    throw SluiceException.usage(
        Codes.IGNORED,
        Location.of(file.toString()),
        "types of spans are to be ignored, but labels without spans are scored",
        "leave out --ignore, or name the scheme of the spans");
  }

  /** An evaluation in which nothing was scored says nothing, and no gate could hold it to anything. */
  static void requireScored(Part pooled, List<Path> files) {
    if (pooled.scores().sentences() > 0) return;
    Location where = Location.of(files.get(0).toString());
    if (pooled.unlabelled() > 0)
      throw SluiceException.usage(
          Codes.NOTHING_SCORED,
          where,
          "sentences with gold " + what(pooled.scores()) + ": 0 of " + pooled.unlabelled(),
          "name their column or field, or use sluice tag for data without gold labels");
    throw SluiceException.usage(
        Codes.NO_SENTENCES,
        where,
        "0 usable examples"
            + (pooled.skipped().isEmpty()
                ? ", " + (files.size() == 1 ? "the file is empty" : "all files are empty")
                : ", skipped: " + pooled.skipped()),
        "check --format and the file");
  }

  private static String what(Scores scores) {
    return scores.kind() == Scores.Kind.SENTENCES ? "labels of sentences" : "tags";
  }
}
