package dev.sluice.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads single values: strict about types, so that nothing is rounded, emptied or guessed in silence. */
final class Scalars {
  private static final int LONGEST_NUMBER = 400;
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(0|[1-9][0-9]*)?(\\.[0-9]*)?([eE][-+]?[0-9]{1,9})?");
  private static final Pattern LIKE_A_NUMBER =
      Pattern.compile(
          "[-+]?([0-9][0-9_]*(:[0-5]?[0-9])*(\\.[0-9_]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?"
              + "|0x[0-9a-fA-F_]+|0o[0-7]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern LIKE_A_BOOLEAN = Pattern.compile("true|false|yes|no|on|off|y|n");

  private final Problems problems;

  Scalars(Problems problems) {
    this.problems = problems;
  }

  /** The value, or null when a problem has been reported. */
  Object read(Shape.Single shape, Node.Scalar scalar, String path, String hint) {
    if (scalar.isNull()) {
      return wrong(Code.TYPE, shape, scalar, path, "give a value or remove the key" + hint);
    }
    if (shape instanceof Shape.Whole whole) return whole(whole, scalar, path, hint);
    if (shape instanceof Shape.Real real) return real(real, scalar, path, hint);
    if (shape instanceof Shape.Flag) return flag(shape, scalar, path);
    if (shape instanceof Shape.Choice choice) return choice(choice, scalar, path, hint);
    if (!isText(shape, scalar, path)) return null;
    return shape instanceof Shape.Text ? scalar.text() : path(shape, scalar, path);
  }

  private Object whole(Shape.Whole shape, Node.Scalar scalar, String path, String hint) {
    String text = scalar.text();
    if (quoted(scalar) || !WHOLE.matcher(text).matches()) {
      return wrong(Code.TYPE, shape, scalar, path, numberFix(scalar, WHOLE, hint));
    }
    if (text.length() <= 20) {
      BigDecimal value = new BigDecimal(text);
      boolean fits =
          shape.isLong()
              ? value.compareTo(BigDecimal.valueOf(value.longValue())) == 0
              : value.compareTo(BigDecimal.valueOf(value.intValue())) == 0;
      if (fits && shape.range().contains(value.doubleValue())) {
        if (shape.isLong()) return value.longValue();
        return value.intValue();
      }
    }
    return wrong(Code.RANGE, shape, scalar, path, "choose a number in that range" + hint);
  }

  private Object real(Shape.Real shape, Node.Scalar scalar, String path, String hint) {
    String text = scalar.text();
    boolean digits = text.chars().limit(LONGEST_NUMBER).anyMatch(c -> c >= '0' && c <= '9');
    if (quoted(scalar)
        || !digits
        || text.length() > LONGEST_NUMBER
        || !REAL.matcher(text).matches()) {
      return wrong(Code.TYPE, shape, scalar, path, numberFix(scalar, REAL, hint));
    }
    double value = Double.parseDouble(text);
    boolean vanished =
        value == 0 && text.replaceFirst("[eE].*", "").chars().anyMatch(c -> c >= '1' && c <= '9');
    if (vanished || Double.isInfinite(value)) {
      String what = vanished ? " is too small for a number" : " is too large for a number";
      problems.add(
          Code.RANGE,
          scalar.at(),
          path + " is " + Words.shown(text) + ", which" + what + ", expected " + shape.expected(),
          "choose a number in that range" + hint);
      return null;
    }
    if (shape.range().contains(value)) return value == 0 ? 0.0 : value; // no negative zero
    return wrong(Code.RANGE, shape, scalar, path, "choose a number in that range" + hint);
  }

  private static boolean quoted(Node.Scalar scalar) {
    return scalar.style() == Node.Style.QUOTED;
  }

  private static String numberFix(Node.Scalar scalar, Pattern form, String hint) {
    boolean number = form.matcher(scalar.text()).matches() && !scalar.text().isEmpty();
    return (number ? "remove the quotes" : "write plain decimal digits") + hint;
  }

  private Object flag(Shape shape, Node.Scalar scalar, String path) {
    if (!quoted(scalar)) {
      if (scalar.text().equals("true")) return true;
      if (scalar.text().equals("false")) return false;
    }
    boolean yes = scalar.text().toLowerCase(Locale.ROOT).matches("true|yes|on|y|1");
    boolean no = scalar.text().toLowerCase(Locale.ROOT).matches("false|no|off|n|0");
    String fix = yes ? "write true" : no ? "write false" : "write true or false, without quotes";
    return wrong(Code.TYPE, shape, scalar, path, fix);
  }

  private Object choice(Shape.Choice shape, Node.Scalar scalar, String path, String hint) {
    Object constant = shape.constants().get(scalar.text());
    if (constant != null) return constant;
    String fix =
        Words.nearest(scalar.text(), shape.constants().keySet())
            .map(name -> "did you mean " + name + "?")
            .orElse("choose one of them" + hint);
    return wrong(Code.CHOICE, shape, scalar, path, fix);
  }

  /** Bare no, null or 12 would mean something else to other readers of YAML: as text it must be quoted. */
  private boolean isText(Shape shape, Node.Scalar scalar, String path) {
    String text = scalar.text();
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      wrong(Code.TYPE, shape, scalar, path, "remove the half surrogate pair");
      return false;
    }
    if (scalar.style() != Node.Style.PLAIN || !looksOtherwise(text)) return true;
    if (shape instanceof Shape.Text t && t.orNumber() && WHOLE.matcher(text).matches()) return true;
    wrong(Code.TYPE, shape, scalar, path, "put quotes around it: \"" + Words.shown(text) + "\"");
    return false;
  }

  /** Whether bare text would be read as something else than text by some reader of YAML. */
  static boolean looksOtherwise(String text) {
    return text.isEmpty()
        || text.equals("~")
        || text.equalsIgnoreCase("null")
        || LIKE_A_BOOLEAN.matcher(text.toLowerCase(Locale.ROOT)).matches()
        || (text.length() <= LONGEST_NUMBER && LIKE_A_NUMBER.matcher(text).matches());
  }

  private Object path(Shape shape, Node.Scalar scalar, String path) {
    if (scalar.text().isBlank()) {
      return wrong(
          Code.TYPE, shape, scalar, path, "name a file, or . for the folder of the config");
    }
    try {
      return scalar.folder().resolve(scalar.text()).normalize();
    } catch (InvalidPathException e) {
      return wrong(Code.TYPE, shape, scalar, path, "use characters that file names may have");
    }
  }

  private Object wrong(Code code, Shape shape, Node.Scalar scalar, String path, String fix) {
    String text = Words.shown(scalar.text());
    String found =
        scalar.isNull() && text.isEmpty()
            ? "empty"
            : scalar.isNull() || !(quoted(scalar) || text.isEmpty()) ? text : "\"" + text + "\"";
    problems.add(code, scalar.at(), path + " is " + found + ", expected " + shape.expected(), fix);
    return null;
  }
}
