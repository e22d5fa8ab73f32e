package dev.sluice.model;

import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.TemperatureFit;
import dev.sluice.network.FeedbackConfig;
import dev.sluice.vocabulary.LabelVocabulary;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model's label ids mean, and what is made of their scores.
 *
 * @param tokens the labels of tokens, if it gives any
 * @param sentence the labels of sentences, if it gives any
 */
public record Outputs(Optional<Tokens> tokens, Optional<Sentence> sentence) {
  /**
   * A label per token.
   *
   * @param labels the labels
   * @param scheme how they spell spans; PLAIN when they do not
   * @param constrained whether sequences that the scheme does not allow are never given
   * @param beam how many beginnings of a label sequence are kept by a search; 1 for none
   * @param temperature what scores are divided by, see {@link TemperatureFit}; 1 leaves them as they were learned
   * @param thresholds for each type of span the least probability with which it is given; empty when all are given
   */
  public record Tokens(
      LabelVocabulary labels,
      TagScheme scheme,
      boolean constrained,
      int beam,
      double temperature,
      SortedMap<String, Double> thresholds) {
    /** What a token outside of spans is called. */
    static final String OUTSIDE = "O";

    /** Checks beam, temperature and thresholds; a model that holds spans back needs the label O. */
    public Tokens {
      if (beam < 1 || beam > FeedbackConfig.MOST_BEAM)
        throw new IllegalArgumentException(
            "a beam of " + beam + ", expected 1 to " + FeedbackConfig.MOST_BEAM);
      requireTemperature(temperature);
      thresholds = checked(thresholds, types(scheme, labels));
      if (!thresholds.isEmpty() && labels.id(OUTSIDE) < 0)
        throw new IllegalArgumentException("thresholds need the label " + OUTSIDE);
    }

    /** Labels whose probabilities are as they were learned, and all spans are given. */
    public Tokens(LabelVocabulary labels, TagScheme scheme, boolean constrained, int beam) {
      this(labels, scheme, constrained, beam, 1, new TreeMap<>());
    }

    /** The same, without a search. */
    public Tokens(LabelVocabulary labels, TagScheme scheme, boolean constrained) {
      this(labels, scheme, constrained, 1);
    }

    /** The types of the spans that the labels spell. */
    public SortedSet<String> types() {
      return types(scheme, labels);
    }

    private static SortedSet<String> types(TagScheme scheme, LabelVocabulary labels) {
      SortedSet<String> types = new TreeSet<>();
      if (!scheme.hasSpans()) return types;
      for (String label : labels.labels())
        for (Span span : scheme.spans(List.of(label))) types.add(span.type());
      return types;
    }

    /** The same with another temperature. */
    public Tokens withTemperature(double value) {
      return new Tokens(labels, scheme, constrained, beam, value, thresholds);
    }

    /** The same with other thresholds. */
    public Tokens withThresholds(SortedMap<String, Double> values) {
      return new Tokens(labels, scheme, constrained, beam, temperature, values);
    }
  }

  /**
   * Labels of a sentence.
   *
   * @param labels the labels
   * @param several whether more than one may be given
   * @param separator what stands between the intents that one label of the data names, when it may name several
   * @param temperature what scores are divided by, see {@link TemperatureFit}; 1 leaves them as they were learned
   * @param thresholds for each label the least probability with which it is accepted; empty when all are
   */
  public record Sentence(
      LabelVocabulary labels,
      boolean several,
      Optional<String> separator,
      double temperature,
      SortedMap<String, Double> thresholds) {
    /** Checks temperature and thresholds. */
    public Sentence {
      requireTemperature(temperature);
      thresholds = checked(thresholds, labels.labels());
    }

    /** Labels whose probabilities are as they were learned, all of them accepted. */
    public Sentence(LabelVocabulary labels, boolean several, Optional<String> separator) {
      this(labels, several, separator, 1, new TreeMap<>());
    }

    /** The same with another temperature. */
    public Sentence withTemperature(double value) {
      return new Sentence(labels, several, separator, value, thresholds);
    }

    /** The same with other thresholds. */
    public Sentence withThresholds(SortedMap<String, Double> values) {
      return new Sentence(labels, several, separator, temperature, values);
    }
  }

  private static void requireTemperature(double value) {
    if (value >= TemperatureFit.LOWEST && value <= TemperatureFit.HIGHEST) return;
    throw new IllegalArgumentException(
        "temperature "
            + value
            + ", expected "
            + TemperatureFit.LOWEST
            + " to "
            + TemperatureFit.HIGHEST);
  }

  private static SortedMap<String, Double> checked(
      SortedMap<String, Double> thresholds, Collection<String> names) {
    if (thresholds.isEmpty()) return Collections.emptySortedMap();
    if (!thresholds.keySet().equals(new TreeSet<>(names)))
      throw new IllegalArgumentException(
          "thresholds of " + thresholds.keySet() + ", expected those of " + names);
    thresholds.forEach(
        (name, value) -> {
          if (!(value >= 0 && value <= 1))
            throw new IllegalArgumentException(
                "threshold " + value + " of " + name + ", expected 0 to 1");
        });
    return Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
  }

  /** Checks that there is one. */
  public Outputs {
    if (tokens.isEmpty() && sentence.isEmpty()) throw new IllegalArgumentException("no labels");
  }

  /** A label per token. */
  public static Outputs of(LabelVocabulary labels, TagScheme scheme) {
    return new Outputs(
        Optional.of(new Tokens(labels, scheme, scheme.hasSpans())), Optional.empty());
  }

  /** A label per sentence. */
  public static Outputs of(LabelVocabulary labels) {
    return new Outputs(
        Optional.empty(), Optional.of(new Sentence(labels, false, Optional.empty())));
  }

  /** The same with other temperatures; of no interest is that of labels that are not there. */
  public Outputs withTemperatures(double ofTokens, double ofSentence) {
    return new Outputs(
        tokens.map(t -> t.withTemperature(ofTokens)),
        sentence.map(s -> s.withTemperature(ofSentence)));
  }

  /** The same with other thresholds; empty ones give and accept everything. */
  public Outputs withThresholds(
      SortedMap<String, Double> ofSpans, SortedMap<String, Double> ofSentence) {
    return new Outputs(
        tokens.map(t -> t.withThresholds(ofSpans)),
        sentence.map(s -> s.withThresholds(ofSentence)));
  }

  /** Whether spans of low probability are held back. */
  public boolean holdsBack() {
    return tokens.map(t -> !t.thresholds().isEmpty()).orElse(false);
  }

  /** Whether labels of sentences of low probability are rejected. */
  public boolean rejects() {
    return sentence.map(s -> !s.thresholds().isEmpty()).orElse(false);
  }
}
