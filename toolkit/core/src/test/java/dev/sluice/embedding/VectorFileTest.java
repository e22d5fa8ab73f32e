package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.testing.Seeds;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format gives the same vectors, and what is kept of a file is what was asked for. */
class VectorFileTest {
  private static final String ROWS = "to 1 -0.5 .25\nBönn 1e-2 +3. 0\n𠮷 -0 7 12345678.9\n";
  private static final String GLOVE = ROWS;
  private static final String WORD2VEC = "3 3\n" + ROWS;
  private static final float[] TO = {1, -0.5f, 0.25f};
  private static final float[] BONN = {0.01f, 3, 0};
  private static final float[] KANJI = {-0f, 7, 12345678.9f};

  private static byte[] binary(String between) {
    return Made.join(
        Made.text("3 3\n"),
        Made.row("to", TO),
        Made.text(between),
        Made.row("Bönn", BONN),
        Made.text(between),
        Made.row("𠮷", KANJI),
        Made.text(between));
  }

  private static void assertTheVectors(LoadedVectors loaded) {
    Vectors vectors = loaded.vectors();
    assertEquals(3, vectors.size());
    assertEquals(3, vectors.dimension());
    assertEquals(List.of("to", "Bönn", "𠮷"), loaded.firstWords());
    assertEquals(3, loaded.rows());
    float[] values = new float[9];
    System.arraycopy(BONN, 0, values, 0, 3); // by code point
    System.arraycopy(TO, 0, values, 3, 3);
    System.arraycopy(KANJI, 0, values, 6, 3);
    assertArrayEquals(values, vectors.values());
    assertEquals(2, vectors.lookup("to").id());
  }

  private static void assertFormat(Format format, byte[] bytes) {
    for (byte[] file : List.of(bytes, Made.gzip(bytes))) {
      for (Format asked : List.of(format, Format.AUTO)) {
        VectorFile opened = Made.open(file, asked);
        assertEquals(format, opened.format());
        assertEquals(3, opened.dimension());
        assertTheVectors(opened.whole());
      }
    }
  }

  @Test
  void everyFormatIsReadAndTold() {
    assertFormat(Format.GLOVE, Made.text(GLOVE));
    assertFormat(Format.WORD2VEC, Made.text(WORD2VEC));
    assertFormat(Format.WORD2VEC_BINARY, binary("\n"));
    assertFormat(Format.WORD2VEC_BINARY, binary(""));
  }

  @Test
  void theFormOfTheLinesMakesNoDifference() {
    for (String text : List.of(GLOVE, WORD2VEC)) {
      Format format = text.equals(GLOVE) ? Format.GLOVE : Format.WORD2VEC;
      assertFormat(format, Made.text(text.strip()));
      assertFormat(format, Made.text(text.replace("\n", "\r\n")));
      assertFormat(format, Made.text("\uFEFF" + text));
      assertFormat(format, Made.text(text.replace("\n", " \n")));
      assertFormat(format, Made.text(text.replace(" ", "\t")));
      assertFormat(format, Made.text(text.replace(" ", "  ")));
      assertFormat(format, Made.text(text + "\n \r\n"));
    }
  }

  @Test
  void aWordMayHoldBlanksAndOtherSpaces() {
    String text =
        ". . . 0.11 0.12\nat a@b.c 0.21 0.22\na\u00a0b\u2028\u0085c 0.31 0.32\nweb 2.0 0.411 0.412\n";
    for (String file : List.of(text, "4 2\n" + text)) {
      LoadedVectors loaded = Made.whole(file);
      assertEquals(
          List.of(". . .", "at a@b.c", "a\u00a0b\u2028\u0085c", "web 2.0"), loaded.firstWords());
      assertEquals(2, loaded.vectors().dimension());
    }
  }

  @Test
  void aWordMayLookLikeANumberOrAHeader() {
    LoadedVectors loaded = Made.whole("2 0.1 0.2\n3 0.3 0.4\nnan 1 2\n10 000 0.5 0.6\n");
    assertEquals(List.of("2", "3", "nan", "10 000"), loaded.firstWords());
  }

  @Test
  void theFirstOfEqualWordsCounts() {
    String text = "a 1 2\nb 3 4\na 5 6\nA 7 8\nb 9 9\n";
    LoadedVectors whole = Made.whole(text);
    assertEquals(2, whole.duplicates());
    assertEquals(5, whole.rows());
    assertArrayEquals(new float[] {7, 8, 1, 2, 3, 4}, whole.vectors().values());
    LoadedVectors trimmed = Made.open(Made.text(text), Format.AUTO).trimmed(List.of("a"));
    assertEquals(1, trimmed.duplicates());
    assertArrayEquals(new float[] {1, 2}, trimmed.vectors().values());
  }

  @Test
  void trimmedKeepsWhatTheWordsReachAndNothingElse() {
    String text = "The 1\nthe 2\nparis 3\nb00 4\nx## 5\nother 6\n7## 7\n";
    LoadedVectors trimmed =
        Made.open(Made.text(text), Format.GLOVE)
            .trimmed(List.of("The", "PARIS", "B12", "X34", "no", ""));
    Vectors vectors = trimmed.vectors();
    assertArrayEquals(new float[] {1, 4, 3, 5}, vectors.values());
    assertEquals(Step.EXACT, vectors.lookup("The").step());
    assertEquals(Step.LOWER, vectors.lookup("PARIS").step());
    assertEquals(Step.DIGITS, vectors.lookup("B12").step());
    assertEquals(Step.DIGITS, vectors.lookup("X34").step());
    assertEquals(Step.UNKNOWN, vectors.lookup("no").step());
    assertEquals(7, trimmed.rows());
    assertEquals(7, trimmed.firstWords().size());
  }

  @Test
  void noWordWantedIsNoMistake() {
    Vectors none = Made.open(Made.text(GLOVE), Format.AUTO).trimmed(List.of()).vectors();
    assertEquals(0, none.size());
    assertEquals(3, none.dimension());
  }

  /** Words of few letters, so that the forms of one are often other words. */
  @Test
  void aWantedWordFindsTheSameTrimmedAndWhole() {
    SplittableRandom random = Seeds.next();
    for (int n = 0; n < 200; n++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 30; i++) text.append(word(random)).append(' ').append(i).append(".5 1\n");
      VectorFile file = Made.open(Made.text(text.toString()), Format.GLOVE);
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < 20; i++) wanted.add(word(random));
      Vectors whole = file.whole().vectors(), trimmed = file.trimmed(wanted).vectors();
      boolean[] reached = new boolean[trimmed.size()];
      for (String word : wanted) {
        assertEquals(whole.lookup(word).step(), trimmed.lookup(word).step(), Seeds::describe);
        int id = trimmed.lookup(word).id(), there = whole.lookup(word).id();
        if (id == 0) continue;
        reached[id - 1] = true;
        assertEquals(whole.values()[2 * (there - 1)], trimmed.values()[2 * (id - 1)]);
      }
      for (boolean one : reached) assertTrue(one, Seeds::describe);
    }
  }

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    int length = 1 + random.nextInt(2);
    for (int i = 0; i < length; i++) word.append("aA017#".charAt(random.nextInt(6)));
    return word.toString();
  }

  @Test
  void theOrderOfTheFileMakesNoDifference() {
    String[] lines = new String[50];
    Arrays.setAll(lines, i -> "w" + i + " " + i + " 0.5\n");
    Vectors first = Made.whole(String.join("", lines)).vectors();
    SplittableRandom random = Seeds.next();
    for (int i = lines.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      String line = lines[i];
      lines[i] = lines[j];
      lines[j] = line;
    }
    Vectors second = Made.whole(String.join("", lines)).vectors();
    assertArrayEquals(first.words().toBytes(), second.words().toBytes());
    assertArrayEquals(first.values(), second.values());
  }

  @Test
  void aWordTooLongForAVocabularyIsLeftOutAndCounted() {
    String longest = "x".repeat(1000);
    LoadedVectors loaded = Made.whole(longest + " 1 2\n" + longest + "x 3 4\n");
    assertEquals(1, loaded.vectors().size());
    assertEquals(1, loaded.tooLong());
    assertEquals(2, loaded.rows());
  }

  @Test
  void filesLargerThanTheBufferAreRead() {
    int size = 3000, dimension = 40;
    SplittableRandom random = Seeds.next();
    float[] values = Seeds.floats(random, size * dimension, 1);
    StringBuilder text = new StringBuilder();
    byte[][] parts = new byte[size + 1][];
    parts[0] = Made.text(size + " " + dimension + "\n");
    for (int i = 0; i < size; i++) {
      String word = String.valueOf((char) (0x4E00 + i));
      float[] row = Arrays.copyOfRange(values, i * dimension, (i + 1) * dimension);
      parts[i + 1] = Made.row(word, row);
      text.append(word);
      for (float x : row) text.append(' ').append(x);
      text.append('\n');
    }
    byte[] glove = Made.text(text.toString());
    for (byte[] file : List.of(glove, Made.gzip(glove), Made.join(parts))) {
      assertArrayEquals(values, Made.whole(file, Format.AUTO).vectors().values());
    }
  }

  @Test
  void theEstimateOfASmallFileIsExact() {
    VectorFile.Estimate estimate = Made.open(Made.text(GLOVE), Format.AUTO).estimate();
    assertEquals(3, estimate.words());
    assertTrue(estimate.exact());
    assertTrue(estimate.bytes() > 3 * 3 * 4);
  }

  @Test
  void theEstimateOfALargeFileIsClose() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40_000; i++) text.append("w").append(100_000 + i).append(" 0.25 0.5\n");
    byte[] plain = Made.text(text.toString());
    VectorFile.Estimate estimate = Made.open(plain, Format.AUTO).estimate();
    assertFalse(estimate.exact());
    assertEquals(40_000, estimate.words(), 10);
    long packed = Made.open(Made.gzip(plain), Format.AUTO).estimate().words();
    assertTrue(packed > 20_000 && packed < 60_000, () -> packed + " words");
  }

  @Test
  void whatDoesNotFitIntoMemoryIsRefusedInWords() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) text.append("w").append(i).append(" 0.25 0.5\n");
    VectorFile file = Made.open(Made.text(text.toString()), Format.AUTO);
    SluiceException e = assertThrows(SluiceException.class, () -> file.whole(3 << 20));
    assertEquals(SluiceException.Kind.IO, e.kind());
    assertTrue(
        e.getMessage()
            .matches(
                "error\\[EMB-021] vectors: about 20,\\d{3} words with 2 numbers each need about 4\\.\\d MB,"
                    + " Java may use 3\\.0 MB\\. Fix: start Java with -Xmx1g, or keep: trimmed"),
        e.getMessage());
    assertEquals(1, file.trimmed(List.of("w7")).vectors().size());
  }

  @Test
  void moreThanAnArrayHoldsIsRefusedInWords() {
    byte[] bytes = Made.text("a 0.25 0.5\n".repeat(10_001));
    VectorFile file =
        VectorFile.open(Made.NAME, () -> new ByteArrayInputStream(bytes), 1L << 40, Format.AUTO);
    SluiceException e = assertThrows(SluiceException.class, () -> file.whole(Long.MAX_VALUE));
    assertTrue(
        e.getMessage().endsWith(" GB, one array of Java holds at most 8.0 GB. Fix: keep: trimmed"),
        e.getMessage());
  }

  @Test
  void aFileThatChangesMeanwhileIsRefused() {
    AtomicInteger opened = new AtomicInteger();
    List<String> versions = List.of("a 1\nb 2\n", "a 1\nc 2\n", "a 1\nb 2\nd 3\n");
    for (String later : versions.subList(1, versions.size())) {
      opened.set(0);
      VectorFile file =
          VectorFile.open(
              Made.NAME,
              () ->
                  new ByteArrayInputStream(
                      Made.text(opened.incrementAndGet() < 5 ? versions.get(0) : later)),
              8,
              Format.GLOVE);
      SluiceException e = assertThrows(SluiceException.class, file::whole);
      assertTrue(e.getMessage().startsWith("error[EMB-023] vectors: the file changed"), later);
    }
  }

  @Test
  void pathsAreCheckedAndFilesAreOpened(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("vectors.txt"), Made.gzip(Made.text(GLOVE)));
    assertTheVectors(VectorFile.open(file, Format.AUTO).whole());
    for (Path wrong : List.of(folder, folder.resolve("none"))) {
      SluiceException e =
          assertThrows(SluiceException.class, () -> VectorFile.open(wrong, Format.AUTO));
      assertEquals("EMB-001", e.problems().get(0).code());
    }
  }
}
