package dev.sluice.config;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A config record as YAML with every value, which reads back as an equal record. */
final class YamlWriter {
  private static final int COMMENT_COLUMN = 48;

  private final Map<String, Binder.Source> origins; // null: no comments
  private final boolean everything; // false: without settings that belong to the machine
  private final boolean absolutePaths;
  private final StringBuilder out = new StringBuilder();

  YamlWriter(Map<String, Binder.Source> origins, boolean everything, boolean absolutePaths) {
    this.origins = origins;
    this.everything = everything;
    this.absolutePaths = absolutePaths;
  }

  String write(Shape.Section shape, Record config) {
    section(shape, config, "", 0, null, "");
    return out.toString();
  }

  /** Every value by its path, without settings that belong to the machine. */
  static SortedMap<String, String> flat(Shape.Section shape, Record config) {
    SortedMap<String, String> all = new TreeMap<>();
    YamlWriter writer = new YamlWriter(null, false, false);
    writer.flatten(shape, config, "", all);
    return all;
  }

  private void flatten(Shape shape, Object value, String path, SortedMap<String, String> to) {
    if (shape instanceof Shape.Variants variants) {
      Shape.Variant variant = variantOf(variants, value);
      to.put(Words.join(path, "type"), variant.name());
      flatten(variant.section(), value, path, to);
    } else if (shape instanceof Shape.Section section) {
      for (Shape.Key key : section.keys().values()) {
        Object inner = unwrap(get(key, value));
        if (inner == null || !kept(key)) continue;
        flatten(unwrap(key.shape()), inner, Words.join(path, key.name()), to);
      }
    } else if (isListOfSections(shape)) {
      List<?> items = (List<?>) value;
      Shape element = ((Shape.ListOf) shape).element();
      for (int i = 0; i < items.size(); i++) flatten(element, items.get(i), path + "." + i, to);
    } else {
      to.put(path, text(shape, value));
    }
  }

  private boolean kept(Shape.Key key) {
    return everything || !key.setting().local();
  }

  private void section(
      Shape.Section shape, Object record, String path, int indent, String type, String firstLead) {
    String lead = firstLead;
    if (type != null) {
      line(lead.isEmpty() ? pad(indent) : lead, "type: " + type, Words.join(path, "type"));
      lead = "";
    }
    for (Shape.Key key : shape.keys().values()) {
      if (!kept(key)) continue;
      Object value = unwrap(get(key, record));
      String keyPath = Words.join(path, key.name());
      String start = lead.isEmpty() ? pad(indent) : lead;
      if (value == null) {
        if (origins != null)
          out.append(pad(indent)).append("# no ").append(key.name()).append('\n');
        continue;
      }
      key(unwrap(key.shape()), key.name(), value, keyPath, indent, start);
      lead = "";
    }
  }

  private void key(Shape shape, String name, Object value, String path, int indent, String start) {
    if (shape instanceof Shape.Section section) {
      nested(section, value, path, indent, start + name + ":", null);
    } else if (shape instanceof Shape.Variants variants) {
      Shape.Variant variant = variantOf(variants, value);
      nested(variant.section(), value, path, indent, start + name + ":", variant.name());
    } else if (isListOfSections(shape) && !((List<?>) value).isEmpty()) {
      out.append(start).append(name).append(":\n");
      List<?> items = (List<?>) value;
      Shape element = ((Shape.ListOf) shape).element();
      for (int i = 0; i < items.size(); i++) entry(element, items.get(i), path + "." + i, indent);
    } else {
      line(start, name + ": " + text(shape, value), path);
    }
  }

  private void nested(
      Shape.Section shape, Object value, String path, int indent, String head, String type) {
    int before = out.length();
    section(shape, value, path, indent + 2, type, "");
    String body = out.substring(before);
    boolean empty = body.lines().allMatch(line -> line.strip().startsWith("#"));
    out.insert(before, head + (empty ? " {}\n" : "\n"));
  }

  private void entry(Shape element, Object value, String path, int indent) {
    String lead = pad(indent + 2) + "- ";
    if (element instanceof Shape.Variants variants) {
      Shape.Variant variant = variantOf(variants, value);
      section(variant.section(), value, path, indent + 4, variant.name(), lead);
      return;
    }
    int before = out.length();
    section((Shape.Section) element, value, path, indent + 4, null, "");
    if (out.substring(before).lines().allMatch(line -> line.strip().startsWith("#"))) {
      out.insert(before, lead + "{}\n");
    } else {
      out.insert(before, pad(indent + 2) + "-\n");
    }
  }

  private void line(String start, String content, String path) {
    int begin = out.length();
    out.append(start).append(content);
    if (origins != null) {
      Binder.Source source = origins.get(path);
      int width = out.length() - begin;
      out.append(" ".repeat(Math.max(2, COMMENT_COLUMN - width))).append("# ");
      out.append(source == null ? "default" : Words.shown(source.origin(), 400));
    }
    out.append('\n');
  }

  private String text(Shape shape, Object value) {
    if (value instanceof List<?> list) {
      Shape element = ((Shape.ListOf) shape).element();
      List<String> items = new ArrayList<>();
      for (Object item : list) items.add(text(element, item));
      return "[" + String.join(", ", items) + "]";
    }
    if (shape instanceof Shape.Choice) return Shape.nameOf(value);
    if (value instanceof Path path) {
      Path shown = absolutePaths ? path.toAbsolutePath().normalize() : path;
      String separator = shown.getFileSystem().getSeparator();
      String text = shown.toString().replace(separator, "/");
      return quoted(text.isEmpty() ? "." : text);
    }
    return value instanceof String s ? quoted(s) : value.toString();
  }

  /** Text as a YAML scalar: bare when nobody can misread it, else in double quotes. */
  static String quoted(String text) {
    boolean bare =
        text.matches("[A-Za-z_./][A-Za-z0-9_./-]*(:[A-Za-z0-9_./-]+)*+")
            && !text.equals("...")
            && !Scalars.looksOtherwise(text);
    if (bare) return text;
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> out.append('\\').appendCodePoint(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '$' -> out.append("$$");
                default -> {
                  if (Words.visible(c)) out.appendCodePoint(c);
                  else out.append(Words.hex(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
                }
              }
            });
    return out.append('"').toString();
  }

  static boolean isListOfSections(Shape shape) {
    return shape instanceof Shape.ListOf list && !(list.element() instanceof Shape.Single);
  }

  static Shape.Variant variantOf(Shape.Variants variants, Object value) {
    for (Shape.Variant variant : variants.byName().values()) {
      if (variant.section().type() == value.getClass()) return variant;
    }
    throw new IllegalArgumentException(value.getClass() + " is no variant of " + variants.type());
  }

  /** The value of a setting in a record. */
  static Object get(Shape.Key key, Object record) {
    try {
      return key.accessor().invoke(record);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException("cannot read " + key.name() + " of " + record.getClass(), e);
    }
  }

  static Object unwrap(Object value) {
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  static Shape unwrap(Shape shape) {
    return shape instanceof Shape.Maybe maybe ? maybe.shape() : shape;
  }

  private static String pad(int indent) {
    return " ".repeat(indent);
  }
}
