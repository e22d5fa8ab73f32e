package dev.sluice.label;

/** What a prefix says about a token's place in its span. */
enum Role {
  /** Not in a span. */
  OUTSIDE,
  /** The first of a span. */
  BEGIN,
  /** In a span. */
  INSIDE,
  /** The last of a span. */
  END,
  /** A span of one token. */
  SINGLE;

  /** Whether a span that holds this token may go on behind it. */
  boolean mayContinue() {
    return this == BEGIN || this == INSIDE;
  }

  /** Whether this token may continue a span that began before it. */
  boolean mayBeContinuation() {
    return this == INSIDE || this == END;
  }
}
