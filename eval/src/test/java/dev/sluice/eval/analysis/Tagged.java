package dev.sluice.eval.analysis;

import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judged sentences from tags written down in tests; words are w0, w1, ... unless given. */
final class Tagged {
  private static final Reading BIO = Reading.of(TagScheme.BIO);

  private Tagged() {}

  static Judged bio(String gold, String predicted) {
    return bio(words(gold.split(" ").length), gold, predicted, Map.of());
  }

  static Judged bio(String words, String gold, String predicted, Map<Span, Double> confidences) {
    return Judged.tagged(
        sentence(words, gold),
        BIO,
        BIO,
        List.of(predicted.split(" ")),
        List.of(),
        confidences,
        Optional.empty());
  }

  static Judged plain(String words, String gold, String predicted) {
    Reading plain = Reading.of(TagScheme.PLAIN);
    return Judged.tagged(
        sentence(words, gold),
        plain,
        plain,
        List.of(predicted.split(" ")),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  static Sentence sentence(String words, String tags) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    for (String word : words.split(" ")) {
      tokens.add(new Token(word, at, at + word.length()));
      at += word.length() + 1;
    }
    return new Sentence(
        words, tokens, List.of(tags.split(" ")), Optional.empty(), Location.of("a.conll", 7));
  }

  private static String words(int count) {
    StringBuilder words = new StringBuilder("w0");
    for (int t = 1; t < count; t++) words.append(" w").append(t);
    return words.toString();
  }
}
