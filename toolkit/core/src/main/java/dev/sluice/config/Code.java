package dev.sluice.config;

/** The stable codes of what can be wrong with a config; the reference page prints this table. */
enum Code {
  FILE("CFG-001", "The file is missing, is no regular file or cannot be read."),
  ENCODING("CFG-002", "The file is not UTF-8 text or is larger than 1 MiB."),
  SYNTAX("CFG-003", "The file is not YAML."),
  REFUSED(
      "CFG-004",
      "Anchors, aliases, merge keys, tags, second documents, deep nesting or too many values."),
  DUPLICATE("CFG-005", "A key stands twice in one section."),
  UNKNOWN("CFG-006", "A key that does not exist."),
  MISSING("CFG-007", "A required key is missing."),
  TYPE("CFG-008", "A value of the wrong type."),
  RANGE("CFG-009", "A number out of range, or a section that its record refuses."),
  CHOICE("CFG-010", "A name that is not among those offered."),
  CONFLICT("CFG-011", "Two settings contradict each other."),
  ENVIRONMENT("CFG-012", "An environment variable is not set, or ${...} is misspelt."),
  EXTENDS("CFG-013", "The chain of extends is circular or too long."),
  OVERRIDE("CFG-014", "A --set is misspelt or points at nothing.");

  private final String code;
  private final String about;

  Code(String code, String about) {
    this.code = code;
    this.about = about;
  }

  String code() {
    return code;
  }

  String about() {
    return about;
  }
}
