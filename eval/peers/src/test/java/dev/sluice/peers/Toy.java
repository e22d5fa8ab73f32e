package dev.sluice.peers;

import dev.sluice.config.Location;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.text.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small corpora, written for these tests. */
final class Toy {
  private Toy() {}

  /** A sentence written as {@code the/DET dog/NOUN}. */
  static Sentence sentence(String text) {
    List<Token> tokens = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    int at = 0;
    for (String pair : text.split(" ")) {
      String word = pair.substring(0, pair.indexOf('/'));
      tokens.add(new Token(word, at, at + word.length()));
      tags.add(pair.substring(word.length() + 1));
      at += word.length() + 1;
    }
    String words = String.join(" ", tokens.stream().map(Token::text).toList());
    return new Sentence(words, tokens, tags, Optional.empty(), Location.of("toy"));
  }

  static Split split(String... texts) {
    return split(Arrays.stream(texts).map(Toy::sentence).toList());
  }

  static Split split(List<Sentence> sentences) {
    return new Split(new Dataset("dev", Path.of("toy"), sentences, Map.of(), ""));
  }

  /** A corpus whose splits are the same. */
  static Corpus corpus(TagScheme scheme, Split split) {
    return new Corpus("toy", scheme, split, split, split);
  }
}
