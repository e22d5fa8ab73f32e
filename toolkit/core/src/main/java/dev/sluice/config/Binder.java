package dev.sluice.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes records of a tree and remembers where each value came from. A null result means that a problem has been reported. */
final class Binder {
  /** Where a value came from, and the place to point at. */
  record Source(Location at, String origin) {}

  private final Problems problems;
  private final Substitution substitution;
  private final Scalars scalars;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private Location root; // where the config begins

  Binder(Map<String, String> environment, Problems problems) {
    this.problems = problems;
    this.substitution = new Substitution(environment, problems);
    this.scalars = new Scalars(problems);
  }

  /** The origin of every value that was bound, by its path. */
  Map<String, Source> sources() {
    return sources;
  }

  /** A whole config. */
  Object bind(Shape.Section shape, Node.Mapping root) {
    this.root = root.at();
    return section(shape, root, "", root.at(), false);
  }

  private Object bind(Shape shape, Node given, String path, Location keyAt, String hint) {
    if (given instanceof Node.Broken) return null;
    Node node = given instanceof Node.Scalar scalar ? substitution.apply(scalar) : given;
    if (node instanceof Node.Broken) return null;
    sources.put(path, new Source(node.at(), node.origin()));
    if (shape instanceof Shape.Maybe maybe) {
      if (node instanceof Node.Scalar s && s.isNull() && !s.text().isEmpty()) {
        return Optional.empty(); // a written null undoes what a base file gave
      }
      Object value = bind(maybe.shape(), node, path, keyAt, hint);
      return value == null ? null : Optional.of(value);
    }
    if (shape instanceof Shape.ListOf list) return list(list, node, path, keyAt, hint);
    if (shape instanceof Shape.Single single) {
      if (node instanceof Node.Scalar s) return scalars.read(single, s, path, hint);
      return wrong(shape, node, path, "write a single value" + hint);
    }
    if (!(Shape.spelledOut(node, shape) instanceof Node.Mapping mapping)) {
      return wrong(shape, node, path, "indent its keys below it, or remove it" + hint);
    }
    if (shape instanceof Shape.Section section) {
      return section(section, mapping, path, keyAt, false);
    }
    return variant((Shape.Variants) shape, mapping, path, keyAt, mapping != node);
  }

  private Object wrong(Shape shape, Node node, String path, String fix) {
    String found =
        node instanceof Node.Sequence
            ? "a list"
            : node instanceof Node.Mapping
                ? "a section"
                : ((Node.Scalar) node).text().isEmpty()
                    ? "empty"
                    : "\"" + Words.shown(((Node.Scalar) node).text()) + "\"";
    problems.add(
        Code.TYPE, node.at(), path + " is " + found + ", expected " + shape.expected(), fix);
    return null;
  }

  private Object list(Shape.ListOf shape, Node node, String path, Location keyAt, String hint) {
    boolean single =
        shape.element() instanceof Shape.Single
            ? node instanceof Node.Scalar scalar && !scalar.isNull()
            : Shape.spelledOut(node, shape) instanceof Node.Mapping;
    if (!(node instanceof Node.Sequence) && !single) {
      return wrong(shape, node, path, "write a list: [a, b] or lines with -" + hint);
    }
    List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
    if (items.isEmpty() && shape.nonEmpty()) {
      String fix = "add an entry or remove the key" + hint;
      problems.add(Code.RANGE, node.at(), path + " is empty, expected " + shape.expected(), fix);
      return null;
    }
    List<Object> values = new ArrayList<>();
    boolean broken = false;
    for (int i = 0; i < items.size(); i++) {
      Node item = items.get(i);
      String itemPath = node instanceof Node.Sequence ? path + "." + i : path;
      Object value = bind(shape.element(), item, itemPath, item.at(), hint);
      if (value == null) broken = true;
      else values.add(value);
    }
    if (single) alsoAsFirstEntry(path);
    return broken ? null : List.copyOf(values);
  }

  /** Values below a list's only entry stand below the list itself; whoever counts entries finds them too. */
  private void alsoAsFirstEntry(String path) {
    Map<String, Source> counted = new LinkedHashMap<>();
    sources.forEach(
        (key, source) -> {
          if (key.startsWith(path + "."))
            counted.put(path + ".0" + key.substring(path.length()), source);
        });
    sources.putAll(counted);
  }

  private Object variant(
      Shape.Variants shape, Node.Mapping node, String path, Location keyAt, boolean nameAlone) {
    Collection<String> names = shape.byName().keySet();
    Node.Entry type = node.entries().get("type");
    String name = shape.defaultName();
    Location at = node.at();
    if (type != null) {
      at = type.value().at();
      Node value = type.value() instanceof Node.Scalar s ? substitution.apply(s) : type.value();
      if (value instanceof Node.Broken) return null;
      sources.put(Words.join(path, "type"), new Source(value.at(), value.origin()));
      name = value instanceof Node.Scalar s ? s.text() : "";
    } else if (name == null) {
      problems.add(
          Code.MISSING,
          at,
          path + " has no type, expected one of " + String.join(", ", names),
          "add type: " + names.iterator().next());
      return null;
    } else {
      sources.put(Words.join(path, "type"), new Source(Location.of("default"), "default"));
    }
    Shape.Variant variant = shape.byName().get(name);
    if (variant != null) return section(variant.section(), node, path, keyAt, true);
    problems.add(
        Code.CHOICE,
        at,
        (nameAlone ? path : path + ".type")
            + " is \""
            + Words.shown(name)
            + "\", expected one of "
            + String.join(", ", names),
        Words.nearest(name, names)
            .map(near -> "did you mean " + near + "?")
            .orElse("choose one of them"));
    return null;
  }

  private Object section(
      Shape.Section shape, Node.Mapping node, String path, Location at, boolean typed) {
    node.entries()
        .forEach(
            (key, entry) -> {
              if (!shape.keys().containsKey(key) && !(typed && key.equals("type"))) {
                unknown(shape, path, key, entry, typed);
              }
            });
    List<Object> values = new ArrayList<>();
    boolean broken = false;
    for (Shape.Key key : shape.keys().values()) {
      Object value = value(key, node.entries().get(key.name()), path, at);
      broken |= value == null;
      values.add(value);
    }
    return broken ? null : build(shape, values, path, at);
  }

  private void unknown(
      Shape.Section shape, String path, String key, Node.Entry entry, boolean typed) {
    List<String> known = new ArrayList<>(shape.keys().keySet());
    if (typed) known.add(0, "type");
    String all = String.join(", ", known);
    problems.add(
        Code.UNKNOWN,
        entry.at(),
        (path.isEmpty() ? "the config" : path) + " has no setting \"" + Words.shown(key) + "\"",
        Words.nearest(key, known)
            .map(near -> "did you mean \"" + near + "\"? Known: " + all)
            .orElse(known.isEmpty() ? "remove it" : "use one of " + all));
  }

  private Object value(Shape.Key key, Node.Entry entry, String path, Location at) {
    String keyPath = Words.join(path, key.name());
    if (entry != null) return bind(key.shape(), entry.value(), keyPath, entry.at(), hint(key));
    if (key.hasDefault()) {
      return bind(key.shape(), Shape.defaultOf(key.setting()), keyPath, at, "");
    }
    if (key.shape() instanceof Shape.Maybe) return Optional.empty();
    if (key.shape() instanceof Shape.Section section && section.required().isEmpty()) {
      Location byDefault = Location.of("default");
      return section(section, Node.Mapping.empty(byDefault), keyPath, byDefault, false);
    }
    String needs =
        key.shape() instanceof Shape.Section section
            ? "a section that gives at least " + String.join(", ", section.required())
            : key.shape().expected();
    problems.add(
        Code.MISSING, at, keyPath + " is missing, expected " + needs, "add " + key.name() + ":");
    return null;
  }

  private static String hint(Shape.Key key) {
    return key.hasDefault() ? "; the default is " + key.setting().byDefault() : "";
  }

  private Object build(Shape.Section shape, List<Object> values, String path, Location at) {
    try {
      Object made = constructor(shape.type()).newInstance(values.toArray());
      if (made instanceof Consistent consistent) {
        consistent.check((key, other, what, fix) -> conflict(path, key, other, what, fix));
      }
      return made;
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException refused)) {
        throw new IllegalStateException(shape.type() + " cannot be built", e.getCause());
      }
      problems.add(
          Code.RANGE,
          at,
          (path.isEmpty() ? "the config" : path) + ": " + refused.getMessage(),
          "change the values of this section");
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(shape.type() + " cannot be built", e);
    }
  }

  private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true); // records of users need not be public
    return constructor;
  }

  private void conflict(String path, String key, String otherKey, String what, String fix) {
    String first = Words.join(path, key);
    String second = Words.join(path, otherKey);
    Location a = place(first);
    Location b = place(second);
    Location blamed = a.line() > 0 ? a : b.line() > 0 ? b : around(path);
    problems.add(
        Code.CONFLICT,
        blamed,
        what + " (" + first + ": " + a + "; " + second + ": " + b + ")",
        fix);
  }

  /** The place of a value. */
  private Location place(String path) {
    Source source = sources.get(path);
    return source == null ? Location.of("not given") : source.at();
  }

  /** The place of the nearest section that was written down: the one at a path or one around it. */
  private Location around(String path) {
    for (String p = path; !p.isEmpty(); p = p.substring(0, Math.max(0, p.lastIndexOf('.')))) {
      Location at = place(p);
      if (at.line() > 0) return at;
    }
    return root;
  }
}
