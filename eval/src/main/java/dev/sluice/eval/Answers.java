package dev.sluice.eval;

import dev.sluice.batch.Example;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Fingerprint;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Headline;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.metrics.Part;
import dev.sluice.kernel.Workers;
import dev.sluice.label.LabelException;
import dev.sluice.metric.Calibrations;
import dev.sluice.metric.Counts;
import dev.sluice.metric.CountsByType;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.metric.ScoringRules;
import dev.sluice.metric.TagPair;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import dev.sluice.pipeline.Confidences;
import dev.sluice.pipeline.Scoring;
import dev.sluice.vocabulary.LookupCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The sentences of one file with what a model says about each, in the order of the file. A batch of them is in memory at a time. What is labelled is scored
 * on the way.
 */
final class Answers implements AutoCloseable {
  private static final int MOST_SENTENCES = 1024;
  private static final long MOST_TOKENS = 65_536;

  /** A sentence that was read, and its group when there are groups. */
  private record Entry(Sentence sentence, Optional<Groups.Group> group) {}

  /** A sentence and what the model says of it. */
  record Answer(Sentence sentence, Prediction found) {}

  private final Path file;
  private final DataConfig config;
  private final Model model;
  private final Workers workers;
  private final Judge judge;
  private final Analysis analysis;
  private final Consumer<Judged> judged;
  private final LongConsumer progress;
  private final Optional<Groups> groups;
  private final SentenceReader reader;
  private final Fingerprint fingerprint = new Fingerprint();
  private final LookupCounts lookups = new LookupCounts();
  private final Scores scores;
  private final Headline headline;
  private final Confidences confidences;
  private final Calibrations calibrations = new Calibrations();
  private final ArrayDeque<Answer> ready = new ArrayDeque<>();
  private long withoutTokens;
  private long unlabelled;

  /**
   * @param groups are to be filled too, when there are any
   * @param threads how many to use for intervals
   * @param analysis gets every sentence that has gold labels
   * @param judged gets every sentence that has gold labels
   * @param progress is told how many sentences of the file are done
   */
  Answers(
      Path file,
      DataConfig config,
      Model model,
      Reading gold,
      ScoringRules rules,
      Workers workers,
      int threads,
      Optional<Groups> groups,
      Analysis analysis,
      Consumer<Judged> judged,
      LongConsumer progress) {
    this.file = file;
    this.config = config;
    this.model = model;
    this.workers = workers;
    this.groups = groups;
    this.analysis = analysis;
    this.judged = judged;
    this.progress = progress;
    judge = new Judge(config.intentSeparator(), rules.ignored());
    scores =
        Scoring.scores(model, gold).withIntentSeparator(config.intentSeparator()).withRules(rules);
    headline = new Headline(scores.kind(), threads);
    confidences = new Confidences(model, gold, config.intentSeparator(), rules.ignored());
    try {
      reader = Readers.openForScoring(file, config, model.text()::tokenize, fingerprint);
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  /** The next one, or null at the end. */
  Answer next() {
    if (ready.isEmpty()) fill();
    return ready.poll();
  }

  private void fill() {
    List<Entry> batch = read();
    if (batch.isEmpty()) return;
    Example[] examples = new Example[batch.size()];
    for (int i = 0; i < examples.length; i++) {
      Sentence sentence = batch.get(i).sentence;
      LookupCounts its = new LookupCounts();
      examples[i] = model.encode(i, sentence.words(), sentence.features(), its);
      lookups.merge(its);
      batch.get(i).group.ifPresent(group -> group.lookups.merge(its));
    }
    Prediction[] predictions = model.predict(examples, Prediction.Detail.CONFIDENCES, workers);
    for (int i = 0; i < predictions.length; i++) {
      score(batch.get(i), predictions[i]);
      ready.add(new Answer(batch.get(i).sentence, predictions[i]));
    }
    progress.accept(scores.sentences() + unlabelled);
  }

  private List<Entry> read() {
    List<Entry> batch = new ArrayList<>();
    long tokens = 0;
    try {
      while (batch.size() < MOST_SENTENCES && tokens < MOST_TOKENS) {
        Sentence next = reader.next();
        if (next == null) break;
        if (next.size() == 0) {
          withoutTokens++;
        } else {
          batch.add(new Entry(next, groups.map(g -> g.of(next, reader))));
          tokens += next.size();
        }
      }
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
    return batch;
  }

  private void score(Entry entry, Prediction found) {
    Sentence sentence = entry.sentence;
    boolean labelled =
        model.labelsTokens() ? !sentence.tags().isEmpty() : sentence.intent().isPresent();
    if (!labelled) {
      unlabelled++;
      entry.group.ifPresent(group -> group.unlabelled++);
      return;
    }
    try {
      add(entry, found, Scoring.read(scores, model, sentence, found));
    } catch (LabelException e) {
      throw GoldTags.problem(e, sentence, file, config, model.text()::tokenize);
    }
  }

  private void add(Entry entry, Prediction found, Optional<TagPair> tags) {
    Sentence sentence = entry.sentence;
    Scoring.add(scores, model, sentence, found, tags);
    confidences.add(calibrations, sentence, found, tags.map(TagPair::expected));
    Judged its =
        judge.judge(model, sentence, found, tags).in(entry.group.map(group -> group.value));
    CountsByType byType = Analysis.counts(scores.kind(), its);
    Counts counts = byType.micro();
    headline.add(its, counts);
    if (entry.group.isPresent()) {
      Groups.Group group = entry.group.get();
      Scoring.add(group.scores, model, sentence, found, tags);
      group.headline.add(its, counts);
    }
    analysis.add(its, byType);
    judged.accept(its);
  }

  /** The scores of the whole file; to be asked after its last sentence. */
  Part part() {
    Map<String, Long> skipped = new LinkedHashMap<>(reader.skipped());
    if (withoutTokens > 0) skipped.merge("lines without tokens", withoutTokens, Long::sum);
    return new Part(
        file.toString(),
        Optional.of(fingerprint.hex()),
        unlabelled,
        skipped,
        scores,
        Optional.of(lookups),
        Optional.of(calibrations),
        Optional.empty(),
        Optional.of(headline),
        Optional.empty());
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }
}
