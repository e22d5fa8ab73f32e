package dev.sluice.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelVocabularyTest {
  private static final List<String> TAGS = List.of("I-city", "O", "B-city", "O", "B-airline");

  @Test
  void outsideComesFirstAndTheRestByCodePoint() {
    LabelVocabulary labels = LabelVocabulary.of(TAGS);
    assertEquals(List.of("O", "B-airline", "B-city", "I-city"), labels.labels());
    assertEquals(0, labels.id("O"));
    assertEquals("I-city", labels.label(3));
    assertEquals(List.of("NOUN", "VERB"), LabelVocabulary.of(List.of("VERB", "NOUN")).labels());
    assertEquals(0, LabelVocabulary.of(List.of()).size());
  }

  @Test
  void aLabelThatWasNotInTrainIsACountedMiss() {
    LabelVocabulary labels = LabelVocabulary.of(TAGS);
    LabelMisses misses = new LabelMisses();
    assertEquals(LabelVocabulary.MISSING, labels.id("B-day", misses));
    assertEquals(LabelVocabulary.MISSING, labels.id("b-city", misses));
    assertEquals(2, labels.id("B-city", misses));
    LabelMisses others = new LabelMisses();
    others.add("B-day");
    misses.merge(others);
    assertEquals(Map.of("B-day", 2L, "b-city", 1L), misses.counts());
    assertEquals(3, misses.total());
  }

  @Test
  void bytesGiveTheSameLabelsBack() {
    LabelVocabulary labels = LabelVocabulary.of(TAGS);
    LabelVocabulary back = LabelVocabulary.fromBytes(labels.toBytes(), Location.of("m"));
    assertEquals(labels.labels(), back.labels());
    assertEquals(3, back.id("I-city"));
  }

  @Test
  void aLabelThatCannotBeStoredIsAProblemOfTheData() {
    for (String label : List.of("", "x".repeat(1001), "\uD800")) {
      SluiceException e =
          assertThrows(SluiceException.class, () -> LabelVocabulary.of(List.of("O", label)));
      assertTrue(e.getMessage().startsWith("error[LAB-101]"), e.getMessage());
    }
  }
}
