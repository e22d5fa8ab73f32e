package dev.sluice.peers;

import java.util.ArrayList;
import java.util.List;

/** A tagger of OpenNLP, for one thread. */
interface OpenNlpTagger {

  /** What OpenNLP makes of a sentence, as it gives it: tags or spans. */
  Object[] tag(String[] words);

  /** The same as a tag per token: parts of speech, or names in BIO. */
  List<String> labels(String[] words);

  /** Forgets the names of the document before. */
  void beginDocument();

  /** The labels of every sentence of a split. */
  default List<List<String>> labels(Split split) {
    List<List<String>> labels = new ArrayList<>();
    for (int i = 0; i < split.size(); i++) {
      if (split.beginsDocument(i)) beginDocument();
      labels.add(labels(split.words(i)));
    }
    return labels;
  }
}
