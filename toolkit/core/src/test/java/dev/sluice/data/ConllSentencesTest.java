package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConllLayout.Separator;
import dev.sluice.data.DataConfig.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConllSentencesTest {
  private static final DataConfig CONFIG = TestData.config(Format.CONLL);

  @TempDir Path folder;

  @Test
  void anyColumnsCanBeTokenAndTag() throws IOException {
    Path file = conll("1 Bonn NN B-city x\n2 now RB O x\n");
    ConllLayout layout = new ConllLayout(-4, 4, Separator.BLANK, Optional.empty(), false);
    Sentence read = TestData.read(file, TestData.config(layout)).get(0);
    assertEquals(List.of("Bonn", "now"), read.words());
    assertEquals(List.of("B-city", "O"), read.tags());
  }

  /** Golden G32: two tokens of one document, where conlleval counts three tokens. */
  @Test
  void docstartLinesAreNoTokensButBeginDocuments() throws IOException {
    Sentence only = TestData.read(conll("-DOCSTART- O\n\na B-PER\nb O\n"), CONFIG).get(0);
    assertEquals(List.of("B-PER", "O"), only.tags());
    assertEquals(1, only.document());
    String three = "a O\n\n-DOCSTART- O\n\nb O\n\nc O\n-DOCSTART- O\nd O\n";
    assertEquals(
        List.of(0, 1, 1, 2),
        TestData.read(conll(three), CONFIG).stream().map(Sentence::document).toList());
  }

  /** Row 25: line ends and lines of blanks are all one. */
  @Test
  void lineEndsAndBlankLinesDoNotMatter() throws IOException {
    List<Object> expected = words(conll("a O\nb B-x\n\nc O\n"));
    for (String content :
        List.of(
            "a O\r\nb B-x\r\n\r\nc O\r\n",
            "a O\rb B-x\r\rc O\r",
            "a O\nb B-x\n\nc O",
            "\n\na O\nb B-x\n \t \n\t\n\nc O\n\n",
            "\ufeffa  O\nb \tB-x \n\r\nc O\n")) {
      assertEquals(expected, words(conll(content)), content);
    }
  }

  /** Row 24. */
  @Test
  void columnsThatVaryAreRefused() throws IOException {
    refused(
        "a\tO\nb O\n",
        "DAT-030",
        "data.conll:2",
        "1 column found, 2 expected as in the first line, separated by one tab: b O");
    refused(
        "a O\nb X O\n",
        "DAT-030",
        "data.conll:2",
        "3 columns found, 2 expected as in the first line, separated by blanks: b X O");
    refused(
        "a\n",
        "DAT-030",
        "data.conll:1",
        "1 column found when separated by blanks, expected a token in column 1 and a tag in column -1");
    refused("a\t\n", "DAT-021", "data.conll:1", "the tag is empty");
  }

  /** Row 26. */
  @Test
  void documentLinesAndCommentsAreNoTokens() throws IOException {
    ConllLayout layout = new ConllLayout(1, -1, Separator.AUTO, Optional.of("#"), false);
    Path file = conll("-DOCSTART- -X- O\n\n# c\na O O\n# d\nb O O\n-DOCSTART- -X- O\nc O O\n");
    Dataset read = Dataset.read("t", file, TestData.config(layout), TestData.BLANKS);
    assertEquals(2, read.size());
    assertEquals(3, read.tokens());
    assertEquals(2, read.skipped().get("-DOCSTART- lines"));
    assertEquals(2, read.skipped().get("comment lines"));
    assertEquals(
        "data.conll:4",
        folder.relativize(Path.of(read.sentences().get(0).where().toString())).toString());
    assertEquals(1, TestData.read(conll("-DOCSTART-x O\n"), CONFIG).size());
  }

  @Test
  void anIndexGluedToACharacterIsCutOff() throws IOException {
    ConllLayout layout = new ConllLayout(1, -1, Separator.AUTO, Optional.empty(), true);
    Path file = conll("茶0\tO\n20\tO\n212\tO\n𠮷11\tO\n\ufffd\ufffd0\tO\n5\tO\n");
    List<String> expected = List.of("茶", "2", "2", "𠮷", "\ufffd\ufffd", "5");
    assertEquals(expected, TestData.read(file, TestData.config(layout)).get(0).words());
  }

  /** Row 22. */
  @Test
  void filesWithoutSentencesAreRead() throws IOException {
    for (String content : List.of("", "\n \n\n", "-DOCSTART- O\n\n")) {
      assertEquals(0, TestData.read(conll(content), CONFIG).size(), content);
    }
  }

  /** Row 34. */
  @Test
  void invisibleCharactersInsideTokensSurvive() throws IOException {
    String token = "a\u200b\u200d\u202e\u2028\u0085\u00a0\u3000b";
    assertEquals(List.of(token), TestData.read(conll(token + " O\n"), CONFIG).get(0).words());
  }

  @Test
  void columnsCountFromOne() throws IOException {
    ConllLayout layout = new ConllLayout(0, -1, Separator.AUTO, Optional.empty(), false);
    TestData.assertRefused(
        conll("a O\n"), TestData.config(layout), "DAT-006", "data.conll", "data.conll.token is 0");
  }

  @Test
  void otherColumnsBecomeFeatures() throws IOException {
    DataConfig config = TestData.withFeatures(CONFIG, "pos", "2", "chunk", "-2");
    Sentence read = TestData.read(conll("Bonn NN B-NP B-city\nnow RB O O\n"), config).get(0);
    assertEquals(List.of("chunk", "pos"), List.copyOf(read.features().keySet()));
    assertEquals(List.of("NN", "RB"), read.features().get("pos"));
    assertEquals(List.of("B-NP", "O"), read.features().get("chunk"));
    assertEquals(List.of("B-city", "O"), read.tags());
  }

  /** A model asks for its features when there are no tags, too. */
  @Test
  void featuresAreReadWithoutTags() throws IOException {
    DataConfig config = TestData.withFeatures(CONFIG, "pos", "2");
    Path file = conll("Bonn NN\n");
    try (SentenceReader reader = Readers.openWithoutTags(file, config, TestData.BLANKS)) {
      Sentence read = reader.next();
      assertEquals(List.of(), read.tags());
      assertEquals(List.of("NN"), read.features().get("pos"));
    }
  }

  @Test
  void aFeatureThatIsNotThereIsNamed() throws IOException {
    DataConfig config = TestData.withFeatures(CONFIG, "pos", "4");
    TestData.assertRefused(
        conll("\nBonn NN O\n"),
        config,
        "DAT-030",
        "data.conll:2",
        "3 columns found when separated by blanks, expected a token in column 1"
            + " and a tag in column -1 and feature pos in column 4");
    config = TestData.withFeatures(CONFIG, "pos", "2");
    TestData.assertRefused(
        conll("a\tX\tO\nb\t\tO\n"), config, "DAT-021", "data.conll:2", "the feature pos is empty");
    TestData.assertRefused(
        conll("a X O\nb O\n"),
        config,
        "DAT-030",
        "data.conll:2",
        "2 columns found, 3 expected as in the first line");
    TestData.assertRefused(
        conll("a O\n"),
        TestData.withFeatures(CONFIG, "pos", "upos"),
        "DAT-006",
        "data.conll",
        "feature pos is in column \"upos\", expected a number");
  }

  @Test
  void theColumnOfTheTagIsNoFeatureFromEitherSide() throws IOException {
    TestData.assertRefused(
        conll("a X O\n"),
        TestData.withFeatures(CONFIG, "pos", "3"),
        "DAT-006",
        "data.conll:1",
        "feature pos stands in column 3, which of 3 columns is the tag's column -1");
  }

  /** A first line that is too short is a mistake of its own: the lines behind it are still read. */
  @Test
  void aFirstLineThatIsTooShortDoesNotDecideForTheOthers() throws IOException {
    DataConfig config = TestData.withFeatures(CONFIG, "pos", "2", "chunk", "3");
    try (SentenceReader reader = Readers.open(conll("a O\n\nb X Y O\n"), config, TestData.BLANKS)) {
      assertThrows(SluiceException.class, reader::next);
      assertEquals(List.of("b"), reader.next().words());
    }
  }

  private List<Object> words(Path file) {
    return TestData.read(file, CONFIG).stream().<Object>map(TestData::content).toList();
  }

  private void refused(String content, String code, String place, String what) throws IOException {
    TestData.assertRefused(conll(content), CONFIG, code, place, what);
  }

  private Path conll(String content) throws IOException {
    return TestData.file(folder, "data.conll", content);
  }
}
