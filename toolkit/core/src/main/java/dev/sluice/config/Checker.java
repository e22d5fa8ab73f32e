package dev.sluice.config;

import java.util.List;

/** Checks a config record that was built in Java by the rules the binder applies to files. */
final class Checker {
  private final Problems problems = new Problems();

  /** Throws every range that is broken and every contradiction; the place of a problem is the path of the setting. */
  static void check(Shape.Section shape, Record config) {
    Checker checker = new Checker();
    checker.value(shape, config, "");
    checker.problems.throwIfAny();
  }

  private void value(Shape shape, Object value, String path) {
    if (value == null) {
      problems.add(Code.MISSING, at(path), path + " is null", "give a value, or Optional.empty()");
    } else if (shape instanceof Shape.Maybe maybe) {
      Object inner = YamlWriter.unwrap(value);
      if (inner != null) value(maybe.shape(), inner, path);
    } else if (shape instanceof Shape.Variants variants) {
      value(YamlWriter.variantOf(variants, value).section(), value, path);
    } else if (shape instanceof Shape.Section section) {
      for (Shape.Key key : section.keys().values()) {
        value(key.shape(), YamlWriter.get(key, value), Words.join(path, key.name()));
      }
      if (value instanceof Consistent consistent && problems.isEmpty()) conflicts(consistent, path);
    } else if (shape instanceof Shape.ListOf list) {
      List<?> items = (List<?>) value;
      if (items.isEmpty() && list.nonEmpty()) {
        problems.add(
            Code.RANGE, at(path), path + " is empty, expected " + shape.expected(), "add an entry");
      }
      for (int i = 0; i < items.size(); i++) value(list.element(), items.get(i), path + "." + i);
    } else if (value instanceof Number number && !inRange(shape, number.doubleValue())) {
      problems.add(
          Code.RANGE,
          at(path),
          path + " is " + value + ", expected " + shape.expected(),
          "choose a number in that range");
    }
  }

  private void conflicts(Consistent record, String path) {
    record.check(
        (key, other, what, fix) ->
            problems.add(Code.CONFLICT, at(Words.join(path, key)), what, fix));
  }

  private static boolean inRange(Shape shape, double x) {
    if (shape instanceof Shape.Whole whole) return whole.range().contains(x);
    return Double.isFinite(x) && ((Shape.Real) shape).range().contains(x);
  }

  private static Location at(String path) {
    return Location.of(path.isEmpty() ? "config" : path);
  }
}
