package dev.sluice.peers;

import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.Span;

/** OpenNLP's name finder, with its default features and beam; it remembers how words were labelled earlier in a document. */
final class OpenNlpNames implements OpenNlpTagger {
  private final NameFinderME finder;

  private OpenNlpNames(TokenNameFinderModel model) {
    finder = new NameFinderME(model);
  }

  /** Trains a model, of which there may be many finders. */
  static Supplier<OpenNlpTagger> train(Split split, TagScheme scheme, OpenNlpSetting setting) {
    List<NameSample> samples =
        IntStream.range(0, split.size())
            .mapToObj(i -> sample(split.sentences().get(i), scheme, split.beginsDocument(i)))
            .toList();
    try {
      TokenNameFinderModel model =
          NameFinderME.train(
              "en",
              null, // names keep their types
              ObjectStreamUtils.createObjectStream(samples),
              setting.parameters(),
              new TokenNameFinderFactory());
      return () -> new OpenNlpNames(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sentence as OpenNLP learns from it. */
  static NameSample sample(Sentence sentence, TagScheme scheme, boolean beginsDocument) {
    Span[] names =
        scheme.spans(sentence.tags()).stream()
            .map(span -> new Span(span.start(), span.end(), span.type()))
            .toArray(Span[]::new);
    return new NameSample(sentence.words().toArray(String[]::new), names, beginsDocument);
  }

  /** Names as BIO tags of so many tokens. */
  static List<String> bio(Span[] names, int tokens) {
    return TagScheme.BIO.encode(
        Arrays.stream(names)
            .map(n -> new dev.sluice.label.Span(n.getType(), n.getStart(), n.getEnd()))
            .toList(),
        tokens);
  }

  @Override
  public Span[] tag(String[] words) {
    return finder.find(words);
  }

  @Override
  public List<String> labels(String[] words) {
    return bio(tag(words), words.length);
  }

  @Override
  public void beginDocument() {
    finder.clearAdaptiveData();
  }
}
