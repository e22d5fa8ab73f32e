package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Fingerprint;
import dev.sluice.data.Sentence;
import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Headline;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.Knowledge;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.eval.metrics.Baseline;
import dev.sluice.eval.metrics.Part;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.metric.Counts;
import dev.sluice.metric.CountsByType;
import dev.sluice.metric.Scores;
import dev.sluice.metric.ScoringRules;
import dev.sluice.metric.TagPair;
import dev.sluice.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The predictions of any system scored against gold data: two files with the same sentences, or two columns of one file. A sentence of each is in memory at
 * a time.
 */
public final class PairedFiles {
  /**
   * One of the two sides.
   *
   * @param file the file, or the folder of triples
   * @param config its format, layout, scheme and repair
   */
  public record Side(Path file, DataConfig config) {}

  private final Side gold;
  private final Side predicted;
  private final Tokenizer tokenizer;
  private final Optional<TrainingLabels> training;
  private final int threads;
  private final ScoringRules rules;
  private PairedReadings readings;
  private Judge judge;
  private Analysis analysis;
  private Headline headline;
  private Consumer<Judged> writer;
  private Scores scores;
  private final Optional<String> by;
  private final Optional<Baseline> baseline;
  private Optional<Groups> groups = Optional.empty();
  private boolean intents;
  private long unlabelled;

  private PairedFiles(Side gold, Side predicted, Tokenizer tokenizer, EvaluationOptions options) {
    this.gold = gold;
    this.predicted = predicted;
    this.tokenizer = tokenizer;
    rules = options.rules();
    threads = options.threads();
    by = options.by();
    baseline = options.baseline();
    training = options.train().map(file -> GoldTags.training(file, gold.config, tokenizer));
  }

  /**
   * Scores them. A scheme that is not named is found in the gold data; predictions are read like the gold data unless their own scheme is named.
   *
   * @param tokenizer splits raw text, where the format holds any
   * @throws SluiceException when a file cannot be read, or the two do not hold the same tokens
   */
  public static Evaluation score(
      Side gold, Side predicted, Tokenizer tokenizer, EvaluationOptions options) {
    PairedFiles files = new PairedFiles(gold, predicted, tokenizer, options);
    DataFiles.requireBytes(gold.file);
    DataFiles.requireBytes(predicted.file);
    if (options.out().isEmpty()) return files.score(judged -> {});
    ResultFolder folder = ResultFolder.of(options.out().get(), List.of());
    List<Evaluation> evaluations = new ArrayList<>();
    ResultFolder.writeSentences(folder.sentences(), writer -> evaluations.add(files.score(writer)));
    folder.write(evaluations.get(0));
    return evaluations.get(0);
  }

  private Evaluation score(Consumer<Judged> sentences) {
    writer = sentences;
    readings = PairedReadings.of(gold, predicted, tokenizer);
    Detection scheme = readings.scheme();
    Fingerprint fingerprint = new Fingerprint();
    Map<String, Long> skipped;
    boolean spans = readings.gold().scheme().hasSpans();
    try (SentencePairs pairs = new SentencePairs(gold, predicted, tokenizer, spans, fingerprint)) {
      if (rules.match() == ScoringRules.Match.CHARACTERS) addByCharacters(pairs);
      else addPairs(pairs);
      skipped = new LinkedHashMap<>(pairs.skipped());
    }
    if (scores == null) throw empty(gold);
    Part part =
        new Part(
            gold.file.toString(),
            Optional.of(fingerprint.hex()),
            unlabelled,
            skipped,
            scores,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(headline),
            Optional.empty());
    BatchEvaluation.requireScored(part, List.of(gold.file));
    return new Evaluation(
        Optional.empty(),
        scheme,
        List.of(part),
        part.asPooled(Optional.of(analysis)),
        groups.map(Groups::result),
        baseline);
  }

  private void addPairs(SentencePairs pairs) {
    for (SentencePairs.Pair pair = pairs.next(); pair != null; pair = pairs.next()) {
      if (scores == null) begin(pair.gold(), pair.predicted());
      add(pair.gold(), pair.predicted(), group(pair.gold(), pairs));
    }
  }

  private Optional<Groups.Group> group(Sentence g, SentencePairs pairs) {
    return groups.map(all -> all.of(g, pairs.goldReader()));
  }

  /** Spans by their characters, whatever the tokens; where the two sides divide the text into other sentences too, as few of them as it takes are compared as one. */
  private void addByCharacters(SentencePairs pairs) {
    SameCharacters next = pairs.nextByCharacters();
    if (next != null) begin(next.gold().sentences().get(0), next.predicted().sentences().get(0));
    for (; next != null; next = pairs.nextByCharacters()) {
      SameCharacters both = next;
      List<Sentence> sentences = both.gold().sentences();
      Optional<Groups.Group> group = group(sentences.get(0), pairs);
      if (sentences.stream().anyMatch(g -> g.tags().isEmpty())) {
        unlabelled += sentences.size();
        group.ifPresent(its -> its.unlabelled += sentences.size());
        continue;
      }
      for (Sentence p : both.predicted().sentences())
        if (p.tags().isEmpty()) throw noPrediction(p, "tags");
      add(scores, both);
      group.ifPresent(its -> add(its.scores, both));
      take(both.judged(readings, rules.ignored()), group);
    }
  }

  private void add(Scores to, SameCharacters both) {
    to.addByCharacters(
        both.gold().characters().toString(),
        both.gold().tokens(),
        both.gold().decode(readings.gold()),
        both.predicted().decode(readings.predicted()));
  }

  /** The first sentence tells what there is to score. */
  private void begin(Sentence g, Sentence p) {
    intents = g.intent().isPresent() && p.intent().isPresent();
    boolean tags = !g.tags().isEmpty() || !p.tags().isEmpty();
    if (!tags && !intents)
      throw SluiceException.usage(
          Codes.UNLABELLED,
          p.where(),
          "neither tags nor labels of sentences on both sides",
          "name their columns, e.g. --tags and --pred-tags");
    Supplier<Scores> none =
        () ->
            (tags ? Scores.of(readings.gold(), readings.predicted()) : Scores.ofSentences())
                .withIntentSeparator(gold.config.intentSeparator())
                .withRules(rules);
    boolean spans = tags && readings.gold().scheme().hasSpans();
    if (rules.match() == ScoringRules.Match.CHARACTERS) requireSpansAlone(spans);
    if (!spans) BatchEvaluation.requireNoneIgnored(rules, gold.file);
    scores = none.get();
    baseline.ifPresent(b -> b.requireSame(scores.signature()));
    groups = by.map(column -> new Groups(column, none, threads));
    judge = new Judge(gold.config.intentSeparator(), rules.ignored());
    headline = new Headline(scores.kind(), threads);
    Knowledge knowledge = new Knowledge(Optional.empty(), training);
    analysis = new Analysis(scores.kind(), knowledge, false, by, threads);
  }

  private void requireSpansAlone(boolean spans) {
    if (spans && !intents) return;
    throw SluiceException.usage(
        Codes.NOT_SPANS,
        Location.of(gold.file.toString()),
        "characters can be compared where there are spans, but there are labels of "
            + (intents ? "sentences" : "tokens"),
        "leave out --align characters" + (intents ? ", or the labels of sentences" : ""));
  }

  private void add(Sentence g, Sentence p, Optional<Groups.Group> group) {
    boolean tags = scores.kind() != Scores.Kind.SENTENCES;
    boolean labelled = tags ? !g.tags().isEmpty() : g.intent().isPresent();
    if (!labelled) {
      unlabelled++;
      group.ifPresent(its -> its.unlabelled++);
      return;
    }
    if (tags && p.tags().isEmpty()) throw noPrediction(p, "tags");
    boolean both = intents && g.intent().isPresent();
    if (both && p.intent().isEmpty()) throw noPrediction(p, "label of the sentence");
    Optional<TagPair> pair = tags ? Optional.of(read(g, p)) : Optional.empty();
    add(scores, g, p, pair, both);
    group.ifPresent(its -> add(its.scores, g, p, pair, both));
    take(judge.judge(g, p, pair, both), group);
  }

  private TagPair read(Sentence g, Sentence p) {
    try {
      return scores.read(g.tags(), p.tags());
    } catch (LabelException e) {
      SentencePairs.Pair pair = new SentencePairs.Pair(g, p);
      throw readings.problem(e, pair, gold, predicted, tokenizer);
    }
  }

  private static void add(
      Scores to, Sentence g, Sentence p, Optional<TagPair> tags, boolean intent) {
    if (tags.isEmpty()) to.addIntent(g.intent().orElseThrow(), p.intent().orElseThrow());
    else if (intent) to.add(g, tags.get(), p.intent().orElseThrow(), true);
    else to.add(g, tags.get());
  }

  private void take(Judged alone, Optional<Groups.Group> group) {
    Judged judged = alone.in(group.map(its -> its.value));
    CountsByType byType = Analysis.counts(scores.kind(), judged);
    Counts counts = byType.micro();
    headline.add(judged, counts);
    group.ifPresent(its -> its.headline.add(judged, counts));
    analysis.add(judged, byType);
    writer.accept(judged);
  }

  static SluiceException noPrediction(Sentence p, String what) {
    return SluiceException.usage(
        Codes.UNLABELLED,
        p.where(),
        "no predicted " + what + " here",
        "give every sentence one, O where a token has no tag");
  }

  static SluiceException empty(Side gold) {
    return new SluiceException(
        SluiceException.Kind.USAGE,
        List.of(
            new Problem(
                Codes.NO_SENTENCES,
                Location.of(gold.file.toString()),
                "0 usable examples, the file is empty",
                "check --format and the file")));
  }
}
