package dev.sluice.opennlp;

import dev.sluice.Classified;
import dev.sluice.Classifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import opennlp.tools.doccat.DocumentCategorizer;

/**
 * A {@link Classifier} as OpenNLP's {@link DocumentCategorizer}: its labels are the categories, by index in the order of {@link Classifier#labels}. A document
 * without a token counts as one unknown word. A model that reads features of tokens finds them in the extra information, by name; the methods that carry none refuse such a model.
 * Immutable and safe for use by many threads at once.
 */
public final class OpenNlpCategorizer implements DocumentCategorizer {
  private final Classifier classifier;
  private final List<String> categories;
  private final Features features;

  /** An adapter. */
  public OpenNlpCategorizer(Classifier classifier) {
    this.classifier = Objects.requireNonNull(classifier, "classifier");
    categories = classifier.labels();
    features = new Features(classifier.features());
  }

  /** Opens a model file; fails as {@link Classifier#load} does. */
  public static OpenNlpCategorizer load(Path path) {
    return new OpenNlpCategorizer(Classifier.load(path));
  }

  /**
   * The probability of each category, by index.
   *
   * @throws IllegalArgumentException when the model reads {@link Classifier#features}
   */
  @Override
  public double[] categorize(String[] text) {
    return categorize(text, Map.of());
  }

  /**
   * The same.
   *
   * @param extraInformation under the name of each of {@link Classifier#features} an array or list with a value per token; else of no interest
   * @throws IllegalArgumentException when one of them is missing
   */
  @Override
  public double[] categorize(String[] text, Map<String, Object> extraInformation) {
    Map<String, Double> scores = classify(text, extraInformation).scores();
    return categories.stream().mapToDouble(scores::get).toArray();
  }

  /** The category with the highest outcome; of equal ones the first. */
  @Override
  public String getBestCategory(double[] outcome) {
    requireOnePerCategory(outcome);
    int best = 0;
    for (int i = 1; i < outcome.length; i++) if (outcome[i] > outcome[best]) best = i;
    return categories.get(best);
  }

  /** The index of a category, -1 when there is no such category. */
  @Override
  public int getIndex(String category) {
    return categories.indexOf(category);
  }

  /** The category of an index. */
  @Override
  public String getCategory(int index) {
    return categories.get(index);
  }

  /** How many categories there are. */
  @Override
  public int getNumberOfCategories() {
    return categories.size();
  }

  /** The outcomes in one line, as OpenNLP writes them: {@code flight[0.9731]  weather[0.0269]}. */
  @Override
  public String getAllResults(double[] results) {
    requireOnePerCategory(results);
    return IntStream.range(0, results.length)
        .mapToObj(i -> String.format(Locale.ROOT, "%s[%.4f]", categories.get(i), results[i]))
        .collect(Collectors.joining("  "));
  }

  /** The probability of each category by name, most probable first. */
  @Override
  public Map<String, Double> scoreMap(String[] text) {
    return classify(text, Map.of()).scores();
  }

  /** The categories by probability, lowest first. */
  @Override
  public SortedMap<Double, Set<String>> sortedScoreMap(String[] text) {
    SortedMap<Double, Set<String>> sorted = new TreeMap<>();
    classify(text, Map.of())
        .scores()
        .forEach((category, p) -> sorted.computeIfAbsent(p, q -> new TreeSet<>()).add(category));
    return sorted;
  }

  private Classified classify(String[] text, Map<String, Object> extraInformation) {
    return classifier.classify(Arrays.asList(text), features.ofInformation(extraInformation));
  }

  private void requireOnePerCategory(double[] outcome) {
    if (outcome.length != categories.size()) {
      throw new IllegalArgumentException(
          outcome.length + " outcomes but " + categories.size() + " categories");
    }
  }
}
