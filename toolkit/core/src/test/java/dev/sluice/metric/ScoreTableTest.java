package dev.sluice.metric;

import static dev.sluice.metric.GoldenScoresTest.words;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.label.TagScheme;
import org.junit.jupiter.api.Test;

/** The text a person reads, to the character. */
class ScoreTableTest {
  private static final Reading BIO = Reading.of(TagScheme.BIO);

  @Test
  void columnsAreAlignedAndUndefinedIsSaid() {
    CountsByType counts = new CountsByType();
    counts.addSpans(TagScheme.BIO.spans(words("B-city")), TagScheme.BIO.spans(words("B-日期")));
    assertEquals(
        """
        type   precision  recall    F1  support
        ---------------------------------------
        city         n/a    0.00  0.00        1
        日期        0.00     n/a  0.00        0
        ---------------------------------------
        micro       0.00    0.00  0.00        1
        """,
        ScoreTable.perType(counts));
  }

  /** A label out of a file must not be able to move the cursor or fake a row. */
  @Test
  void controlCharactersInLabelsAreShownAsCodes() {
    CountsByType counts = new CountsByType();
    counts.addLabel("a\u001b[2J\nmicro\u202e", "b");
    String table = ScoreTable.perType(counts);
    assertEquals(6, table.lines().count(), table);
    assertEquals("a\\u001b[2J\\u000amicro\\u202e", table.lines().toList().get(2).split(" ")[0]);
  }

  @Test
  void theReportOpensWithItsSignatureAndHidesNoIllegalMove() {
    Scores scores = Scores.ofSpans(BIO, BIO);
    scores.add(words("B-city I-city O B-date"), words("I-city I-city O B-date"));
    assertEquals(
        """
        F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=null|ignored=-|v=1
        F1 100.00 on 1 sentence, 4 tokens

        type   precision  recall      F1  support
        -----------------------------------------
        city      100.00  100.00  100.00        1
        date      100.00  100.00  100.00        1
        -----------------------------------------
        micro     100.00  100.00  100.00        2

        averaged F1: 100.00
        weighted F1: 100.00
        borders F1: 100.00
        token accuracy: 75.00
        sentence accuracy: 100.00
        illegal moves in predictions: 1 (continues no span 1)
        F1 without repaired spans: 66.67
        """,
        ScoreTable.report(scores));
  }

  @Test
  void plainLabelsAndIntentsHaveReportsOfTheirOwn() {
    Scores labels = Scores.ofLabels();
    labels.add(words("DET NOUN"), words("DET VERB"));
    assertEquals(
        "accuracy=token|scheme=PLAIN|repair=-|match=label|zero=null|ignored=-|v=1\n"
            + "accuracy 50.00 on 1 sentence, 2 tokens",
        firstLines(labels));
    Scores intents = Scores.ofSentences();
    intents.addIntent("book", "book");
    intents.addIntent("book", "cancel");
    assertEquals(
        "accuracy=sentence|scheme=-|repair=-|match=label|zero=null|ignored=-|v=1\n"
            + "accuracy 50.00 on 2 sentences",
        firstLines(intents));
  }

  private static String firstLines(Scores scores) {
    String report = ScoreTable.report(scores);
    return report.substring(0, report.indexOf("\n\n"));
  }
}
