package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sentences to look at: wrong ones that show a code of which there are few yet, and some right ones. */
final class Examples {
  private static final int MOST_WRONG = 800;
  private static final int MOST_RIGHT = 100;
  private static final int MOST_TOKENS = 200;

  private final Buckets buckets;
  private final ArrayNode wrong = Json.array();
  private final ArrayNode right = Json.array();
  private final Map<ArrayNode, Set<Buckets.Place>> places = new IdentityHashMap<>();
  private long omitted;

  /**
   * Without sentences.
   *
   * @param buckets tells where a sentence lies, so that readers can find it by that
   */
  Examples(Buckets buckets) {
    this.buckets = buckets;
  }

  /**
   * Looks at a sentence.
   *
   * @param wanted whether it shows something of which there are few examples yet
   * @return its place in the list, -1 when it is not taken or stands behind all wrong ones
   */
  int add(Judged judged, List<SpanError> errors, boolean wanted) {
    boolean good = judged.right();
    boolean room = good ? right.size() < MOST_RIGHT : wanted && wrong.size() < MOST_WRONG;
    if (!room || judged.sentence().size() > MOST_TOKENS) {
      omitted++;
      return -1;
    }
    (good ? right : wrong).add(json(judged, errors));
    return good ? -1 : wrong.size() - 1;
  }

  /** Wrong ones first; to be asked after the last sentence. */
  ArrayNode json() {
    Map<Buckets.Place, Integer> numbers = buckets.numbers();
    places.forEach(
        (array, its) -> {
          array.removeAll();
          its.stream().flatMap(p -> p.in(numbers).stream()).sorted().distinct().forEach(array::add);
        });
    return Json.array().addAll(wrong).addAll(right);
  }

  /** How many sentences are not among them. */
  long omitted() {
    return omitted;
  }

  private ObjectNode json(Judged judged, List<SpanError> errors) {
    ObjectNode json = JudgedJson.of(judged);
    ArrayNode codes = json.putArray("codes");
    for (SpanError error : errors) {
      ObjectNode code = codes.addObject().put("code", error.code());
      place(code, "gold", error.gold());
      place(code, "predicted", error.predicted());
    }
    places.put(json.putArray("buckets"), buckets.placesOf(judged));
    json.put("right", judged.right());
    Json.put(json, "confidence", judged.confidence());
    return json;
  }

  private static void place(ObjectNode json, String key, int place) {
    if (place < 0) json.putNull(key);
    else json.put(key, place);
  }
}
