package dev.sluice.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a config file that still knows where it stands. */
sealed interface Node {

  /** Where it begins. */
  Location at();

  /** The origin as the resolved config names it: file and line, default, command line. */
  default String origin() {
    return at().line() == 0 ? at().source() : at().source() + ":" + at().line();
  }

  /** How a scalar was written, which decides what it may stand for. */
  enum Style {
    /** Bare: a number, a boolean or text that looks like neither. */
    PLAIN,
    /** In quotes or as a block: text. */
    QUOTED,
    /** From the environment or the command line: whatever is expected. */
    FREE
  }

  /**
   * A single value.
   *
   * @param folder what a relative path is relative to; empty for the working directory
   * @param variables the environment variables whose values are in the text
   */
  record Scalar(Location at, String text, Style style, Path folder, List<String> variables)
      implements Node {
    @Override
    public String origin() {
      String place = Node.super.origin();
      return variables.isEmpty()
          ? place
          : "environment " + String.join(", ", variables) + " (" + place + ")";
    }

    /** Whether nothing was written, or null. */
    boolean isNull() {
      return style == Style.PLAIN
          && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }
  }

  /** A list. */
  record Sequence(Location at, List<Node> items) implements Node {}

  /** A section: keys in the order of the file. */
  record Mapping(Location at, Map<String, Entry> entries) implements Node {
    /** An empty section. */
    static Mapping empty(Location at) {
      return new Mapping(at, new LinkedHashMap<>());
    }

    /** The text of the scalar at a key, or null. */
    String text(String key) {
      Entry entry = entries.get(key);
      return entry != null && entry.value() instanceof Scalar scalar ? scalar.text() : null;
    }
  }

  /** A value whose fault has been reported; whoever meets it says nothing more. */
  record Broken(Location at) implements Node {}

  /** A key with its own place, and its value. */
  record Entry(Location at, Node value) {}
}
