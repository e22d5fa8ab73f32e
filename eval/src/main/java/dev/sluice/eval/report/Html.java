package dev.sluice.eval.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML that is XML at the same time: every element is closed, every attribute quoted, every text escaped, so that no label and no sentence can become markup.
 * Elements of SVG are written alike.
 */
final class Html {
  /** Elements without an end tag, those of HTML first. */
  private static final Set<String> EMPTY =
      Set.of(
          "meta",
          "br",
          "hr",
          "input",
          "col",
          "rect",
          "line",
          "path",
          "circle",
          "polyline",
          "polygon");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; one whose value is null is left out
   */
  Html open(String tag, String... attributes) {
    if (EMPTY.contains(tag)) throw new IllegalArgumentException(tag + " has no content");
    begin(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /** Ends the element that was begun last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** The same, checking that it is the one meant. */
  Html close(String tag) {
    if (!tag.equals(open.peek()))
      throw new IllegalStateException(tag + " to be closed, but " + open.peek() + " is open");
    return close();
  }

  /** An element without content, such as {@code br} or {@code rect}. */
  Html empty(String tag, String... attributes) {
    if (!EMPTY.contains(tag)) throw new IllegalArgumentException(tag + " needs an end tag");
    begin(tag, attributes).append("/>");
    return this;
  }

  /** An element that holds a text of ours. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element that holds a text of the user's, see {@link #user}. */
  Html userElement(String tag, String text, String... attributes) {
    return open(tag, attributes).user(text).close();
  }

  /** A text of ours, escaped. */
  Html text(String text) {
    escape(text);
    return this;
  }

  /**
   * A text of the user's: isolated from the direction of writing around it, with visible escapes of what cannot be seen, which are marked so that they differ from the
   * same letters in the text.
   */
  Html user(String text) {
    out.append("<bdi>");
    shown(text);
    out.append("</bdi>");
    return this;
  }

  /** As {@link #user}, without the isolation, where the element around it gives it. */
  Html shown(String text) {
    int i = 0;
    while (true) {
      int hidden = Visible.firstHidden(text, i);
      escape(text.substring(i, hidden));
      if (hidden == text.length()) return this;
      int c = text.codePointAt(hidden);
      element("span", Visible.escape(c), "class", "esc");
      i = hidden + Character.charCount(c);
    }
  }

  /** Markup as it is; the caller vouches for it. */
  Html markup(String markup) {
    out.append(markup);
    return this;
  }

  /** A line end, for those who read the source. */
  Html line() {
    out.append('\n');
    return this;
  }

  /** How many characters there are so far. */
  int length() {
    return out.length();
  }

  private StringBuilder begin(String tag, String... attributes) {
    if (attributes.length % 2 != 0)
      throw new IllegalArgumentException("an attribute of " + tag + " without a value");
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] == null) continue;
      out.append(' ').append(attributes[i]).append("=\"");
      escape(Visible.of(attributes[i + 1]));
      out.append('"');
    }
    return out;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
  }

  /** The markup; every element must be closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) throw new IllegalStateException(open + " not closed");
    return out.toString();
  }
}
