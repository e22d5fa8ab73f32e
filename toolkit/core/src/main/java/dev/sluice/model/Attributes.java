package dev.sluice.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A metadata text of the form {@code key=value key=value}, each key once; a blank in a value is written {@code %20}, a percent sign {@code %25}. */
final class Attributes {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final TensorFile file;
  private final String key;

  /** None so far, to be written. */
  Attributes() {
    file = null;
    key = null;
  }

  /** Those of a file under a metadata key. */
  Attributes(TensorFile file, String key) {
    this.file = file;
    this.key = key;
    for (String part : file.require(key).split(" ", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || values.put(part.substring(0, equals), part.substring(equals + 1)) != null)
        throw ModelDescription.damaged(file, key + " has " + TensorFileProblem.shown(part));
    }
  }

  Attributes put(String name, Object value) {
    values.put(name, String.valueOf(value).replace("%", "%25").replace(" ", "%20"));
    return this;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty())
      throw ModelDescription.damaged(file, key + " has no " + name);
    return value.replace("%20", " ").replace("%25", "%");
  }

  int number(String name) {
    return number(file, key, text(name));
  }

  /** A whole number that may be 0. */
  int count(String name) {
    return text(name).equals("0") ? 0 : number(name);
  }

  boolean flag(String name) {
    return flag(file, key, text(name));
  }

  /** A decimal fraction of at most two digits before the point and four behind it. */
  double decimal(String name) {
    String value = text(name);
    if (!value.matches("(0|[1-9][0-9]?)(\\.[0-9]{1,4})?"))
      throw ModelDescription.damaged(file, key + " has " + TensorFileProblem.shown(value));
    return Double.parseDouble(value);
  }

  /** A decimal fraction with at most two digits before the point, a sign if need be. */
  double anyDecimal(String name) {
    String value = text(name);
    if (!value.matches("-?(0|[1-9][0-9]?)(\\.[0-9]{1,400})?"))
      throw ModelDescription.damaged(file, key + " has " + TensorFileProblem.shown(value));
    return Double.parseDouble(value);
  }

  /** A number with at most four digits behind the point, as {@link #decimal} reads it. */
  static String decimal(double value) {
    return BigDecimal.valueOf(value)
        .setScale(4, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  <E extends Enum<E>> E choice(String name, Class<E> type) {
    return choice(file, key, text(name), type);
  }

  static int number(TensorFile file, String key, String value) {
    if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < 1)
      throw ModelDescription.damaged(file, key + " has " + TensorFileProblem.shown(value));
    return Integer.parseInt(value);
  }

  static boolean flag(TensorFile file, String key, String value) {
    if (!value.equals("true") && !value.equals("false"))
      throw ModelDescription.damaged(file, key + " has " + TensorFileProblem.shown(value));
    return value.equals("true");
  }

  static <E extends Enum<E>> E choice(TensorFile file, String key, String value, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(e -> name(e).equals(value))
        .findFirst()
        .orElseThrow(
            () -> ModelDescription.damaged(file, key + " has " + TensorFileProblem.shown(value)));
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return String.join(
        " ", values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }
}
