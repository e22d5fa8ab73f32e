package dev.sluice.config;

import java.util.Optional;

/** The reference page of a config record: every section with its keys, types, ranges and defaults, as Markdown. */
public final class Reference {
  private static final String HEAD =
      """
      # Configuration reference

      A config is one YAML file. A short file says everything that is not a default; the tables below list all there is.
      `configs/schema.json` says the same to editors: begin a config with `# yaml-language-server: $schema=../schema.json`.
      This page and the schema are generated from the config records; a test keeps them up to date.

      ## Rules

      - **Strict.** An unknown key, a wrong type, a number out of range, a duplicate key or a contradiction stops the command before any
        work is done. All mistakes of a file are reported at once, each with file, line and column, what was found, what is expected and
        the nearest way out.
      - **Types.** Numbers are plain decimal digits without quotes; booleans are `true` or `false`; text that looks like a number, a
        boolean or null is put in quotes. A list of one thing may be written without its brackets.
      - **Types of sections.** A section with `type:` has the keys of that type. Without `type:` it has the type of its default. A type that needs no other key may be
        given by its name alone: `optimizer: adam` is `optimizer: {type: adam}`.
      - **`extends: other.yaml`** at the top lays the file over another one, named relative to it. Sections merge; lists and values are
        replaced; a section that names another `type` replaces the whole section; `null` takes back a value that may be left out. At
        most 8 files form a chain.
      - **`${NAME}`** and **`${NAME:-default}`** in a value stand for an environment variable; `$$` is a dollar sign. Inside `[ ]` and
        `{ }` put the value in quotes. A variable that is unset or empty takes the default.
      - **Paths** are relative to the file that names them. A path that begins with the value of an environment variable, or comes from
        the command line, is relative to the working directory.
      - **`--set section.key=value`** on the command line comes last and may be repeated: `--set training.epochs=3`,
        `--set 'encoder.hidden=[200, 100]'`, `--set inputs.0.dimension=50` (entries of a list count from 0).
      - **Not supported**, each refused where it stands: anchors, aliases, merge keys, tags, a second document, tabs as indentation,
        files over 1 MiB, deeper than 32 levels or with more than 20,000 keys and values, encodings
        other than UTF-8.
      - **From Java** the records are built with their constructors; `Configs.check(config)` applies the same ranges and contradictions.
      """;

  private final StringBuilder out = new StringBuilder(HEAD);

  private Reference() {}

  /** The page of a record. */
  public static String of(Class<? extends Record> type) {
    Reference page = new Reference();
    page.section("", "The file", "The sections of a config.", Shape.of(type), null);
    page.keyedDefaults(type);
    page.codes();
    return page.out.toString();
  }

  private void keyedDefaults(Class<? extends Record> type) {
    DefaultsBy by = type.getAnnotation(DefaultsBy.class);
    if (by == null) return;
    out.append("\n## Defaults by ").append(by.value()).append("\n\n");
    String key = "`" + by.value() + "`";
    out.append("The first lies under every config whose ").append(key);
    out.append(" is named, as if it extended it, and over it what is listed for that ").append(key);
    out.append(", if anything; what the config says counts.\n");
    yaml("every " + key, KeyedDefaults.yaml(type, KeyedDefaults.COMMON));
    for (String value : KeyedDefaults.values(Shape.of(type), by))
      yaml(value, KeyedDefaults.yaml(type, value));
  }

  private void yaml(String title, Optional<String> yaml) {
    if (yaml.isEmpty()) return;
    out.append("\n### ").append(title).append("\n\n```yaml\n");
    out.append(yaml.get()).append("```\n");
  }

  private void section(
      String path, String title, String about, Shape.Section section, String variant) {
    out.append("\n## ").append(title).append("\n\n").append(about).append("\n\n");
    out.append("| key | value | default | meaning |\n|---|---|---|---|\n");
    if (variant != null) row("type", "`" + variant + "`", "", "Chooses this type.");
    for (Shape.Key key : section.keys().values()) {
      row(key.name(), value(key.shape()), byDefault(key), key.setting().value());
    }
    for (Shape.Key key : section.keys().values()) {
      String keyPath = Words.join(path, key.name());
      details(keyPath, key.shape(), key.setting().value());
    }
  }

  private void details(String path, Shape shape, String about) {
    if (shape instanceof Shape.Maybe maybe) {
      details(path, maybe.shape(), about);
    } else if (shape instanceof Shape.ListOf list) {
      details(path + "[]", list.element(), about);
    } else if (shape instanceof Shape.Section section) {
      section(path, "`" + path + "`", about, section, null);
    } else if (shape instanceof Shape.Variants variants) {
      for (Shape.Variant variant : variants.byName().values()) {
        String title = "`" + path + "` of type `" + variant.name() + "`";
        section(path, title, variant.about(), variant.section(), variant.name());
      }
    }
  }

  private void row(String key, String value, String byDefault, String about) {
    out.append("| `").append(key).append("` | ").append(value).append(" | ");
    out.append(byDefault).append(" | ").append(cell(about)).append(" |\n");
  }

  private static String value(Shape shape) {
    if (shape instanceof Shape.Maybe maybe) return value(maybe.shape());
    if (shape instanceof Shape.ListOf list) return "list: " + value(list.element());
    if (shape instanceof Shape.Section) return "section" + orName(shape);
    if (shape instanceof Shape.Variants variants) {
      return "section of type `"
          + String.join("`, `", variants.byName().keySet())
          + "`"
          + orName(shape);
    }
    if (shape instanceof Shape.Choice choice) {
      return "`" + String.join("`, `", choice.constants().keySet()) + "`";
    }
    if (shape instanceof Shape.Whole whole && whole.range().isOpen()) return "a whole number";
    return cell(shape.expected());
  }

  private static String orName(Shape shape) {
    return Shape.namesAlone(shape).isEmpty() ? "" : ", or a name";
  }

  private static String byDefault(Shape.Key key) {
    if (key.hasDefault()) return "`" + cell(key.setting().byDefault()) + "`";
    if (key.shape() instanceof Shape.Maybe) return "none";
    return key.isRequired() ? "**required**" : "";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private void codes() {
    out.append("\n## Error codes\n\n| code | meaning |\n|---|---|\n");
    for (Code code : Code.values()) {
      out.append("| ").append(code.code()).append(" | ").append(cell(code.about())).append(" |\n");
    }
  }
}
