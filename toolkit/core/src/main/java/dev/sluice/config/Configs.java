package dev.sluice.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Reads config files into records and writes records as YAML. What a record may hold is said by {@link Setting} on its components.
 *
 * <p>Records may also be built in Java with their constructors. These do not look at ranges: {@link #check} does.
 */
public final class Configs {

  private Configs() {}

  /**
   * Reads a config file, with the files it extends, environment variables and overrides.
   *
   * @param file the file, named as messages shall name it
   * @param type the record
   * @param overrides settings from the command line, such as {@code training.epochs=3}
   * @param environment what {@code ${NAME}} refers to, usually {@link System#getenv()}
   * @throws SluiceException with every mistake that was found
   */
  public static <T extends Record> Loaded<T> load(
      Path file, Class<T> type, List<String> overrides, Map<String, String> environment) {
    Objects.requireNonNull(environment, "environment");
    Shape.Section shape = Shape.of(type);
    Problems problems = new Problems();
    Node.Mapping tree;
    try {
      tree = new Layers(shape, environment, problems).load(file);
    } catch (SluiceException e) {
      if (problems.isEmpty()) throw e;
      problems.addAll(e);
      throw problems.asException();
    }
    Overrides line = new Overrides("command line", problems);
    Node.Mapping whole =
        new Overrides("command line", new Problems()).apply(tree, overrides, shape);
    tree = KeyedDefaults.under(tree, whole, type, shape, environment);
    tree = line.apply(tree, overrides, shape);
    return Loaded.bind(shape, tree, environment, problems);
  }

  /**
   * Reads a config that is kept elsewhere, such as in a model: without {@code extends} and environment; relative paths stay relative.
   *
   * @param yaml the text, at most 1 MiB
   * @param source what messages call it
   * @param type the record
   * @throws SluiceException with every mistake that was found
   */
  public static <T extends Record> Loaded<T> parse(String yaml, String source, Class<T> type) {
    ConfigFile.checkSize(yaml.getBytes(StandardCharsets.UTF_8).length, source);
    String text = ConfigFile.withoutMark(yaml);
    Problems problems = new Problems();
    Node root = YamlTree.parse(text, source, Path.of(""), problems);
    Node.Mapping tree = Layers.section(root, problems);
    return Loaded.bind(Shape.of(type), tree, null, problems);
  }

  /**
   * A record that was built in Java, as if it had been read.
   *
   * @throws SluiceException with every number out of range and every contradiction
   */
  public static <T extends Record> Loaded<T> of(T config) {
    Shape.Section shape = Shape.of(config.getClass());
    Checker.check(shape, config);
    Problems problems = new Problems();
    String yaml = new YamlWriter(null, true, false).write(shape, config);
    Node tree = Shape.withoutLines(YamlTree.parse(yaml, "Java", Path.of(""), problems));
    return Loaded.bind(shape, Layers.section(tree, problems), null, problems);
  }

  /**
   * A record as YAML that {@link #parse} reads back: every value, paths as they are in the record. Settings that belong to the machine
   * ({@link Setting#local}) are left out, so equal experiments give equal text.
   */
  public static String toYaml(Record config) {
    return new YamlWriter(null, false, false).write(Shape.of(config.getClass()), config);
  }

  /**
   * Every value by its path, such as {@code training.optimizer.type}; entries of lists of sections are numbered from 0. Settings that
   * belong to the machine are left out.
   */
  public static SortedMap<String, String> flat(Record config) {
    return YamlWriter.flat(Shape.of(config.getClass()), config);
  }

  /** The paths at which two flat configs differ, sorted. */
  public static List<String> changedKeys(Map<String, String> before, Map<String, String> after) {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
    return List.copyOf(keys);
  }

  /**
   * Checks a record that was built in Java.
   *
   * @throws SluiceException with every number out of range and every contradiction
   */
  public static void check(Record config) {
    Checker.check(Shape.of(config.getClass()), config);
  }
}
