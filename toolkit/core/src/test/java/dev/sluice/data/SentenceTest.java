package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SentenceTest {
  private static Sentence labelled(String intent) {
    return Words.joined(
        List.of("to", "Bonn"), List.of(), Optional.ofNullable(intent), Location.of("test", 1));
  }

  private static List<String> intents(String label, String separator) {
    return List.copyOf(labelled(label).intents(Optional.ofNullable(separator)));
  }

  @Test
  void aLabelNamesSeveralIntentsInItsOrderEachOnce() {
    assertEquals(List.of("flight", "airfare"), intents("flight#airfare", "#"));
    assertEquals(List.of("b", "a"), intents(" b # a#b ", "#"));
    assertEquals(List.of("a", "b"), intents("##a# #b#", "#"));
    assertEquals(List.of("a", "b"), intents("a.*b", ".*"));
    assertEquals(List.of("a*b"), intents("a*b", ".*"));
    assertEquals(List.of(), intents("#", "#"));
    assertEquals("flight#airfare", labelled("flight#airfare").intent().orElseThrow());
  }

  @Test
  void withoutASeparatorALabelIsOneIntent() {
    assertEquals(List.of("flight#airfare"), intents("flight#airfare", null));
    assertEquals(List.of(), intents(null, null));
    assertEquals(List.of(), intents(null, "#"));
  }

  @Test
  void featuresAreSortedCopiedAndKept() {
    List<String> values = new ArrayList<>(List.of("TO", "NNP"));
    Map<String, List<String>> given = new TreeMap<>(Comparator.reverseOrder());
    given.put("pos", values);
    given.put("chunk", List.of("O", "B-NP"));
    Sentence sentence = labelled("fly").withFeatures(given);
    values.set(0, "changed");
    given.clear();
    assertEquals("{chunk=[O, B-NP], pos=[TO, NNP]}", sentence.features().toString());
    assertEquals(sentence.features(), sentence.withTags(List.of("O", "O")).features());
    assertEquals(Optional.of("fly"), sentence.intent());
    assertThrows(UnsupportedOperationException.class, () -> sentence.features().clear());
    assertEquals(labelled("fly"), sentence.withFeatures(Map.of()));
  }

  @Test
  void aFeatureHasAValuePerToken() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> labelled(null).withFeatures(Map.of("pos", List.of("TO"))));
    assertEquals("test:1: 2 tokens but 1 values of pos", e.getMessage());
  }
}
