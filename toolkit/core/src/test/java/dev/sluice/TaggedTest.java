package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A result says itself in one line and cannot be changed. */
class TaggedTest {
  private static final List<Token> TOKENS =
      List.of(new Token("to", 0, 2), new Token("New", 3, 6), new Token("Delhi", 7, 12));

  private static Tagged tagged(List<String> labels, Slot... slots) {
    return new Tagged(
        "to New Delhi", TOKENS, labels, List.of(0.9, 0.8, 0.5), List.of(slots), List.of(), 0.36);
  }

  private static Slot slot(String type, int first, int end, double confidence) {
    int start = TOKENS.get(first).start(), stop = TOKENS.get(end - 1).end();
    String text = "to New Delhi".substring(start, stop);
    return new Slot(type, text, start, stop, first, end, confidence);
  }

  @Test
  void slotsStandInBracketsWithTheirType() {
    Slot city = slot("city", 1, 3, 0.4);
    assertEquals("to [New Delhi](city)", tagged(List.of("O", "B-city", "I-city"), city).toString());
  }

  @Test
  void plainLabelsFollowTheirWords() {
    assertEquals(
        "to/ADP New/PROPN Delhi/PROPN", tagged(List.of("ADP", "PROPN", "PROPN")).toString());
  }

  @Test
  void aSentenceWithoutSlotsIsItsWords() {
    assertEquals("to New Delhi", tagged(List.of("O", "O", "O")).toString());
  }

  @Test
  void ofSeveralSlotsOfATypeTheMostProbableIsGiven() {
    Slot weak = slot("city", 0, 1, 0.3),
        strong = slot("city", 1, 2, 0.7),
        day = slot("day", 2, 3, 1);
    Tagged tagged = tagged(List.of("B-city", "B-city", "B-day"), weak, strong, day);
    assertEquals(List.of("city", "day"), List.copyOf(tagged.slotsByType().keySet()));
    assertEquals(strong, tagged.slotsByType().get("city"));
  }

  @Test
  void itDoesNotChangeWithTheListsItWasMadeFrom() {
    List<String> labels = new ArrayList<>(List.of("O", "O", "O"));
    Tagged tagged = tagged(labels);
    labels.set(0, "B-city");
    assertEquals(List.of("O", "O", "O"), tagged.labels());
    assertThrows(UnsupportedOperationException.class, () -> tagged.labels().set(0, "O"));
    assertThrows(UnsupportedOperationException.class, () -> tagged.slotsByType().clear());
  }

  @Test
  void thereIsALabelPerToken() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> tagged(List.of("O"))).getMessage();
    assertEquals("3 tokens but 1 labels", message);
  }
}
