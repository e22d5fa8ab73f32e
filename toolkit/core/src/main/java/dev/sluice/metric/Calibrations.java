package dev.sluice.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The calibration of what a model says, by kind of statement. Not safe for use by several threads at once.
 *
 * @param spans predicted spans, right when a gold span has the same type and borders; their confidence is the probability of exactly this span
 * @param tokens labels of tokens, spelled in the model's scheme; their confidence is the marginal probability
 * @param insideTokens those of them that are predicted to be something else than O, since O, which is easy, hides how the others do
 * @param intents labels of sentences, each that is given; right when it says what the model has learned to say of the gold ones
 */
public record Calibrations(
    Calibration spans, Calibration tokens, Calibration insideTokens, Calibration intents) {
  /** Without cases. */
  public Calibrations() {
    this(new Calibration(), new Calibration(), new Calibration(), new Calibration());
  }

  /** Adds the cases of another one. */
  public void merge(Calibrations other) {
    spans.merge(other.spans);
    tokens.merge(other.tokens);
    insideTokens.merge(other.insideTokens);
    intents.merge(other.intents);
  }

  /** Those that have cases, by name: spans, tokens, tokens that are not O, intents. */
  public Map<String, Calibration> byName() {
    Map<String, Calibration> all = new LinkedHashMap<>();
    all.put("spans", spans);
    all.put("tokens", tokens);
    all.put("tokens not O", insideTokens);
    all.put("intents", intents);
    all.values().removeIf(c -> c.cases() == 0);
    // plain labels have no O, and the row would stand there twice
    if (insideTokens.cases() == tokens.cases()) all.remove("tokens not O");
    return all;
  }
}
