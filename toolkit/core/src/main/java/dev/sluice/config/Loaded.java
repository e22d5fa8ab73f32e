package dev.sluice.config;

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

  Loaded(T value, Shape.Section shape, Map<String, Binder.Source> sources) {
    this.value = value;
    this.shape = shape;
    this.sources = Map.copyOf(sources);
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
    return source == null || source.at().source().equals("default")
        ? Optional.empty()
        : Optional.of(source.at());
  }
}
