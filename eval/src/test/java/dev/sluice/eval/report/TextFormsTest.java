package dev.sluice.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.metrics.Gate;
import dev.sluice.metric.TextTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Markdown, CSV, LaTeX and text of a document that can be checked by hand. 457 of 800 are 57.125 %, which people round to 57.13. */
class TextFormsTest {
  private static final String SIGNATURE =
      "F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=null|ignored=-|v=1";

  @Test
  void markdownEscapesNamesAndShowsEveryScore() {
    assertEquals(
        """
        # run, news\\_1.conll

        **F1 57.30 (95 % interval 54.00–60.12)** on 898 sentences, 12,000 tokens

        Signature: `F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=null|ignored=-|v=1`

        Intervals of 95 %: bootstrap over 898 sentences, 10,000 resamples, seed 7; precision and recall of types by Wilson.

        - 3 invalid moves in the predicted tags; the strict score leaves out the spans that needed repair.
        - 2 sentences without gold labels, not scored.
        - 2 types have fewer than 20 gold cases; their scores are uncertain.

        | Type | P | R | F1 | 95 % interval | Support | Predicted | TP | FP | FN |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        | =SUM(A1) † | n/a | 0.00 | 0.00 |  | 5 | 0 | 0 | 0 | 5 |
        | LOC | 57.13 | 57.13 | 57.13 | 53.00–61.01 | 800 | 800 | 457 | 343 | 343 |
        | a\\_very\\|long \\<b\\>name\\</b\\> of a type \\& more † | 80.00 | 100.00 | 88.89 |  | 8 | 10 | 8 | 2 | 0 |
        | **micro** | 57.41 | 57.20 | 57.30 | 54.00–60.12 | 813 | 810 | 465 | 345 | 348 |
        | **macro** | 45.71 | 52.38 | 48.67 |  | | | | | |
        | **weighted** | 57.00 | 57.20 | 57.09 |  | | | | | |

        † fewer than 20 gold cases

        | Score | Value | 95 % interval | Out of |
        |---|--:|--:|--:|
        | F1 | 57.30 | 54.00–60.12 |  |
        | precision | 57.41 | 54.00–61.00 | 810 |
        | recall | 57.20 |  | 813 |
        | strict F1 | 57.04 |  |  |
        | borders F1 | 61.61 |  |  |
        | averaged F1 | 48.67 |  |  |
        | weighted F1 | 57.09 |  |  |
        | type accuracy on right borders | 93.00 |  | 500 |
        | token accuracy | 95.00 |  | 12,000 |
        | sentence accuracy | 50.11 |  | 898 |

        | Code | Kind | Count | Oracle F1 |
        |---|---|--:|--:|
        | C | right borders and type | 465 |  |
        | B | right type, other borders | 60 | 64.69 |
        """,
        MarkdownReport.of(SmallDocument.data()));
  }

  @Test
  void csvHasARowPerTypeAndNoFormula() {
    assertEquals(
        """
        part,row,name,precision,precision_low,precision_high,recall,recall_low,recall_high,f1,f1_low,f1_high,f1_difference,support,predicted,true_positives,false_positives,false_negatives,signature
        news_1.conll,type,'=SUM(A1),,,,0.00,,,0.00,,,,5,0,0,0,5,SIGNATURE
        news_1.conll,type,LOC,57.13,50.00,60.00,57.13,,,57.13,53.00,61.01,,800,800,457,343,343,SIGNATURE
        news_1.conll,type,a_very|long <b>name</b> of a type & more,80.00,,,100.00,,,88.89,,,,8,10,8,2,0,SIGNATURE
        news_1.conll,average,micro,57.41,,,57.20,,,57.30,54.00,60.12,,813,810,465,345,348,SIGNATURE
        news_1.conll,average,macro,45.71,,,52.38,,,48.67,,,,,,,,,SIGNATURE
        news_1.conll,average,weighted,57.00,,,57.20,,,57.09,,,,,,,,,SIGNATURE
        """
            .replace("SIGNATURE", SIGNATURE),
        CsvReport.of(SmallDocument.data()));
  }

  @Test
  void everyFormThatHasPartsHasTheirIntervals() {
    ReportData data = ReportData.of("run", PartsDocument.json());
    String markdown = MarkdownReport.of(data);
    assertTrue(markdown.contains("| domain | F1 | 95 % interval | Sentences | Tokens |"), markdown);
    assertTrue(markdown.contains("| sport | 57.30 | 40.00–70.00 | 898 | 12,000 |"), markdown);
    assertTrue(
        markdown.contains("| news\\_2.conll | 57.30 | 51.00–64.00 | 898 | 12,000 |"), markdown);
    String text = TextReport.of(data, 80);
    assertTrue(text.contains("sport    57.30    40.00–70.00        898\n"), text);
    assertTrue(text.contains("pooled        57.30    55.00–60.00        898\n"), text);
  }

  @Test
  void bothViewsOfWhatIsPartlyRightStandInMarkdownAndCsv() {
    ReportData data = ReportData.of("run", SampleDocument.spans(20, 3).json());
    String markdown = MarkdownReport.of(data);
    assertTrue(markdown.contains("F1 by type, a pair counts under its gold type:"), markdown);
    assertTrue(markdown.contains("F1 by type, both sides filtered by type:"), markdown);
    String csv = CsvReport.of(data);
    for (String row :
        List.of(
            ",semeval.leftToRight.partial,all,",
            ",semeval.types.strict,airline,",
            ",semeval.typesApart.type,to_city,")) assertTrue(csv.contains("test" + row), csv);
    assertFalse(CsvReport.of(SmallDocument.data()).contains("semeval"), "none in the document");
  }

  @Test
  void latexHasTheRulesOfBooktabsAndEscapesNames() {
    assertEquals(
        """
        % run, news_1.conll: F1 57.30 (95 % interval 54.00–60.12) on 898 sentences, 12,000 tokens
        % F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=null|ignored=-|v=1
        % Intervals of 95 %: bootstrap over 898 sentences, 10,000 resamples, seed 7; precision and recall of types by Wilson
        \\begin{tabular}{lrrrrr}
        \\toprule
        Type & Precision & Recall & F$_1$ & 95 \\% interval & Support \\\\
        \\midrule
        =SUM(A1) & n/a & 0.00 & 0.00 &  & 5 \\\\
        LOC & 57.13 & 57.13 & 57.13 & 53.00--61.01 & 800 \\\\
        a\\_very\\textbar{}long \\textless{}b\\textgreater{}name\\textless{}/b\\textgreater{} of a type \\& more & 80.00 & 100.00 & 88.89 &  & 8 \\\\
        \\midrule
        micro & 57.41 & 57.20 & 57.30 & 54.00--60.12 & 813 \\\\
        macro & 45.71 & 52.38 & 48.67 &  &  \\\\
        weighted & 57.00 & 57.20 & 57.09 &  &  \\\\
        \\bottomrule
        \\end{tabular}
        """,
        LatexTable.of(SmallDocument.data()));
  }

  @Test
  void latexEscapesEveryCharacterThatMeansSomething() {
    assertEquals(
        "\\textbackslash{}a\\{b\\}\\$\\#\\%\\textasciitilde{}\\textasciicircum{}\\textquotedbl{}\\u000a",
        LatexTable.escape("\\a{b}$#%~^\"\n").replace("\\textbackslash{}u", "\\u"));
  }

  @Test
  void textShortensNamesThenLeavesOutColumns() {
    String table =
        """
        type            precision  recall     F1  95 % interval  support  predicted   TP
        --------------------------------------------------------------------------------
        =SUM(A1)              n/a    0.00   0.00                       5          0    0
        LOC                 57.13   57.13  57.13    53.00–61.01      800        800  457
        a_very|…& more      80.00  100.00  88.89                       8         10    8
        --------------------------------------------------------------------------------
        micro               57.41   57.20  57.30    54.00–60.12      813        810  465
        macro               45.71   52.38  48.67
        weighted            57.00   57.20  57.09
        """;
    String text = TextReport.of(SmallDocument.data(), 80);
    assertTrue(
        text.startsWith(
            SIGNATURE + "\nnews_1.conll: F1 57.30 (95 % interval 54.00–60.12) on 898 sentences,\n"),
        text);
    assertTrue(text.contains("\n\n" + table + "\n"), text);
    assertTrue(text.contains("strict F1: 57.04\n"), text);
    assertTrue(text.contains("! 3 invalid moves"), text);
  }

  @Test
  void textFitsAnyWidth() {
    for (int width = TextReport.LEAST_WIDTH; width <= 140; width++) {
      int most = width;
      String text = TextReport.of(SmallDocument.data(), width);
      assertTrue(
          text.lines().skip(1).allMatch(line -> TextTable.width(line) <= most),
          () -> most + ":\n" + text);
      for (String column : List.of("F1", "support")) assertTrue(text.contains(column), text);
    }
    String narrow = TextReport.of(SmallDocument.data(), 40);
    assertFalse(narrow.contains("precision  "), narrow);
    assertTrue(narrow.contains("recall"), narrow);
  }

  @Test
  void aNameIsShortenedInItsMiddle() {
    assertEquals("abcdef", TextReport.fit("abcdef", 6));
    assertEquals("abc…ef", TextReport.fit("abcdefef", 6));
    assertEquals("東京…国", TextReport.fit("東京都千代田区の国", 7));
  }

  @Test
  void gatesAndBaselineStandBelowTheHeadline() {
    ObjectNode worse = SmallDocument.json().deepCopy();
    ObjectNode scores = (ObjectNode) worse.get("parts").get(0).get("scores");
    ((ObjectNode) scores.get("headline")).put("value", 0.5);
    ((ObjectNode) scores.get("micro")).put("truePositives", 345).put("falseNegatives", 345);
    ((ObjectNode) scores.get("types").get("LOC")).put("truePositives", 400);
    ReportData data =
        SmallDocument.data()
            .baseline(ReportData.of("last_run", worse))
            .gates(List.of(new Gate.Verdict(false, "gate not met: micro.f1>=0.9, found 0.573")));
    String text = TextReport.of(data, 120);
    assertTrue(text.contains("\ngate not met: micro.f1>=0.9, found 0.573\n"), text);
    assertTrue(
        text.contains(
            "\n+7.30 points against the baseline last_run, which has 50.00 on news_1.conll\n"),
        text);
    String markdown = MarkdownReport.of(data);
    assertTrue(markdown.contains("- \\+7.30 points against the baseline last\\_run"), markdown);
    assertTrue(
        markdown.contains("| LOC | 57.13 | 57.13 | 57.13 | 53.00–61.01 | +3.29 |"), markdown);
    assertTrue(CsvReport.of(data).contains("61.01,3.29,800"), CsvReport.of(data));
  }
}
