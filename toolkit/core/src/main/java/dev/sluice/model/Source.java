package dev.sluice.model;

import dev.sluice.text.TextPipeline;
import java.util.List;
import java.util.Map;

/** What of a token an input looks at: the category whose id is looked up in the input's vocabulary. */
public sealed interface Source {

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
  }
}
