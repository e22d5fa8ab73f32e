package dev.sluice.data;

/** The stable codes of complaints about data; a number is never given a second meaning. */
final class Codes {
  /** The file is something other than text: an archive, a web page, a pointer, another encoding. */
  static final String NOT_TEXT = "DAT-001";

  /** Bytes that are no UTF-8. */
  static final String NOT_UTF8 = "DAT-002";

  /** A line that is too long to be one. */
  static final String LONG_LINE = "DAT-003";

  /** NUL or another control character. */
  static final String CONTROL = "DAT-004";

  /** The file is missing, or a folder, or a file where a folder is needed. */
  static final String MISSING = "DAT-005";

  /** The settings of the format do not say enough. */
  static final String LAYOUT = "DAT-006";

  /** A CSV column that is not there. */
  static final String NO_COLUMN = "DAT-010";

  /** A CSV column that is there twice. */
  static final String DUPLICATE_COLUMN = "DAT-011";

  /** A CSV file with another delimiter. */
  static final String DELIMITER = "DAT-012";

  /** A CSV record with more or fewer cells than the header. */
  static final String RAGGED = "DAT-013";

  /** A CSV quote that is never closed. */
  static final String OPEN_QUOTE = "DAT-014";

  /** Text after a closing quote. */
  static final String AFTER_QUOTE = "DAT-015";

  /** Token count and the count of tags or of a feature's values differ. */
  static final String COUNTS = "DAT-020";

  /** A token, a tag, a feature or a side of a pair that is empty. */
  static final String EMPTY = "DAT-021";

  /** Two labels for one sentence. */
  static final String INTENT = "DAT-022";

  /** A line whose number of columns differs from the first line's, or is too small. */
  static final String COLUMNS = "DAT-030";

  /** A line that is no CoNLL-U. */
  static final String CONLLU = "DAT-040";

  /** Parallel files that are not parallel. */
  static final String PARALLEL = "DAT-050";

  /** A line that is no JSON object. */
  static final String JSON = "DAT-060";

  /** A JSON field that is missing or of another type. */
  static final String FIELD = "DAT-061";

  /** Offsets of a span outside of its text or in the wrong order. */
  static final String OFFSETS = "DAT-062";

  /** Spans that overlap. */
  static final String OVERLAP = "DAT-063";

  /** A span whose borders are no token borders. */
  static final String BORDERS = "DAT-064";

  /** Half of a surrogate pair. */
  static final String SURROGATE = "DAT-065";

  /** A sentence that the format to be written cannot hold. */
  static final String UNWRITABLE = "DAT-070";

  /** A file that could not be written. */
  static final String NOT_WRITTEN = "IOX-001";

  /** A file that could not be read. */
  static final String NOT_READ = "IOX-002";

  private Codes() {}
}
