package dev.sluice.network;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;
import dev.sluice.network.NetworkShape.Reader;

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

  /**
   * The letters of the word.
   *
   * @param encoder what reads them
   * @param dimension the length of a letter's vector
   * @param size filters, or hidden width per direction
   * @param window letters that a filter sees
   */
  @Variant(
      value = "characters",
      about = "The letters of the word as it stands in the text, read by a small network.")
  record Characters(
      @Setting(
              value =
                  "cnn is a convolution and the maximum over the word; lstm and gru read it in both directions.",
              byDefault = "cnn")
          Reader encoder,
      @Setting(value = "Length of a letter's vector.", byDefault = "30", min = 1, max = 1024)
          int dimension,
      @Setting(
              value = "Filters of the cnn, or hidden width per direction of lstm and gru.",
              byDefault = "50",
              min = 1,
              max = 2048)
          int size,
      @Setting(value = "Letters that a filter of the cnn sees.", byDefault = "3", min = 1, max = 9)
          int window)
      implements InputConfig {}

  /** How an index becomes numbers. */
  enum Encoding {
    /** A learned vector. */
    EMBEDDING,
    /** A one-hot vector, read as a row of the first layer's input weights. */
    ONE_HOT
  }
}
