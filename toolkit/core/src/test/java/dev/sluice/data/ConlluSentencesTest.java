package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.data.DataConfig.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConlluSentencesTest {
  private static final DataConfig CONFIG = TestData.config(Format.CONLLU);
  private static final String WORDS =
      "1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
          + "1\tca\t_\tAUX\tMD\tMood=Ind|Tense=Pres\t_\t_\t_\t_\n"
          + "2\tn't\t_\tPART\tRB\t_\t_\t_\t_\t_\n"
          + "2.1\tgo\t_\tVERB\tVB\t_\t_\t_\t_\t_\n"
          + "3\t!\t_\tPUNCT\t.\t_\t_\t_\t_\t_\n";

  @TempDir Path folder;

  @Test
  void rangesAndEmptyNodesAreNoWords() throws IOException {
    Dataset read = Dataset.read("t", conllu("# text = can't !\n" + WORDS), CONFIG, TestData.BLANKS);
    Sentence sentence = read.sentences().get(0);
    assertEquals(List.of("ca", "n't", "!"), sentence.words());
    assertEquals(List.of("AUX", "PART", "PUNCT"), sentence.tags());
    assertEquals("can't !", sentence.text());
    assertEquals(6, sentence.tokens().get(2).start());
    assertEquals(1, read.skipped().get("multiword ranges"));
    assertEquals(1, read.skipped().get("empty nodes"));
    assertEquals(2, read.sentences().get(0).where().line() - 1);
  }

  @Test
  void theCommentNewdocBeginsADocument() throws IOException {
    String sentences =
        "# newdoc id = a-1\n# sent_id = 1\n"
            + word(1, "a")
            + "\n# newdocument\n"
            + word(1, "b")
            + "\n# text = c\n#newdoc\n"
            + word(1, "c")
            + "# newdoc\n"
            + word(2, "d");
    assertEquals(
        List.of(1, 1, 2),
        TestData.read(conllu(sentences), CONFIG).stream().map(Sentence::document).toList());
  }

  @Test
  void withoutATextItIsRebuiltFromTheWords() throws IOException {
    Sentence sentence = TestData.read(conllu(WORDS), CONFIG).get(0);
    assertEquals("can't!", sentence.text());
    assertEquals(2, sentence.tokens().get(1).start());
    String zum = "1-2\tzum\t_\t_\t_\t_\t_\t_\t_\t_\n" + word(1, "zu") + word(2, "dem");
    assertEquals("zu dem", TestData.read(conllu(zum), CONFIG).get(0).text());
  }

  @Test
  void aTextThatDoesNotHoldTheWordsIsCounted() throws IOException {
    Path file = conllu("# text = other\n" + word(1, "a") + "\n# text = b\n" + word(1, "b"));
    Dataset read = Dataset.read("t", file, CONFIG, TestData.BLANKS);
    assertEquals("a", read.sentences().get(0).text());
    assertEquals("b", read.sentences().get(1).text());
    assertEquals(1, read.skipped().get("texts that do not hold their words"));
  }

  @Test
  void anyTagColumnOrFeatureCanBeRead() throws IOException {
    assertEquals(List.of("MD", "RB", "."), tags("xpos"));
    assertEquals(List.of("Pres", "_", "_"), tags("feats:Tense"));
    TestData.assertRefused(
        conllu(WORDS),
        TestData.config(new ConlluLayout("pos")),
        "DAT-006",
        "data.conllu",
        "data.conllu.column is \"pos\", expected upos, xpos or feats:NAME");
  }

  @Test
  void anyColumnOfWordsCanBeAFeature() throws IOException {
    String line = "1\tCats\tcat\tNOUN\tNNS\tNumber=Plur|Case=Nom\t0\troot\t_\t_\n";
    DataConfig config =
        TestData.withFeatures(
            CONFIG,
            "a",
            "form",
            "b",
            "lemma",
            "c",
            "xpos",
            "d",
            "feats",
            "e",
            "deprel",
            "f",
            "feats:Case",
            "g",
            "feats:Tense");
    Sentence read = TestData.read(conllu(line), config).get(0);
    assertEquals(
        "{a=[Cats], b=[cat], c=[NNS], d=[Number=Plur|Case=Nom], e=[root], f=[Nom], g=[_]}",
        read.features().toString());
    assertEquals(List.of("NOUN"), read.tags());
    assertEquals(
        List.of("MD", "RB", "."),
        TestData.read(conllu(WORDS), TestData.withFeatures(CONFIG, "x", "xpos"))
            .get(0)
            .features()
            .get("x"));
  }

  @Test
  void featuresThatAreNotThereAreRefused() throws IOException {
    TestData.assertRefused(
        conllu(WORDS),
        TestData.withFeatures(CONFIG, "pos", "lema"),
        "DAT-006",
        "data.conllu",
        "feature pos is in column \"lema\", expected one of form, lemma, upos, xpos, feats, deprel,"
            + " feats:NAME");
    TestData.assertRefused(
        conllu(word(1, "a").replace("a\t_", "a\t")),
        TestData.withFeatures(CONFIG, "l", "lemma"),
        "DAT-040",
        "data.conllu:1",
        "column 3 is empty");
  }

  @Test
  void brokenLinesAreRefused() throws IOException {
    refused("1\ta\tX\n", "data.conllu:1", "3 tab-separated columns found, expected 10");
    refused(word(1, "a") + word(1, "b"), "data.conllu:2", "word 1 found after word 1, expected 2");
    refused(word(1, "a").replace("1", "x"), "data.conllu:1", "\"x\" is no word number");
  }

  private void refused(String content, String place, String what) throws IOException {
    TestData.assertRefused(conllu(content), CONFIG, "DAT-040", place, what);
  }

  private List<String> tags(String column) throws IOException {
    DataConfig config = TestData.config(new ConlluLayout(column));
    return TestData.read(conllu(WORDS), config).get(0).tags();
  }

  private static String word(int id, String form) {
    return id + "\t" + form + "\t_\tX\t_\t_\t_\t_\t_\t_\n";
  }

  private Path conllu(String content) throws IOException {
    return TestData.file(folder, "data.conllu", content);
  }
}
