package dev.sluice.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.metrics.MetricsFile;
import dev.sluice.metric.Scores;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The errors of a part of metrics.json as tables, the most frequent first, with places where some of them are. */
public final class ErrorTables {
  private static final int WIDEST_NAME = 40;
  private static final int WIDEST_TYPE = 24;
  private static final int WIDEST_LIST = 34;

  private final JsonNode part;
  private final JsonNode analysis;
  private final int top;
  private final int places;

  /** What errors in spans are sorted by. */
  public enum By {
    /** What would have to be done to make them right. */
    CODE,
    /** The words of the span, and the code. */
    SURFACE,
    /** The type of the gold span, or of the predicted one where there is no gold span. */
    TYPE
  }

  /** Errors that have something in common. */
  private static final class Row {
    final String[] key;
    final JsonNode from;
    final Set<String> places = new LinkedHashSet<>();
    final Map<String, Long> operations = new TreeMap<>();
    final Map<String, Long> others = new TreeMap<>();
    long count;

    Row(JsonNode from, String... key) {
      this.from = from;
      this.key = key;
    }

    static String id(String... key) {
      return String.join("\n", key); // the words of a span have no line end between them
    }

    long operation(String name) {
      return operations.getOrDefault(name, 0L);
    }
  }

  private ErrorTables(JsonNode part, int top, int places) {
    this.part = part;
    this.analysis = part.get("analysis");
    this.top = top;
    this.places = places;
  }

  /**
   * The errors of a part.
   *
   * @param name the part; left out, it is what was pooled, else the last one
   * @param top how many rows a table has at most
   * @param places how many places of a row are shown at most
   * @throws SluiceException EVA-032 when there is no such part, EVA-035 when nothing is known of its errors
   */
  public static ErrorTables of(MetricsFile file, Optional<String> name, int top, int places) {
    JsonNode part = name.map(file::part).orElseGet(file::decisive);
    if (part.path("analysis").isObject()) return new ErrorTables(part, top, places);
    String others =
        file.parts().entrySet().stream()
            .filter(other -> other.getValue().path("analysis").isObject())
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    throw SluiceException.usage(
        Codes.NO_ANALYSIS,
        Location.of(file.name()),
        "part \"" + part.path("name").asText() + "\" comes without an analysis of its errors",
        others.isEmpty()
            ? "write the file once more with sluice train, evaluate or score"
            : "name another with --part: " + others);
  }

  /** Whether the errors are those of spans, which can be sorted in several ways. */
  public boolean ofSpans() {
    return analysis.path("errors").isObject();
  }

  /**
   * The tables, each ending with a line feed. Of labels without spans, those that are taken for each other most often.
   *
   * @param by of errors in spans the one table to show; left out, all of them, and the labels of sentences that are taken for each other
   */
  public String text(Optional<By> by) {
    StringBuilder text = new StringBuilder(title()).append('\n');
    if (ofSpans()) {
      if (wrongCodes().isEmpty()) text.append("\nno errors in spans\n");
      else
        for (By one : By.values())
          if (by.isEmpty() || by.get() == one) text.append('\n').append(spans(one));
    } else if (analysis.path("confusion").path("tokens").isArray()) {
      text.append('\n').append(confusions("tag", "tokens"));
    }
    if (by.isEmpty() && analysis.path("confusion").path("intents").isArray())
      text.append('\n').append(confusions("label", "intents"));
    return text.toString();
  }

  /** 12,345. */
  private static String counted(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private String title() {
    JsonNode scores = part.path("scores"), headline = scores.path("headline");
    String text = headline.path("name").asText() + " " + points(headline.path("value"));
    if (ofSpans()) {
      JsonNode errors = analysis.get("errors");
      long wrong = wrongCodes().stream().mapToLong(code -> code.get("count").asLong()).sum();
      text +=
          ", "
              + counted(errors.get("gold").asLong())
              + " gold spans, "
              + counted(errors.get("predicted").asLong())
              + " predicted, "
              + counted(wrong)
              + (wrong == 1 ? " error" : " errors");
    }
    return TextLines.wrap(part.path("name").asText() + ": ", text);
  }

  private List<JsonNode> wrongCodes() {
    List<JsonNode> wrong = new ArrayList<>();
    for (JsonNode code : analysis.get("errors").get("codes"))
      if (!code.get("operation").asText().equals("correct")) wrong.add(code);
    return wrong;
  }

  private String spans(By by) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (JsonNode code : wrongCodes()) {
      String name = code.get("code").asText();
      long count = code.get("count").asLong();
      switch (by) {
        case CODE -> row(rows, code, name).count += count;
        case SURFACE -> {
          for (JsonNode surface : code.get("surfaces"))
            row(rows, code, surface.get("text").asText(), name).count +=
                surface.get("count").asLong();
        }
        case TYPE -> {
          String gold = code.path("gold").asText(""), predicted = code.path("predicted").asText("");
          Row row = row(rows, code, typeOf(code));
          row.count += count;
          row.operations.merge(code.get("operation").asText(), count, Long::sum);
          if (!gold.isEmpty() && !predicted.isEmpty() && !gold.equals(predicted))
            row.others.merge(predicted, count, Long::sum);
        }
      }
    }
    addPlaces(rows, by);
    return switch (by) {
      case CODE ->
          table(
              rows,
              List.of("code", "count", "gain if fixed"),
              row ->
                  List.of(
                      TextLines.cut(row.key[0], WIDEST_NAME),
                      counted(row.count),
                      points(row.from.path("gain"))));
      case SURFACE ->
          table(
              rows,
              List.of("surface form", "code", "count"),
              row ->
                  List.of(
                      TextLines.cut(row.key[0], WIDEST_NAME),
                      TextLines.cut(row.key[1], WIDEST_NAME),
                      counted(row.count)));
      case TYPE ->
          table(
              rows,
              List.of("type", "errors", "missing", "unnecessary", "borders", "confused with"),
              row ->
                  List.of(
                      TextLines.cut(row.key[0], WIDEST_TYPE),
                      counted(row.count),
                      counted(row.operation("missing")),
                      counted(row.operation("unnecessary")),
                      counted(row.operation("boundary")),
                      TextLines.cut(list(row.others), WIDEST_LIST)));
    };
  }

  private static Row row(Map<String, Row> rows, JsonNode from, String... key) {
    return rows.computeIfAbsent(Row.id(key), id -> new Row(from, key));
  }

  /** The gold type of a code, else the predicted one. */
  private static String typeOf(JsonNode code) {
    return code.path("gold").asText(code.path("predicted").asText());
  }

  /** Where errors of the rows stand, as far as the examples show it. */
  private void addPlaces(Map<String, Row> rows, By by) {
    for (JsonNode example : analysis.path("examples")) {
      for (JsonNode code : example.path("codes")) {
        boolean gold = code.path("gold").isNumber();
        JsonNode span =
            example
                .path(gold ? "gold" : "predicted")
                .path(code.path(gold ? "gold" : "predicted").asInt());
        String name = code.path("code").asText(), type = span.path("type").asText();
        String id =
            switch (by) {
              case CODE -> name;
              case SURFACE -> Row.id(words(example, span), name);
              case TYPE -> type;
            };
        boolean right = name.startsWith("C:");
        if (!right) addPlace(rows.get(id), example);
      }
    }
  }

  private static String words(JsonNode example, JsonNode span) {
    List<String> words = new ArrayList<>();
    for (int t = span.path("start").asInt(); t < span.path("end").asInt(); t++)
      words.add(example.path("words").path(t).asText());
    return String.join(" ", words);
  }

  private void addPlace(Row row, JsonNode example) {
    if (row != null && row.places.size() < places) row.places.add(example.path("where").asText());
  }

  private String confusions(String what, String kind) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (JsonNode cell : analysis.get("confusion").get(kind)) {
      String gold = cell.get("gold").asText(), predicted = cell.get("predicted").asText();
      if (!gold.equals(predicted))
        row(rows, cell, gold, predicted).count += cell.get("count").asLong();
    }
    if (rows.isEmpty()) return "no " + what + " taken for another\n";
    for (JsonNode example : analysis.path("examples")) {
      if (kind.equals("intents")) addPlaceOf(rows, example, example.path("intent"));
      else for (JsonNode tag : example.path("tags")) addPlaceOf(rows, example, tag);
    }
    return table(
        rows,
        List.of("gold " + what, "predicted " + what, "count"),
        row ->
            List.of(
                TextLines.cut(row.key[0], WIDEST_NAME),
                TextLines.cut(row.key[1], WIDEST_NAME),
                counted(row.count)));
  }

  private void addPlaceOf(Map<String, Row> rows, JsonNode example, JsonNode pair) {
    String predicted = pair.path("predicted").asText();
    if (pair.path("predicted").isNull()) predicted = Scores.REJECTED;
    addPlace(rows.get(Row.id(pair.path("gold").asText(), predicted)), example);
  }

  private String table(
      Map<String, Row> rows, List<String> header, Function<Row, List<String>> cells) {
    List<Row> sorted = new ArrayList<>(rows.values());
    sorted.sort(
        Comparator.<Row>comparingLong(row -> -row.count).thenComparing(row -> Row.id(row.key)));
    List<Row> shown = sorted.subList(0, Math.min(top, sorted.size()));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Row row : shown) table.row(cells.apply(row).toArray(String[]::new));
    StringBuilder text = new StringBuilder(table.toString());
    if (shown.size() < sorted.size())
      text.append("and ").append(sorted.size() - shown.size()).append(" more\n");
    for (Row row : shown) {
      if (row.places.isEmpty()) continue;
      String head = TextLines.cut(String.join(" / ", row.key), WIDEST_NAME);
      text.append(TextLines.wrap("  " + head + ": ", String.join(", ", row.places))).append('\n');
    }
    return text.toString();
  }

  /** The most frequent ones first. */
  private static String list(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String points(JsonNode score) {
    if (!score.isNumber()) return "n/a";
    return BigDecimal.valueOf(score.doubleValue())
        .movePointRight(2)
        .setScale(2, RoundingMode.HALF_UP)
        .toPlainString();
  }
}
