package dev.sluice.feature;

/** Characters that are part of the one before them. */
final class Marks {
  private Marks() {}

  /** Whether a code point is a combining mark or an invisible format character (joiners, direction marks). */
  static boolean attaches(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }
}
