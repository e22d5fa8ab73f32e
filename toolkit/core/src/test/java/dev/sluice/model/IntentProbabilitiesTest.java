package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.vocabulary.LabelVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Worked numbers. */
class IntentProbabilitiesTest {
  private static final LabelVocabulary LABELS =
      LabelVocabulary.of(List.of("fare", "flight", "flight#fare"));
  private static final float[] P = new float[3];

  static {
    P[LABELS.id("fare")] = 0.25f;
    P[LABELS.id("flight")] = 0.125f;
    P[LABELS.id("flight#fare")] = 0.625f;
  }

  private static Map<String, Double> of(boolean several, String... given) {
    int[] ids = new int[given.length];
    for (int i = 0; i < ids.length; i++) ids[i] = LABELS.id(given[i]);
    return IntentProbabilities.of(
        new Outputs.Sentence(LABELS, several, Optional.of("#")),
        new Prediction.Sentence(ids, P, true));
  }

  @Test
  void aLabelOfSeveralIntentsIsTakenApartAndEachIsAsProbableAsAllLabelsThatNameIt() {
    Map<String, Double> found = of(false, "flight#fare");
    assertEquals(List.of("flight", "fare"), new ArrayList<>(found.keySet()));
    assertEquals(0.75, found.get("flight"));
    assertEquals(0.875, found.get("fare"));
  }

  @Test
  void aLabelOfOneIntentHasItsOwnProbability() {
    assertEquals(Map.of("flight", 0.125), of(false, "flight"));
    Map<String, Double> several = of(true, "fare", "flight");
    assertEquals(Map.of("fare", 0.25, "flight", 0.125), several);
    assertEquals(List.of("fare", "flight"), new ArrayList<>(several.keySet()));
  }
}
