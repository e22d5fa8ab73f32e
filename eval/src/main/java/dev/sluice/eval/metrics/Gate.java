package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Scores;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bar that a score must reach, such as {@code micro.f1>=0.90}: a path into the scores of metrics.json, a comparison and a number. A score that is
 * undefined reaches no bar. {@code baseline.micro.f1>=-0.005} looks at the difference to a baseline: at most half a point may be lost.
 */
public final class Gate {
  private static final Pattern FORM =
      Pattern.compile("\\s*(\\S+?)\\s*(>=|<=|>|<)\\s*(-?[0-9]{1,9}(?:\\.[0-9]{1,12})?)\\s*");

  private static final String BASELINE = "baseline.";

  /** A difference of two scores is not exact. */
  private static final double ROUNDING = 1e-12;

  private final String text;
  private final String path;
  private final String comparison;
  private final double bar;

  private Gate(String text, String path, String comparison, double bar) {
    this.text = text;
    this.path = path;
    this.comparison = comparison;
    this.bar = bar;
  }

  /**
   * Reads a gate.
   *
   * @throws SluiceException EVA-020 when it has another form
   */
  public static Gate parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw problem(
          "gate \"" + text + "\" found, expected SCORE>=NUMBER", "e.g. \"micro.f1>=0.90\"");
    }
    return new Gate(text.strip(), m.group(1), m.group(2), Double.parseDouble(m.group(3)));
  }

  /**
   * Checks, before any work is done, that there can be a score of the name.
   *
   * @param possible empty scores of every kind that may come out
   * @throws SluiceException EVA-020 when none of them has it; of types and labels, which the data name, only what is asked of them is checked
   */
  public void requireKnown(List<Scores> possible) {
    requireKnown(possible, false);
  }

  /**
   * The same.
   *
   * @param baseline whether scores will be compared with earlier ones
   */
  public void requireKnown(List<Scores> possible, boolean baseline) {
    if (path.startsWith(BASELINE) && !baseline) throw withoutBaseline();
    for (Scores empty : possible) {
      ObjectNode json = ScoresJson.of(empty);
      if (baseline) json.set("baseline", ScoreDifferences.of(json, json));
      if (mayBeIn(json, path)) return;
    }
    throw unknown();
  }

  private static boolean mayBeIn(JsonNode empty, String path) {
    if (isScore(find(empty, path))) return true;
    if (path.startsWith(BASELINE))
      return mayBeIn(empty.get("baseline"), path.substring(BASELINE.length()));
    String measure = path.substring(path.lastIndexOf('.') + 1);
    boolean counted =
        empty.has("unseenLabels") && path.matches("(unseenLabels|unseenIntents)\\..+");
    boolean byName = path.matches("(types|intents)\\..+\\..+") && empty.get("micro").has(measure);
    return counted || byName;
  }

  /** Whether a node is a number, also one that is not defined, or an object that holds one. */
  private static boolean isScore(JsonNode node) {
    JsonNode value = node != null && node.isObject() ? node.get("value") : node;
    return value != null && (value.isNumber() || value.isNull());
  }

  /**
   * Compares the score with the bar.
   *
   * @return one line that says what was asked for and what was found
   * @throws SluiceException EVA-020 when there is no such score
   */
  public Verdict check(MetricsJson metrics) {
    ObjectNode scores = metrics.gated();
    if (path.startsWith(BASELINE) && !scores.has("baseline")) throw withoutBaseline();
    JsonNode node = find(scores, path);
    if (!isScore(node)) throw unknown();
    if (node.isObject()) node = node.get("value");
    boolean met = node.isNumber() && holds(node.doubleValue());
    String found = node.isNull() ? "undefined" : shown(node, met);
    return new Verdict(met, "gate " + (met ? "met" : "not met") + ": " + text + ", found " + found);
  }

  /** A count whole, a score with four decimals, which are two in percent; behind it the exact one where the rounded one says something else of the bar. */
  private String shown(JsonNode node, boolean met) {
    if (node.isIntegralNumber()) return String.format(Locale.ROOT, "%,d", node.longValue());
    BigDecimal rounded = node.decimalValue().setScale(4, RoundingMode.HALF_UP);
    boolean same = holds(rounded.doubleValue()) == met;
    return rounded.toPlainString() + (same ? "" : ", exactly " + node.asText());
  }

  private boolean holds(double score) {
    double rounding = path.startsWith(BASELINE) ? ROUNDING : 0;
    return switch (comparison) {
      case ">=" -> score >= bar - rounding;
      case "<=" -> score <= bar + rounding;
      case ">" -> score > bar + rounding;
      default -> score < bar - rounding;
    };
  }

  /** A node by its path; a key may itself hold full stops, as types do. */
  private static JsonNode find(JsonNode node, String path) {
    if (node.has(path)) return node.get(path);
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      JsonNode child = node.get(path.substring(0, dot));
      JsonNode found = child == null ? null : find(child, path.substring(dot + 1));
      if (found != null) return found;
    }
    return null;
  }

  private SluiceException withoutBaseline() {
    return problem(
        "gate \"" + text + "\" asks for a difference, but there is nothing to compare with",
        "name a run or a metrics.json with --baseline");
  }

  private SluiceException unknown() {
    return problem(
        "gate \"" + text + "\": there is no score \"" + path + "\"",
        "name one of metrics.json, e.g. micro.f1, types.TYPE.recall, tokenAccuracy or headline");
  }

  private static SluiceException problem(String what, String fix) {
    return SluiceException.usage(Codes.GATE, Location.of("command line"), what, fix);
  }

  /**
   * What came of it.
   *
   * @param met whether the bar was reached
   * @param line what was asked for and found, for people
   */
  public record Verdict(boolean met, String line) {}
}
