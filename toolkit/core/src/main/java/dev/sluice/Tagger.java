package dev.sluice;

import dev.sluice.config.SluiceException;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.Prediction;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.model.Prediction.ScoredSpan;
import dev.sluice.text.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives every token of a sentence a label, and the slots that the labels spell; with a model that labels sentences too, also the intent, all in one pass. Immutable and safe for use by many threads at once; needs no closing.
 */
public final class Tagger {
  private final Model model;

  private Tagger(Model model) {
    if (!model.labelsTokens()) {
      throw new IllegalArgumentException("this model labels whole sentences: use Classifier");
    }
    this.model = model;
  }

  /**
   * Opens a model file.
   *
   * @throws SluiceException when the file cannot be read or is not exactly what was once saved
   * @throws IllegalArgumentException when the model labels whole sentences
   */
  public static Tagger load(Path path) {
    return new Tagger(ModelFile.read(path).model());
  }

  /** A tagger for a model in memory. */
  public static Tagger of(Model model) {
    return new Tagger(model);
  }

  /**
   * Splits a text with the model's tokenizer and tags it. A text without tokens gives an empty result.
   *
   * @throws IllegalArgumentException when the model reads {@link #features} beside the tokens
   */
  public Tagged tag(String text) {
    return tag(text, split(text), Map.of(), Detail.CONFIDENCES);
  }

  /**
   * Tags a sentence that is split already; any number of tokens.
   *
   * @throws IllegalArgumentException when a token is null or empty, or the model reads {@link #features} beside them
   */
  public Tagged tag(List<String> tokens) {
    return tag(tokens, Map.of());
  }

  /**
   * Tags a sentence with features of its tokens, such as their parts of speech.
   *
   * @param features a value per token by the names of {@link #features}; others are of no interest
   * @throws IllegalArgumentException when a token is null or empty, or a feature is missing or has not a value for each token
   */
  public Tagged tag(List<String> tokens, Map<String, List<String>> features) {
    return tag(String.join(" ", tokens), Words.placed(tokens), features, Detail.CONFIDENCES);
  }

  /** As {@link #tag(String)}, with the probability of every label for each token and the entropy of the label sequences. */
  public Tagged tagWithScores(String text) {
    return tag(text, split(text), Map.of(), Detail.ALL);
  }

  /** As {@link #tag(List)}, with the probability of every label for each token and the entropy of the label sequences. */
  public Tagged tagWithScores(List<String> tokens) {
    return tagWithScores(tokens, Map.of());
  }

  /** As {@link #tag(List, Map)}, with the probability of every label for each token and the entropy of the label sequences. */
  public Tagged tagWithScores(List<String> tokens, Map<String, List<String>> features) {
    return tag(String.join(" ", tokens), Words.placed(tokens), features, Detail.ALL);
  }

  private List<Token> split(String text) {
    return model.text().tokenize(Objects.requireNonNull(text, "text"));
  }

  private Tagged tag(
      String text, List<Token> tokens, Map<String, List<String>> features, Detail detail) {
    if (tokens.isEmpty()) return empty(text);
    return tagged(text, tokens, model.predict(words(tokens), features, detail));
  }

  /**
   * Tags many texts in batches, which is several times faster than one by one.
   *
   * @return a result per text, in their order; each equal to what {@link #tag(String)} gives
   * @throws IllegalArgumentException when the model reads {@link #features} beside the tokens
   */
  public List<Tagged> tagAll(List<String> texts) {
    List<List<Token>> tokens = new ArrayList<>(texts.size());
    for (String text : texts) tokens.add(split(text));
    return tagAll(texts, tokens, 1);
  }

  /** The same for sentences that are split already. */
  public List<Tagged> tagAllTokens(List<List<String>> sentences) {
    return tagAllTokens(sentences, Collections.nCopies(sentences.size(), Map.of()));
  }

  /**
   * The same for sentences with features of their tokens.
   *
   * @param features for each sentence what {@link #tag(List, Map)} takes
   */
  public List<Tagged> tagAllTokens(
      List<List<String>> sentences, List<Map<String, List<String>>> features) {
    List<String> texts = new ArrayList<>(sentences.size());
    List<List<Token>> tokens = new ArrayList<>(sentences.size());
    for (List<String> sentence : sentences) {
      texts.add(String.join(" ", sentence));
      tokens.add(Words.placed(sentence));
    }
    return tagAll(texts, tokens, features, 1);
  }

  /**
   * Tags sentences whose texts and tokens are known, with several threads.
   *
   * @param texts the texts that the tokens' offsets refer to
   * @param tokens the tokens of each text
   * @param threads how many threads to use, at least 1; the result does not depend on it
   */
  public List<Tagged> tagAll(List<String> texts, List<List<Token>> tokens, int threads) {
    return tagAll(texts, tokens, Collections.nCopies(texts.size(), Map.of()), threads);
  }

  /**
   * The same for sentences with features of their tokens.
   *
   * @param features for each sentence what {@link #tag(List, Map)} takes
   */
  public List<Tagged> tagAll(
      List<String> texts,
      List<List<Token>> tokens,
      List<Map<String, List<String>>> features,
      int threads) {
    if (texts.size() != tokens.size() || texts.size() != features.size()) {
      throw new IllegalArgumentException(
          texts.size()
              + " texts but tokens of "
              + tokens.size()
              + " sentences and features of "
              + features.size());
    }
    List<List<String>> words = new ArrayList<>();
    List<Map<String, List<String>>> read = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      requireWithin(texts.get(i), tokens.get(i));
      if (tokens.get(i).isEmpty()) continue;
      words.add(words(tokens.get(i)));
      read.add(features.get(i));
    }
    Iterator<Prediction> predictions =
        model.predictAll(words, read, Detail.CONFIDENCES, threads).iterator();
    List<Tagged> results = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      List<Token> its = tokens.get(i);
      results.add(its.isEmpty() ? empty(text) : tagged(text, its, predictions.next()));
    }
    return results;
  }

  /**
   * Labels a sentence while its tokens arrive, one at a time; {@link TaggerStream} says which models can.
   *
   * @return a stream at the beginning of a sentence, for one thread
   * @throws SluiceException MOD-031 when a label of this tagger depends on tokens behind its own, with every reason
   */
  public TaggerStream stream() {
    return new TaggerStream(model);
  }

  /**
   * The k best label sequences of a sentence, most probable first, fewer when there are not so many that may be given. No span is held back in them. Of a tagger that feeds labels back they are those
   * that a beam search finds, the one of {@link #tag(List)} first.
   */
  public List<Ranked> best(List<String> tokens, int k) {
    return best(tokens, Map.of(), k);
  }

  /**
   * The same for a sentence with features of its tokens.
   *
   * @param features as {@link #tag(List, Map)} takes them
   */
  public List<Ranked> best(List<String> tokens, Map<String, List<String>> features, int k) {
    if (k < 1) throw new IllegalArgumentException("k is " + k + ", expected at least 1");
    Words.check(tokens);
    if (tokens.isEmpty()) return List.of(new Ranked(List.of(), List.of(), 0));
    List<String> names = labels();
    List<Ranked> ranked = new ArrayList<>();
    for (Prediction.Ranked found : model.best(tokens, features, k))
      ranked.add(
          new Ranked(
              Arrays.stream(found.labels()).mapToObj(names::get).toList(),
              Arrays.stream(found.conditionals()).boxed().toList(),
              found.logProbability()));
    return ranked;
  }

  /**
   * A sequence of labels.
   *
   * @param labels a label per token
   * @param probabilities the probability of each label, the label before it given; their product is the probability of the sequence
   * @param logProbability the natural logarithm of the sequence's probability
   */
  public record Ranked(List<String> labels, List<Double> probabilities, double logProbability) {
    /** Copies the lists. */
    public Ranked {
      labels = List.copyOf(labels);
      probabilities = List.copyOf(probabilities);
    }
  }

  private static void requireWithin(String text, List<Token> tokens) {
    if (tokens.isEmpty() || tokens.get(tokens.size() - 1).end() <= text.length()) return;
    throw new IllegalArgumentException(
        "the last token ends at "
            + tokens.get(tokens.size() - 1).end()
            + " but the text has "
            + text.length()
            + " characters");
  }

  private static Tagged empty(String text) {
    return new Tagged(text, List.of(), List.of(), List.of(), List.of(), List.of(), 1);
  }

  private static List<String> words(List<Token> tokens) {
    return tokens.stream().map(Token::text).toList();
  }

  private Tagged tagged(String text, List<Token> tokens, Prediction prediction) {
    Prediction.Tokens found = prediction.tokens().orElseThrow();
    List<Double> probabilities = new ArrayList<>(found.labels().length);
    for (float p : found.probabilities()) probabilities.add((double) p);
    return new Tagged(
        text,
        tokens,
        model.tags(prediction),
        probabilities,
        slots(text, tokens, found.spans()),
        scores(found.all()),
        prediction.sentence().map(s -> Classified.of(model, s)),
        slots(text, tokens, found.rejected()),
        StrictMath.exp(found.logProbability()),
        found.entropy());
  }

  private static List<Slot> slots(String text, List<Token> tokens, List<ScoredSpan> spans) {
    return spans.stream().map(span -> slot(text, tokens, span)).toList();
  }

  private static Slot slot(String text, List<Token> tokens, ScoredSpan found) {
    Span span = found.span();
    int start = tokens.get(span.start()).start(), end = tokens.get(span.end() - 1).end();
    return new Slot(
        span.type(),
        text.substring(start, end),
        start,
        end,
        span.start(),
        span.end(),
        found.probability());
  }

  private List<Map<String, Double>> scores(float[] all) {
    List<Map<String, Double>> scores = new ArrayList<>();
    List<String> labels = labels();
    int L = labels.size();
    for (int at = 0; at < all.length; at += L) {
      Map<String, Double> row = new LinkedHashMap<>();
      for (int j = 0; j < L; j++) row.put(labels.get(j), (double) all[at + j]);
      scores.add(Collections.unmodifiableMap(row));
    }
    return scores;
  }

  /** The features that its model reads beside the tokens, such as parts of speech; none for most models. */
  public List<String> features() {
    return model.inputs().features();
  }

  /** All intents that it can give; none unless its model labels sentences too. */
  public List<String> intents() {
    return model.sentenceLabels();
  }

  /** Whether its labels spell slots; parts of speech, for example, do not. */
  public boolean givesSlots() {
    return model.scheme().hasSpans();
  }

  /**
   * Labels of this tagger spelled in BIO, whatever scheme the model was trained with: {@code B-NP I-NP O}. Labels that the scheme does not allow in a row are
   * read as {@link #tag(List)} reads them.
   *
   * @throws IllegalStateException when its labels spell no slots
   */
  public List<String> inBio(List<String> labels) {
    if (!givesSlots()) throw new IllegalStateException("plain labels spell no slots");
    return TagScheme.BIO.encode(model.scheme().spans(labels), labels.size());
  }

  /** All labels that it can give. */
  public List<String> labels() {
    return model.tokenLabels();
  }

  /** The model behind it. */
  public Model model() {
    return model;
  }
}
