package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.data.Intents;
import dev.sluice.data.Sentence;
import dev.sluice.kernel.Workers;
import dev.sluice.label.Span;
import dev.sluice.metric.Calibrations;
import dev.sluice.metric.Reading;
import dev.sluice.metric.ThresholdSearch;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Prediction;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.model.Prediction.ScoredSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a model says of labelled sentences, statement by statement: how sure it is, and whether it is right. */
public final class Confidences {
  private Confidences() {}

  /** Something that was said. */
  private record Statement(String label, double confidence, boolean right) {}

  /** The calibration on some sentences of a model that gives and accepts everything, whatever its thresholds. */
  static Calibrations of(
      Model model, Reading gold, List<Sentence> sentences, Example[] examples, Workers workers) {
    Model all = withoutThresholds(model);
    Prediction[] found = all.predict(examples, Detail.CONFIDENCES, workers);
    Calibrations calibrations = new Calibrations();
    for (int i = 0; i < found.length; i++)
      add(calibrations, all, gold, separator(model), sentences.get(i), found[i]);
    return calibrations;
  }

  private static Optional<String> separator(Model model) {
    return model.outputs().sentence().flatMap(Outputs.Sentence::separator);
  }

  static Model withoutThresholds(Model model) {
    if (!model.outputs().holdsBack() && !model.outputs().rejects()) return model;
    return model.withOutputs(model.outputs().withThresholds(new TreeMap<>(), new TreeMap<>()));
  }

  /**
   * Adds one sentence; spans that are held back count among the spans.
   *
   * @param separator what stands between the intents of a sentence, when it may have several
   * @param sentence one with the tags that the model gives; without a label of its own, that of the model is not judged
   * @param found with confidences
   * @throws dev.sluice.label.LabelException when a gold tag cannot be read
   */
  public static void add(
      Calibrations to,
      Model model,
      Reading gold,
      Optional<String> separator,
      Sentence sentence,
      Prediction found) {
    if (found.tokens().isPresent()) {
      for (Statement s : spans(model, gold, sentence, found)) to.spans().add(s.confidence, s.right);
      for (Statement s : tokens(model, gold, sentence, found)) {
        to.tokens().add(s.confidence, s.right);
        if (!s.label.equals("O")) to.insideTokens().add(s.confidence, s.right);
      }
    }
    for (Statement s : intents(model, separator, sentence, found))
      to.intents().add(s.confidence, s.right);
  }

  /** Adds the gold and the predicted spans of one sentence. */
  static void addSpans(
      ThresholdSearch to, Model model, Reading gold, Sentence sentence, Prediction found) {
    for (Span span : goldSpans(gold, sentence)) to.gold(span.type());
    for (Statement s : spans(model, gold, sentence, found))
      to.predicted(s.label, s.confidence, s.right);
  }

  /** Adds the gold and the predicted labels of one sentence. */
  static void addIntents(ThresholdSearch to, Model model, Sentence sentence, Prediction found) {
    Outputs.Sentence output = model.outputs().sentence().orElseThrow();
    if (output.several()) sentence.intents(output.separator()).forEach(to::gold);
    else to.gold(sentence.intent().orElseThrow());
    for (Statement s : intents(model, output.separator(), sentence, found))
      to.predicted(s.label, s.confidence, s.right);
  }

  private static List<Span> goldSpans(Reading gold, Sentence sentence) {
    return gold.scheme().decode(sentence.tags(), gold.repair()).spans();
  }

  private static List<Statement> spans(
      Model model, Reading gold, Sentence sentence, Prediction found) {
    List<Statement> statements = new ArrayList<>();
    if (!model.scheme().hasSpans()) return statements;
    Set<Span> right = new HashSet<>(goldSpans(gold, sentence));
    Prediction.Tokens tokens = found.tokens().orElseThrow();
    for (List<ScoredSpan> some : List.of(tokens.spans(), tokens.rejected())) {
      for (ScoredSpan s : some)
        statements.add(new Statement(s.span().type(), s.probability(), right.contains(s.span())));
    }
    return statements;
  }

  private static List<Statement> tokens(
      Model model, Reading gold, Sentence sentence, Prediction found) {
    List<String> right =
        model.scheme().hasSpans()
            ? gold.scheme().convert(sentence.tags(), gold.repair(), model.scheme())
            : sentence.tags();
    List<String> given = model.tags(found);
    float[] p = found.tokens().orElseThrow().probabilities();
    List<Statement> statements = new ArrayList<>();
    for (int t = 0; t < p.length; t++)
      statements.add(new Statement(given.get(t), p[t], given.get(t).equals(right.get(t))));
    return statements;
  }

  private static List<Statement> intents(
      Model model, Optional<String> separator, Sentence sentence, Prediction found) {
    List<Statement> statements = new ArrayList<>();
    if (found.sentence().isEmpty() || sentence.intent().isEmpty()) return statements;
    Outputs.Sentence output = model.outputs().sentence().orElseThrow();
    Set<String> gold = Intents.split(sentence.intent().orElseThrow(), separator);
    Prediction.Sentence its = found.sentence().get();
    for (int id : its.labels()) {
      String label = output.labels().label(id);
      boolean right =
          output.several() ? gold.contains(label) : gold.equals(Intents.split(label, separator));
      statements.add(new Statement(label, its.probabilities()[id], right));
    }
    return statements;
  }
}
