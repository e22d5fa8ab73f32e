package dev.sluice.eval.report;

/** The stable codes of complaints about reports; a number is never given a second meaning. */
final class Codes {
  /** A file that is no metrics.json, or one of another schema version. */
  static final String NO_DOCUMENT = "EVA-031";

  /** A training.csv or environment.json that cannot be understood. */
  static final String BESIDE = "EVA-033";

  /** Scores that do not mean the same. */
  static final String SIGNATURE = "EVA-034";

  /** A form in which a part cannot be shown. */
  static final String FORM = "EVA-049";

  private Codes() {}
}
