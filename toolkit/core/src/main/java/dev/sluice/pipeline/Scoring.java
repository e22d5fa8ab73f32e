package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.data.Sentence;
import dev.sluice.kernel.Workers;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Known;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.metric.TagPair;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Prediction;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;

/** A model scored on labelled sentences. */
public final class Scoring {
  private Scoring() {}

  /** Empty scores of the kind that fits a model. */
  public static Scores scores(Model model, Reading gold) {
    Scores scores;
    if (!model.labelsTokens()) scores = Scores.ofSentences();
    else if (model.scheme() == TagScheme.PLAIN) scores = Scores.ofLabels();
    else scores = Scores.ofSpans(gold, Reading.of(model.scheme()).forPredictions());
    Known known =
        new Known(
            word -> model.words().id(model.text().normalize(word)) != Vocabulary.UNKNOWN,
            tag -> model.tokenLabels().contains(tag),
            intent -> model.sentenceLabels().contains(intent));
    return scores
        .withIntentSeparator(model.outputs().sentence().flatMap(Outputs.Sentence::separator))
        .withTraining(known);
  }

  /** Tags sentences and scores them; labels that the model has never seen are misses. */
  public static Scores score(Model model, Reading gold, List<Sentence> sentences, Workers workers) {
    return score(model, gold, sentences, encode(model, sentences, new LookupCounts()), workers);
  }

  /** The sentences as ids. */
  public static Example[] encode(Model model, List<Sentence> sentences, LookupCounts lookups) {
    Example[] examples = new Example[sentences.size()];
    for (int i = 0; i < examples.length; i++) {
      Sentence s = sentences.get(i);
      examples[i] = model.encode(i, s.words(), s.features(), lookups);
    }
    return examples;
  }

  static Scores score(
      Model model, Reading gold, List<Sentence> sentences, Example[] examples, Workers workers) {
    Prediction[] predictions = model.predict(examples, Prediction.Detail.LABELS, workers);
    Scores scores = scores(model, gold);
    for (int i = 0; i < predictions.length; i++)
      add(scores, model, sentences.get(i), predictions[i]);
    return scores;
  }

  /** Adds one sentence with what a model said of it. */
  public static void add(Scores scores, Model model, Sentence sentence, Prediction found) {
    add(scores, model, sentence, found, read(scores, model, sentence, found));
  }

  /**
   * The tags of a sentence as scores compare them; nothing when the model gives none.
   *
   * @throws dev.sluice.label.LabelException when a gold tag cannot be read
   */
  public static Optional<TagPair> read(
      Scores scores, Model model, Sentence sentence, Prediction found) {
    if (!model.labelsTokens()) return Optional.empty();
    return Optional.of(scores.read(sentence.tags(), model.tags(found)));
  }

  /**
   * Adds one sentence with what a model said of it.
   *
   * @param tags those of the sentence and of the model, as {@link #read} gives them
   */
  public static void add(
      Scores scores, Model model, Sentence sentence, Prediction found, Optional<TagPair> tags) {
    if (!model.labelsSentences()) {
      scores.add(sentence, tags.orElseThrow());
      return;
    }
    String intent = model.intent(found);
    boolean accepted = found.sentence().orElseThrow().accepted();
    if (tags.isPresent()) scores.add(sentence, tags.get(), intent, accepted);
    else scores.addIntent(sentence.intent().orElseThrow(), intent, accepted);
  }
}
