package dev.sluice.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays {@code a.b=c} from the command line or a program over a config. A number in the path picks an entry of a list, counted from 0. */
final class Overrides {
  private static final Path WORKING_DIRECTORY = Path.of("");

  private final Location origin;
  private final Problems problems;

  Overrides(String origin, Problems problems) {
    this.origin = Location.of(origin);
    this.problems = problems;
  }

  /** The config with every override; those that choose a type go first, since they empty their section. */
  Node.Mapping apply(Node.Mapping root, List<String> overrides, Shape.Section shape) {
    List<String> ordered = new ArrayList<>(overrides);
    ordered.sort((a, b) -> Boolean.compare(choosesType(b, shape), choosesType(a, shape)));
    Node.Mapping result = root;
    for (String override : ordered) {
      int equals = override.indexOf('=');
      String path = equals < 0 ? override : override.substring(0, equals).strip();
      if (equals < 0 || !path.matches("[^.]+(\\.[^.]+)*+")) {
        problems.add(
            Code.OVERRIDE,
            origin,
            "\"" + Words.shown(override) + "\" is no setting with a value",
            "write --set section.key=value");
        continue;
      }
      Node value = value(override.substring(equals + 1).strip(), path);
      if (value == null) continue;
      List<String> steps = List.of(path.split("\\."));
      if (steps.size() > YamlTree.MAX_DEPTH) {
        reject(path, "is too deep", "write --set section.key=value");
        continue;
      }
      result = (Node.Mapping) set(result, steps, 0, value, shape, path);
    }
    return result;
  }

  /** Whether it gives a section's type, as {@code optimizer.type=sgd} or {@code optimizer=sgd}. */
  private static boolean choosesType(String override, Shape.Section shape) {
    int equals = override.indexOf('=');
    if (equals < 1) return false;
    String path = override.substring(0, equals).strip();
    if (path.endsWith(".type")) return true;
    Shape at = shape;
    for (String step : path.split("\\.")) {
      if (!(Shape.entry(at) instanceof Shape.Section section)) return false;
      Shape.Key key = section.keys().get(step);
      if (key == null) return false;
      at = key.shape();
    }
    return !Shape.namesAlone(Shape.entry(at)).isEmpty();
  }

  /** Brackets, quotes and null, which undoes what was given before, are YAML; everything else is the value as it stands. */
  private Node value(String text, String path) {
    if (text.equals("null"))
      return new Node.Scalar(origin, text, Node.Style.PLAIN, WORKING_DIRECTORY, List.of());
    if (!text.matches("(?s)[\\[{\"'].*")) {
      return new Node.Scalar(origin, text, Node.Style.FREE, WORKING_DIRECTORY, List.of());
    }
    try {
      Problems own = new Problems();
      Node node = YamlTree.parse(text, origin.source(), WORKING_DIRECTORY, own);
      own.throwIfAny();
      return Shape.withoutLines(node);
    } catch (SluiceException e) {
      Problem first = e.problems().get(0);
      reject(path, "has an unreadable value: " + first.what(), first.fix());
      return null;
    }
  }

  private void reject(String path, String what, String fix) {
    problems.add(Code.OVERRIDE, origin, "--set " + Words.shown(path) + " " + what, fix);
  }

  private Node set(Node given, List<String> steps, int i, Node value, Shape shape, String path) {
    Node node = given == null || shape == null ? given : Shape.spelledOut(given, shape);
    if (i == steps.size()) {
      boolean named = value instanceof Node.Scalar && node instanceof Node.Mapping;
      Node merged = named ? Layers.merged(node, value, shape) : null;
      return merged == null ? value : merged;
    }
    String step = steps.get(i);
    if (node instanceof Node.Sequence list) {
      if (!step.matches("[0-9]{1,6}") || Integer.parseInt(step) >= list.items().size()) {
        int size = list.items().size();
        reject(
            path,
            "points at entry \"" + Words.shown(step) + "\" of a list with " + size,
            size == 0 ? "give the whole list" : "use a number from 0 to " + (size - 1));
        return node;
      }
      int index = Integer.parseInt(step);
      List<Node> items = new ArrayList<>(list.items());
      Shape element = shape instanceof Shape.ListOf of ? of.element() : null;
      items.set(index, set(items.get(index), steps, i + 1, value, element, path));
      return new Node.Sequence(list.at(), items);
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    if (node instanceof Node.Mapping mapping) entries.putAll(mapping.entries());
    boolean last = i == steps.size() - 1;
    if (last && step.equals("type") && retypes(node, value, shape)) {
      entries.clear(); // the settings of another type mean nothing here
    }
    Shape.Key key = key(shape, node, step);
    Node.Entry below = entries.get(step);
    Node inner = below != null ? below.value() : last || key == null ? null : absent(key);
    Shape innerShape = key == null ? null : key.shape();
    Node changed = set(inner, steps, i + 1, value, innerShape, path);
    Location at = below != null ? below.at() : origin;
    entries.put(step, new Node.Entry(last ? origin : at, changed));
    return new Node.Mapping(node instanceof Node.Mapping m ? m.at() : origin, entries);
  }

  private static boolean retypes(Node section, Node type, Shape shape) {
    if (shape == null
        || !(Shape.entry(shape) instanceof Shape.Variants variants)
        || !(type instanceof Node.Scalar name)) {
      return false;
    }
    String before = section instanceof Node.Mapping mapping ? mapping.text("type") : null;
    return !name.text().equals(before == null ? variants.defaultName() : before);
  }

  /** What stands in place of a key that is not written: its default. */
  private static Node absent(Shape.Key key) {
    return key.hasDefault() ? Shape.defaultOf(key.setting()) : null;
  }

  private static Shape.Key key(Shape shape, Node node, String step) {
    Shape inner = shape == null ? null : Shape.entry(shape);
    if (inner instanceof Shape.Variants variants) {
      String type = node instanceof Node.Mapping mapping ? mapping.text("type") : null;
      Shape.Variant variant = variants.byName().get(type == null ? variants.defaultName() : type);
      inner = variant == null ? null : variant.section();
    }
    return inner instanceof Shape.Section section ? section.keys().get(step) : null;
  }
}
