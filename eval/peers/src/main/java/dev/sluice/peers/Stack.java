package dev.sluice.peers;

/**
 * How many layers, each with two directions, and how wide.
 *
 * @param layers at least 1
 * @param hidden the width of one direction
 */
record Stack(int layers, int hidden) {
  /** What is written as {@code 200}, or with several layers as {@code 2x256}; {@link IllegalArgumentException} for what is not. */
  static Stack of(String text) {
    if (!text.matches("([1-9][0-9]?x)?[1-9][0-9]{0,4}"))
      throw new IllegalArgumentException("expected a width, such as 200 or 2x256");
    String[] parts = text.split("x");
    int layers = parts.length == 1 ? 1 : Integer.parseInt(parts[0]);
    int hidden = Integer.parseInt(parts[parts.length - 1]);
    return new Stack(layers, hidden);
  }

  @Override
  public String toString() {
    return layers == 1 ? String.valueOf(hidden) : layers + " × " + hidden;
  }
}
