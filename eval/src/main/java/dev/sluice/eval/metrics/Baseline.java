package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.json.Json;
import dev.sluice.metric.Scores;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Scores that were measured before, to which new ones are compared: those of all files pooled, else of the last split. */
public final class Baseline {
  private static final int WIDEST_NAME = 48;

  private final MetricsFile file;

  private Baseline(MetricsFile file) {
    this.file = file;
  }

  /**
   * Reads it.
   *
   * @param path a metrics.json, or the folder of a run or of an evaluation in which there is one
   * @throws SluiceException EVA-030 when there is none, EVA-031 when it is something else
   */
  public static Baseline read(Path path) {
    return new Baseline(MetricsFile.read(path));
  }

  /**
   * Checks that scores mean the same as these, whatever model they are of.
   *
   * @param signature what is behind the others
   * @throws SluiceException EVA-034 when they do not
   */
  public void requireSame(String signature) {
    if (file.signature().equals(signature)) return;
    throw SluiceException.usage(
        Codes.SIGNATURE,
        Location.of(file.name()),
        "the scores of the baseline do not mean the same: "
            + file.signature()
            + ", but these are "
            + signature,
        "score with the same --scheme and --repair, or name another --baseline");
  }

  private JsonNode scores() {
    return file.decisive().get("scores");
  }

  /**
   * What stands in metrics.json.
   *
   * @param now the new document
   */
  ObjectNode json(JsonNode now) {
    ObjectNode json = Json.object().put("name", file.name());
    json.set("model", file.json().path("model").deepCopy());
    json.put("part", file.decisiveName());
    json.put("signature", file.signature());
    json.put("sameData", fingerprints(now).equals(fingerprints(file.json())));
    json.set("differences", ScoreDifferences.of(MetricsJson.decisive(now).get("scores"), scores()));
    return json;
  }

  /** Those of the files behind the scores that count, in any order. */
  private static List<String> fingerprints(JsonNode document) {
    List<String> found = new ArrayList<>();
    if (document.path("pooled").isObject())
      document.get("parts").forEach(part -> found.add(part.path("sha256").asText()));
    else found.add(MetricsJson.decisive(document).path("sha256").asText());
    found.sort(null);
    return found;
  }

  /**
   * The differences for people.
   *
   * @param now the new document
   * @param kind what the new scores are, for the names of rows
   */
  public String report(JsonNode now, Scores kind) {
    JsonNode here = MetricsJson.decisive(now).get("scores");
    String part = file.decisiveName();
    StringBuilder text = new StringBuilder();
    text.append(TextLines.wrap("baseline: ", file.name() + ", part " + part)).append('\n');
    if (!fingerprints(now).equals(fingerprints(file.json())))
      text.append("the baseline was measured on other data\n");
    TextTable table = new TextTable("score", "baseline", "here", "difference");
    row(table, kind.headlineName(), here, "/headline/value");
    if (kind.kind() == Scores.Kind.SPANS) {
      row(table, "precision", here, "/micro/precision");
      row(table, "recall", here, "/micro/recall");
      row(table, "strict F1", here, "/strict/f1");
    }
    if (kind.hasFrames()) row(table, Scores.INTENT_ACCURACY, here, "/intentAccuracy/value");
    if (kind.kind() != Scores.Kind.SENTENCES)
      row(
          table,
          kind.hasFrames() ? Scores.WHOLE_FRAMES : Scores.SENTENCE_ACCURACY,
          here,
          "/sentenceAccuracy/value");
    TreeSet<String> types = new TreeSet<>();
    here.get("types").fieldNames().forEachRemaining(types::add);
    scores().path("types").fieldNames().forEachRemaining(types::add);
    if (!types.isEmpty()) table.rule();
    for (String type : types) row(table, "F1 of " + type, f1(scores(), type), f1(here, type));
    return text.append(table).toString();
  }

  private static JsonNode f1(JsonNode scores, String type) {
    return scores.path("types").path(type).path("f1");
  }

  private void row(TextTable table, String name, JsonNode here, String pointer) {
    row(table, name, scores().at(pointer), here.at(pointer));
  }

  private static void row(TextTable table, String name, JsonNode before, JsonNode now) {
    table.row(
        TextLines.cut(name, WIDEST_NAME),
        percent(before),
        percent(now),
        ScoreDifferences.difference(now, before).map(Baseline::signed).orElse("n/a"));
  }

  private static String percent(JsonNode score) {
    return score.isNumber() ? points(BigDecimal.valueOf(score.doubleValue())) : "n/a";
  }

  private static String points(BigDecimal score) {
    return score.movePointRight(2).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static String signed(BigDecimal difference) {
    String points = points(difference);
    return difference.signum() > 0 && !points.equals("0.00") ? "+" + points : points;
  }
}
