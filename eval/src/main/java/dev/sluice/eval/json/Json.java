package dev.sluice.eval.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.AtomicFile;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Numbers as JSON trees. */
public final class Json {
  private static final ObjectWriter WRITER =
      new ObjectMapper()
          .writer(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                          .withObjectEmptySeparator("")
                          .withArrayEmptySeparator(""))
                  .withObjectIndenter(new Upper())
                  .withArrayIndenter(new Upper()));

  /** New lines in the upper levels alone: what lies deeper, such as an example, is a line. */
  private static final class Upper extends DefaultIndenter {
    private static final long serialVersionUID = 1L;
    private static final int LEVELS = 5;

    Upper() {
      super("  ", "\n");
    }

    @Override
    public void writeIndentation(JsonGenerator generator, int level) throws IOException {
      if (level <= LEVELS) super.writeIndentation(generator, level);
      else generator.writeRaw(' ');
    }
  }

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An empty array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Puts a number, or null when it is undefined. */
  public static void put(ObjectNode json, String key, OptionalDouble value) {
    if (value.isPresent()) json.put(key, value.getAsDouble());
    else json.putNull(key);
  }

  /** A score with the two numbers it is made of. */
  public static ObjectNode ratio(Ratio ratio) {
    ObjectNode json = object();
    put(json, "value", ratio.value());
    return json.put("right", ratio.part()).put("of", ratio.whole());
  }

  /** Counts with the scores that come of them. */
  public static ObjectNode counts(Counts counts) {
    ObjectNode json = object();
    put(json, "precision", counts.precision().value());
    put(json, "recall", counts.recall().value());
    put(json, "f1", counts.f1().value());
    json.put("support", counts.gold());
    json.put("predicted", counts.predicted());
    json.put("truePositives", counts.truePositives());
    json.put("falsePositives", counts.falsePositives());
    json.put("falseNegatives", counts.falseNegatives());
    return json;
  }

  /** Counts by name, in the order of the map. */
  public static ObjectNode longs(Map<String, Long> counts) {
    ObjectNode json = object();
    counts.forEach(json::put);
    return json;
  }

  /** A constant as a key: TYPE_CHANGE becomes typeChange. */
  public static String key(Enum<?> value) {
    String[] words = value.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder key = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++)
      key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    return key.toString();
  }

  /** The text of a document, ending with a line feed. */
  public static String text(JsonNode document) {
    try {
      return WRITER.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts can always be written", e);
    }
  }

  /** Writes a document to a file, whole or not at all. */
  public static void write(JsonNode document, Path file) {
    AtomicFile.at(file).write(out -> out.write(text(document).getBytes(StandardCharsets.UTF_8)));
  }
}
