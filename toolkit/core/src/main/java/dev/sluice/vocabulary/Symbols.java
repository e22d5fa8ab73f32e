package dev.sluice.vocabulary;

/**
 * The symbols of a language model as ids. What can come next has the ids 0 to {@link #predicted} - 1: the unknown symbol, the known ones, the end of
 * a document. Its begin, which is
 * read but never predicted, comes after them. Symbols are looked up in the very form in which they stand in the vocabulary. Immutable and safe for
 * many threads.
 *
 * @param known the known symbols, with ids from 1
 */
public record Symbols(Vocabulary known) {
  /** The symbol for all that is not known. */
  public static final int UNKNOWN = Vocabulary.UNKNOWN;

  /** The end of a document. */
  public int end() {
    return known.size();
  }

  /** The begin of a document. */
  public int begin() {
    return known.size() + 1;
  }

  /** How many symbols can come next. */
  public int predicted() {
    return known.size() + 1;
  }

  /** How many symbols can be read. */
  public int read() {
    return known.size() + 2;
  }

  /** The id of a symbol. */
  public int id(String symbol) {
    return known.exactId(symbol);
  }

  /** Whether an id is that of a known symbol, which has a text. */
  public boolean hasText(int id) {
    return id > UNKNOWN && id < known.size();
  }

  /** The text of a known symbol. */
  public String text(int id) {
    return known.word(id);
  }
}
