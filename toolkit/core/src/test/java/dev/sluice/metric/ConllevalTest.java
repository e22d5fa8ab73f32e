package dev.sluice.metric;

import static dev.sluice.metric.GoldenScoresTest.words;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.label.Repair;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that the program itself gave for the golden examples, its layout, and a second model of its table on random files. */
class ConllevalTest {
  private static final Reading BIO = Reading.of(TagScheme.BIO);
  private static final List<String> TYPES = List.of("PER", "LOC", "A-B", "0");

  /** The golden examples in the table as they stand, whatever their scheme is: what the program makes of them. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          G01 ; B-PER I-PER O           ; B-PER I-PER O           ; 1/0/0 ; 100.00
          G02 ; B-PER I-PER I-PER O     ; B-PER I-PER O O         ; 0/1/1 ; 75.00
          G03 ; O B-PER O               ; O B-PER I-PER           ; 0/1/1 ; 66.67
          G04 ; B-LOC I-LOC O           ; B-LOC B-LOC O           ; 0/2/1 ; 66.67
          G05 ; B-LOC B-LOC O           ; B-LOC I-LOC O           ; 0/1/2 ; 66.67
          G06 ; B-LOC I-LOC O           ; B-ORG I-ORG O           ; 0/1/1 ; 33.33
          G07 ; B-LOC I-LOC O           ; B-LOC I-ORG O           ; 0/2/1 ; 66.67
          G08 ; B-LOC O O               ; B-LOC I-ORG I-ORG       ; 1/1/0 ; 33.33
          G09 ; B-PER I-PER O           ; I-PER I-PER O           ; 1/0/0 ; 66.67
          G10 ; B-PER O O               ; B-PER O I-PER           ; 1/1/0 ; 66.67
          G11 ; O O B-PER               ; O I-PER O               ; 0/1/1 ; 33.33
          G12 ; I-PER I-PER B-PER O     ; B-PER I-PER B-PER O     ; 2/0/0 ; 75.00
          G13 ; I-PER B-PER I-LOC       ; I-PER B-PER I-LOC       ; 3/0/0 ; 100.00
          G14 ; B-PER / B-PER O         ; B-PER / I-PER O         ; 2/0/0 ; 66.67
          G15 ; B-PER E-PER B-PER E-PER ; B-PER E-PER B-PER E-PER ; 1/0/0 ; 100.00
          G16 ; S-PER S-PER O           ; S-PER S-PER O           ; 1/0/0 ; 100.00
          G17 ; S-PER S-PER O           ; B-PER E-PER O           ; 1/0/0 ; 33.33
          G18 ; B-PER E-PER S-PER       ; B-PER E-PER S-PER       ; 1/0/0 ; 100.00
          G19 ; B-PER E-PER O           ; B-PER I-PER O           ; 1/0/0 ; 66.67
          G20 ; B-PER E-PER O           ; O E-PER O               ; 0/1/1 ; 66.67
          G21 ; U-PER U-PER O           ; U-PER U-PER O           ; 1/0/0 ; 100.00
          G22 ; B-PER L-PER B-PER L-PER ; B-PER L-PER B-PER L-PER ; 1/0/0 ; 100.00
          G23 ; I-PER E-PER I-PER E-PER ; I-PER E-PER I-PER E-PER ; 2/0/0 ; 100.00
          G24 ; E-PER E-PER O           ; E-PER E-PER O           ; 2/0/0 ; 100.00
          G25 ; B-P E-P B-P E-P         ; B-P I-P B-P I-P         ; 0/2/1 ; 50.00
          G26 ; B-A-B I-A-B O           ; B-A-B I-A-B O           ; 1/0/0 ; 100.00
          G27 ; PER PER O               ; PER PER O               ; 0/0/0 ; 100.00
          G28 ; O O O                   ; O O O                   ; 0/0/0 ; 100.00
          G29 ; O O O                   ; O B-PER O               ; 0/1/0 ; 66.67
          G30 ; B-PER o o               ; B-PER o o               ; 2/0/0 ; 100.00
          G33 ; B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE ; B-PER I-PER O B-ORG O B-ORG I-ORG O O O ; 1/2/3 ; 70.00
          """)
  void theTableGivesWhatTheProgramGives(
      String id, String gold, String predicted, String counts, String accuracy) {
    Conlleval found = new Conlleval(BIO, BIO);
    String[] other = predicted.split("/");
    String[] sentences = gold.split("/");
    for (int s = 0; s < sentences.length; s++)
      add(found, words(sentences[s]), words(other[s].strip()));
    assertEquals(counts, GoldenScoresTest.text(found.counts()), id);
    String line = found.toString().lines().toList().get(1);
    assertEquals(accuracy, line.substring("accuracy: ".length(), line.indexOf('%')).strip(), id);
  }

  private static void add(Conlleval to, List<String> gold, List<String> predicted) {
    to.add(Collections.nCopies(gold.size(), "w"), gold, predicted);
  }

  @Test
  void theOutputOfTheMixIsThatOfTheProgram() { // G33
    assertEquals(
        """
        processed 10 tokens with 4 phrases; found: 3 phrases; correct: 1.
        accuracy:  70.00%; precision:  33.33%; recall:  25.00%; FB1:  28.57
                     DATE: precision:   0.00%; recall:   0.00%; FB1:   0.00  0
                      LOC: precision:   0.00%; recall:   0.00%; FB1:   0.00  0
                      ORG: precision:   0.00%; recall:   0.00%; FB1:   0.00  2
                      PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1
        """,
        output(
            BIO,
            "B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE",
            "B-PER I-PER O B-ORG O B-ORG I-ORG O O O"));
  }

  private static String output(Reading reading, String gold, String predicted) {
    Conlleval found = new Conlleval(reading, reading);
    add(found, words(gold), words(predicted));
    return found.toString();
  }

  @Test
  void aChunkWithoutATypeIsListedTwiceWhenBothSidesHaveIt() { // G30
    String line = " ".repeat(17) + ": precision: 100.00%; recall: 100.00%; FB1: 100.00  1";
    List<String> output = output(BIO, "B-PER o o", "B-PER o o").lines().toList();
    assertEquals(List.of(line, line), output.subList(2, 4));
    String once = output(BIO, "B-PER o o", "B-PER O O");
    assertEquals(4, once.lines().count(), once);
  }

  @Test
  void plainLabelsAreChunksOfOneToken() { // G31
    Conlleval raw = new Conlleval(Reading.of(TagScheme.PLAIN), Reading.of(TagScheme.PLAIN));
    add(raw, words("PER PER O"), words("PER O O"));
    assertEquals(new Counts(1, 0, 1), raw.counts());
  }

  @Test
  void documentLinesAreTokensAndMarkedBordersAreNone() { // G32
    Conlleval found = new Conlleval(BIO, BIO);
    found.addDocumentLines(1);
    found.add(List.of("a", "-X-", "b"), words("B-PER O I-PER"), words("B-PER O I-PER"));
    assertEquals(
        "processed 3 tokens with 2 phrases; found: 2 phrases; correct: 2.",
        found.toString().lines().findFirst().orElseThrow());
  }

  /** The table would make one chunk of two neighbours (G16, G21), and take both readings of G17 for the same. */
  @Test
  void schemesThatTheTableMisreadsAreConverted() {
    Reading bioes = Reading.of(TagScheme.BIOES), bilou = Reading.of(TagScheme.BILOU);
    Conlleval found = new Conlleval(bioes, bioes), units = new Conlleval(bilou, bilou);
    add(found, words("S-PER S-PER O"), words("B-PER E-PER O"));
    add(units, words("U-PER U-PER O"), words("U-PER U-PER O"));
    assertEquals(new Counts(0, 1, 2), found.counts());
    assertEquals(new Counts(2, 0, 0), units.counts());
  }

  @Test
  void anotherRepairThanItsOwnIsDoneBeforehand() {
    Reading discard = new Reading(TagScheme.BIO, Repair.DISCARD);
    Conlleval found = new Conlleval(BIO, discard);
    add(found, words("B-PER I-PER O"), words("I-PER I-PER O")); // G09
    assertEquals(new Counts(0, 0, 1), found.counts());
  }

  /** 457 of 800 are 57.125 %, which a double holds exactly: printf rounds to the even digit, people would round up. */
  @Test
  void percentagesAreRoundedAsByPrintf() {
    List<String> gold = new ArrayList<>(Collections.nCopies(800, "O"));
    List<String> predicted = new ArrayList<>(gold);
    for (int i = 457; i < 800; i++) predicted.set(i, "B-x");
    Conlleval found = new Conlleval(BIO, BIO);
    add(found, gold, predicted);
    String line = found.toString().lines().toList().get(1);
    assertEquals("accuracy:  57.12%; precision:   0.00%; recall:   0.00%; FB1:   0.00", line);
  }

  @Test
  void typesAreSortedAndAlignedByTheirBytes() {
    List<String> lines = output(BIO, "B-é B-z B-a", "B-é B-z B-a").lines().skip(2).toList();
    assertEquals(" ".repeat(16) + "a", lines.get(0).substring(0, 17));
    assertEquals(" ".repeat(16) + "z", lines.get(1).substring(0, 17));
    assertEquals(" ".repeat(15) + "é:", lines.get(2).substring(0, 17));
  }

  @Test
  void withoutTokensThereIsOneLine() {
    assertEquals(
        "processed 0 tokens with 0 phrases; found: 0 phrases; correct: 0.\n",
        new Conlleval(BIO, BIO).toString());
  }

  /** 10,000 files of one to six sentences; those of BIO also with tags that no scheme has. */
  @ParameterizedTest
  @CsvSource({
    "IOB1, BI, 931",
    "BIO, BI, 932",
    "IOE1, IE, 933",
    "IOE2, IE, 934",
    "BIO, BIE.[]oSX, 935"
  })
  void aSecondModelOfTheTablePrintsTheSame(TagScheme scheme, String letters, long seed) {
    SplittableRandom random = Seeds.of(seed);
    for (int i = 0; i < 2_000; i++) {
      Conlleval found = new Conlleval(Reading.of(scheme), Reading.of(scheme));
      SecondConlleval expected = new SecondConlleval();
      List<List<String>> file = new ArrayList<>();
      for (int s = 1 + random.nextInt(6); s > 0; s--) {
        List<String> gold = new ArrayList<>(), predicted = new ArrayList<>();
        for (int t = random.nextInt(10); t > 0; t--) {
          gold.add(tag(letters, random));
          boolean same = random.nextInt(3) > 0;
          predicted.add(same ? gold.get(gold.size() - 1) : tag(letters, random));
        }
        add(found, gold, predicted);
        expected.add(gold, predicted);
        file.addAll(List.of(gold, predicted));
      }
      assertEquals(expected.toString(), found.toString(), () -> file + ", " + Seeds.describe());
    }
  }

  private static String tag(String letters, SplittableRandom random) {
    if (random.nextInt(3) == 0) return "O";
    char letter = letters.charAt(random.nextInt(letters.length()));
    boolean bare = letters.length() > 2 && random.nextInt(3) == 0;
    return bare ? "" + letter : letter + "-" + TYPES.get(random.nextInt(TYPES.size()));
  }
}
