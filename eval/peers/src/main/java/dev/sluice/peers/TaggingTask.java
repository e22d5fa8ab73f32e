package dev.sluice.peers;

import java.nio.file.Path;
import java.util.function.Supplier;

/** What is tagged: a corpus, OpenNLP's tool for it, and which models of ours do the same. */
enum TaggingTask {
  POS("pos"),
  NAMES("ner");

  /** The task of the configs of our models. */
  final String config;

  TaggingTask(String config) {
    this.config = config;
  }

  Corpus corpus(Path data) {
    return this == POS ? Corpus.ewt(data) : Corpus.conll2003(data);
  }

  /** Trains OpenNLP on the training split. */
  Supplier<OpenNlpTagger> train(Corpus corpus, OpenNlpSetting setting) {
    return this == POS
        ? OpenNlpPos.train(corpus.train(), setting)
        : OpenNlpNames.train(corpus.train(), corpus.scheme(), setting);
  }
}
