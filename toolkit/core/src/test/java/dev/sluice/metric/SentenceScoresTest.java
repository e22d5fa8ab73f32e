package dev.sluice.metric;

import static dev.sluice.metric.GoldenScoresTest.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** A city is found at another of two equal words, which is right, and a date is cut, which is not; a value given twice is right once. */
  @Test
  void slotValuesCountWhereverTheyStand() {
    String text = "oslo to oslo on may first";
    Scores scores = Scores.ofSpans(BIO, BIO);
    scores.add(sentence(text, "O O B-city O B-date I-date", null), words("B-city O O O B-date O"));
    assertEquals(new Counts(0, 2, 2), scores.byType().micro());
    assertEquals(Optional.of(new Counts(1, 1, 1)), scores.slotValues());
    scores.add(sentence(text, "B-from O O O O O", null), words("B-from O B-from O O B-city"));
    Scores other = Scores.ofSpans(BIO, BIO);
    other.add(sentence("oslo", "B-city", null), words("B-from"));
    scores.merge(other);
    assertEquals(Optional.of(new Counts(2, 4, 2)), scores.slotValues());
    String shown = "\nslot values F1: 40.00\n";
    assertTrue(ScoreTable.report(scores).contains(shown), ScoreTable.report(scores));
  }

  @Test
  void slotValuesOfUnknownWordsAreUnknown() {
    Scores scores = Scores.ofSpans(BIO, BIO), tagsOnly = Scores.ofSpans(BIO, BIO);
    assertEquals(Optional.of(Counts.NONE), scores.slotValues());
    tagsOnly.add(words("B-city"), words("B-city"));
    assertEquals(Optional.empty(), tagsOnly.slotValues());
    scores.merge(tagsOnly);
    assertEquals(Optional.empty(), scores.slotValues());
    assertEquals(Optional.empty(), Scores.ofLabels().slotValues());
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
