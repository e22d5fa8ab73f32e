package dev.sluice.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (draft 2020-12) of a config record, for completion and checks in editors. It accepts {@code ${NAME}} wherever a single
 * value may stand, and leaves out what is required when a file has an {@code extends}, since the base file may give it.
 */
public final class Schema {
  private static final String VARIABLE = "#/$defs/variable";

  private Schema() {}

  /** The schema of a record as JSON text. */
  public static String of(Class<? extends Record> type) {
    Shape.Section shape = Shape.of(type);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Sluice config");
    Map<String, Object> body = section(shape, null);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "extends",
        map(
            "description",
            "Another config file, relative to this one, over which this one is laid.",
            "type",
            "string"));
    properties.putAll(properties(body));
    body.put("properties", properties);
    root.putAll(body);
    root.put("if", map("not", map("required", List.of("extends"))));
    root.put("then", alone(shape));
    Map<String, Object> variable =
        map(
            "description",
            "An environment variable: ${NAME} or ${NAME:-default}.",
            "type",
            "string",
            "pattern",
            "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}");
    root.put("$defs", map("variable", variable));
    return Json.of(root);
  }

  @SuppressWarnings("unchecked") // built below
  private static Map<String, Object> properties(Map<String, Object> section) {
    return (Map<String, Object>) section.get("properties");
  }

  /** A section as it may stand in any file: all keys optional. */
  private static Map<String, Object> section(Shape.Section shape, String variant) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (variant != null) {
      Map<String, Object> name = map("const", variant);
      properties.put("type", map("anyOf", List.of(name, map("$ref", VARIABLE))));
    }
    for (Shape.Key key : shape.keys().values()) {
      Map<String, Object> property = map("description", key.setting().value());
      if (key.hasDefault()) property.put("default", plain(Shape.defaultOf(key.setting())));
      property.putAll(schema(key.shape(), key.setting()));
      properties.put(key.name(), property);
    }
    return map("type", "object", "properties", properties, "additionalProperties", false);
  }

  private static Map<String, Object> schema(Shape shape, Setting setting) {
    if (shape instanceof Shape.Section section)
      return orName(shape, List.of(section(section, null)));
    if (shape instanceof Shape.Variants variants) return orName(shape, variants(variants));
    if (shape instanceof Shape.ListOf list) return list(list, setting);
    if (shape instanceof Shape.Maybe maybe) {
      return map("anyOf", List.of(schema(maybe.shape(), setting), map("type", "null")));
    }
    Map<String, Object> single = single((Shape.Single) shape);
    if ("string".equals(single.get("type"))) return single; // a variable is text, too
    return map("anyOf", List.of(single, map("$ref", VARIABLE)));
  }

  private static Map<String, Object> single(Shape.Single shape) {
    if (shape instanceof Shape.Flag) return map("type", "boolean");
    if (shape instanceof Shape.Text text) {
      return map("type", text.orNumber() ? List.of("string", "integer") : "string");
    }
    if (shape instanceof Shape.FilePath) return map("type", "string", "minLength", 1);
    if (shape instanceof Shape.Choice choice) {
      return map("enum", new ArrayList<Object>(choice.constants().keySet()));
    }
    if (shape instanceof Shape.Real real) {
      Map<String, Object> schema = map("type", "number");
      Range range = real.range();
      bound(schema, range.aboveMin() ? "exclusiveMinimum" : "minimum", range.min());
      bound(schema, range.belowMax() ? "exclusiveMaximum" : "maximum", range.max());
      return schema;
    }
    Shape.Whole whole = (Shape.Whole) shape;
    Range range = whole.range();
    boolean isLong = whole.isLong();
    double low = isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
    double high = isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
    Map<String, Object> schema = map("type", "integer");
    bound(schema, range.aboveMin() ? "exclusiveMinimum" : "minimum", Math.max(low, range.min()));
    bound(schema, range.belowMax() ? "exclusiveMaximum" : "maximum", Math.min(high, range.max()));
    return schema;
  }

  private static void bound(Map<String, Object> schema, String name, double x) {
    if (Double.isInfinite(x)) return;
    Object number = x == Math.rint(x) && Math.abs(x) < 1e16 ? (Object) (long) x : (Object) x;
    schema.put(name, number);
  }

  private static Map<String, Object> list(Shape.ListOf list, Setting setting) {
    if (list.element() instanceof Shape.Single) {
      Map<String, Object> element = schema(list.element(), setting);
      return map("anyOf", List.of(array(list, element), element));
    }
    Map<String, Object> item = schema(list.element(), setting);
    Map<String, Object> complete = alone(list.element()); // lists replace, they do not merge
    Map<String, Object> entry = complete.isEmpty() ? item : map("allOf", List.of(item, complete));
    return map("anyOf", List.of(array(list, entry), item)); // a section alone does merge
  }

  /** A section in one of some forms, or the name of a type that needs no more. */
  private static Map<String, Object> orName(Shape shape, List<Object> forms) {
    List<Object> any = new ArrayList<>(forms);
    List<String> names = Shape.namesAlone(shape);
    if (!names.isEmpty()) {
      any.add(map("enum", new ArrayList<Object>(names)));
      any.add(map("$ref", VARIABLE));
    }
    @SuppressWarnings("unchecked") // a section alone is a map
    Map<String, Object> only = any.size() == 1 ? (Map<String, Object>) any.get(0) : null;
    return only == null ? map("anyOf", any) : only;
  }

  private static Map<String, Object> array(Shape.ListOf list, Map<String, Object> items) {
    Map<String, Object> schema = map("type", "array", "items", items);
    if (list.nonEmpty()) schema.put("minItems", 1);
    return schema;
  }

  private static List<Object> variants(Shape.Variants variants) {
    List<Object> any = new ArrayList<>();
    for (Shape.Variant variant : variants.byName().values()) {
      Map<String, Object> schema = map("title", variant.name(), "description", variant.about());
      schema.putAll(section(variant.section(), variant.name()));
      any.add(schema);
    }
    return any;
  }

  /** What must hold besides when no base file can complete a section; empty when nothing must. */
  private static Map<String, Object> alone(Shape shape) {
    if (shape instanceof Shape.Maybe maybe) return alone(maybe.shape());
    if (shape instanceof Shape.ListOf list) return alone(list.element());
    if (shape instanceof Shape.Variants variants) return aloneVariants(variants);
    Map<String, Object> schema = new LinkedHashMap<>();
    if (!(shape instanceof Shape.Section section)) return schema;
    if (!section.required().isEmpty()) schema.put("required", section.required());
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Shape.Key key : section.keys().values()) {
      Map<String, Object> inner = alone(key.shape());
      if (!inner.isEmpty()) properties.put(key.name(), inner);
    }
    if (!properties.isEmpty()) schema.put("properties", properties);
    return schema;
  }

  private static Map<String, Object> aloneVariants(Shape.Variants variants) {
    String byDefault = variants.defaultName();
    if (byDefault == null) return map("required", List.of("type"));
    List<Object> keys = new ArrayList<>(variants.byName().get(byDefault).section().keys().keySet());
    return map(
        "if",
        map("not", map("required", List.of("type"))),
        "then",
        keys.isEmpty() ? map("maxProperties", 0) : map("propertyNames", map("enum", keys)));
  }

  private static Object plain(Node node) {
    if (node instanceof Node.Sequence list)
      return list.items().stream().map(Schema::plain).toList();
    if (node instanceof Node.Mapping mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      mapping.entries().forEach((key, entry) -> map.put(key, plain(entry.value())));
      return map;
    }
    Node.Scalar scalar = (Node.Scalar) node;
    boolean text = scalar.style() == Node.Style.QUOTED || !Scalars.looksOtherwise(scalar.text());
    return text ? scalar.text() : new Bare(scalar.text());
  }

  /** A number or boolean as it is written. */
  private record Bare(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
