package dev.sluice.eval.report;

import java.util.List;
import java.util.Map;

/**
 * A code of the error typology, such as {@code R:LOC>ORG}, in parts: the operation, the gold type and what differs.
 *
 * @param operation the letters before the first colon
 * @param rest what follows
 */
record ErrorCode(String operation, String rest) {
  /** The operations, from right to wholly wrong: letters, name and meaning. */
  static final List<Operation> OPERATIONS =
      List.of(
          new Operation("C", "correct", "right borders and type"),
          new Operation("R", "type", "right borders, another type"),
          new Operation("B", "boundary", "right type, other borders"),
          new Operation("BR", "both", "other borders and another type"),
          new Operation("M", "missing", "a gold span without a prediction"),
          new Operation("U", "unnecessary", "a prediction without a gold span"));

  private static final Map<String, String> BORDERS =
      Map.of(
          "left-short", "begins too late",
          "left-long", "begins too early",
          "right-short", "ends too early",
          "right-long", "ends too late",
          "both", "begins and ends elsewhere");

  /**
   * An operation.
   *
   * @param letters how codes begin
   * @param name its key in the document
   * @param meaning what it says of a span
   */
  record Operation(String letters, String name, String meaning) {}

  /** Takes a code apart. */
  static ErrorCode of(String code) {
    int colon = code.indexOf(':');
    return colon < 0
        ? new ErrorCode(code, "")
        : new ErrorCode(code.substring(0, colon), code.substring(colon + 1));
  }

  /** The class of style of an operation; codes that are not known look like wrong types. */
  String style() {
    return OPERATIONS.stream().anyMatch(o -> o.letters().equals(operation))
        ? "k" + operation
        : "kR";
  }

  boolean isRight() {
    return operation.equals("C");
  }

  /** The code in words. */
  String meaning() {
    int arrow = rest.indexOf('>');
    int colon = rest.lastIndexOf(':');
    return switch (operation) {
      case "C" -> rest + ", found";
      case "R" ->
          arrow < 0 ? rest : rest.substring(0, arrow) + " taken for " + rest.substring(arrow + 1);
      case "BR" ->
          arrow < 0
              ? rest
              : rest.substring(0, arrow)
                  + " taken for "
                  + rest.substring(arrow + 1)
                  + ", with other borders";
      case "B" ->
          colon < 0
              ? rest
              : rest.substring(0, colon)
                  + " "
                  + BORDERS.getOrDefault(rest.substring(colon + 1), "has other borders");
      case "M" -> rest + " missed";
      case "U" -> rest + " where there is none";
      default -> rest;
    };
  }
}
