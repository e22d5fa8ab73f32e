package dev.sluice.metric;

import static dev.sluice.metric.GoldenScoresTest.words;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scores that need the words or the label of the sentence. */
class SentenceScoresTest {
  private static final Reading BIO = Reading.of(TagScheme.BIO);

  @Test
  void aSentenceIsRightWhenItsSpansAndItsIntentAre() {
    Scores scores = Scores.ofSpans(BIO, BIO);
    scores.add(sentence("to Oslo", "O B-city", "book"), words("O B-city"), "book");
    scores.add(sentence("to Oslo", "O B-city", "book"), words("O B-city"), "cancel");
    scores.add(sentence("to Oslo", "O B-city", "book"), words("O O"), "book");
    assertEquals(new Ratio(1, 3), scores.sentenceAccuracy());
    assertEquals(new Ratio(2, 3), scores.intentAccuracy());
    assertEquals(new Counts(2, 0, 1), scores.byType().micro());
    assertEquals(1, scores.intentConfusion().count("book", "cancel"));
    assertEquals(scores.headline(), new Ratio(4, 5));
  }

  /** Whoever answers with none gives no wrong label, but no right one either. */
  @Test
  void aRejectedLabelIsAMissAndTheSentenceIsWrong() {
    Scores scores = Scores.ofSpans(BIO, BIO), other = Scores.ofSpans(BIO, BIO);
    scores.add(sentence("to Oslo", "O B-city", "book"), words("O B-city"), "book", true);
    scores.add(sentence("to Oslo", "O B-city", "book"), words("O B-city"), "book", false);
    other.add(sentence("to Oslo", "O B-city", "book"), words("O B-city"), "cancel", true);
    scores.merge(other);
    assertEquals(new Ratio(1, 3), scores.intentAccuracy());
    assertEquals(new Ratio(1, 3), scores.sentenceAccuracy());
    assertEquals(new Ratio(2, 3), scores.intentCoverage());
    assertEquals(new Ratio(1, 2), scores.acceptedIntentAccuracy());
    assertEquals(new Counts(1, 0, 2), scores.byIntent().rows().get("book"));
    assertEquals(new Counts(0, 1, 0), scores.byIntent().rows().get("cancel"));
    assertEquals(1, scores.intentConfusion().count("book", Scores.REJECTED));
    String report = ScoreTable.report(scores);
    assertEquals(
        List.of("intents accepted: 66.67 of 3", "intent accuracy among accepted: 50.00 of 2"),
        report.lines().filter(l -> l.contains("accepted")).toList());
    Scores sentences = Scores.ofSentences();
    sentences.addIntent("book", "book", false);
    assertEquals(new Ratio(0, 1), sentences.headline());
    assertEquals(new Ratio(0, 0), sentences.acceptedIntentAccuracy());
  }

  @Test
  void knownAndUnknownWordsAreScoredApart() {
    Known known = new Known(Set.of("the")::contains, tag -> true, intent -> true);
    Scores scores = Scores.ofLabels().withTraining(known);
    scores.add(sentence("the otter the", "DET NOUN DET", null), words("DET VERB NOUN"));
    assertEquals(new Ratio(1, 2), scores.knownWordAccuracy());
    assertEquals(new Ratio(0, 1), scores.unknownWordAccuracy());
    assertEquals(new Ratio(1, 3), scores.headline());
  }

  private static Sentence sentence(String text, String tags, String intent) {
    List<Token> tokens = new ArrayList<>();
    int start = 0;
    for (String word : words(text)) {
      tokens.add(new Token(word, start, start + word.length()));
      start += word.length() + 1;
    }
    return new Sentence(
        text, tokens, words(tags), Optional.ofNullable(intent), Location.of("line"));
  }
}
