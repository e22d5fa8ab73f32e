package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.LabelThreshold;
import dev.sluice.loss.TemperatureFit;
import dev.sluice.loss.ThresholdConfig;
import dev.sluice.metric.Calibrations;
import dev.sluice.metric.Reading;
import dev.sluice.metric.ThresholdSearch;
import dev.sluice.metric.ThresholdSearch.Choice;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Prediction;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.model.Temperatures;
import dev.sluice.vocabulary.LookupCounts;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained model whose probabilities were made honest on dev, and which gives only what is probable enough, if the config wants that.
 *
 * @param model the model with its temperatures and thresholds
 * @param temperatures how they were fitted; nothing when the config says not to
 * @param spans the thresholds of spans and what they do to dev; empty unless they were chosen there
 * @param intents the same of labels of sentences
 * @param dev the calibration on dev
 * @param test the calibration on test, when there is one
 */
public record Calibrated(
    Model model,
    Optional<Temperatures> temperatures,
    List<Choice> spans,
    List<Choice> intents,
    Split dev,
    Optional<Split> test) {

  /**
   * The calibration on a split, thresholds left aside.
   *
   * @param before at temperature 1; nothing when no temperature was fitted
   * @param after at the temperature of the model
   */
  public record Split(Optional<Calibrations> before, Calibrations after) {}

  /** Copies the lists. */
  public Calibrated {
    spans = List.copyOf(spans);
    intents = List.copyOf(intents);
  }

  /** Fits temperatures, then chooses thresholds, both on dev. */
  static Calibrated of(Preparation preparation, Workers workers) {
    Model learned = preparation.model();
    Optional<Temperatures> temperatures = Optional.empty();
    if (preparation.config().training().calibrate())
      temperatures =
          Optional.of(Temperatures.fit(learned, preparation.labelled(preparation.dev()), workers));
    Model honest =
        temperatures.map(t -> learned.withOutputs(t.in(learned.outputs()))).orElse(learned);
    boolean fitted = temperatures.isPresent();
    Reading gold = preparation.gold();
    Split dev = split(gold, preparation.dev(), honest, fitted, workers);
    Optional<Split> test =
        preparation.test().map(data -> split(gold, data, honest, fitted, workers));
    Optional<ThresholdConfig> forSpans = preparation.config().output().thresholds();
    Optional<ThresholdConfig> forIntents = preparation.config().sentence().reject();
    List<Choice> spans = List.of(), intents = List.of();
    if (chosen(forSpans) || chosen(forIntents)) {
      List<Sentence> sentences = preparation.dev().sentences();
      Example[] examples = Scoring.encode(honest, sentences, new LookupCounts());
      Prediction[] found = honest.predict(examples, Detail.CONFIDENCES, workers);
      Confidences confidences = new Confidences(honest, gold);
      if (chosen(forSpans)) {
        ThresholdSearch search = search(forSpans.get());
        for (int i = 0; i < found.length; i++)
          confidences.addSpans(search, sentences.get(i), found[i]);
        spans = search.choose(honest.outputs().tokens().orElseThrow().types());
      }
      if (chosen(forIntents)) {
        ThresholdSearch search = search(forIntents.get());
        for (int i = 0; i < found.length; i++)
          confidences.addIntents(search, sentences.get(i), found[i]);
        intents = confidences.chooseIntents(search);
      }
    }
    Outputs outputs =
        honest
            .outputs()
            .withThresholds(
                thresholds(
                    forSpans,
                    spans,
                    honest.outputs().tokens().map(t -> List.copyOf(t.types())).orElse(List.of())),
                thresholds(forIntents, intents, honest.sentenceLabels()));
    return new Calibrated(honest.withOutputs(outputs), temperatures, spans, intents, dev, test);
  }

  /**
   * The calibration on a split.
   *
   * @param honest the model with its temperatures
   * @param fitted whether they were fitted
   */
  static Split split(Reading gold, Dataset data, Model honest, boolean fitted, Workers workers) {
    List<Sentence> sentences = data.sentences();
    Example[] examples = Scoring.encode(honest, sentences, new LookupCounts());
    Calibrations after = Confidences.of(honest, gold, sentences, examples, workers);
    if (!fitted) return new Split(Optional.empty(), after);
    Model learned = honest.withOutputs(honest.outputs().withTemperatures(1, 1));
    return new Split(
        Optional.of(Confidences.of(learned, gold, sentences, examples, workers)), after);
  }

  private static boolean chosen(Optional<ThresholdConfig> config) {
    return config.isPresent() && !config.get().fixed();
  }

  private static ThresholdSearch search(ThresholdConfig config) {
    return config.precision().isPresent()
        ? new ThresholdSearch(
            ThresholdSearch.Goal.PRECISION, config.precision().get(), config.least())
        : new ThresholdSearch(
            ThresholdSearch.Goal.RECALL, config.recall().orElseThrow(), config.least());
  }

  private static SortedMap<String, Double> thresholds(
      Optional<ThresholdConfig> config, List<Choice> choices, Collection<String> labels) {
    SortedMap<String, Double> thresholds = new TreeMap<>();
    if (config.isEmpty()) return thresholds;
    for (Choice c : choices) thresholds.put(c.label(), c.threshold());
    if (!config.get().fixed()) return thresholds;
    for (String label : labels) thresholds.put(label, config.get().threshold().orElse(0.0));
    for (LabelThreshold given : config.get().labels())
      thresholds.put(given.label(), given.threshold());
    return thresholds;
  }

  /** What goes into the model file about it. */
  SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    temperatures.flatMap(Temperatures::tokens).ifPresent(fit -> put(facts, "tokens", fit));
    temperatures.flatMap(Temperatures::sentence).ifPresent(fit -> put(facts, "sentence", fit));
    return facts;
  }

  private static void put(SortedMap<String, String> facts, String what, TemperatureFit fit) {
    String prefix = "calibration." + what + ".";
    facts.put(prefix + "temperature", String.format(Locale.ROOT, "%.4f", fit.temperature()));
    facts.put(prefix + "cases", String.valueOf(fit.cases()));
    facts.put(prefix + "left-out", String.valueOf(fit.leftOut()));
    if (fit.cases() == 0) return;
    facts.put(prefix + "nll.before", String.format(Locale.ROOT, "%.6f", fit.before()));
    facts.put(prefix + "nll.after", String.format(Locale.ROOT, "%.6f", fit.after()));
  }
}
