package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Lays the defaults that {@link DefaultsBy} speaks of under a config. */
final class KeyedDefaults {
  /** How the origin of such a default begins. */
  static final String ORIGIN = "default for ";

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
    Optional<String> yaml = yaml(type, value);
    if (yaml.isEmpty()) return tree;
    Problems none = new Problems();
    String source = ORIGIN + by.value() + " " + value;
    Node node = Shape.withoutLines(YamlTree.parse(yaml.get(), source, Path.of(""), none));
    none.throwIfAny();
    return Layers.merge((Node.Mapping) node, tree, shape);
  }

  private static String value(Node.Mapping tree, String key, Map<String, String> environment) {
    Node.Entry entry = tree.entries().get(key);
    if (entry == null || !(entry.value() instanceof Node.Scalar scalar)) return "";
    Node applied = new Substitution(environment, new Problems()).apply(scalar);
    return applied instanceof Node.Scalar s ? s.text() : "";
  }

  /** The text of the defaults for a value of the key, if there are any. */
  static Optional<String> yaml(Class<? extends Record> type, String value) {
    if (!value.matches("[a-z][a-z-]{0,63}")) return Optional.empty();
    try (InputStream in = type.getResourceAsStream("defaults/" + value + ".yaml")) {
      if (in == null) return Optional.empty();
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
