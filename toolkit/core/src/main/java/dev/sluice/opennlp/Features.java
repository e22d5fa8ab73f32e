package dev.sluice.opennlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The features of tokens that a model reads, such as their parts of speech, out of what OpenNLP's interfaces carry beside the tokens. */
final class Features {
  private final List<String> names;

  /** Those that a model reads. */
  Features(List<String> names) {
    this.names = names;
  }

  /**
   * Refuses a model that reads more features than an interface can carry.
   *
   * @param most how many it can carry
   * @param carrier what it is and how it carries them
   */
  Features requireAtMost(int most, String carrier) {
    if (names.size() <= most) return this;
    throw new IllegalArgumentException(
        reads() + ", but " + carrier + ": use Tagger, whose methods take them by name");
  }

  private String reads() {
    return "this model reads features of each token, " + String.join(", ", names);
  }

  /** Of a model with at most one feature, whose values these are. */
  Map<String, List<String>> ofTags(String[] tags) {
    if (names.isEmpty()) return Map.of();
    if (tags == null) throw missing("as the tags");
    return Map.of(names.get(0), Arrays.asList(tags));
  }

  /** An element per token: its value, or an array with its value of each feature. */
  Map<String, List<String>> ofContext(Object[] context) {
    if (names.isEmpty()) return Map.of();
    if (context == null) throw missing("as additional context, an element per token");
    Map<String, List<String>> features = new LinkedHashMap<>();
    for (String name : names) features.put(name, new ArrayList<>(context.length));
    for (int t = 0; t < context.length; t++) {
      Object[] values =
          context[t] instanceof Object[] several ? several : new Object[] {context[t]};
      if (values.length != names.size()) {
        throw new IllegalArgumentException(
            reads()
                + ", but the context of token "
                + (t + 1)
                + " has "
                + values.length
                + " values");
      }
      for (int f = 0; f < values.length; f++)
        features.get(names.get(f)).add(Objects.toString(values[f], null));
    }
    return features;
  }

  /** Under the name of each feature an array or collection with a value per token. */
  Map<String, List<String>> ofInformation(Map<String, Object> information) {
    Map<String, List<String>> features = new LinkedHashMap<>();
    for (String name : names) {
      Object values = information.get(name);
      if (values instanceof Object[] array) values = Arrays.asList(array);
      if (!(values instanceof Collection<?> all))
        throw missing("as extra information, under each name an array or list of them");
      List<String> its = new ArrayList<>();
      for (Object value : all) its.add(Objects.toString(value, null));
      features.put(name, its);
    }
    return features;
  }

  private IllegalArgumentException missing(String how) {
    return new IllegalArgumentException(reads() + ": give their values " + how);
  }
}
