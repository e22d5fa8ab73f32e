package dev.sluice.feature;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Phrases as a tree of tokens: the way from the root to a node spells the beginning of a phrase. Not changed once it is built. */
final class PhraseTrie {
  /** Takes matches. */
  @FunctionalInterface
  interface Sink {
    void match(int start, int end, Categories categories);
  }

  /** What the tokens of a match are called, made once for each type. */
  record Categories(String type, String single, String begin, String inside, String end) {
    static Categories of(String type) {
      return new Categories(type, "S-" + type, "B-" + type, "I-" + type, "E-" + type);
    }

    String at(int place, int length) {
      if (length == 1) return single;
      return place == 0 ? begin : place == length - 1 ? end : inside;
    }
  }

  private static final class Node {
    private Map<String, Node> next = Map.of();
    private Categories categories;

    Node step(String token) {
      if (next.isEmpty()) next = new HashMap<>(2);
      return next.computeIfAbsent(token, t -> new Node());
    }
  }

  private final boolean ignoreCase;
  private final Node root = new Node();
  private int size;

  PhraseTrie(SortedMap<String, String> phrases, boolean ignoreCase) {
    this.ignoreCase = ignoreCase;
    Map<String, Categories> shared = new HashMap<>();
    phrases.forEach((phrase, type) -> add(phrase, type, shared));
  }

  /** The number of phrases of different forms. */
  int size() {
    return size;
  }

  /** The keys of tokens, joined by blanks. */
  String form(List<String> tokens) {
    return tokens.stream().map(this::key).collect(Collectors.joining(" "));
  }

  private void add(String phrase, String type, Map<String, Categories> shared) {
    Node node = root;
    for (String token : Phrases.tokens(phrase)) node = node.step(key(token));
    if (node.categories == null) size++;
    String all =
        node.categories == null ? type : Phrases.joined(node.categories.type, type); // Bonn, bonn
    node.categories = shared.computeIfAbsent(all, Categories::of);
  }

  /** Finds the longest phrase that begins at the first token, goes on behind it, or at the next token when there is none. */
  void match(List<String> tokens, Sink sink) {
    String[] keys = tokens.stream().map(this::key).toArray(String[]::new);
    for (int start = 0; start < keys.length; ) {
      Node node = root;
      int end = start;
      Categories longest = null;
      for (int i = start; i < keys.length && (node = node.next.get(keys[i])) != null; i++) {
        if (node.categories == null) continue;
        longest = node.categories;
        end = i + 1;
      }
      if (longest != null) sink.match(start, end, longest);
      start = Math.max(end, start + 1);
    }
  }

  private String key(String token) {
    return ignoreCase ? fold(token) : token;
  }

  /** A form that is the same however a word is capitalised: STRASSE and Straße, ΟΔΟΣ and οδος. */
  static String fold(String token) {
    // upper case splits ß, lower case first splits ẞ as well
    return token.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
