package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSentencesTest {
  private static final DataConfig CONFIG = TestData.config(Format.CSV);
  private static final DataConfig PER_TOKEN =
      TestData.config(TestData.csv(null, "token", "tag", "intent", "id", ","));

  @TempDir Path folder;

  @Test
  void aSentencePerRowIsReadByColumnName() throws IOException {
    DataConfig config = TestData.config(TestData.csv(null, "tokens", "tags", "intent", null, ","));
    Path file = csv("id,tags,intent,tokens\n1,O B-city, fly ,to  Bonn\n2,O,,hi\n");
    List<Sentence> read = TestData.read(file, config);
    assertEquals("to Bonn", read.get(0).text());
    assertEquals(List.of("O", "B-city"), read.get(0).tags());
    assertEquals(Optional.of("fly"), read.get(0).intent());
    assertEquals(2, read.get(0).where().line());
    assertEquals(3, read.get(0).tokens().get(1).start());
    assertEquals(Optional.empty(), read.get(1).intent());
  }

  @Test
  void anEmptyCellOfTagsIsASentenceThatNobodyLabelled() throws IOException {
    List<Sentence> read = TestData.read(csv("tokens,tags\nto Bonn,\nhi, \nhi,O\n"), CONFIG);
    assertEquals(List.of(), read.get(0).tags());
    assertEquals(List.of(), read.get(1).tags());
    assertEquals(List.of("O"), read.get(2).tags());
  }

  @Test
  void rawTextIsSplitByTheTokenizer() throws IOException {
    DataConfig config = TestData.config(TestData.csv("text", null, "tags", null, null, ";"));
    Sentence read = TestData.read(csv("text;tags\n\" to  Bonn\";O B-city\n"), config).get(0);
    assertEquals(" to  Bonn", read.text());
    assertEquals(5, read.tokens().get(1).start());
  }

  @Test
  void tokensFindTheirPlacesInTheTextBesideThem() throws IOException {
    DataConfig config = TestData.config(TestData.csv("text", "tokens", null, null, null, ","));
    Path file = csv("text,tokens\ndon't!,do n't !\nother,words here\n");
    Dataset read = Dataset.read("t", file, config, TestData.BLANKS);
    assertEquals("don't!", read.sentences().get(0).text());
    assertEquals(2, read.sentences().get(0).tokens().get(1).start());
    assertEquals("words here", read.sentences().get(1).text());
    assertEquals(1, read.skipped().get("texts that do not hold their tokens"));
  }

  @Test
  void rowsWithOneIdAreASentence() throws IOException {
    Path file =
        csv("id,token,tag,intent\na,to,O,fly\na,New York,B-city,\n,now,O,\n\nb,hi,O,greet\n");
    List<Sentence> read = TestData.read(file, PER_TOKEN);
    assertEquals(List.of("to", "New York", "now"), read.get(0).words());
    assertEquals(Optional.of("fly"), read.get(0).intent());
    assertEquals(List.of("hi"), read.get(1).words());
    assertEquals(6, read.get(1).where().line());
  }

  @Test
  void twoLabelsForOneSentenceAreRefused() throws IOException {
    Path file = csv("id,token,tag,intent\na,to,O,fly\na,x,O,go\n");
    TestData.assertRefused(
        file, PER_TOKEN, "DAT-022", "data.csv:3:7", "the sentence is labelled \"go\" here");
    file = csv("id,token,tag,intent\na,,O,fly\n");
    TestData.assertRefused(file, PER_TOKEN, "DAT-021", "data.csv:2:3", "the token is empty");
  }

  /** Row 14. */
  @Test
  void aByteOrderMarkDoesNotHideTheFirstColumn() throws IOException {
    assertEquals(1, TestData.read(csv("\ufefftokens,tags\r\nhi,O\r\n"), CONFIG).size());
  }

  /** Row 15. */
  @Test
  void aWrongDelimiterIsNamed() throws IOException {
    refused(
        "tokens;tags\nhi;O\n",
        "DAT-012",
        "data.csv:1",
        "1 column found, 2 needed; the file looks `;`-separated");
    SluiceException e =
        assertThrows(SluiceException.class, () -> TestData.read(csv("tokens\ttags\n"), CONFIG));
    assertTrue(e.getMessage().endsWith("Fix: set data.csv.delimiter: '\\t'"), e.getMessage());
  }

  /** Row 16. */
  @Test
  void missingDuplicateAndPaddedColumnsAreShown() throws IOException {
    refused("id,x\n", "DAT-010", "data.csv:1", "no column \"tokens\" among \"id\", \"x\"");
    refused(
        "tokens,tags,tags\n",
        "DAT-011",
        "data.csv:1:13",
        "column \"tags\" stands twice, first at 1:8");
    SluiceException e =
        assertThrows(
            SluiceException.class, () -> TestData.read(csv("to\u200bkens,tags\n"), CONFIG));
    TestData.assertProblem(
        e, "DAT-010", "data.csv:1", "no column \"tokens\" among \"to\\u200bkens\"");
    assertTrue(e.getMessage().contains("invisible"), e.getMessage());
    e = assertThrows(SluiceException.class, () -> TestData.read(csv("Token,tags\n"), CONFIG));
    assertTrue(e.getMessage().endsWith("did you mean \"Token\""), e.getMessage());
  }

  /** Row 17, and row 20: the place is the first line of the record although a cell above spans lines. */
  @Test
  void aRaggedRowIsNamedWithItsFirstLine() throws IOException {
    refused(
        "tokens,tags\n\"a\r\nb\",O O\r\nx,O,\"more\nlines\"\n",
        "DAT-013",
        "data.csv:4",
        "3 cells found, 2 expected: x | O | more\\nlines");
    refused("tokens,tags\nx\n", "DAT-013", "data.csv:2", "1 cell found, 2 expected: x");
  }

  /** Row 18. */
  @Test
  void anUnclosedQuoteIsNamedWhereItOpened() throws IOException {
    refused(
        "tokens,tags\nhi,\"O\nx,O\n",
        "DAT-014",
        "data.csv:2:4",
        "quote opened at 2:4 is not closed before the end of the file");
  }

  /** Row 18: without an end of the file in sight, reading stops after a mebibyte. */
  @Test
  void anUnclosedQuoteStopsAtTheRecordCap() throws IOException {
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream("tokens,tags\n\"".getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() {
                return 'x';
              }
            });
    try (SentenceReader reader =
        Readers.openWithoutTags("data.csv", endless, CONFIG, TestData.BLANKS)) {
      SluiceException e = assertThrows(SluiceException.class, reader::next);
      TestData.assertProblem(
          e, "DAT-014", "data.csv:2:1", "quote opened at 2:1 is not closed within 1 MiB");
    }
  }

  /** Row 19. */
  @Test
  void textAfterAQuoteAndControlCharactersAreRefused() throws IOException {
    refused(
        "tokens,tags\n\"hi\"x,O\n", "DAT-015", "data.csv:2:5", "found \"x\" after a closing quote");
    refused("tokens,tags\n\"a\" \"b\",O\n", "DAT-015", "data.csv:2:5", "found \"\"\"");
    refused("tokens,tags\nh\0i,O\n", "DAT-004", "data.csv:2:2", "found U+0000");
    refused(
        "tokens,tags\nhi,\u0007O\n",
        "DAT-004",
        "data.csv:2:4",
        "found the control character U+0007");
  }

  /** Row 20. */
  @Test
  void quotedNewlinesKeepLaterPlacesRight() throws IOException {
    refused(
        "tokens,tags\n\"a\nb\",\"O\nO\"\r\"𠮷 \"\"x\"\"\", O\n",
        "DAT-020",
        "data.csv:5:11",
        "2 tokens but 1 tag: 𠮷/O | token \"\"x\"\" (number 2) has no tag");
  }

  /** Row 21. */
  @Test
  void differentCountsAreShownSideBySide() throws IOException {
    refused(
        "tokens,tags\na b c d e f,O O O B-x\n",
        "DAT-020",
        "data.csv:2:13",
        "6 tokens but 4 tags: … b/O c/O d/B-x | token \"e\" (number 5) has no tag");
    refused(
        "tokens,tags\na,O O\n",
        "DAT-020",
        "data.csv:2:3",
        "1 token but 2 tags: a/O | tag \"O\" (number 2) has no token");
  }

  /** Row 22. */
  @Test
  void filesWithoutSentencesAreRead() throws IOException {
    for (String content : List.of("", "\n\n", "tokens,tags", "tokens,tags\n\n\n")) {
      assertEquals(0, TestData.read(csv(content), CONFIG).size(), content);
    }
    Dataset skipped = Dataset.read("t", csv("tokens,tags\n,\n\n"), CONFIG, TestData.BLANKS);
    assertEquals(1, skipped.skipped().get("rows without tokens"));
    assertEquals(1, skipped.skipped().get("empty lines"));
  }

  /** Row 34, with row 36: what cannot be seen survives, and messages do not depend on the host. */
  @Test
  void invisibleCharactersInsideTokensSurvive() throws IOException {
    String token = "a\u200b\u200d\u202e\u2028\u0085\u00a0b";
    Path file = csv("tokens,tags\n" + token + " x,O O\n");
    assertEquals(List.of(token, "x"), TestData.read(file, CONFIG).get(0).words());
  }

  @Test
  void messagesDoNotDependOnTheLocale() throws IOException {
    Path file = csv("tokens,tags\n" + "a,O\n".repeat(1500) + "b,O O\n");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("hi-IN-u-nu-deva"));
      TestData.assertRefused(file, CONFIG, "DAT-020", "data.csv:1502:3", "1 token but 2 tags");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void otherColumnsBecomeFeatures() throws IOException {
    DataConfig config = TestData.withFeatures(CONFIG, "pos", "part of speech");
    Path file = csv("tokens,tags,part of speech\nto  Bonn,O B-city, TO NNP\n");
    Sentence read = TestData.read(file, config).get(0);
    assertEquals(List.of("TO", "NNP"), read.features().get("pos"));
    assertEquals(List.of("O", "B-city"), read.tags());
    config = TestData.withFeatures(PER_TOKEN, "pos", "pos");
    file = csv("id,token,tag,intent,pos\na,to,O,fly,TO\na,New York,B-city,,\"NNP NNP\"\n");
    read = TestData.read(file, config).get(0);
    assertEquals(List.of("TO", "NNP NNP"), read.features().get("pos"));
  }

  @Test
  void featuresAreReadWithoutTags() throws IOException {
    DataConfig config = TestData.withFeatures(CONFIG, "pos", "pos");
    Path file = csv("tokens,pos\nto Bonn,TO NNP\n,\n");
    try (SentenceReader reader = Readers.openWithoutTags(file, config, TestData.BLANKS)) {
      assertEquals(List.of("TO", "NNP"), reader.next().features().get("pos"));
      assertEquals(List.of(), reader.next().features().get("pos"));
    }
  }

  @Test
  void featuresThatDoNotFitAreRefused() throws IOException {
    DataConfig config = TestData.withFeatures(CONFIG, "pos", "upos");
    TestData.assertRefused(
        csv("tokens,tags,upos\nto Bonn,O B-city,TO\n"),
        config,
        "DAT-020",
        "data.csv:2:18",
        "2 tokens but 1 value of pos: to/TO | token \"Bonn\" (number 2) has no value of pos");
    TestData.assertRefused(
        csv("tokens,tags,upos\nto,O,\n"),
        config,
        "DAT-020",
        "data.csv:2:6",
        "1 token but 0 values of pos: | token \"to\" (number 1) has no value of pos");
    TestData.assertRefused(
        csv("id,token,tag,intent,upos\na,to,O,,\n"),
        TestData.withFeatures(PER_TOKEN, "pos", "upos"),
        "DAT-021",
        "data.csv:2:9",
        "the feature pos is empty");
  }

  @Test
  void aMissingFeatureColumnIsNamedWithTheNearest() throws IOException {
    DataConfig config = TestData.withFeatures(CONFIG, "pos", "upos");
    SluiceException e =
        assertThrows(SluiceException.class, () -> TestData.read(csv("tokens,tags,uPos\n"), config));
    TestData.assertProblem(
        e, "DAT-010", "data.csv:1", "no column \"upos\" among \"tokens\", \"tags\", \"uPos\"");
    assertTrue(e.getMessage().endsWith("did you mean \"uPos\""), e.getMessage());
    e = assertThrows(SluiceException.class, () -> TestData.read(csv("tokens,tags\n"), config));
    assertTrue(e.getMessage().endsWith("name one of them under data.features"), e.getMessage());
  }

  @Test
  void aLayoutThatSaysTooLittleIsRefused() throws IOException {
    CsvLayout nothing = TestData.csv(null, null, "tags", null, null, ",");
    Path file = csv("tokens,tags\n");
    TestData.assertRefused(
        file, TestData.config(nothing), "DAT-006", "data.csv", "csv names neither text nor tokens");
    CsvLayout two = TestData.csv(null, "tokens", "tags", null, null, ",,");
    TestData.assertRefused(
        file, TestData.config(two), "DAT-006", "data.csv", "data.csv.delimiter is \",,\"");
  }

  @Test
  void aMissingFileIsNamedWithItsNeighbour() throws IOException {
    csv("tokens,tags\n");
    TestData.assertRefused(
        folder.resolve("dat.csv"), CONFIG, "DAT-005", "dat.csv", "no such file (looked at /");
    TestData.assertRefused(
        folder, CONFIG, "DAT-005", folder.getFileName().toString(), "a folder found");
  }

  private void refused(String content, String code, String place, String what) throws IOException {
    TestData.assertRefused(csv(content), CONFIG, code, place, what);
  }

  private Path csv(String content) throws IOException {
    return TestData.file(folder, "data.csv", content);
  }
}
