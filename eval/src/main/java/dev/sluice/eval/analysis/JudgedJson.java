package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.Sentence;
import dev.sluice.eval.json.Json;
import dev.sluice.label.Span;
import dev.sluice.text.Token;
import java.util.List;
import java.util.OptionalDouble;

/** A judged sentence as a JSON object. */
public final class JudgedJson {
  private JudgedJson() {}

  /** Its place, words, spans, tags of plain labels, and own label. */
  public static ObjectNode of(Judged judged) {
    boolean plain = judged.tags().map(t -> t.pair().plain()).orElse(false);
    return of(judged, plain ? tags(judged.tags().orElseThrow()) : null);
  }

  /** The same with other {@code tags}, or none. */
  static ObjectNode of(Judged judged, ContainerNode<?> tags) {
    ObjectNode json = Json.object();
    json.put("where", judged.sentence().where().toString());
    ArrayNode words = json.putArray("words");
    for (Token token : judged.sentence().tokens()) words.add(token.text());
    boolean plain = judged.tags().map(t -> t.pair().plain()).orElse(true);
    ArrayNode gold = json.putArray("gold"), predicted = json.putArray("predicted");
    if (!plain) {
      for (Span span : judged.tags().orElseThrow().gold()) gold.add(span(span));
      for (Judged.Found found : judged.tags().orElseThrow().found()) {
        ObjectNode span = span(found.span());
        Json.put(span, "confidence", found.confidence());
        predicted.add(span);
      }
    }
    ArrayNode unreachable = json.putArray("unreachable");
    ArrayNode texts = json.putArray("unreachableTexts");
    if (judged.tags().isPresent()) {
      for (Sentence.Unreachable span : judged.tags().get().unreachable()) {
        unreachable.add(span.type());
        texts.add(span.text());
      }
    }
    json.set("tags", tags);
    json.set("intent", judged.label().map(JudgedJson::label).orElse(null));
    return json;
  }

  private static ObjectNode span(Span span) {
    return Json.object().put("type", span.type()).put("start", span.start()).put("end", span.end());
  }

  private static ArrayNode tags(Judged.Tags tags) {
    ArrayNode json = Json.array();
    List<Double> confidences = tags.confidences();
    for (int t = 0; t < tags.pair().gold().size(); t++) {
      ObjectNode tag = json.addObject();
      tag.put("gold", tags.pair().gold().get(t)).put("predicted", tags.pair().predicted().get(t));
      Json.put(
          tag,
          "confidence",
          confidences.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(confidences.get(t)));
    }
    return json;
  }

  private static ObjectNode label(Judged.Label label) {
    ObjectNode json = Json.object().put("gold", label.gold());
    if (label.accepted()) json.put("predicted", label.predicted());
    else json.putNull("predicted");
    Json.put(json, "confidence", label.confidence());
    return json.put("right", label.right());
  }
}
