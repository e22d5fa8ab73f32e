package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.data.Sentence;
import dev.sluice.kernel.Workers;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Known;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.model.Model;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.util.List;

/** A model scored on labelled sentences. */
public final class Scoring {
  private Scoring() {}

  /** Empty scores of the kind that fits a model. */
  public static Scores scores(Model model, Reading gold) {
    Scores scores;
    if (model.perSentence()) scores = Scores.ofSentences();
    else if (model.scheme() == TagScheme.PLAIN) scores = Scores.ofLabels();
    else scores = Scores.ofSpans(gold, Reading.of(model.scheme()).forPredictions());
    Known known =
        new Known(
            word -> model.words().id(model.text().normalize(word)) != Vocabulary.UNKNOWN,
            tag -> model.labels().id(tag) != LabelVocabulary.MISSING,
            intent -> model.labels().id(intent) != LabelVocabulary.MISSING);
    return scores.withTraining(known);
  }

  /** Tags sentences and scores them; labels that the model has never seen are misses. */
  public static Scores score(Model model, Reading gold, List<Sentence> sentences, Workers workers) {
    return score(model, gold, sentences, encode(model, sentences, new LookupCounts()), workers);
  }

  /** The sentences as ids. */
  static Example[] encode(Model model, List<Sentence> sentences, LookupCounts lookups) {
    Example[] examples = new Example[sentences.size()];
    for (int i = 0; i < examples.length; i++)
      examples[i] = model.encode(i, sentences.get(i).words(), lookups);
    return examples;
  }

  static Scores score(
      Model model, Reading gold, List<Sentence> sentences, Example[] examples, Workers workers) {
    Model.Prediction[] predictions = model.predict(examples, false, workers);
    Scores scores = scores(model, gold);
    for (int i = 0; i < predictions.length; i++)
      add(scores, model, sentences.get(i), model.labels(predictions[i]));
    return scores;
  }

  /** Adds one sentence with the labels that a model gave. */
  public static void add(Scores scores, Model model, Sentence sentence, List<String> labels) {
    if (model.perSentence()) scores.addIntent(sentence.intent().orElseThrow(), labels.get(0));
    else scores.add(sentence, labels);
  }
}
