package dev.sluice.config;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a setting may hold, read off a record component: the one model behind binder, writer, schema and reference page. */
sealed interface Shape {

  /** What is expected, to follow the word "expected". */
  String expected();

  /** A single value, as opposed to lists and sections. */
  sealed interface Single extends Shape {}

  /** A whole number. */
  record Whole(boolean isLong, Range range) implements Single {
    @Override
    public String expected() {
      return "a whole number" + range.wholeWords(isLong);
    }
  }

  /** A finite number. */
  record Real(Range range) implements Single {
    @Override
    public String expected() {
      return range.realWords();
    }
  }

  /** True or false. */
  record Flag() implements Single {
    @Override
    public String expected() {
      return "true or false";
    }
  }

  /** Text, perhaps a whole number without quotes. */
  record Text(boolean orNumber) implements Single {
    @Override
    public String expected() {
      return orNumber ? "text or a whole number" : "text";
    }
  }

  /** A file or folder. */
  record FilePath() implements Single {
    @Override
    public String expected() {
      return "a path";
    }
  }

  /** One of the constants of an enum, by its name in lower case with hyphens. */
  record Choice(Map<String, Object> constants) implements Single {
    @Override
    public String expected() {
      return "one of " + String.join(", ", constants.keySet());
    }
  }

  /** A list. */
  record ListOf(Shape element, boolean nonEmpty) implements Shape {
    @Override
    public String expected() {
      return (nonEmpty ? "a list with at least one entry" : "a list")
          + ", each entry "
          + element.expected();
    }
  }

  /** A value that may be left out. */
  record Maybe(Shape shape) implements Shape {
    @Override
    public String expected() {
      return shape.expected();
    }
  }

  /** A record: keys with values. */
  record Section(Class<?> type, Map<String, Key> keys) implements Shape {
    @Override
    public String expected() {
      return "a section with the keys " + String.join(", ", keys.keySet());
    }

    /** The keys that must be given when the section is. */
    List<String> required() {
      return keys.values().stream().filter(Key::isRequired).map(Key::name).toList();
    }
  }

  /** A sealed interface: records by the name that stands in {@code type}. */
  record Variants(Class<?> type, Map<String, Variant> byName, String defaultName) implements Shape {
    @Override
    public String expected() {
      return "a section with type: " + String.join(" | ", byName.keySet());
    }
  }

  /** One record of a sealed interface. */
  record Variant(String name, String about, Section section) {}

  /** A setting of a section. */
  record Key(String name, Setting setting, Shape shape, Method accessor) {
    boolean hasDefault() {
      return !setting.byDefault().equals(Setting.REQUIRED);
    }

    /** Whether it must be given: no default, not optional, no section that can do without. */
    boolean isRequired() {
      if (hasDefault() || shape instanceof Maybe) return false;
      return !(shape instanceof Section section) || !section.required().isEmpty();
    }
  }

  /** The name of an enum constant in a config. */
  static String nameOf(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The shape of a whole config record. */
  static Section of(Class<?> type) {
    if (!type.isRecord()) throw new IllegalArgumentException(type + " is no record");
    Map<String, Key> keys = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalArgumentException(component + " of " + type + " lacks @Setting");
      }
      Method accessor = component.getAccessor();
      accessor.setAccessible(true); // records of users need not be public
      Shape shape = of(component.getGenericType(), setting);
      keys.put(component.getName(), new Key(component.getName(), setting, shape, accessor));
    }
    return new Section(type, keys);
  }

  private static Shape of(Type type, Setting setting) {
    if (type == int.class || type == Integer.class) return new Whole(false, Range.of(setting));
    if (type == long.class || type == Long.class) return new Whole(true, Range.of(setting));
    if (type == double.class || type == Double.class) return new Real(Range.of(setting));
    if (type == boolean.class || type == Boolean.class) return new Flag();
    if (type == String.class) return new Text(setting.orNumber());
    if (type == Path.class) return new FilePath();
    if (type instanceof ParameterizedType generic) {
      Shape inner = of(generic.getActualTypeArguments()[0], setting);
      if (generic.getRawType() == List.class) return new ListOf(inner, setting.nonEmpty());
      if (generic.getRawType() == Optional.class) return new Maybe(inner);
    }
    if (type instanceof Class<?> c) {
      if (c.isEnum()) return choice(c);
      if (c.isRecord()) return of(c);
      if (c.isSealed()) return variants(c, setting);
    }
    throw new IllegalArgumentException("a setting cannot be of type " + type);
  }

  private static Choice choice(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) constants.put(nameOf(constant), constant);
    return new Choice(constants);
  }

  private static Variants variants(Class<?> type, Setting setting) {
    Map<String, Variant> byName = new LinkedHashMap<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      dev.sluice.config.Variant name = permitted.getAnnotation(dev.sluice.config.Variant.class);
      if (name == null) throw new IllegalArgumentException(permitted + " lacks @Variant");
      byName.put(name.value(), new Variant(name.value(), name.about(), of(permitted)));
    }
    return new Variants(type, byName, defaultName(setting));
  }

  /** The type that a default such as {@code {type: adam}} or {@code adam} names, or null: lists have none for an entry. */
  private static String defaultName(Setting setting) {
    if (setting.byDefault().equals(Setting.REQUIRED)) return null;
    Node node = defaultOf(setting);
    if (node instanceof Node.Scalar name) return name.text();
    return node instanceof Node.Mapping mapping ? mapping.text("type") : null;
  }

  /** The types that a section may be given by the name of alone, {@code adam} for {@code {type: adam}}: those with no key that must be given. */
  static List<String> namesAlone(Shape shape) {
    if (shape instanceof Variants variants) {
      return variants.byName().values().stream()
          .filter(v -> v.section().required().isEmpty())
          .map(Variant::name)
          .toList();
    }
    if (!(shape instanceof Section section) || !List.of("type").containsAll(section.required()))
      return List.of();
    Key type = section.keys().get("type");
    return type != null && type.shape() instanceof Choice choice
        ? List.copyOf(choice.constants().keySet())
        : List.of();
  }

  /** What a section's name alone stands for; everything else as it is. A list may be given by its only entry. */
  static Node spelledOut(Node node, Shape shape) {
    Shape inner = entry(shape);
    boolean named =
        node instanceof Node.Scalar scalar
            && !scalar.isNull()
            && !scalar.text().isEmpty()
            && !namesAlone(inner).isEmpty();
    if (!named) return node;
    return new Node.Mapping(node.at(), Map.of("type", new Node.Entry(node.at(), node)));
  }

  /** The shape of what may stand at a place that holds one thing: of an entry where it is a list, and of what may be left out. */
  static Shape entry(Shape shape) {
    if (shape instanceof Maybe maybe) return entry(maybe.shape());
    return shape instanceof ListOf list ? list.element() : shape;
  }

  /** The default of a setting as a tree. */
  static Node defaultOf(Setting setting) {
    Problems problems = new Problems();
    Node node = YamlTree.parse(setting.byDefault(), "default", Path.of(""), problems);
    problems.throwIfAny();
    return withoutLines(node);
  }

  /** A tree whose places name the source only: defaults and the command line have no lines. */
  static Node withoutLines(Node node) {
    Location at = Location.of(node.at().source());
    if (node instanceof Node.Scalar s) {
      return new Node.Scalar(at, s.text(), s.style(), s.folder(), s.variables());
    }
    if (node instanceof Node.Sequence sequence) {
      return new Node.Sequence(at, sequence.items().stream().map(Shape::withoutLines).toList());
    }
    if (node instanceof Node.Mapping mapping) {
      return new Node.Mapping(
          at,
          mapping.entries().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      e -> new Node.Entry(at, withoutLines(e.getValue().value())),
                      (a, b) -> a,
                      LinkedHashMap::new)));
    }
    return node;
  }
}
