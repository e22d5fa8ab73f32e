package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lays the defaults that {@link DefaultsBy} speaks of under a config. */
final class KeyedDefaults {
  /** How the origin of such a default begins. */
  static final String ORIGIN = "default for ";

  /** The file for every value. */
  static final String COMMON = "common";

  private KeyedDefaults() {}

  /**
   * A tree with the defaults for its key's value below it.
   *
   * @param whole the tree with everything that overrides it, where the key's value is read
   */
  static Node.Mapping under(
      Node.Mapping tree,
      Node.Mapping whole,
      Class<? extends Record> type,
      Shape.Section shape,
      Map<String, String> environment) {
    DefaultsBy by = type.getAnnotation(DefaultsBy.class);
    if (by == null) return tree;
    String value = value(whole, by.value(), environment);
    if (!values(shape, by).contains(value)) return tree; // binding will say what is wrong
    String source = ORIGIN + by.value() + " " + value;
    Node.Mapping defaults = Node.Mapping.empty(Location.of(source));
    for (String file : List.of(COMMON, value)) {
      Optional<String> yaml = yaml(type, file);
      if (yaml.isEmpty()) continue;
      Problems none = new Problems();
      Node node = Shape.withoutLines(YamlTree.parse(yaml.get(), source, Path.of(""), none));
      none.throwIfAny();
      defaults = Layers.merge(defaults, (Node.Mapping) node, shape);
    }
    return Layers.merge(defaults, tree, shape);
  }

  /** The values that the key can have, in their order. */
  static Set<String> values(Shape.Section shape, DefaultsBy by) {
    return ((Shape.Choice) shape.keys().get(by.value()).shape()).constants().keySet();
  }

  private static String value(Node.Mapping tree, String key, Map<String, String> environment) {
    Node.Entry entry = tree.entries().get(key);
    if (entry == null || !(entry.value() instanceof Node.Scalar scalar)) return "";
    Node applied = new Substitution(environment, new Problems()).apply(scalar);
    return applied instanceof Node.Scalar s ? s.text() : "";
  }

  /** The text of the defaults for a value of the key, or of those for all, if there are any. */
  static Optional<String> yaml(Class<? extends Record> type, String value) {
    try (InputStream in = type.getResourceAsStream("defaults/" + value + ".yaml")) {
      if (in == null) return Optional.empty();
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
