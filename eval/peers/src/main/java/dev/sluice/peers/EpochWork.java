package dev.sluice.peers;

import dev.sluice.batch.EpochPlan;
import dev.sluice.batch.Example;
import dev.sluice.config.Configs;
import dev.sluice.config.Loaded;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.loss.Loss;
import dev.sluice.model.Model;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.pipeline.Preparation;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.vocabulary.LookupCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A corpus and the tagger that is trained on it, as our toolkit reads the one and builds the other. */
final class EpochWork {
  private final Loaded<SluiceConfig> config;
  private final Preparation preparation; // never trained
  private final Example[] test; // longest first

  private EpochWork(Loaded<SluiceConfig> config) {
    this.config = config;
    preparation = prepare();
    preparation.model().network().initialise(seed());
    List<Sentence> sentences = preparation.test().orElseThrow().sentences();
    test = new Example[sentences.size()];
    for (int i = 0; i < test.length; i++) {
      List<String> words = sentences.get(i).words();
      test[i] = preparation.model().encode(i, words, Map.of(), new LookupCounts());
    }
    Arrays.sort(test, Comparator.comparingInt(e -> -e.length()));
  }

  /**
   * The tagger of epoch.yaml.
   *
   * @param corpus a folder with train, valid and test, each in seq.in, seq.out and label
   * @param settings what differs from epoch.yaml, such as {@code encoder.hidden=[200]}
   */
  static EpochWork of(Path corpus, String... settings) {
    Loaded<SluiceConfig> config = Configs.parse(yaml(), "epoch.yaml", SluiceConfig.class);
    String root = corpus.toAbsolutePath() + "/";
    List<String> data =
        List.of(
            "data.train=" + root + "train",
            "data.dev=" + root + "valid",
            "data.test=" + root + "test");
    return new EpochWork(
        config.with(data, "the corpus").with(List.of(settings), "the command line"));
  }

  private static String yaml() {
    try (InputStream in = EpochWork.class.getResourceAsStream("epoch.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tagger anew, for someone who trains it. */
  Preparation prepare() {
    return Preparation.of(config);
  }

  /** What is learned, for one thread. */
  Loss loss() {
    return preparation.losses().get();
  }

  SluiceConfig config() {
    return config.value();
  }

  long seed() {
    return config().training().seed().orElseThrow();
  }

  int batch() {
    return config().training().batch();
  }

  /** The tagger with its first weights. */
  Model model() {
    return preparation.model();
  }

  /** Its network with its first weights. */
  Network network() {
    return model().network();
  }

  /** The batches of an epoch, from 1, the same that our trainer makes: sentences of similar length, longest first. */
  Example[][] epoch(int number) {
    return EpochPlan.of(preparation.examples(), batch(), seed(), number);
  }

  /** The test split, longest sentence first. */
  Example[] test() {
    return test;
  }

  /** The number of tokens in the training split. */
  long tokens() {
    return preparation.train().tokens();
  }

  /** A Markdown list of what is trained on what. */
  String markdown() {
    SluiceConfig c = config();
    NetworkShape shape = network().shape();
    Input.Characters letters = (Input.Characters) shape.inputs().get(1);
    Dataset train = preparation.train();
    double[] lengths = train.sentences().stream().mapToDouble(Sentence::size).toArray();
    return String.format(
        Locale.ROOT,
        """
        - train: %,d sentences, %,d tokens, length %s; test: %,d sentences, %,d tokens
        - network: vectors of %,d words [%d] and of %d letters [%d], %d filters over %d letters, LSTM [%d] per direction, CRF over %d labels
        - training: %s, clipping by norm %s, batches of %d, dropout %s of inputs and %s of outputs of the LSTM, one mask per sentence
        """,
        train.size(),
        train.tokens(),
        new Spread(lengths).text(0),
        test.length,
        Arrays.stream(test).mapToInt(Example::length).sum(),
        shape.inputs().get(0).vocabulary(),
        shape.inputs().get(0).width(),
        letters.vocabulary(),
        letters.dimension(),
        letters.size(),
        letters.window(),
        shape.encoder().widths().get(0),
        model().tokenLabels().size(),
        c.training().optimizer(),
        c.training().clip().norm().orElseThrow(),
        batch(),
        c.encoder().dropout().input(),
        c.encoder().dropout().layer());
  }
}
