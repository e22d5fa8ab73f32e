package dev.sluice.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ${NAME}} and {@code ${NAME:-default}} in a scalar; {@code $$} is a dollar sign. As in a shell, the default also stands in for
 * an empty variable.
 */
final class Substitution {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\\$\\{)[^}])*+))?\\}");

  private final Map<String, String> environment; // null: not allowed here
  private final Problems problems;

  Substitution(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** The scalar with its variables replaced; broken when one has no value. */
  Node apply(Node.Scalar scalar) {
    String text = scalar.text();
    if (text.indexOf('$') < 0) return scalar;
    StringBuilder out = new StringBuilder();
    List<String> used = new ArrayList<>(scalar.variables());
    Path folder = scalar.folder();
    boolean replaced = false;
    Matcher matcher = REFERENCE.matcher(text);
    int i = 0;
    while (i < text.length()) {
      if (text.startsWith("$$", i)) {
        out.append('$');
        i += 2;
      } else if (text.startsWith("${", i)) {
        if (!matcher.region(i, text.length()).lookingAt()) return misspelt(scalar, i);
        if (environment == null) return notHere(scalar, matcher.group());
        String value = environment.getOrDefault(matcher.group(1), "");
        String fallback = matcher.group(2);
        if (value.isEmpty() && fallback == null) return unset(scalar, matcher.group(1));
        if (!value.isEmpty()) {
          used.add(matcher.group(1));
          if (out.length() == 0) folder = Path.of(""); // the path begins with the variable
        }
        out.append(value.isEmpty() ? fallback : value);
        replaced = true;
        i = matcher.end();
      } else {
        out.append(text.charAt(i++));
      }
    }
    Node.Style style = replaced ? Node.Style.FREE : scalar.style();
    return new Node.Scalar(scalar.at(), out.toString(), style, folder, List.copyOf(used));
  }

  private Node misspelt(Node.Scalar scalar, int index) {
    problems.add(
        Code.ENVIRONMENT,
        scalar.at(),
        "\"" + Words.shown(scalar.text().substring(index)) + "\" is no ${NAME} or ${NAME:-default}",
        "write the name in letters, digits and _ without nesting, or $$ for a dollar sign");
    return new Node.Broken(scalar.at());
  }

  private Node notHere(Node.Scalar scalar, String reference) {
    problems.add(
        Code.ENVIRONMENT,
        scalar.at(),
        Words.shown(reference) + " stands where no environment is read",
        "write the value");
    return new Node.Broken(scalar.at());
  }

  private Node unset(Node.Scalar scalar, String name) {
    problems.add(
        Code.ENVIRONMENT,
        scalar.at(),
        "the environment variable " + Words.shown(name) + " is not set",
        "set it, or give a default: ${" + Words.shown(name) + ":-default}");
    return new Node.Broken(scalar.at());
  }
}
