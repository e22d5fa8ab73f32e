package dev.sluice.label;

import java.util.Locale;

/** What is done with a tag sequence that its scheme does not allow. */
public enum Repair {
  /** A tag that cannot continue a span begins one, and a span that nothing ends goes on until it must end, as in conlleval.pl. */
  CONLLEVAL,
  /** Spans that are not spelled as the scheme spells them are dropped. */
  DISCARD,
  /** The sequence is refused with a {@link LabelException}. */
  ERROR;

  /** The name in configurations, signatures and reports, such as {@code conlleval}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
