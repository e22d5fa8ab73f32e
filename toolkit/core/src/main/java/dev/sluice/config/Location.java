package dev.sluice.config;

import java.util.Objects;

/**
 * A place in a file: what a message points at.
 *
 * @param source the file as the user named it, or a word for what is no file, such as "command line"
 * @param line the line, counted from 1; 0 when only the file is known
 * @param column the column in characters, counted from 1; 0 when only the line is known
 */
public record Location(String source, int line, int column) {

  /** Checks that the parts are sensible. */
  public Location {
    Objects.requireNonNull(source, "source");
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException("line " + line + ", column " + column + " of " + source);
    }
  }

  /** A whole file. */
  public static Location of(String source) {
    return new Location(source, 0, 0);
  }

  /** A line of a file. */
  public static Location of(String source, int line) {
    return new Location(source, line, 0);
  }

  /** The same line at a column. */
  public Location at(int newColumn) {
    return new Location(source, line, newColumn);
  }

  /** {@code file:line:column}, as far as known. */
  @Override
  public String toString() {
    if (line == 0) return source;
    return column == 0 ? source + ":" + line : source + ":" + line + ":" + column;
  }
}
