package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with a vector file is said with its place. */
class BadVectorFilesTest {
  private static final byte[] BINARY =
      Made.join(
          Made.text("2 3\n"), Made.row("to", 1, 2, 0.3f), Made.text("\n"), Made.row("é", 4, 5, 6));

  private static void assertBinaryRefused(String code, String message, byte[] bytes) {
    Made.assertRefused(code, message, bytes, Format.WORD2VEC_BINARY);
  }

  @Test
  void aLineWithTooFewNumbersIsRefused() {
    Made.assertRefused(
        "EMB-012",
        ":2:1: 1 number after the word, expected a word and 2 numbers",
        "a 1 2\nb 1\nc 1 2\n");
    Made.assertRefused(
        "EMB-012",
        ":2:4: 1 number at the end of the line, after `x`, expected a word and 2 numbers",
        "a 1 2\nbé x 1\nc 1 2\n");
    Made.assertRefused("EMB-012", ":1:1: 0 numbers after", "a\nb 1 2\nc 1 2\n");
    Made.assertRefused(
        "EMB-012", ":2:3: 0 numbers at the end of the line, after `−2`", "a 2\nb −2\n");
  }

  @Test
  void aLineWithTooManyNumbersIsRefused() {
    Made.assertRefused(
        "EMB-012",
        ":2:3: more than 2 numbers, the first of them `1`, expected a word and 2 numbers",
        "a 1 2\nb 1 2 3\nc 1 2\n");
    Made.assertRefused(
        "EMB-012",
        ":3:3: more than 2 numbers, the first of them `0.1`",
        "2 2\na 0.1 0.2\nb 0.1 0.2 0.3\nc 0.3 0.4\n".replaceFirst("2 2", "3 2"));
  }

  @Test
  void anEmptyLineInTheMiddleIsRefused() {
    Made.assertRefused("EMB-012", ":2:1: an empty line", "a 1 2\n\r\n \nb 1 2\n");
  }

  @Test
  void onlyPlainFiniteDecimalsAreNumbers() {
    for (String wrong :
        List.of("1,5", "1.0d", "2f", "0x1p3", "NaN", "-inf", "Infinity", "1e", "1e+", "1.2.3")) {
      Made.assertRefused(
          "EMB-013",
          ":2:6: found `" + wrong + "`, expected a plain decimal number",
          "a 1 2 3\nöb 1 " + wrong + " 3\n");
    }
    Made.assertRefused(
        "EMB-013",
        ":1:5: the number `1e39` is larger than a 32-bit float, expected at most 3.4e38",
        "a 1 1e39\n");
    Made.assertRefused("EMB-013", ":1:3: found `1,5`", "a 1,5 2,5\nb 2,5 3,5\n");
  }

  @Test
  void numbersOfWordsThatAreNotKeptAreCheckedToo() {
    VectorFile file = Made.open(Made.text("a 1\nb 2x\n"), Format.AUTO);
    assertThrows(SluiceException.class, () -> file.trimmed(List.of("a")));
  }

  @Test
  void aVectorWithoutAWordIsRefused() {
    Made.assertRefused(
        "EMB-014", ":2:1: numbers without a word before them", "a 1 2\n 3 4\nc 5 6\n");
    assertBinaryRefused(
        "EMB-014",
        ", byte 4: a vector without a word",
        Made.join(Made.text("1 1\n"), Made.row("", 1)));
  }

  @Test
  void bytesThatAreNoUtf8AreNamed() {
    byte[] latin = "a 1 2\nb\u00e9c 3 4\n".getBytes(StandardCharsets.ISO_8859_1);
    Made.assertRefused(
        "EMB-007", ":2:2: 0xE9 is no UTF-8, in the word `b\ufffdc`", latin, Format.AUTO);
    byte[] header = Made.join(Made.text("2 2\n"), latin);
    Made.assertRefused("EMB-007", ":3:2: 0xE9 is no UTF-8", header, Format.AUTO);
    byte[] cut =
        Made.join(Made.text("1 1\n"), Made.text("a"), new byte[] {(byte) 0xC3, ' ', 0, 0, 0, 0});
    assertBinaryRefused("EMB-007", ", byte 5: 0xC3 is no UTF-8", cut);
  }

  @Test
  void aHeaderThatLiesIsRefused() {
    String rows = "a 1 2\nb 3 4\n";
    Made.assertRefused(
        "EMB-011", ":1:1: the header says 3 words, but the file ends after 2", "3 2\n" + rows);
    Made.assertRefused(
        "EMB-011", ":3:1: the header says 1 words, and here is another", "1 2\n" + rows);
    Made.assertRefused(
        "EMB-011",
        ":1:1: the header says dimension 3, but the first lines have 2 numbers",
        "2 3\n" + rows);
    Made.assertRefused(
        "EMB-011",
        ":1:1: the header says dimension 1, but the first lines have 2 numbers",
        "2 1\n" + rows);
    Made.assertRefused("EMB-010", ":1:3: the header gives the dimension `0`", "2 0\n" + rows);
    Made.assertRefused(
        "EMB-011", ":1:1: the header says 5 words, but the file ends after 0", "5 2\n");
  }

  /** Were it believed, the test would need a hundred gigabytes. */
  @Test
  void nothingIsAllocatedForAHeader() {
    String many = "9".repeat(30);
    Made.assertRefused(
        "EMB-010", ":1:3: the header gives the dimension `99999999999`", "2 99999999999\na 1\n");
    Made.assertRefused(
        "EMB-011", ":1:1: the header says 9223372036854775807 words", many + " 1\na 1\n");
    assertBinaryRefused(
        "EMB-005",
        ": the file ends at byte 33 in the middle of the vector of `to`",
        Made.join(Made.text("999999999 65536\n"), Made.row("to", 1, 2), Made.row("e", 3)));
  }

  @Test
  void aBinaryHeaderThatLiesIsRefused() {
    assertBinaryRefused(
        "EMB-011",
        ":1:1: the header says 3 words, but the file ends after 2, at byte",
        replaced(BINARY, 0, '3'));
    assertBinaryRefused(
        "EMB-011",
        ": the header says 1 words, but there is more after the last one, at byte 19",
        replaced(BINARY, 0, '1'));
    assertBinaryRefused(
        "EMB-005", ": the file ends at byte 35 in the middle of", replaced(BINARY, 2, '4'));
    assertBinaryRefused(
        "EMB-010", ":1:3: the header gives the dimension `0`", replaced(BINARY, 2, '0'));
    assertBinaryRefused(
        "EMB-010",
        ":1:1: the first line is `x 3`, expected a word2vec header",
        replaced(BINARY, 0, 'x'));
  }

  @Test
  void aCutOffFileIsRefusedWhereverItEnds() {
    for (int length = 0; length < BINARY.length; length++) {
      byte[] cut = Arrays.copyOf(BINARY, length);
      SluiceException e =
          assertThrows(SluiceException.class, () -> Made.whole(cut, Format.WORD2VEC_BINARY));
      assertTrue(
          List.of("EMB-004", "EMB-005", "EMB-010", "EMB-011").contains(e.problems().get(0).code()),
          e.getMessage());
    }
    byte[] packed = Made.gzip(BINARY);
    for (int length = 2; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      Made.assertRefused("EMB-005", ": the gzip file ends in the middle", cut, Format.AUTO);
    }
  }

  @Test
  void damagedGzipIsNamed() {
    byte[] packed = Made.gzip(Made.text("a 1 2\n"));
    packed[packed.length - 8] ^= 1; // its checksum
    Made.assertRefused("EMB-006", ": the gzip file is damaged (", packed, Format.AUTO);
  }

  @Test
  void aBinaryNumberThatIsNotFiniteIsRefused() {
    assertBinaryRefused(
        "EMB-013",
        ", byte 10: found NaN, expected a finite number",
        Made.join(Made.text("1 2\n"), Made.row("a", 1, Float.NaN)));
  }

  @Test
  void theOtherByteOrderIsNoticed() {
    byte[] big =
        Made.join(
            Made.text("2 4\n"),
            Made.row(ByteOrder.BIG_ENDIAN, "a", 0.1f, -0.2f, 0.3f, 1),
            Made.row(ByteOrder.BIG_ENDIAN, "b", 0.7f, 2, 0, -0.6f));
    Made.assertRefused("EMB-003", ": the numbers look big-endian", big, Format.AUTO);
  }

  @Test
  void otherKindsOfFilesAreNamed() {
    Map<String, String> kinds =
        Map.of(
            "PK\u0003\u0004xx",
            "a zip archive",
            "<!DOCTYPE html><p>Not found 404",
            "an HTML page",
            "<HTML>",
            "an HTML page",
            "version https://git-lfs.github.com/spec/v1\noid 1\n",
            "a Git LFS pointer",
            "\u0080\u0004\u0095",
            "a Python pickle",
            "\u00ba\u0016\u004f\u002f\f",
            "a fastText model",
            "\u00ff\u00fea\0",
            "UTF-16",
            "x".repeat(257) + "ustar",
            "a tar archive");
    kinds.forEach(
        (bytes, words) -> {
          byte[] file = bytes.getBytes(StandardCharsets.ISO_8859_1);
          for (byte[] given : List.of(file, Made.gzip(file))) {
            Made.assertRefused("EMB-003", ": the file looks like " + words, given, Format.AUTO);
          }
        });
    Made.assertRefused(
        "EMB-003", ": the file looks like gzip inside", Made.gzip(Made.gzip(BINARY)), Format.AUTO);
    Made.assertRefused(
        "EMB-003", ":1: no numbers at the end of the line", "some plain\ntext here\n");
    Made.assertRefused(
        "EMB-003", ":1: no numbers at the end of the line", Made.text("\n\0\u0001"), Format.AUTO);
  }

  @Test
  void anEmptyFileIsRefused() {
    for (String empty : List.of("", "\uFEFF", "\n\n", "0 5\n")) {
      Made.assertRefused("EMB-004", ": no vector in the file", empty);
    }
    Made.assertRefused("EMB-004", ": no vector in the file", Made.gzip(new byte[0]), Format.AUTO);
  }

  @Test
  void theWrongFormatIsNamed() {
    Made.assertRefused(
        "EMB-010",
        ":1:1: the first line is a word2vec header, expected a word and its numbers",
        Made.text("1 2\na 1 2\n"),
        Format.GLOVE);
    Made.assertRefused(
        "EMB-010",
        ":1:1: the first line is `a 1 2`, expected a word2vec header",
        Made.text("a 1 2\n"),
        Format.WORD2VEC);
    Made.assertRefused(
        "EMB-010", ":1:1: the first line is a word2vec header", BINARY, Format.GLOVE);
  }

  @Test
  void linesAndWordsAreBounded() {
    Made.assertRefused("EMB-015", ":1: the line is longer than 1 MiB", "x".repeat((1 << 20) + 1));
    Made.assertRefused(
        "EMB-015", ":2: the line is longer than 1 MiB", "a 1\n" + "x".repeat(1 << 20) + " 1\n");
    assertBinaryRefused(
        "EMB-015",
        ", byte 4: no blank within 4000 bytes",
        Made.text("1 1\n" + "x".repeat(4001) + " 1234"));
  }

  @Test
  void aFailingDiskIsNoBugOfOurs() {
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () ->
                VectorFile.open(
                    Made.NAME,
                    () -> {
                      throw new IOException("broken");
                    },
                    1,
                    Format.AUTO));
    assertEquals(SluiceException.Kind.IO, e.kind());
    assertTrue(e.getMessage().startsWith("error[EMB-002] vectors: the file could not be read"));
  }

  private static byte[] replaced(byte[] bytes, int index, char c) {
    byte[] changed = bytes.clone();
    changed[index] = (byte) c;
    return changed;
  }
}
