package dev.sluice.eval.analysis;

import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.TagPair;
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
    return judged(BIO, words, gold, predicted, confidences);
  }

  static Judged plain(String words, String gold, String predicted) {
    Reading plain = Reading.of(TagScheme.PLAIN);
    return judged(plain, words, gold, predicted, Map.of());
  }

  /** The same sentence with gold spans that no token borders fit, and a label and a file of its own. */
  static Judged with(
      Judged judged, List<Sentence.Unreachable> unreachable, Optional<String> intent, String file) {
    Sentence s = judged.sentence();
    Sentence other =
        new Sentence(s.text(), s.tokens(), s.tags(), intent, Location.of(file, 7))
            .withUnreachable(unreachable);
    Judged.Tags tags = judged.tags().orElseThrow();
    return new Judged(
        other,
        Optional.of(new Judged.Tags(tags.pair(), tags.confidences(), tags.found(), unreachable)),
        judged.label());
  }

  private static Judged judged(
      Reading reading, String words, String gold, String predicted, Map<Span, Double> confidences) {
    Sentence sentence = sentence(words, gold);
    TagPair pair = TagPair.of(reading, sentence.tags(), reading, List.of(predicted.split(" ")));
    return Judged.tagged(sentence, pair, List.of(), confidences, List.of(), Optional.empty());
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
