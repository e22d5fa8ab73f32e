package dev.sluice.opennlp;

import dev.sluice.Tagger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import opennlp.tools.util.Span;

/** The slots of a sentence as OpenNLP writes spans: by token, with type and probability, in order, none over another. */
final class Spans {
  private Spans() {}

  static Span[] find(Tagger tagger, String[] tokens, Map<String, List<String>> features) {
    return tagger.tag(Arrays.asList(tokens), features).slots().stream()
        .map(s -> new Span(s.firstToken(), s.endToken(), s.type(), s.confidence()))
        .toArray(Span[]::new);
  }

  static Tagger requireSlots(Tagger tagger) {
    Objects.requireNonNull(tagger, "tagger");
    if (!tagger.givesSlots()) {
      throw new IllegalArgumentException(
          "this model's labels spell no spans: use OpenNlpPosTagger");
    }
    return tagger;
  }
}
