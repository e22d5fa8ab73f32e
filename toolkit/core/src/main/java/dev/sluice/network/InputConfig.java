package dev.sluice.network;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;

/** An entry of the {@code inputs} list: one way in which a token becomes numbers. Several are concatenated. */
public sealed interface InputConfig {

  /**
   * The word itself.
   *
   * @param encoding embedding or one-hot
   * @param dimension the length of the vector
   */
  @Variant(value = "word", about = "The word: a learned vector, or a one-hot input.")
  record Word(
      @Setting(
              value =
                  "embedding learns a vector per word; one-hot feeds the word's index straight to the first layer.",
              byDefault = "embedding")
          Encoding encoding,
      @Setting(
              value = "Length of the vector; a one-hot input has none.",
              byDefault = "100",
              min = 1,
              max = 4096)
          int dimension)
      implements InputConfig {}

  /** How an index becomes numbers. */
  enum Encoding {
    /** A learned vector. */
    EMBEDDING,
    /** A one-hot vector, read as a row of the first layer's input weights. */
    ONE_HOT
  }
}
