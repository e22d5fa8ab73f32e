package dev.sluice;

import dev.sluice.config.SluiceException;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.Prediction;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.model.Source;
import dev.sluice.text.Token;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Gives a sentence a label, such as its intent, or several. It takes any model that labels sentences, one that labels tokens too among them. Immutable and safe for use by many threads at once; needs no closing.
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
   * @throws IllegalArgumentException when a token is null or empty, or the model reads {@link #features} beside them
   */
  public Classified classify(List<String> tokens) {
    return classify(tokens, Map.of());
  }

  /**
   * The same with features of the tokens, such as their parts of speech.
   *
   * @param features a value per token by the names of {@link #features}; others are of no interest
   * @throws IllegalArgumentException also when a feature is missing or has not a value for each token
   */
  public Classified classify(List<String> tokens, Map<String, List<String>> features) {
    return read(model.predict(words(tokens), features(tokens, features), Detail.LABELS));
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
    List<Map<String, List<String>>> features =
        sentences.stream().map(s -> features(s, Map.of())).toList();
    return model.predictAll(words, features, Detail.LABELS, threads).stream()
        .map(this::read)
        .toList();
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

  /** Nothing is known of the token that stands for none. */
  private Map<String, List<String>> features(List<String> tokens, Map<String, List<String>> given) {
    if (!tokens.isEmpty()) return given;
    Map<String, List<String>> nothing = new TreeMap<>();
    for (String name : features()) nothing.put(name, List.of(Source.NOTHING));
    return nothing;
  }

  private Classified read(Prediction prediction) {
    return Classified.of(model, prediction.sentence().orElseThrow());
  }

  /** The features that its model reads beside the tokens, such as parts of speech; none for most models. */
  public List<String> features() {
    return model.inputs().features();
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
