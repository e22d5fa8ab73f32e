package dev.sluice.model;

import dev.sluice.embedding.Vectors;
import dev.sluice.feature.Affixes;
import dev.sluice.feature.WordShape;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;

/** What of a token an input looks at: a category whose id is looked up in the input's vocabulary. */
public sealed interface Source {
  /** The category of a token of which nothing is known; no vocabulary holds it. */
  String NOTHING = "";

  /** Its name in a model file, such as {@code word} or {@code suffix:3}. */
  String name();

  /**
   * The category of each token.
   *
   * @param tokens the surface forms
   * @param features further columns of the data by name, a value per token each
   */
  List<String> categories(
      TextPipeline text, List<String> tokens, Map<String, List<String>> features);

  /** The id of a category in the input's vocabulary. */
  default int id(Vocabulary vocabulary, String category) {
    return vocabulary.exactId(category);
  }

  /** The normalised word. */
  record Word() implements Source {
    @Override
    public String name() {
      return "word";
    }

    @Override
    public List<String> categories(
        TextPipeline text, List<String> tokens, Map<String, List<String>> features) {
      return tokens.stream().map(text::normalize).toList();
    }

    @Override
    public int id(Vocabulary vocabulary, String category) {
      return vocabulary.id(category);
    }
  }

  /** The word as it stands, looked up among pretrained vectors. */
  record Pretrained() implements Source {
    @Override
    public String name() {
      return "vectors";
    }

    @Override
    public List<String> categories(
        TextPipeline text, List<String> tokens, Map<String, List<String>> features) {
      return tokens;
    }

    @Override
    public int id(Vocabulary vocabulary, String category) {
      return Vectors.lookup(vocabulary, category).id();
    }
  }

  /** Capitals and digits. */
  record Casing() implements Source {
    @Override
    public String name() {
      return "casing";
    }

    @Override
    public List<String> categories(
        TextPipeline text, List<String> tokens, Map<String, List<String>> features) {
      return tokens.stream().map(t -> dev.sluice.feature.Casing.of(t).category()).toList();
    }
  }

  /** The shape of the word. */
  record Shape() implements Source {
    @Override
    public String name() {
      return "shape";
    }

    @Override
    public List<String> categories(
        TextPipeline text, List<String> tokens, Map<String, List<String>> features) {
      return tokens.stream().map(WordShape::of).toList();
    }
  }

  /** The first letters. */
  record Prefix(int length) implements Source {
    @Override
    public String name() {
      return "prefix:" + length;
    }

    @Override
    public List<String> categories(
        TextPipeline text, List<String> tokens, Map<String, List<String>> features) {
      return tokens.stream().map(t -> Affixes.prefix(t, length)).toList();
    }
  }

  /** The last letters. */
  record Suffix(int length) implements Source {
    @Override
    public String name() {
      return "suffix:" + length;
    }

    @Override
    public List<String> categories(
        TextPipeline text, List<String> tokens, Map<String, List<String>> features) {
      return tokens.stream().map(t -> Affixes.suffix(t, length)).toList();
    }
  }

  /** A further column of the data; {@link #NOTHING} stands for a value that is not known. */
  record Feature(String column) implements Source {
    @Override
    public String name() {
      return "feature:" + column;
    }

    /**
     * @throws IllegalArgumentException when the column is not given, or not with a value for each token
     */
    @Override
    public List<String> categories(
        TextPipeline text, List<String> tokens, Map<String, List<String>> features) {
      List<String> values = features.get(column);
      if (values == null)
        throw new IllegalArgumentException(
            "the model reads the feature \""
                + column
                + "\" of each token: give it beside the tokens, as in tag(tokens, features)");
      if (values.size() != tokens.size())
        throw new IllegalArgumentException(
            tokens.size()
                + " tokens but "
                + values.size()
                + " values of the feature \""
                + column
                + "\"");
      for (String value : values)
        if (value == null)
          throw new IllegalArgumentException("a value of the feature \"" + column + "\" is null");
      return values;
    }
  }

  /** Phrases of a list. */
  record Gazetteer(dev.sluice.feature.Gazetteer phrases) implements Source {
    @Override
    public String name() {
      return "gazetteer";
    }

    @Override
    public List<String> categories(
        TextPipeline text, List<String> tokens, Map<String, List<String>> features) {
      return phrases.categories(tokens);
    }
  }
}
