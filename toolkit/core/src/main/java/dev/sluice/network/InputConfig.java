package dev.sluice.network;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;
import dev.sluice.network.NetworkShape.Reader;
import java.nio.file.Path;

/** An entry of the {@code inputs} list: one way in which a token becomes numbers. Several are concatenated. */
public sealed interface InputConfig
    permits InputConfig.Word,
        InputConfig.Characters,
        InputConfig.Casing,
        InputConfig.Shape,
        InputConfig.Prefix,
        InputConfig.Suffix,
        InputConfig.Feature,
        InputConfig.Gazetteer,
        InputConfig.Pretrained,
        InputConfig.LanguageModel {

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

  /**
   * Whether the word is in capitals, has digits, and so on.
   *
   * @param dimension the length of the vector
   */
  @Variant(
      value = "casing",
      about =
          "Whether the word is in lower case, in capitals, begins with one, or has digits: a learned vector per kind.")
  record Casing(
      @Setting(value = "Length of the vector.", byDefault = "5", min = 1, max = 1024) int dimension)
      implements InputConfig {}

  /**
   * The shape of the word.
   *
   * @param dimension the length of the vector
   */
  @Variant(
      value = "shape",
      about = "The shape of the word, such as Xxxxx or dd-xxx: a learned vector per shape.")
  record Shape(
      @Setting(value = "Length of the vector.", byDefault = "15", min = 1, max = 1024)
          int dimension)
      implements InputConfig {}

  /**
   * The first letters of the word.
   *
   * @param length how many
   * @param dimension the length of the vector
   */
  @Variant(
      value = "prefix",
      about = "The first letters of the word in lower case: a learned vector per prefix.")
  record Prefix(
      @Setting(value = "Number of letters.", byDefault = "3", min = 1, max = 12) int length,
      @Setting(value = "Length of the vector.", byDefault = "20", min = 1, max = 1024)
          int dimension)
      implements InputConfig {}

  /**
   * The last letters of the word.
   *
   * @param length how many
   * @param dimension the length of the vector
   */
  @Variant(
      value = "suffix",
      about = "The last letters of the word in lower case: a learned vector per suffix.")
  record Suffix(
      @Setting(value = "Number of letters.", byDefault = "3", min = 1, max = 12) int length,
      @Setting(value = "Length of the vector.", byDefault = "20", min = 1, max = 1024)
          int dimension)
      implements InputConfig {}

  /**
   * A further column of the data.
   *
   * @param name its name in the data section
   * @param dimension the length of the vector
   */
  @Variant(
      value = "feature",
      about = "A further column of the data, named in data.features: a learned vector per value.")
  record Feature(
      @Setting("The name that data.features gives the column.") String name,
      @Setting(value = "Length of the vector.", byDefault = "20", min = 1, max = 1024)
          int dimension)
      implements InputConfig {}

  /**
   * Phrases from a list.
   *
   * @param file a phrase per line, with a type behind a tab or without
   * @param ignoreCase whether capitals make no difference
   * @param dimension the length of the vector
   */
  @Variant(
      value = "gazetteer",
      about =
          "Whether the word lies in a phrase of a list, longest match first: a learned vector per type and place. The list travels in the model.")
  record Gazetteer(
      @Setting("Text file with a phrase per line, its type behind a tab or none.") Path file,
      @Setting(value = "Whether capital letters make no difference.", byDefault = "true")
          boolean ignoreCase,
      @Setting(value = "Length of the vector.", byDefault = "10", min = 1, max = 1024)
          int dimension)
      implements InputConfig {}

  /**
   * Pretrained vectors.
   *
   * @param file GloVe or word2vec text, word2vec binary, fastText .vec, plain or gzip
   * @param format how the file is laid out
   * @param mode what training does with the vectors
   * @param keep which vectors travel in the model
   * @param leastCoverage the share of running words of the training split that must have a vector
   */
  @Variant(
      value = "vectors",
      about =
          "Pretrained word vectors, looked up by the word as it stands, then in lower case, then with digits masked.")
  record Pretrained(
      @Setting(
              "The vector file: GloVe or word2vec text, word2vec .bin, fastText .vec, plain or .gz.")
          Path file,
      @Setting(value = "How the file is laid out; auto finds out.", byDefault = "auto")
          Layout format,
      @Setting(
              value =
                  "frozen leaves the vectors as they are; tuned trains them; delta leaves them and adds a learned correction for each word of the training split.",
              byDefault = "delta")
          Mode mode,
      @Setting(
              value =
                  "trimmed keeps the vectors of words in the splits of the config; whole keeps all, so that words never seen before have one.",
              byDefault = "trimmed")
          Keep keep,
      @Setting(
              value =
                  "The least share of running words of train that must have a vector; fewer stop the run.",
              byDefault = "0.2",
              min = 0,
              max = 1)
          double leastCoverage)
      implements InputConfig {}

  /**
   * The states of a language model that reads the sentence.
   *
   * @param model the file of a trained language model
   * @param tuned whether training changes its weights
   */
  @Variant(
      value = "language-model",
      about =
          "The states of a trained language model that reads the sentence from its begin: behind each word, or behind its last letter. The language model travels in the model.")
  record LanguageModel(
      @Setting("The model file of a run of task language-model.") Path model,
      @Setting(
              value =
                  "false leaves the language model as it is; true trains it along, from where its own training ended.",
              byDefault = "false")
          boolean tuned)
      implements InputConfig {}

  /** How a vector file is laid out. */
  enum Layout {
    /** Found out. */
    AUTO,
    /** GloVe text, without a header. */
    GLOVE,
    /** word2vec text or fastText .vec, with a header. */
    WORD2VEC,
    /** word2vec binary. */
    WORD2VEC_BINARY
  }

  /** What training does with pretrained vectors. */
  enum Mode {
    /** It leaves them alone. */
    FROZEN,
    /** It changes them. */
    TUNED,
    /** It leaves them alone and learns a difference. */
    DELTA
  }

  /** Which pretrained vectors are kept. */
  enum Keep {
    /** Those of words in the splits. */
    TRIMMED,
    /** All. */
    WHOLE
  }

  /** How an index becomes numbers. */
  enum Encoding {
    /** A learned vector. */
    EMBEDDING,
    /** A one-hot vector, read as a row of the first layer's input weights. */
    ONE_HOT
  }
}
