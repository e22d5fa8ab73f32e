package dev.sluice;

import dev.sluice.config.SluiceException;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.Prediction;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.text.Token;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives a sentence a label, such as its intent. Immutable and safe for use by many threads at once; needs no closing.
 */
public final class Classifier {
  private final Model model;

  private Classifier(Model model) {
    if (!model.labelsSentences())
      throw new IllegalArgumentException("this model labels tokens only: use Tagger");
    this.model = model;
  }

  /**
   * Opens a model file.
   *
   * @throws SluiceException when the file cannot be read or is not exactly what was once saved
   * @throws IllegalArgumentException when the model labels tokens
   */
  public static Classifier load(Path path) {
    return new Classifier(ModelFile.read(path).model());
  }

  /** A classifier for a model in memory. */
  public static Classifier of(Model model) {
    return new Classifier(model);
  }

  /** Splits a text with the model's tokenizer and labels it. A text without a token counts as one unknown word. */
  public Classified classify(String text) {
    return classify(words(text));
  }

  /**
   * Labels a sentence that is split already.
   *
   * @throws IllegalArgumentException when a token is null or empty
   */
  public Classified classify(List<String> tokens) {
    return read(model.predict(words(tokens), Detail.LABELS));
  }

  /** Labels many texts in batches; a result per text, each equal to what {@link #classify(String)} gives. */
  public List<Classified> classifyAll(List<String> texts) {
    return classifyAllTokens(texts.stream().map(this::words).toList(), 1);
  }

  /**
   * The same for sentences that are split already, with several threads.
   *
   * @param threads how many threads to use, at least 1; the result does not depend on it
   */
  public List<Classified> classifyAllTokens(List<List<String>> sentences, int threads) {
    List<List<String>> words = sentences.stream().map(Classifier::words).toList();
    return model.predictAll(words, Detail.LABELS, threads).stream().map(this::read).toList();
  }

  private List<String> words(String text) {
    return model.text().tokenize(Objects.requireNonNull(text, "text")).stream()
        .map(Token::text)
        .toList();
  }

  /** A network needs a token to read: where there is none, one that no vocabulary can hold. */
  private static List<String> words(List<String> tokens) {
    Words.check(tokens);
    return tokens.isEmpty() ? List.of("\uD800") : tokens;
  }

  private Classified read(Prediction prediction) {
    Prediction.Sentence found = prediction.sentence().orElseThrow();
    List<String> labels = labels();
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int j = 0; j < labels.size(); j++)
      scores.put(labels.get(j), (double) found.probabilities()[j]);
    int best = found.labels()[0];
    return new Classified(labels.get(best), found.probabilities()[best], scores, found.accepted());
  }

  /** All labels that it can give. */
  public List<String> labels() {
    return model.sentenceLabels();
  }

  /** The model behind it. */
  public Model model() {
    return model;
  }
}
