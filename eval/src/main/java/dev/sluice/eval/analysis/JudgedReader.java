package dev.sluice.eval.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.label.Decoded;
import dev.sluice.label.Span;
import dev.sluice.metric.TagPair;
import dev.sluice.text.Token;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads judged sentences that {@link JudgedWriter} wrote, one at a time. Which moves of the predicted tags were illegal is not kept. */
public final class JudgedReader implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final BufferedReader lines;
  private int line;

  /**
   * Opens a file.
   *
   * @throws SluiceException IOX-002 when it cannot be read
   */
  public JudgedReader(Path file) {
    this.file = file;
    try {
      lines = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  /**
   * The next sentence, null at the end.
   *
   * @throws SluiceException IOX-002 when the file cannot be read, EVA-040 when a line is not what was written
   */
  public Judged next() {
    try {
      String text = lines.readLine();
      line++;
      return text == null ? null : judged(MAPPER.readTree(text));
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw SluiceException.corrupt(
          "EVA-040",
          Location.of(file.toString(), line),
          "not a judged sentence",
          "write the file again: sluice train, evaluate or score with --out");
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  private Judged judged(JsonNode json) {
    List<String> words = texts(json.get("words"));
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    for (String word : words) {
      tokens.add(new Token(word, at, at + word.length()));
      at += word.length() + 1;
    }
    JsonNode tags = json.get("tags"), intent = json.get("intent");
    List<String> gold = tags.isNull() ? List.of() : texts(tags.get("gold"));
    Optional<Judged.Label> label = intent.isNull() ? Optional.empty() : Optional.of(label(intent));
    Sentence sentence =
        new Sentence(
                String.join(" ", words),
                tokens,
                gold,
                label.map(Judged.Label::gold),
                place(json.get("where").asText()))
            .withDocument(json.path("document").asInt());
    return new Judged(
        sentence,
        tags.isNull() ? Optional.empty() : Optional.of(tags(json, tags, gold)),
        label,
        Optional.ofNullable(json.get("group")).map(JsonNode::asText));
  }

  /** A file and, behind the last colon, a line. */
  private static Location place(String where) {
    int colon = where.lastIndexOf(':');
    String line = where.substring(colon + 1);
    if (colon < 0 || !line.matches("[1-9][0-9]{0,8}")) return Location.of(where);
    return Location.of(where.substring(0, colon), Integer.parseInt(line));
  }

  private static Judged.Tags tags(JsonNode json, JsonNode tags, List<String> gold) {
    List<Double> confidences = new ArrayList<>();
    tags.get("confidences").forEach(p -> confidences.add(p.asDouble()));
    List<Judged.Found> found = new ArrayList<>();
    for (JsonNode p : json.get("predicted"))
      found.add(new Judged.Found(span(p), number(p.get("confidence"))));
    List<Span> expected = new ArrayList<>();
    for (JsonNode g : json.get("gold")) expected.add(span(g));
    TagPair pair =
        new TagPair(
            tags.get("plain").asBoolean(),
            decoded(expected),
            decoded(found.stream().map(Judged.Found::span).toList()),
            gold,
            texts(tags.get("predicted")));
    return new Judged.Tags(pair, confidences, found, unreachable(json));
  }

  /** What they cover is not known from files of older versions. */
  private static List<Sentence.Unreachable> unreachable(JsonNode json) {
    List<Sentence.Unreachable> spans = new ArrayList<>();
    JsonNode types = json.get("unreachable"), texts = json.path("unreachableTexts");
    for (int i = 0; i < types.size(); i++)
      spans.add(new Sentence.Unreachable(types.get(i).asText(), texts.path(i).asText()));
    return spans;
  }

  private static Judged.Label label(JsonNode json) {
    JsonNode predicted = json.get("predicted");
    return new Judged.Label(
        json.get("gold").asText(),
        predicted.isNull() ? "" : predicted.asText(),
        !predicted.isNull(),
        json.get("right").asBoolean(),
        number(json.get("confidence")));
  }

  private static Decoded decoded(List<Span> spans) {
    return new Decoded(spans, spans, List.of());
  }

  private static Span span(JsonNode json) {
    return new Span(json.get("type").asText(), json.get("start").asInt(), json.get("end").asInt());
  }

  private static OptionalDouble number(JsonNode json) {
    return json.isNull() ? OptionalDouble.empty() : OptionalDouble.of(json.asDouble());
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }
}
