package dev.sluice.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.JsonlLayout;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sentences of JSON lines: an object per line with a text and spans by character offsets. The tokenizer splits the text and the
 * spans become BIO tags. A span that cuts through a token is refused, because a shifted span teaches the wrong thing silently; one
 * that begins or ends between tokens, such as at a blank, is cut to the tokens inside and counted. Overlapping spans are refused. A lenient reader,
 * for data that a model is scored on, keeps the type of a span that cuts through a token, which no tagger can find, with the sentence.
 */
final class JsonSentences extends LineSentences {
  private static final JsonMapper MAPPER = mapper();
  private static final int SNIPPET = 20; // characters of a line that are shown

  private final JsonlLayout layout;
  private final Tokenizer tokenizer;
  private final boolean withTags;
  private final boolean lenient;
  private Boolean spansGiven;
  private JsonNode last;

  JsonSentences(
      Utf8Input in, JsonlLayout layout, Tokenizer tokenizer, boolean withTags, boolean lenient) {
    super(in);
    this.lenient = lenient;
    this.layout = layout;
    this.tokenizer = tokenizer;
    this.withTags = withTags;
  }

  @Override
  public Sentence next() throws IOException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (Words.blank(line)) {
        skips.add("empty lines");
        continue;
      }
      last = parse(line);
      Sentence sentence = sentence(last);
      if (sentence.size() > 0 || !withTags) return sentence;
      skips.add("texts without tokens");
    }
    return null;
  }

  @Override
  public String cell(String column) {
    JsonNode value = last.get(column);
    if (value == null) throw missing(last, column, "asked for", "add it, or name another");
    if (value.isNull()) return "";
    if (value.isValueNode()) return value.asText().strip();
    throw wrong(
        Codes.FIELD,
        "\"" + Visible.of(column) + "\" is " + kind(value) + ", expected a string",
        "name another field");
  }

  private static JsonMapper mapper() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxStringLength(LineReader.LONGEST)
            .maxNumberLength(32)
            .maxNameLength(1024)
            .maxDocumentLength(2L * LineReader.LONGEST)
            .maxTokenCount(LineReader.LONGEST)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  private JsonNode parse(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node.isObject()) return node;
      throw wrong(
          Codes.JSON, "found no JSON object but " + kind(node), "write one object per line");
    } catch (StreamConstraintsException e) {
      throw wrong(
          Codes.JSON,
          "the line is nested deeper than 32 levels, or a name or number in it is too long",
          "write one flat object per line");
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
      throw SluiceException.usage(
          Codes.JSON,
          lines.where().at(column),
          "the line is no JSON object: " + reason(e, line, column),
          "write one object per line, with each field once");
    }
  }

  /** What is wrong, by what the parser met and not in its words, which speak of Java. */
  private static String reason(JsonProcessingException e, String line, int column) {
    String rest = line.substring(Math.min(line.length(), column - 1));
    boolean ended = rest.isEmpty() || e instanceof JsonEOFException;
    String here = ended ? "its end" : "\"" + Visible.of(cut(rest)) + "\"";
    if (String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field"))
      return "a field stands twice, the second time before " + here;
    if (ended) return "it ends in the middle of the object";
    return (e instanceof MismatchedInputException
            ? "something follows it at "
            : "it cannot be read at ")
        + here;
  }

  private static String cut(String rest) {
    int shown =
        rest.offsetByCodePoints(0, Math.min(SNIPPET, rest.codePointCount(0, rest.length())));
    return shown == rest.length() ? rest : rest.substring(0, shown) + "…";
  }

  private Sentence sentence(JsonNode object) {
    String text = string(object, layout.text(), "the text");
    checkSurrogates(text);
    Sentence untagged =
        new Sentence(text, tokenizer.tokenize(text), List.of(), Optional.empty(), lines.where());
    if (!withTags) return untagged;
    JsonNode spans = object.get(layout.spans());
    Optional<String> intent =
        object.has(layout.intent())
            ? Optional.of(string(object, layout.intent(), "the label of the text"))
            : Optional.empty();
    if (spansGiven == null) spansGiven = spans != null || intent.isEmpty();
    if (spansGiven && spans == null) throw missing(object, layout.spans(), "the list of spans");
    if (!spansGiven && spans != null) {
      throw wrong(
          Codes.FIELD,
          "field \"" + layout.spans() + "\" found, but the first line has none",
          "give every line its spans, [] where there are none");
    }
    Sentence labelled = new Sentence(text, untagged.tokens(), List.of(), intent, untagged.where());
    return spans == null ? labelled : tagged(labelled, spans);
  }

  private Sentence tagged(Sentence sentence, JsonNode list) {
    if (!list.isArray()) {
      throw wrong(
          Codes.FIELD,
          "\"" + layout.spans() + "\" is " + kind(list) + ", expected a list",
          "write [] for none");
    }
    List<CharacterSpans.Span> spans = new ArrayList<>(list.size());
    for (JsonNode span : list) {
      if (!span.isObject()) {
        throw wrong(
            Codes.FIELD,
            "a span is " + kind(span) + ", expected an object",
            "give it " + layout.start() + ", " + layout.end() + " and " + layout.label());
      }
      int start = number(span, layout.start());
      int end = number(span, layout.end());
      spans.add(
          new CharacterSpans.Span(start, end, string(span, layout.label(), "the type of a span")));
    }
    CharacterSpans reader = new CharacterSpans(sentence, layout.offsets(), lenient);
    List<String> tags = reader.tags(spans);
    for (int i = 0; i < reader.trimmed(); i++) skips.add("spans cut to the tokens inside");
    return sentence.withTags(tags).withUnreachable(reader.unreachable());
  }

  private int number(JsonNode span, String field) {
    JsonNode value = span.get(field);
    if (value == null) throw missing(span, field, "an offset of a span");
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(
          Codes.FIELD,
          "\"" + field + "\" of a span is " + kind(value) + ", expected a whole number",
          "count characters from 0");
    }
    return value.intValue();
  }

  private String string(JsonNode object, String field, String meaning) {
    JsonNode value = object.get(field);
    if (value == null) throw missing(object, field, meaning);
    if (!value.isTextual()) {
      throw wrong(
          Codes.FIELD,
          "\"" + field + "\" is " + kind(value) + ", expected a string",
          "write it in quotes");
    }
    return value.textValue();
  }

  private SluiceException missing(JsonNode object, String field, String meaning) {
    return missing(object, field, meaning, "add it, or name the field under data.jsonl");
  }

  private SluiceException missing(JsonNode object, String field, String meaning, String otherwise) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String found = names.isEmpty() ? "none" : Visible.of(String.join(", ", names));
    return wrong(
        Codes.FIELD,
        "field \"" + Visible.of(field) + "\" (" + meaning + ") is missing; fields found: " + found,
        Nearest.of(field, names)
            .map(name -> "did you mean \"" + Visible.of(name) + "\"")
            .orElse(otherwise));
  }

  private void checkSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) continue;
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (!pair) {
        throw wrong(
            Codes.SURROGATE,
            "the text has half of a surrogate pair (" + Visible.number(c) + ") at index " + i,
            "write the whole character");
      }
      i++;
    }
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "the string \"" + Visible.of(node.textValue()) + "\"";
      case NUMBER -> "the number " + Visible.of(node.asText());
      case BOOLEAN -> node.asText();
      case MISSING -> "nothing";
      default -> "null";
    };
  }

  private SluiceException wrong(String code, String what, String fix) {
    Location where = lines.where();
    return SluiceException.usage(code, where, what, fix);
  }
}
