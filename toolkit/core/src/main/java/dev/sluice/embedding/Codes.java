package dev.sluice.embedding;

/** The stable codes of complaints about vector files; a number is never given a second meaning. */
final class Codes {
  /** The file is missing, or a folder, a pipe or a device. */
  static final String MISSING = "EMB-001";

  /** The file could not be read. */
  static final String NOT_READ = "EMB-002";

  /** The file is something else. */
  static final String FOREIGN = "EMB-003";

  /** No vector in it. */
  static final String EMPTY = "EMB-004";

  /** The file ends too early. */
  static final String CUT_OFF = "EMB-005";

  /** Damaged gzip. */
  static final String GZIP = "EMB-006";

  /** Bytes that are no UTF-8. */
  static final String NOT_UTF8 = "EMB-007";

  /** The header is missing or impossible. */
  static final String HEADER = "EMB-010";

  /** The header says something else than the rows. */
  static final String DISAGREES = "EMB-011";

  /** A line with more or fewer numbers than the others. */
  static final String RAGGED = "EMB-012";

  /** No plain decimal number, or none that is finite. */
  static final String NUMBER = "EMB-013";

  /** A vector without a word. */
  static final String NO_WORD = "EMB-014";

  /** A line or a word that is too long to be one. */
  static final String TOO_LONG = "EMB-015";

  /** More than memory holds. */
  static final String MEMORY = "EMB-021";

  /** Next to no word of the data has a vector. */
  static final String COVERAGE = "EMB-022";

  /** The file changed while it was read. */
  static final String CHANGED = "EMB-023";

  private Codes() {}
}
