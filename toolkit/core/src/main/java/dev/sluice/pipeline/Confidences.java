package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.data.Intents;
import dev.sluice.data.Sentence;
import dev.sluice.kernel.Workers;
import dev.sluice.label.Decoded;
import dev.sluice.label.Span;
import dev.sluice.metric.Calibrations;
import dev.sluice.metric.Reading;
import dev.sluice.metric.ThresholdSearch;
import dev.sluice.metric.ThresholdSearch.Choice;
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
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a model says of labelled sentences, statement by statement: how sure it is, and whether it is right.
 *
 * <p>A label of a sentence is right when it says what the model has learned to say of a sentence with several intents: a sigmoid gives each of them; softmax whose
 * labels name several gives them all at once, in whatever order; softmax whose labels name one each gives the first.
 */
public final class Confidences {
  private static final Decoded NO_SPANS = new Decoded(List.of(), List.of(), List.of());

  private final Model model;
  private final Reading gold;
  private final Optional<String> separator;
  private final boolean first;
  private final Set<String> ignored;

  /** Something that was said. */
  private record Statement(String label, double confidence, boolean right) {}

  /**
   * Those of a model.
   *
   * @param gold how gold tags are read
   * @param separator what stands between the intents of a sentence, when it may have several
   * @param ignored types of spans that are left out: nothing that is said about them is judged, and a gold span of them counts as none
   */
  public Confidences(Model model, Reading gold, Optional<String> separator, Set<String> ignored) {
    this.ignored = Set.copyOf(ignored);
    this.model = model;
    this.gold = gold;
    this.separator = separator;
    first =
        model.outputs().sentence().filter(Outputs.Sentence::several).isEmpty()
            && model.sentenceLabels().stream()
                .allMatch(label -> Intents.split(label, separator).size() == 1);
  }

  /** Those of a model on data of the kind it was trained on. */
  Confidences(Model model, Reading gold) {
    this(model, gold, model.outputs().sentence().flatMap(Outputs.Sentence::separator), Set.of());
  }

  /** The calibration on some sentences of a model that gives and accepts everything, whatever its thresholds. */
  static Calibrations of(
      Model model, Reading gold, List<Sentence> sentences, Example[] examples, Workers workers) {
    Model all = withoutThresholds(model);
    Prediction[] found = all.predict(examples, Detail.CONFIDENCES, workers);
    Confidences confidences = new Confidences(all, gold);
    Calibrations calibrations = new Calibrations();
    for (int i = 0; i < found.length; i++)
      confidences.add(calibrations, sentences.get(i), found[i]);
    return calibrations;
  }

  static Model withoutThresholds(Model model) {
    if (!model.outputs().holdsBack() && !model.outputs().rejects()) return model;
    return model.withOutputs(model.outputs().withThresholds(new TreeMap<>(), new TreeMap<>()));
  }

  /**
   * Adds one sentence; spans that are held back count among the spans.
   *
   * @param sentence one with the tags that the model gives; without a label of its own, that of the model is not judged
   * @param found with confidences
   * @throws dev.sluice.label.LabelException when a gold tag cannot be read
   */
  public void add(Calibrations to, Sentence sentence, Prediction found) {
    boolean spans = found.tokens().isPresent() && model.scheme().hasSpans();
    add(to, sentence, found, spans ? Optional.of(decoded(sentence)) : Optional.empty());
  }

  /**
   * The same.
   *
   * @param decoded the gold tags of the sentence as spans; not needed where the model gives no spans
   */
  public void add(Calibrations to, Sentence sentence, Prediction found, Optional<Decoded> decoded) {
    if (found.tokens().isPresent()) {
      Decoded expected = decoded.orElse(NO_SPANS);
      List<Span> spans = goldSpans(expected);
      for (Statement s : spans(spans, found)) to.spans().add(s.confidence, s.right);
      for (Statement s : tokens(sentence, expected, spans, found)) {
        to.tokens().add(s.confidence, s.right);
        if (!s.label.equals("O")) to.insideTokens().add(s.confidence, s.right);
      }
    }
    for (Statement s : intents(sentence, found)) to.intents().add(s.confidence, s.right);
  }

  /** Adds the gold and the predicted spans of one sentence. */
  void addSpans(ThresholdSearch to, Sentence sentence, Prediction found) {
    List<Span> spans = goldSpans(decoded(sentence));
    for (Span span : spans) to.gold(span.type());
    for (Statement s : spans(spans, found)) to.predicted(s.label, s.confidence, s.right);
  }

  /** Adds the gold and the predicted labels of one sentence. */
  void addIntents(ThresholdSearch to, Sentence sentence, Prediction found) {
    learned(sentence).forEach(to::gold);
    for (Statement s : intents(sentence, found))
      to.predicted(inAnyOrder(s.label), s.confidence, s.right);
  }

  /** The thresholds of the model's labels of sentences; labels that name the same intents in another order have one together. */
  List<Choice> chooseIntents(ThresholdSearch search) {
    List<String> labels = model.sentenceLabels();
    List<Choice> choices = search.choose(labels.stream().map(this::inAnyOrder).toList());
    List<Choice> named = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) named.add(choices.get(i).withLabel(labels.get(i)));
    return named;
  }

  private Decoded decoded(Sentence sentence) {
    return gold.scheme().decode(sentence.tags(), gold.repair());
  }

  private List<Span> goldSpans(Decoded expected) {
    if (ignored.isEmpty()) return expected.spans();
    return expected.spans().stream().filter(span -> !ignored.contains(span.type())).toList();
  }

  private List<Statement> spans(List<Span> expected, Prediction found) {
    List<Statement> statements = new ArrayList<>();
    if (!model.scheme().hasSpans()) return statements;
    Set<Span> right = new HashSet<>(expected);
    Prediction.Tokens tokens = found.tokens().orElseThrow();
    for (List<ScoredSpan> some : List.of(tokens.spans(), tokens.rejected())) {
      for (ScoredSpan s : some)
        if (!ignored.contains(s.span().type()))
          statements.add(new Statement(s.span().type(), s.probability(), right.contains(s.span())));
    }
    return statements;
  }

  private List<Statement> tokens(
      Sentence sentence, Decoded expected, List<Span> spans, Prediction found) {
    List<String> right = goldTags(sentence, expected, spans);
    List<String> given = model.tags(found);
    float[] p = found.tokens().orElseThrow().probabilities();
    List<Statement> statements = new ArrayList<>();
    for (int t = 0; t < p.length; t++)
      if (ignored.isEmpty() || !isIgnored(given.get(t)))
        statements.add(new Statement(given.get(t), p[t], given.get(t).equals(right.get(t))));
    return statements;
  }

  /** The gold tags as the model spells them. */
  private List<String> goldTags(Sentence sentence, Decoded expected, List<Span> spans) {
    boolean same = gold.scheme() == model.scheme() && expected.violations().isEmpty();
    boolean asTheyAre = !model.scheme().hasSpans() || same && ignored.isEmpty();
    return asTheyAre ? sentence.tags() : model.scheme().encode(spans, sentence.size());
  }

  /** Whether a tag of the model is one of a type that is left out. */
  private boolean isIgnored(String tag) {
    return model.scheme().spans(List.of(tag)).stream().anyMatch(s -> ignored.contains(s.type()));
  }

  private List<Statement> intents(Sentence sentence, Prediction found) {
    List<Statement> statements = new ArrayList<>();
    if (found.sentence().isEmpty() || sentence.intent().isEmpty()) return statements;
    Set<String> right = learned(sentence);
    float[] p = found.sentence().get().probabilities();
    for (int id : found.sentence().get().labels()) {
      String label = model.sentenceLabels().get(id);
      statements.add(new Statement(label, p[id], right.contains(inAnyOrder(label))));
    }
    return statements;
  }

  /** The labels that are right for a sentence, as {@link #inAnyOrder} spells them. */
  private Set<String> learned(Sentence sentence) {
    if (model.outputs().sentence().orElseThrow().several()) return sentence.intents(separator);
    return first
        ? sentence.intents(separator).stream().limit(1).collect(Collectors.toSet())
        : Set.of(inAnyOrder(sentence.intent().orElseThrow()));
  }

  /** A label spelled the same whatever the order of its intents; one that names one intent is that intent. */
  private String inAnyOrder(String label) {
    return String.join(separator.orElse(""), new TreeSet<>(Intents.split(label, separator)));
  }
}
