package dev.sluice.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.label.LabelException;
import dev.sluice.label.TagScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Moves are what the scheme says of pairs of labels. */
class MovesTest {

  /** Every label a scheme has for two types, O first. */
  static List<String> labels(TagScheme scheme) {
    List<String> labels = new ArrayList<>(List.of("O"));
    for (char letter : "BIMELSU".toCharArray()) {
      for (String type : List.of("city", "date")) {
        try {
          scheme.check(letter + "-" + type);
          if (scheme.hasSpans()) labels.add(letter + "-" + type);
        } catch (LabelException e) {
          continue; // not a letter of this scheme
        }
      }
    }
    return labels.size() > 1 ? labels : List.of("O", "noun", "verb");
  }

  @ParameterizedTest
  @EnumSource
  void movesAreThoseOfTheScheme(TagScheme scheme) {
    List<String> labels = labels(scheme);
    Moves moves = Moves.of(scheme, labels);
    assertEquals(labels.size(), moves.labels());
    boolean free = true;
    for (int i = 0; i < labels.size(); i++) {
      String from = labels.get(i);
      assertEquals(scheme.allowed(null, from), moves.mayBegin(i), from);
      assertEquals(scheme.allowed(from, null), moves.mayEnd(i), from);
      free &= moves.mayBegin(i) && moves.mayEnd(i);
      for (int j = 0; j < labels.size(); j++) {
        String to = labels.get(j);
        assertEquals(scheme.allowed(from, to), moves.mayFollow(i, j), from + " " + to);
        free &= moves.mayFollow(i, j);
      }
    }
    assertEquals(free, moves.isFree());
  }

  @Test
  void aPathIsLegalIfItsBordersAndMovesAre() {
    Moves moves = Moves.of(TagScheme.BIOES, List.of("O", "B-x", "E-x", "S-x"));
    assertTrue(moves.legal(new int[] {0, 1, 2, 3}, 4));
    assertTrue(moves.legal(new int[] {3, 1, 1}, 1));
    assertFalse(moves.legal(new int[] {2, 0}, 2));
    assertFalse(moves.legal(new int[] {0, 1}, 2));
    assertFalse(moves.legal(new int[] {1, 0}, 2));
  }

  @Test
  void plainLabelsAndIoAreFree() {
    assertTrue(Moves.of(TagScheme.PLAIN, List.of("noun", "B-x")).isFree());
    assertTrue(Moves.of(TagScheme.IO, List.of("O", "I-x", "I-y")).isFree());
    assertTrue(Moves.free(3).isFree());
  }

  @ParameterizedTest
  @CsvSource({"BIOES,B-x E-x", "BIO,I-x", "IOB1,B-x", "BMES,M-x B-x", "IOE1,E-x", "BIO,''"})
  void labelsThatCannotLabelOneTokenAreRefused(TagScheme scheme, String labels) {
    List<String> list = labels.isEmpty() ? List.of() : List.of(labels.split(" "));
    SluiceException e = assertThrows(SluiceException.class, () -> Moves.of(scheme, list));
    assertEquals("LAB-102", e.problems().get(0).code());
    assertTrue(e.getMessage().contains(scheme.name()), e.getMessage());
  }

  /** Where one token can be labelled, any number can: some label may begin, end and follow itself. */
  @ParameterizedTest
  @EnumSource
  void whatBeginsAndEndsMayFollowItself(TagScheme scheme) {
    List<String> labels = labels(scheme);
    Moves moves = Moves.of(scheme, labels);
    for (int i = 0; i < labels.size(); i++)
      assertTrue(!moves.mayBegin(i) || !moves.mayEnd(i) || moves.mayFollow(i, i), labels.get(i));
  }

  @Test
  void labelsOfAnotherSchemeAreRefused() {
    assertThrows(LabelException.class, () -> Moves.of(TagScheme.BIO, List.of("O", "S-x")));
    assertThrows(IllegalArgumentException.class, () -> Moves.free(0));
  }
}
