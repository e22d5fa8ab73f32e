package dev.sluice.peers;

import dev.sluice.data.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSSample;
import opennlp.tools.postag.POSTagFormat;
import opennlp.tools.postag.POSTaggerFactory;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.ObjectStreamUtils;

/** OpenNLP's tagger for parts of speech, with its default features and beam and without a dictionary of tags. */
final class OpenNlpPos implements OpenNlpTagger {
  private final POSTaggerME tagger;

  private OpenNlpPos(POSModel model) {
    tagger = new POSTaggerME(model, POSTagFormat.CUSTOM); // tags as they are in the corpus
  }

  /** Trains a model, of which there may be many taggers. */
  static Supplier<OpenNlpTagger> train(Split split, OpenNlpSetting setting) {
    List<POSSample> samples = split.sentences().stream().map(OpenNlpPos::sample).toList();
    try {
      POSModel model =
          POSTaggerME.train(
              "en",
              ObjectStreamUtils.createObjectStream(samples),
              setting.parameters(),
              new POSTaggerFactory());
      return () -> new OpenNlpPos(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static POSSample sample(Sentence sentence) {
    return new POSSample(array(sentence.words()), array(sentence.tags()));
  }

  private static String[] array(List<String> list) {
    return list.toArray(String[]::new);
  }

  @Override
  public String[] tag(String[] words) {
    return tagger.tag(words);
  }

  @Override
  public List<String> labels(String[] words) {
    return List.of(tag(words));
  }

  @Override
  public void beginDocument() {} // one sentence does not depend on another
}
