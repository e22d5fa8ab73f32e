package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The small document with a second file, all files pooled and the values of a column, each with an interval of its own. */
final class PartsDocument {
  private PartsDocument() {}

  static ObjectNode json() {
    ObjectNode document = SmallDocument.json().deepCopy();
    ArrayNode parts = (ArrayNode) document.get("parts");
    ObjectNode first = (ObjectNode) parts.get(0);
    parts.add(part(first, "news_2.conll", 0.51, 0.64));
    document.set("pooled", part(first, "pooled", 0.55, 0.6));
    ObjectNode groups = document.putObject("groups").put("by", "domain");
    groups.putArray("parts").add(part(first, "", 0.5, 0.65)).add(part(first, "sport", 0.4, 0.7));
    return document;
  }

  private static ObjectNode part(ObjectNode like, String name, double low, double high) {
    ObjectNode part = like.deepCopy().put("name", name);
    part.putNull("analysis").putObject("interval").put("low", low).put("high", high);
    return part;
  }
}
