package dev.sluice.eval;

import dev.sluice.data.Sentence;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.Knowledge;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.label.Span;
import dev.sluice.metric.Reading;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts gold labels and what a model, or another system, says into the form of the analyses. */
final class Judge {
  private final Reading gold;
  private final Reading predicted;
  private final Optional<String> separator;

  /**
   * Reads labels in one way.
   *
   * @param separator what stands between the intents of a sentence, when it may have several
   */
  Judge(Reading gold, Reading predicted, Optional<String> separator) {
    this.gold = gold;
    this.predicted = predicted;
    this.separator = separator;
  }

  /** What a model of ours can have learned. */
  static Knowledge knowledge(Model model, Optional<TrainingLabels> training) {
    return new Knowledge(
        Optional.of(word -> model.words().id(model.text().normalize(word)) != Vocabulary.UNKNOWN),
        training);
  }

  /**
   * A sentence that a model labelled, with confidences.
   *
   * @throws dev.sluice.label.LabelException when a gold tag cannot be read
   */
  Judged judge(Model model, Sentence sentence, Prediction found) {
    Optional<Judged.Label> label = label(model, sentence, found);
    if (found.tokens().isEmpty()) return new Judged(sentence, Optional.empty(), label);
    Prediction.Tokens tokens = found.tokens().get();
    List<Double> confidences = new ArrayList<>();
    for (float p : tokens.probabilities()) confidences.add((double) p);
    Map<Span, Double> spans = new HashMap<>();
    for (Prediction.ScoredSpan span : tokens.spans()) spans.put(span.span(), span.probability());
    return Judged.tagged(sentence, gold, predicted, model.tags(found), confidences, spans, label);
  }

  private Optional<Judged.Label> label(Model model, Sentence sentence, Prediction found) {
    if (found.sentence().isEmpty() || sentence.intent().isEmpty()) return Optional.empty();
    Prediction.Sentence s = found.sentence().get();
    OptionalDouble least =
        model.intentProbabilities(s).values().stream().mapToDouble(Double::doubleValue).min();
    String expected = sentence.intent().get();
    return Optional.of(
        Judged.Label.of(expected, model.intent(found), s.accepted(), least, separator));
  }

  /**
   * A sentence with what another system said of it.
   *
   * @param tags whether tags are compared
   * @param intents whether labels of sentences are
   * @throws dev.sluice.label.LabelException when a tag cannot be read
   */
  Judged judge(Sentence sentence, Sentence other, boolean tags, boolean intents) {
    Optional<Judged.Label> label = Optional.empty();
    if (intents && sentence.intent().isPresent())
      label =
          Optional.of(
              Judged.Label.of(
                  sentence.intent().get(),
                  other.intent().orElseThrow(),
                  true,
                  OptionalDouble.empty(),
                  separator));
    if (!tags) return new Judged(sentence, Optional.empty(), label);
    return Judged.tagged(sentence, gold, predicted, other.tags(), List.of(), Map.of(), label);
  }
}
