package dev.sluice.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A config file laid over the file that its {@code extends} names, and so on: sections merge, all else is replaced. */
final class Layers {
  static final int LONGEST_CHAIN = 8;

  private final Problems problems;
  private final Substitution substitution;
  private final List<Path> chain = new ArrayList<>();
  private final Shape shape;

  Layers(Shape shape, Map<String, String> environment, Problems problems) {
    this.shape = shape;
    this.problems = problems;
    this.substitution = new Substitution(environment, problems);
  }

  /** The file with everything below it. */
  Node.Mapping load(Path file) {
    return load(file, Location.of(file.toString()));
  }

  private Node.Mapping load(Path file, Location askedAt) {
    Path real = real(file);
    if (chain.contains(real)) {
      throw Problems.alone(
          Code.EXTENDS,
          askedAt,
          "extends leads back to " + file,
          "remove one extends of the circle");
    }
    if (chain.size() == LONGEST_CHAIN) {
      throw Problems.alone(
          Code.EXTENDS,
          askedAt,
          "extends leads through more than " + LONGEST_CHAIN + " files",
          "join some of them");
    }
    chain.add(real);
    Path folder = file.getParent() == null ? Path.of("") : file.getParent();
    String text = ConfigFile.read(file, askedAt);
    Node.Mapping top = section(YamlTree.parse(text, file.toString(), folder, problems), problems);
    Map<String, Node.Entry> entries = new LinkedHashMap<>(top.entries());
    Node.Entry base = entries.remove("extends");
    Node.Mapping own = new Node.Mapping(top.at(), entries);
    Path baseFile = base == null ? null : baseFile(base.value());
    return baseFile == null ? own : merge(load(baseFile, base.value().at()), own, shape);
  }

  /** The root of a config, which must be a section. */
  static Node.Mapping section(Node root, Problems problems) {
    if (root instanceof Node.Mapping mapping) return mapping;
    if (root instanceof Node.Scalar s && s.isNull()) return Node.Mapping.empty(root.at());
    if (!(root instanceof Node.Broken)) {
      throw Problems.alone(
          Code.TYPE,
          root.at(),
          "the config is "
              + (root instanceof Node.Sequence ? "a list" : "a single value")
              + ", expected a section",
          "write key: value lines");
    }
    problems.throwIfAny();
    throw new IllegalStateException("a broken root without a problem");
  }

  private Path baseFile(Node value) {
    Node node = value instanceof Node.Scalar scalar ? substitution.apply(scalar) : value;
    if (node instanceof Node.Broken) return null;
    if (node instanceof Node.Scalar scalar && !scalar.isNull() && !scalar.text().isBlank()) {
      try {
        return scalar.folder().resolve(scalar.text()).normalize();
      } catch (InvalidPathException e) {
        // reported below
      }
    }
    problems.add(Code.TYPE, node.at(), "extends is no path of a file", "name one YAML file");
    return null;
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // reading it will say what is wrong
    }
  }

  /**
   * Sections merge key by key; of sections that are chosen by type, one that names a type of its own replaces one of another type.
   *
   * @param shape what the section is; null when nothing is known of it
   */
  static Node.Mapping merge(Node.Mapping base, Node.Mapping top, Shape shape) {
    Shape inner = shape == null ? null : Shape.entry(shape);
    if (inner instanceof Shape.Variants variants) {
      String type = top.text("type"), before = base.text("type");
      if (before == null) before = variants.defaultName();
      if (type != null && !type.equals(before)) return top;
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>(base.entries());
    top.entries()
        .forEach(
            (key, entry) -> {
              Node.Entry below = entries.get(key);
              Node merged =
                  below == null
                      ? null
                      : merged(below.value(), entry.value(), below(inner, base, key));
              entries.put(key, merged == null ? entry : new Node.Entry(entry.at(), merged));
            });
    return new Node.Mapping(top.at(), entries);
  }

  /** Two values of one key, if both are sections or names of such; else null: the upper one replaces the lower one. */
  static Node merged(Node base, Node top, Shape shape) {
    Node below = shape == null ? base : Shape.spelledOut(base, shape);
    Node above = shape == null ? top : Shape.spelledOut(top, shape);
    return below instanceof Node.Mapping b && above instanceof Node.Mapping a
        ? merge(b, a, shape)
        : null;
  }

  private static Shape below(Shape shape, Node.Mapping section, String key) {
    Shape.Section keys = null;
    if (shape instanceof Shape.Section s) keys = s;
    if (shape instanceof Shape.Variants variants) {
      String type = section.text("type");
      Shape.Variant variant = variants.byName().get(type == null ? variants.defaultName() : type);
      if (variant != null) keys = variant.section();
    }
    Shape.Key found = keys == null ? null : keys.keys().get(key);
    return found == null ? null : found.shape();
  }
}
