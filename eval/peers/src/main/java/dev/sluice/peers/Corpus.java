package dev.sluice.peers;

import dev.sluice.config.Configs;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Dataset;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.text.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A public corpus.
 *
 * @param title what the report calls it
 * @param scheme how its tags spell spans
 * @param train what models are trained on
 * @param dev what settings are chosen on
 * @param test what is scored and tagged last
 */
record Corpus(String title, TagScheme scheme, Split train, Split dev, Split test) {

  /** The English Web Treebank with universal parts of speech; a token is a syntactic word. */
  static Corpus ewt(Path data) {
    Path folder = data.resolve("ud-en-ewt");
    return read(
        "UD English EWT, UPOS",
        TagScheme.PLAIN,
        "format: conllu\ntrain: %s\ndev: %s\nconllu: {column: upos}\n",
        folder.resolve("en_ewt-ud-train.conllu"),
        folder.resolve("en_ewt-ud-dev.conllu"),
        folder.resolve("en_ewt-ud-test.conllu"));
  }

  /** The names of CoNLL-2003, English. */
  static Corpus conll2003(Path data) {
    Path folder = data.resolve("conll2003");
    return read(
        "CoNLL-2003 English, names",
        TagScheme.IOB1,
        "format: conll\ntrain: %s\ndev: %s\nconll: {token: 1, tag: 4}\n",
        folder.resolve("eng.train"),
        folder.resolve("eng.testa"),
        folder.resolve("eng.testb"));
  }

  private static Corpus read(
      String title, TagScheme scheme, String yaml, Path train, Path dev, Path test) {
    DataConfig config =
        Configs.parse(yaml.formatted("train", "dev"), title, DataConfig.class).value();
    return new Corpus(
        title,
        scheme,
        split("train", train, config),
        split("dev", dev, config),
        split("test", test, config));
  }

  private static Split split(String name, Path file, DataConfig config) {
    return new Split(Dataset.read(name, file, config, Tokenizers.of("whitespace")));
  }

  /**
   * Scores tags: span F1 where the corpus has spans, else the accuracy over all tokens.
   *
   * @param predicted a tag per token of each sentence
   * @param spelled how the predicted tags spell spans
   */
  Scores score(Split split, List<List<String>> predicted, TagScheme spelled) {
    if (predicted.size() != split.size())
      throw new IllegalArgumentException(predicted.size() + " for " + split.size() + " sentences");
    Scores scores = Scores.of(Reading.of(scheme), Reading.of(spelled));
    for (int i = 0; i < split.size(); i++) scores.add(split.sentences().get(i), predicted.get(i));
    return scores;
  }

  /** How large the splits are. */
  String sizes() {
    return Stream.of(train, dev, test)
        .map(
            split ->
                String.format(
                    Locale.ROOT,
                    "%s %,d sentences, %,d tokens",
                    split.name(),
                    split.size(),
                    split.tokens()))
        .collect(Collectors.joining("; "));
  }
}
