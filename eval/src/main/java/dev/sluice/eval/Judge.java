package dev.sluice.eval;

import dev.sluice.data.Sentence;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.Knowledge;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.label.Span;
import dev.sluice.metric.TagPair;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Puts gold labels and what a model, or another system, says into the form of the analyses. */
final class Judge {
  private final Optional<String> separator;
  private final Set<String> ignored;

  /**
   * Reads labels in one way.
   *
   * @param separator what stands between the intents of a sentence, when it may have several
   * @param ignored types of spans that are left out
   */
  Judge(Optional<String> separator, Set<String> ignored) {
    this.separator = separator;
    this.ignored = ignored;
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
   * @param tags those of the sentence and of the model; nothing when it gives none
   */
  Judged judge(Model model, Sentence sentence, Prediction found, Optional<TagPair> tags) {
    Optional<Judged.Label> label = label(model, sentence, found);
    if (tags.isEmpty()) return new Judged(sentence, Optional.empty(), label);
    Prediction.Tokens tokens = found.tokens().orElseThrow();
    List<Double> confidences = new ArrayList<>();
    for (float p : tokens.probabilities()) confidences.add((double) p);
    Map<Span, Double> spans = new HashMap<>();
    for (Prediction.ScoredSpan span : tokens.spans()) spans.put(span.span(), span.probability());
    return tagged(sentence, tags.get(), confidences, spans, label);
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
   * @param tags those of both, when tags are compared
   * @param intents whether labels of sentences are
   */
  Judged judge(Sentence sentence, Sentence other, Optional<TagPair> tags, boolean intents) {
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
    if (tags.isEmpty()) return new Judged(sentence, Optional.empty(), label);
    return tagged(sentence, tags.get(), List.of(), Map.of(), label);
  }

  private Judged tagged(
      Sentence sentence,
      TagPair pair,
      List<Double> confidences,
      Map<Span, Double> spans,
      Optional<Judged.Label> label) {
    List<Sentence.Unreachable> unreachable =
        sentence.unreachable().stream().filter(span -> !ignored.contains(span.type())).toList();
    return Judged.tagged(sentence, pair.without(ignored), confidences, spans, unreachable, label);
  }
}
