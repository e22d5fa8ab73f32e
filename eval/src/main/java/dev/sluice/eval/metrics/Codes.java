package dev.sluice.eval.metrics;

/** The stable codes of complaints about metrics.json and what is asked of it; a number is never given a second meaning. */
final class Codes {
  /** A gate that cannot be read, or that asks for a score that is not there. */
  static final String GATE = "EVA-020";

  /** A folder without metrics.json, such as that of a series of runs, or a file that is not there. */
  static final String NO_METRICS = "EVA-030";

  /** A file that is no metrics.json or document of a series, or one of another schema version. */
  static final String OTHER_FILE = "EVA-031";

  /** A part that metrics.json does not have. */
  static final String NO_PART = "EVA-032";

  /** Scores that do not mean the same. */
  static final String SIGNATURE = "EVA-034";

  private Codes() {}
}
