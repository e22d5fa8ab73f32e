package dev.sluice.config;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, text, numbers and booleans as indented JSON, the same bytes everywhere. */
final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  static String of(Object value) {
    Json json = new Json();
    json.value(value, "\n");
    return json.out.append('\n').toString();
  }

  private void value(Object value, String newLine) {
    if (value instanceof Map<?, ?> map) {
      String inner = newLine + "  ";
      String before = "{" + inner;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(before).append(quoted((String) entry.getKey())).append(": ");
        value(entry.getValue(), inner);
        before = "," + inner;
      }
      out.append(map.isEmpty() ? "{}" : newLine + "}");
    } else if (value instanceof List<?> list) {
      boolean flat = list.stream().noneMatch(v -> v instanceof Map<?, ?>);
      String inner = flat ? "" : newLine + "  ";
      String before = "[" + inner;
      for (Object item : list) {
        out.append(before);
        value(item, flat ? newLine : inner);
        before = flat ? ", " : "," + inner;
      }
      out.append(list.isEmpty() ? "[]" : flat ? "]" : newLine + "]");
    } else {
      out.append(value instanceof String text ? quoted(text) : String.valueOf(value));
    }
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ' || c > '~') out.append(Words.hex("\\u%04x", c));
      else out.append(c);
    }
    return out.append('"').toString();
  }
}
