package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static Map<String, Long> counts(String... words) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String word : words) counts.merge(word, 1L, Long::sum);
    return counts;
  }

  private static String refusal(LoadedVectors loaded, Map<String, Long> counts) {
    Coverage coverage = Coverage.of(loaded.vectors(), counts);
    return assertThrows(
            SluiceException.class,
            () -> coverage.require(Coverage.LEAST, loaded, "input.vectors.least"))
        .getMessage();
  }

  private static LoadedVectors file(String... words) {
    return Made.whole(Made.text(String.join(" 1 2\n", words) + " 1 2\n"), Format.GLOVE);
  }

  private static void assertCause(String cause, LoadedVectors loaded, String... words) {
    String message = refusal(loaded, counts(words));
    assertTrue(message.contains("; the likely cause: " + cause), message);
  }

  @Test
  void typesAndTokensAreCountedByStep() {
    Coverage coverage =
        Coverage.of(
            file("to", "Paris", "00").vectors(),
            counts("to", "to", "TO", "Paris", "12", "34", "x", "y", "y", "z"));
    assertEquals(2, coverage.types().count(Step.EXACT));
    assertEquals(3, coverage.tokens().count(Step.EXACT));
    assertEquals(1, coverage.types().count(Step.LOWER));
    assertEquals(2, coverage.tokens().count(Step.DIGITS));
    assertEquals(3, coverage.types().count(Step.UNKNOWN));
    assertEquals(4, coverage.tokens().count(Step.UNKNOWN));
    assertEquals(10, coverage.tokens().total());
    assertEquals(0.6, coverage.share(), 1e-15);
    assertEquals(List.of("y", "x", "z"), coverage.missing());
  }

  @Test
  void theOrderOfTheWordsMakesNoDifference() {
    Vectors vectors = file("a").vectors();
    assertEquals(
        Coverage.of(vectors, counts("c", "b", "c", "d")).missing(),
        Coverage.of(vectors, counts("d", "b", "c", "c")).missing());
  }

  @Test
  void anAbsurdRateIsRefusedInWords() {
    LoadedVectors loaded = file("der", "die", "das", "und", "ist", "ein");
    Map<String, Long> data = counts("the", "the", "of", "and", "to", "in", "a", "das");
    assertEquals(
        "error[EMB-022] vectors: only 12.5 % of the running words of the data have a vector, expected at least 20.0 %;"
            + " not found: `the`, `a`, `and`, `in`, `of`; the file begins with: `der`, `die`, `das`, `und`, `ist`;"
            + " the likely cause: the file has only 6 words."
            + " Fix: give vectors that fit the data, or set input.vectors.least to 0 to go on with these",
        refusal(loaded, data));
    Coverage coverage = Coverage.of(loaded.vectors(), data);
    coverage.require(0, loaded, "x");
    coverage.require(0.125, loaded, "x");
    Coverage.of(loaded.vectors(), Map.of()).require(1, loaded, "x");
  }

  @Test
  void aTrimmedFileThatKeepsNothingStillShowsItsWords() {
    LoadedVectors loaded =
        Made.open(Made.text("der 1\ndie 2\n"), Format.GLOVE).trimmed(List.of("the"));
    String message = refusal(loaded, counts("the"));
    assertTrue(message.contains("the file begins with: `der`, `die`"), message);
  }

  @Test
  void theLikelyCauseIsTold() {
    assertCause(
        "another language: the file is in Cyrillic script, the data in Latin",
        file("и", "не", "что"),
        "the",
        "of");
    assertCause(
        "the words of the data hold whole sentences", file("to", "of"), "fly to Bonn", "hi\tO");
    assertCause("the file has vectors of characters", file("a", "b", "c"), "the", "of");
    assertCause(
        "the words of the file carry something more", file("/c/en/to", "/c/en/of"), "to", "of");
    assertCause("case: the file's words are in upper case", file("TO", "OF"), "to", "of");
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) many.add("w".repeat(i % 30 + 2) + (char) ('a' + i / 30));
    assertCause(
        "another language, or words that were separated", file(many.toArray(String[]::new)), "to");
  }
}
