package dev.sluice.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A config that was read: the record, and where each of its values came from.
 *
 * @param <T> the type of the record
 */
public final class Loaded<T extends Record> {
  private final T value;
  private final Shape.Section shape;
  private final Map<String, Binder.Source> sources;
  private final Node.Mapping tree;
  private final Map<String, String> environment; // null: none is read

  private Loaded(
      T value,
      Shape.Section shape,
      Map<String, Binder.Source> sources,
      Node.Mapping tree,
      Map<String, String> environment) {
    this.value = value;
    this.shape = shape;
    this.sources = Map.copyOf(sources);
    this.tree = tree;
    this.environment = environment;
  }

  /** Binds a tree, or throws its problems together with those found before. */
  @SuppressWarnings("unchecked") // the shape of a class binds to that class
  static <T extends Record> Loaded<T> bind(
      Shape.Section shape, Node.Mapping tree, Map<String, String> environment, Problems problems) {
    Binder binder = new Binder(environment, problems);
    Object value = binder.bind(shape, tree);
    problems.throwIfAny();
    return new Loaded<>((T) value, shape, binder.sources(), tree, environment);
  }

  /**
   * The same config with one setting changed, such as a seed that was drawn.
   *
   * @param key the path of the setting
   * @param newValue its value as it would stand in YAML
   * @param origin what the resolved config names as its origin
   * @throws SluiceException when the config does not allow it
   */
  public Loaded<T> with(String key, String newValue, String origin) {
    return with(List.of(key + "=" + newValue), origin);
  }

  /**
   * The same config with several settings changed at once, such as a format and the columns that belong to it.
   *
   * @param settings each as {@code section.key=value}
   * @param origin what the resolved config names as their origin
   * @throws SluiceException when the config does not allow them
   */
  public Loaded<T> with(List<String> settings, String origin) {
    Problems problems = new Problems();
    Overrides override = new Overrides(origin, problems);
    return bind(shape, override.apply(tree, settings, shape), environment, problems);
  }

  /** The record. */
  public T value() {
    return value;
  }

  /** The whole config with the origin of each value behind it; see {@link #resolvedYaml(boolean)}. */
  public String resolvedYaml() {
    return resolvedYaml(true);
  }

  /**
   * The whole config as YAML: every value is written, defaults too, and paths are absolute, so that it can be loaded from any folder.
   *
   * @param origins whether a comment behind each value names its origin: file and line, default, environment or command line
   */
  public String resolvedYaml(boolean origins) {
    return new YamlWriter(origins ? sources : null, true, true).write(shape, value);
  }

  /** Every value by its path, as {@link Configs#flat} gives it. */
  public SortedMap<String, String> flat() {
    return YamlWriter.flat(shape, value);
  }

  /** Where the value at a path such as {@code data.train} was written; empty when it is a default. */
  public Optional<Location> where(String key) {
    Binder.Source source = sources.get(key);
    return source == null
            || source.at().source().equals("default")
            || source.at().source().startsWith(KeyedDefaults.ORIGIN)
        ? Optional.empty()
        : Optional.of(source.at());
  }
}
