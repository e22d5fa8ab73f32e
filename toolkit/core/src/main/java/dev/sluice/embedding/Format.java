package dev.sluice.embedding;

/** How a file of word vectors is laid out; each may be packed with gzip. */
public enum Format {
  /** Told by the first lines. */
  AUTO("auto"),
  /** GloVe text: a line per word, the word and its numbers, no header. */
  GLOVE("GloVe text"),
  /** word2vec text, also fastText's .vec: as GloVe, under a header with the number of words and the dimension. */
  WORD2VEC("word2vec text"),
  /** word2vec binary: the same header, then each word, a blank, its numbers as little-endian 32-bit floats, and perhaps a newline. */
  WORD2VEC_BINARY("word2vec binary");

  private final String words;

  Format(String words) {
    this.words = words;
  }

  /** The format as a message names it. */
  String words() {
    return words;
  }
}
