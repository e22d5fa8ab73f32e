package dev.sluice.eval;

/** The stable codes of complaints about an evaluation; a number is never given a second meaning. */
final class Codes {
  /** A folder without a file of the format. */
  static final String NO_FILES = "EVA-001";

  /** No sentence in any of the files. */
  static final String NO_SENTENCES = "EVA-002";

  /** The model and the data do not go together. */
  static final String TASK = "EVA-003";

  /** What is to be written is one of the files to be read. */
  static final String OVERWRITE = "EVA-004";

  /** A file that changed between two readings. */
  static final String CHANGED = "EVA-005";

  /** Types of spans are to be ignored where there are no spans. */
  static final String IGNORED = "EVA-006";

  /** A column with too many values to score by. */
  static final String TOO_MANY = "EVA-007";

  /** Gold data and predictions have other tokens. */
  static final String TOKENS = "EVA-010";

  /** Gold data and predictions have not as many sentences. */
  static final String SENTENCES = "EVA-011";

  /** One side has no tags or labels. */
  static final String UNLABELLED = "EVA-012";

  /** Gold data and predictions have other characters. */
  static final String CHARACTERS = "EVA-013";

  /** Characters are to be compared where there are no spans, or labels of sentences too. */
  static final String NOT_SPANS = "EVA-014";

  /** Tags that spell no spans, or spans that a scheme cannot spell. */
  static final String NO_SPANS = "EVA-015";

  /** A part of metrics.json of whose errors nothing is known. */
  static final String NO_ANALYSIS = "EVA-035";

  /** A file that is named twice. */
  static final String TWICE = "EVA-046";

  /** No sentence has gold labels of what is to be scored. */
  static final String NOTHING_SCORED = "EVA-047";

  /** A file without a single byte. */
  static final String EMPTY = "EVA-048";

  private Codes() {}
}
