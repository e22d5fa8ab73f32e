package dev.sluice.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * How a user of libtorch may write the tagger. All give the same numbers, up to the rows that an update leaves alone.
 *
 * @param threads as in {@code torch.set_num_threads}
 * @param letters whose letters are read
 * @param lstm how the LSTM gets along with sentences of different lengths
 * @param crf how the normaliser of the CRF is worked out
 * @param update how the word vectors are updated
 */
record LibtorchVariant(
    int threads, Letters letters, Lstm lstm, Crf crf, LibtorchPeer.Update update) {

  /** Whose letters are read in a batch. */
  enum Letters {
    /** Those of every token. */
    EVERY_TOKEN("letters of every token"),
    /** Those of each distinct word, once. */
    DISTINCT_WORDS("letters of distinct words");

    private final String title;

    Letters(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** How the LSTM gets along with sentences of different lengths. */
  enum Lstm {
    /** As a packed sequence, which libtorch reads step by step with operations of its own. */
    PACKED("packed"),
    /** Filled up, with oneDNN; the backward direction reads each sentence turned round, so that it does not begin in the filling. */
    PADDED("padded");

    private final String title;

    Lstm(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** How the normaliser of the CRF is worked out. */
  enum Crf {
    /** The log-sum-exp of a tensor [sentences, labels, labels] for each token, as in most code that can be found. */
    LOG_SUM_EXP("log-sum-exp"),
    /** Probabilities times the matrix of exponentials, scaled at each token. */
    SCALED("scaled products");

    private final String title;

    Crf(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** Every way to train. */
  static List<LibtorchVariant> all(List<Integer> threads) {
    List<LibtorchVariant> all = new ArrayList<>();
    for (int count : threads)
      for (Letters letters : Letters.values())
        for (Lstm lstm : Lstm.values())
          for (Crf crf : Crf.values())
            for (LibtorchPeer.Update update : LibtorchPeer.Update.values())
              all.add(new LibtorchVariant(count, letters, lstm, crf, update));
    return all;
  }

  /** Every way to tag, for which neither normaliser nor update matters. */
  static List<LibtorchVariant> tagging(List<Integer> threads) {
    return all(threads).stream()
        .filter(v -> v.crf == Crf.SCALED && v.update == LibtorchPeer.Update.DENSE)
        .toList();
  }

  /** Whether it is written as most code that can be found. */
  boolean isUsual() {
    return letters == Letters.EVERY_TOKEN
        && lstm == Lstm.PACKED
        && crf == Crf.LOG_SUM_EXP
        && update == LibtorchPeer.Update.DENSE;
  }

  /** What is chosen, choice by choice. */
  List<String> choices() {
    return List.of(count(), letters.toString(), lstm.toString(), crf.toString(), update.toString());
  }

  /** What is chosen as far as tagging is concerned. */
  String tagging() {
    return String.join(", ", count(), letters.toString(), lstm.toString());
  }

  private String count() {
    return threads + (threads == 1 ? " thread" : " threads");
  }

  @Override
  public String toString() {
    return String.join(", ", choices());
  }
}
