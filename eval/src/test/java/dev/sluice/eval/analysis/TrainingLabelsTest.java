package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Reading;
import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What labelled sentences say of surface forms. */
class TrainingLabelsTest {
  private static final Reading BIO = Reading.of(TagScheme.BIO);

  private final List<Sentence> sentences = new ArrayList<>();

  /** Adds a sentence on the next line of a file. */
  private TrainingLabelsTest add(String words, String tags) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    for (String word : words.split(" ")) {
      tokens.add(new Token(word, at, at + word.length()));
      at += word.length() + 1;
    }
    Location where = Location.of("d.csv", sentences.size() + 2);
    sentences.add(new Sentence(words, tokens, List.of(tags.split(" ")), Optional.empty(), where));
    return this;
  }

  private TrainingLabels read() {
    return TrainingLabels.of(BIO, sentences::forEach);
  }

  /** "new york" is three times a city, once a state and twice none; "may" is once a date and once none; "bern" is always a city. */
  @Test
  void formsThatAreLabelledInMoreThanOneWayAreListedWithThePlacesOfTheUnusualOnes() {
    add("to new york in may", "O B-city I-city O B-date");
    add("new york to bern", "B-city I-city O B-city");
    add("it may rain in new york", "O O O O B-city I-city");
    add("new york by law", "B-state I-state O O");
    add("new york and new york", "O O O O O");
    assertEquals(
        List.of(
            new Inconsistency(
                "new york",
                new TreeMap<>(Map.of("city", 3L, "state", 1L)),
                2,
                3,
                new TreeMap<>(
                    Map.of(
                        "state", List.of(Location.of("d.csv", 5)),
                        "", List.of(Location.of("d.csv", 6), Location.of("d.csv", 6))))),
            new Inconsistency(
                "may",
                new TreeMap<>(Map.of("date", 1L)),
                1,
                1,
                new TreeMap<>(Map.of("date", List.of(Location.of("d.csv", 2)))))),
        read().inconsistencies());
  }

  /** Of two labels that are equally frequent the one outside of spans is taken for the usual one. */
  @Test
  void theFirstFivePlacesOfAWayAreKept() {
    for (int i = 0; i < 7; i++) add("oslo", "O");
    for (int i = 0; i < 7; i++) add("oslo", "B-city");
    Inconsistency found = read().inconsistencies().get(0);
    assertEquals(7, found.unusual());
    assertEquals(
        List.of(9, 10, 11, 12, 13),
        found.places().get("city").stream().map(Location::line).toList());
    assertEquals(Map.of("city", found.places().get("city")), found.places());
  }

  /** The words inside of a longer span are no occurrence of a shorter form. */
  @Test
  void aFormInsideOfASpanDoesNotStandOutsideOfSpans() {
    add("york", "B-city").add("new york", "B-city I-city").add("in new york", "O B-city I-city");
    assertEquals(List.of(), read().inconsistencies());
  }

  @Test
  void spansOfOtherDataAreKnownByFormAndType() {
    TrainingLabels labels = add("to new york in may", "O B-city I-city O B-date").read();
    sentences.clear();
    add("new york in june", "B-city I-city O B-date");
    add("new york may", "B-state I-state B-date");
    assertEquals(new Ratio(2, 4), labels.known(sentences, BIO));
  }

  /** A file without tags for the ends of spans may hold one of many thousand words; looking for its like elsewhere must not take the square of that. */
  @Test
  void aVeryLongSpanIsLookedForInOneSweep() {
    int size = 20_000;
    StringBuilder words = new StringBuilder("w"), tags = new StringBuilder("B-X");
    for (int t = 1; t < size; t++) {
      words.append(" w").append(t % 100);
      tags.append(" I-X");
    }
    add(words.toString(), tags.toString());
    add("w", "B-X");
    for (int n = 0; n < 20; n++) add("w x ".repeat(size / 2).strip(), "O ".repeat(size).strip());
    TrainingLabels labels = read();
    assertEquals(20L * size / 2, labels.form("w").untagged);
    assertEquals(0, labels.form(words.toString()).untagged);
  }

  /** Words are compared as they are joined, whatever the tokens are. */
  @Test
  void aTokenThatHoldsABlankIsTwoWordsOfAForm() {
    add("new york", "B-city I-city");
    Token one = new Token("new york", 0, 8);
    sentences.add(
        new Sentence(
            "new york", List.of(one), List.of("O"), Optional.empty(), Location.of("d.csv", 3)));
    assertEquals(1, read().form("new york").untagged);
  }
}
