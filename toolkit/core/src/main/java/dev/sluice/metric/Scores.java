package dev.sluice.metric;

import dev.sluice.data.Sentence;
import dev.sluice.label.Decoded;
import dev.sluice.label.TagScheme;
import dev.sluice.label.Violation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The scores of predictions against gold data, added up sentence by sentence. They are counts, so scores of parts can be merged and the
 * order does not matter. Not safe for use by several threads at once: give each its own and merge.
 *
 * <p>Spans are always compared as spans, never as tags: the gold tags are read by the scheme of the data, the predicted ones by that of the
 * model. A gold label that was never seen in training is a miss like any other, and counted in {@link #unseenLabels}.
 */
public final class Scores {
  /** What is compared. */
  public enum Kind {
    /** Spans: slots, entities, chunks; with a label of the sentence or without. */
    SPANS,
    /** A label per token, by itself. */
    LABELS,
    /** A label per sentence. */
    SENTENCES
  }

  /** What stands in {@link #intentConfusion} for a label that was rejected. */
  public static final String REJECTED = "-";

  /** What {@link #intentAccuracy} is called where tags are scored too. */
  public static final String INTENT_ACCURACY = "intent accuracy";

  /** What {@link #sentenceAccuracy} is called where tags and labels of sentences are scored: all slots and the intent are right. */
  public static final String WHOLE_FRAMES = "whole frames";

  /** What {@link #sentenceAccuracy} is called elsewhere. */
  public static final String SENTENCE_ACCURACY = "sentence accuracy";

  /** What follows the name of a score that asks for one right intent of several. */
  static final String ANY_INTENT = ", any intent";

  private final Kind kind;
  private final Reading goldReading;
  private final Reading predictedReading;
  private Known known;
  private ScoringRules rules = ScoringRules.DEFAULT;

  private final SpanTally spans = new SpanTally();
  private final TokenTally tokens = new TokenTally();
  private final CountsByType labels = new CountsByType();
  private final Confusion confusion = new Confusion();
  private final IntentTally intents = new IntentTally();
  private final Tally rightSentences = new Tally();
  private final Tally anySentences = new Tally();
  private Optional<String> intentSeparator = Optional.empty();
  private long tokensByCharacters;

  private Scores(Kind kind, Reading goldReading, Reading predictedReading) {
    this.kind = kind;
    this.goldReading = goldReading;
    this.predictedReading = predictedReading;
  }

  /** Scores of spans. The headline is the micro F1. */
  public static Scores ofSpans(Reading gold, Reading predicted) {
    if (!gold.scheme().hasSpans() || !predicted.scheme().hasSpans())
      throw new IllegalArgumentException("plain labels have no spans to score");
    return new Scores(Kind.SPANS, gold, predicted);
  }

  /** Scores of a label per token. The headline is the accuracy over all tokens. */
  public static Scores ofLabels() {
    Reading plain = Reading.of(TagScheme.PLAIN);
    return new Scores(Kind.LABELS, plain, plain);
  }

  /** Scores of a label per sentence. The headline is the accuracy. */
  public static Scores ofSentences() {
    Reading plain = Reading.of(TagScheme.PLAIN);
    return new Scores(Kind.SENTENCES, plain, plain);
  }

  /** Scores of labels when both schemes are plain, else of spans. */
  public static Scores of(Reading gold, Reading predicted) {
    boolean spans = gold.scheme().hasSpans() || predicted.scheme().hasSpans();
    return spans ? ofSpans(gold, predicted) : ofLabels();
  }

  /** Tells what was seen in training, before anything is added; without it, what depends on it stays undefined. */
  public Scores withTraining(Known seen) {
    if (sentences() > 0) throw new IllegalStateException("sentences were added already");
    known = seen;
    return this;
  }

  /**
   * Tells, before anything is added, that the label of a sentence may name several intents.
   *
   * @param separator what stands between them, such as {@code #}; empty when a label is one intent
   */
  public Scores withIntentSeparator(Optional<String> separator) {
    if (sentences() > 0) throw new IllegalStateException("sentences were added already");
    intentSeparator = separator;
    return this;
  }

  /**
   * Tells, before anything is added, what is shown in place of undefined scores, which types are ignored and how borders are compared.
   *
   * @throws IllegalArgumentException when types are to be ignored, or characters compared, but no spans are scored
   */
  public Scores withRules(ScoringRules chosen) {
    if (sentences() > 0) throw new IllegalStateException("sentences were added already");
    if (kind != Kind.SPANS && !chosen.ignored().isEmpty())
      throw new IllegalArgumentException("there are no spans whose types could be ignored");
    if (kind != Kind.SPANS && chosen.match() == ScoringRules.Match.CHARACTERS)
      throw new IllegalArgumentException("there are no spans whose characters could be compared");
    rules = chosen;
    return this;
  }

  /** What is shown in place of undefined scores, which types are ignored, and how borders are compared. */
  public ScoringRules rules() {
    return rules;
  }

  /** A precision, recall or F1 as the rules have it shown. */
  public Ratio shown(Ratio score) {
    return score.orWhenUndefined(rules.zeroDivision());
  }

  /** A mean of such scores as the rules have it shown. */
  public OptionalDouble shown(OptionalDouble mean) {
    if (mean.isPresent() || rules.zeroDivision().isEmpty()) return mean;
    return OptionalDouble.of(rules.zeroDivision().getAsInt());
  }

  /** What stands between the intents of a sentence, when it may have several. */
  public Optional<String> intentSeparator() {
    return intentSeparator;
  }

  /**
   * Reads the tags of a sentence as these scores compare them.
   *
   * @throws IllegalArgumentException when there are not as many predicted tags as gold ones
   * @throws dev.sluice.label.LabelException when a tag cannot be read
   */
  public TagPair read(List<String> gold, List<String> predicted) {
    return TagPair.of(goldReading, gold, predictedReading, predicted);
  }

  /**
   * Adds a sentence of which only the tags are known.
   *
   * @throws IllegalArgumentException when there are not as many predicted tags as gold ones
   * @throws dev.sluice.label.LabelException when a tag cannot be read
   */
  public void add(List<String> gold, List<String> predicted) {
    addSentence(addTags(List.of(), read(gold, predicted)));
  }

  /** Adds a sentence by its tags. */
  public void add(Sentence gold, List<String> predicted) {
    add(gold, read(gold.tags(), predicted));
  }

  /**
   * The same.
   *
   * @param tags those of the sentence and the predicted ones, as {@link #read} reads them
   */
  public void add(Sentence gold, TagPair tags) {
    addSentence(addTags(gold, tags));
  }

  /** Adds a sentence by its tags and, when it has one, its own label; it is right when all of them are. */
  public void add(Sentence gold, List<String> predicted, String predictedIntent) {
    add(gold, predicted, predictedIntent, true);
  }

  /**
   * The same.
   *
   * @param accepted whether the label was given; one that was rejected is wrong whatever it is
   */
  public void add(Sentence gold, List<String> predicted, String predictedIntent, boolean accepted) {
    add(gold, read(gold.tags(), predicted), predictedIntent, accepted);
  }

  /**
   * The same.
   *
   * @param tags those of the sentence and the predicted ones, as {@link #read} reads them
   * @param accepted whether the label was given; one that was rejected is wrong whatever it is
   */
  public void add(Sentence gold, TagPair tags, String predictedIntent, boolean accepted) {
    boolean rightTags = addTags(gold, tags);
    if (gold.intent().isEmpty()) {
      addSentence(rightTags);
      return;
    }
    IntentTally.Match match =
        intents.add(gold.intent().get(), predictedIntent, accepted, intentSeparator, known);
    rightSentences.add(rightTags && match.strict());
    anySentences.add(rightTags && match.any());
  }

  /**
   * Adds a piece of text that both sides have split into tokens in their own ways.
   *
   * @param characters the text without white space
   * @param goldTokens how many tokens it has in the gold data
   * @param gold the gold spans, their borders counted in UTF-16 units of that text
   * @param predicted the predicted ones
   * @throws IllegalStateException unless the rules say that borders are compared by characters
   */
  public void addByCharacters(String characters, long goldTokens, Decoded gold, Decoded predicted) {
    if (kind != Kind.SPANS || rules.match() != ScoringRules.Match.CHARACTERS)
      throw new IllegalStateException("borders are compared by tokens here");
    spans.countIgnored(gold, predicted, rules.ignored());
    tokensByCharacters += goldTokens;
    addSentence(
        spans.add(
            characters,
            TagPair.without(gold, rules.ignored()),
            TagPair.without(predicted, rules.ignored())));
  }

  private void addSentence(boolean right) {
    rightSentences.add(right);
    anySentences.add(right);
  }

  /** Adds a sentence by its own label only. */
  public void addIntent(String gold, String predicted) {
    addIntent(gold, predicted, true);
  }

  /**
   * The same.
   *
   * @param accepted whether the label was given; one that was rejected is wrong whatever it is
   */
  public void addIntent(String gold, String predicted, boolean accepted) {
    if (kind != Kind.SENTENCES) throw new IllegalStateException("tags are scored here");
    IntentTally.Match match = intents.add(gold, predicted, accepted, intentSeparator, known);
    rightSentences.add(match.strict());
    anySentences.add(match.any());
  }

  private boolean addTags(Sentence gold, TagPair tags) {
    boolean right = addTags(gold.words(), tags);
    if (kind != Kind.SPANS) return right;
    for (Sentence.Unreachable span : gold.unreachable()) {
      if (rules.ignored().contains(span.type())) {
        spans.ignoredGold++;
        spans.ignoredTypes.add(span.type());
      } else {
        spans.addUnreachable(span.type());
        right = false;
      }
    }
    return right;
  }

  private boolean addTags(List<String> words, TagPair tags) {
    if (rules.match() == ScoringRules.Match.CHARACTERS)
      throw new IllegalStateException("borders are compared by characters here");
    if (kind == Kind.SENTENCES)
      throw new IllegalStateException("labels of sentences are scored here");
    TagPair pair = tags.without(rules.ignored());
    if (kind == Kind.SPANS) spans.countIgnored(tags.expected(), tags.found(), rules.ignored());
    tokens.add(words, pair.gold(), pair.predicted(), known);
    if (kind == Kind.SPANS) return spans.add(words, pair.expected(), pair.found());
    for (int t = 0; t < pair.gold().size(); t++) {
      labels.addLabel(pair.gold().get(t), pair.predicted().get(t));
      confusion.add(pair.gold().get(t), pair.predicted().get(t));
    }
    return pair.right();
  }

  /**
   * Adds what another one counted.
   *
   * @throws IllegalArgumentException when the other one compares something else or reads tags in another way
   */
  public void merge(Scores other) {
    if (!signature().equals(other.signature()))
      throw new IllegalArgumentException(
          signature() + " and " + other.signature() + " cannot be merged");
    spans.merge(other.spans);
    tokens.merge(other.tokens);
    labels.merge(other.labels);
    confusion.merge(other.confusion);
    intents.merge(other.intents);
    rightSentences.merge(other.rightSentences);
    anySentences.merge(other.anySentences);
    tokensByCharacters += other.tokensByCharacters;
  }

  /** What is compared. */
  public Kind kind() {
    return kind;
  }

  /** The one number of a task: micro F1 of spans, else accuracy. */
  public Ratio headline() {
    return switch (kind) {
      case SPANS -> shown(spans.byType.micro().f1());
      case LABELS -> tokenAccuracy();
      case SENTENCES -> intentAccuracy();
    };
  }

  /** What the headline is: {@code F1} or {@code accuracy}. */
  public String headlineName() {
    return kind == Kind.SPANS ? "F1" : "accuracy";
  }

  /** Whether sentences were added by their tags and by labels of their own. */
  public boolean hasFrames() {
    return kind != Kind.SENTENCES && intentAccuracy().whole() > 0;
  }

  /** The scores that sum up what was compared, by name: the headline, and for sentences with labels of their own those of the labels and of whole frames too. */
  public SortedMap<String, Ratio> summary() {
    SortedMap<String, Ratio> summary = new TreeMap<>();
    summary.put(headlineName(), headline());
    boolean several = intentSeparator.isPresent();
    if (kind == Kind.SENTENCES) {
      if (several) summary.put(headlineName() + ANY_INTENT, intentAnyMatch());
    } else if (hasFrames()) {
      summary.put(INTENT_ACCURACY, intentAccuracy());
      summary.put(WHOLE_FRAMES, sentenceAccuracy());
      if (several) {
        summary.put(INTENT_ACCURACY + ANY_INTENT, intentAnyMatch());
        summary.put(WHOLE_FRAMES + ANY_INTENT, sentenceAnyMatch());
      }
    }
    return summary;
  }

  /** The choices behind the scores in one line, such as {@code F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=null|ignored=-|v=1}. */
  public String signature() {
    return switch (kind) {
      case SPANS -> Signature.spans(goldReading, predictedReading, rules, intentSeparator);
      case LABELS -> Signature.labels(rules);
      case SENTENCES -> Signature.sentences(rules, intentSeparator);
    };
  }

  /** Counts per type of span, per label, or per label of a sentence. */
  public CountsByType byType() {
    return switch (kind) {
      case SPANS -> spans.byType;
      case LABELS -> labels;
      case SENTENCES -> intents.byLabel;
    };
  }

  /** Counts per type of those spans only, gold and predicted, that needed no repair. */
  public CountsByType strict() {
    return spans.strict;
  }

  /** Counts of spans by start and end, whatever their type. */
  public Counts boundaries() {
    return spans.boundaries;
  }

  /**
   * Counts of slots by type and surface, in each sentence whatever their order and place; empty for other kinds of scores, and when only the tags of a sentence are known.
   */
  public Optional<Counts> slotValues() {
    return kind == Kind.SPANS ? spans.values.counts() : Optional.empty();
  }

  /** The right types among the predicted spans whose start and end are right. */
  public Ratio typeAccuracy() {
    return spans.types.ratio();
  }

  /** The right tags among all; gold tags are spelled in the model's scheme first. Undefined where borders are compared by characters. */
  public Ratio tokenAccuracy() {
    return tokens.all.ratio();
  }

  /** The right tags among those that are not O in the gold data. */
  public Ratio nonOutsideAccuracy() {
    return tokens.inside.ratio();
  }

  /** The right tags of words that were seen in training. */
  public Ratio knownWordAccuracy() {
    return tokens.knownWords.ratio();
  }

  /** The right tags of words that were never seen in training. */
  public Ratio unknownWordAccuracy() {
    return tokens.unknownWords.ratio();
  }

  /** The sentences with nothing wrong: all spans or labels, and their own label where that is scored too. */
  public Ratio sentenceAccuracy() {
    return rightSentences.ratio();
  }

  /** The right labels of sentences; of several intents all must be right, in any order. */
  public Ratio intentAccuracy() {
    return intents.right.ratio();
  }

  /** The sentences of which at least one intent is right: what most papers on ATIS report. Without several intents the same as {@link #intentAccuracy}. */
  public Ratio intentAnyMatch() {
    return intents.any.ratio();
  }

  /** The sentences whose label was accepted; the others were answered with none, which counts as wrong. */
  public Ratio intentCoverage() {
    return intents.accepted.ratio();
  }

  /** The right labels of sentences among those that were accepted. */
  public Ratio acceptedIntentAccuracy() {
    return intents.rightAccepted.ratio();
  }

  /** {@link #sentenceAccuracy} with the intents counted as in {@link #intentAnyMatch}. */
  public Ratio sentenceAnyMatch() {
    return anySentences.ratio();
  }

  /** Types of spans with the same borders, O where one side has no such span; or labels. */
  public Confusion confusion() {
    return switch (kind) {
      case SPANS -> spans.confusion;
      case LABELS -> confusion;
      case SENTENCES -> intents.confusion;
    };
  }

  /** Labels of sentences. */
  public Confusion intentConfusion() {
    return intents.confusion;
  }

  /** Counts per label of sentences. */
  public CountsByType byIntent() {
    return intents.byLabel;
  }

  /** Illegal moves in the gold data, by kind. */
  public Map<Violation.Kind, Long> illegalGold() {
    return Collections.unmodifiableMap(spans.illegalGold);
  }

  /** Illegal moves in the predictions, by kind. */
  public Map<Violation.Kind, Long> illegalPredicted() {
    return Collections.unmodifiableMap(spans.illegalPredicted);
  }

  /** The gold spans whose borders are borders of tokens, which is the most that can be found: an upper bound of recall. */
  public Ratio reachable() {
    long gold = kind == Kind.SPANS ? spans.byType.micro().gold() : 0;
    return new Ratio(gold - spans.unreachable, gold);
  }

  /** How many gold spans were left out because their type is ignored. */
  public long ignoredGold() {
    return spans.ignoredGold;
  }

  /** The ignored types of which any span was left out. */
  public SortedSet<String> ignoredTypes() {
    return Collections.unmodifiableSortedSet(spans.ignoredTypes);
  }

  /** How many predicted spans were left out because their type is ignored. */
  public long ignoredPredicted() {
    return spans.ignoredPredicted;
  }

  /** Gold labels that were never seen in training, with how many tokens have them; empty unless {@link #withTraining} was told. */
  public SortedMap<String, Long> unseenLabels() {
    return Collections.unmodifiableSortedMap(tokens.unseen);
  }

  /** Gold labels of sentences that were never seen in training, with how many sentences have them. */
  public SortedMap<String, Long> unseenIntents() {
    return Collections.unmodifiableSortedMap(intents.unseen);
  }

  /** How many sentences were added. */
  public long sentences() {
    return rightSentences.ratio().whole();
  }

  /** How many tokens were added; of the gold data where the two sides have others. */
  public long tokens() {
    return tokens.all.ratio().whole() + tokensByCharacters;
  }
}
