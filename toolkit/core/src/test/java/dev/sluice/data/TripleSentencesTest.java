package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.data.DataConfig.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TripleSentencesTest {
  private static final DataConfig CONFIG = TestData.config(Format.TRIPLES);

  @TempDir Path folder;

  @Test
  void runsOfBlanksSeparateWords() throws IOException {
    files(" to  Bonn \n\nnow", "O B-x \r\n\r\nO\r\n", "fly#go\n\n\n");
    Dataset read = Dataset.read("t", folder, CONFIG, TestData.BLANKS);
    assertEquals(List.of("to", "Bonn"), read.sentences().get(0).words());
    assertEquals("to Bonn", read.sentences().get(0).text());
    assertEquals(Optional.of("fly#go"), read.sentences().get(0).intent());
    assertEquals(Optional.empty(), read.sentences().get(1).intent());
    assertEquals(3, read.sentences().get(1).where().line());
    assertEquals(1, read.skipped().get("empty lines"));
  }

  @Test
  void theLabelFileMayBeMissing() throws IOException {
    files("a\n", "O\n", null);
    assertEquals(1, TestData.read(folder, CONFIG).size());
  }

  @Test
  void filesThatAreNotParallelAreRefused() throws IOException {
    files("a b\n", "O\n", null);
    refused(
        "DAT-020", "seq.out:1:1", "2 tokens but 1 tag: a/O | token \"b\" (number 2) has no tag");
    files("a\nb\n", "O\n", null);
    refused(
        "DAT-050",
        "seq.in:2",
        "line 2 found, but " + folder.resolve("seq.out") + " has only 1 lines");
    files("a\n", "O\n", "x\ny\n");
    refused("DAT-050", "label:2", "line 2 found, but ");
    Files.delete(folder.resolve("seq.out"));
    refused("DAT-005", "seq.out", "no such file");
    TestData.assertRefused(
        folder.resolve("seq.in"), CONFIG, "DAT-005", "seq.in", "a file found, expected a folder");
  }

  @Test
  void theFingerprintCoversEveryFile() throws IOException {
    files("a\n", "O\n", "x\n");
    String before = fingerprint();
    assertEquals(before, fingerprint());
    files("a\n", "O\n", "y\n");
    assertNotEquals(before, fingerprint());
  }

  private String fingerprint() {
    return Dataset.read("t", folder, CONFIG, TestData.BLANKS).fingerprint();
  }

  private void refused(String code, String place, String what) {
    TestData.assertRefused(folder, CONFIG, code, place, what);
  }

  private void files(String words, String tags, String labels) throws IOException {
    TestData.file(folder, "seq.in", words);
    TestData.file(folder, "seq.out", tags);
    Files.deleteIfExists(folder.resolve("label"));
    if (labels != null) TestData.file(folder, "label", labels);
  }
}
