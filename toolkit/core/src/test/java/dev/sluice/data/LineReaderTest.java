package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.SluiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void onlyLineFeedAndCarriageReturnEndALine() throws IOException {
    assertEquals(
        List.of("a", "b", "", "c\u2028d\u0085e\u000bf", "g"),
        lines("a\r\nb\r\rc\u2028d\u0085e\u000bf\ng"));
    assertEquals(List.of(), lines(""));
    assertEquals(List.of(""), lines("\n"));
    assertEquals(List.of("x"), lines("x\n"));
  }

  /** However the bytes arrive, the lines are the same. */
  @Test
  void linesDoNotDependOnHowBytesArrive() throws IOException {
    String text = "äöü\r\n𠮷野家\r한국어\n\n" + "é".repeat(40_000) + "\r\nend";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, 1));
          }
        };
    assertEquals(lines(bytes), lines(slow));
    assertEquals(6, lines(bytes).size());
  }

  @Test
  void aByteOrderMarkIsLeftOut() throws IOException {
    assertEquals(List.of("a"), lines("\ufeffa\n"));
  }

  /** Row 31: the place in lines and bytes, the bytes and what they probably are; never a replacement character. */
  @Test
  void invalidUtf8IsNamedWithLineAndByte() {
    refused(
        bytes("one\ncafé\n", StandardCharsets.ISO_8859_1),
        "DAT-002",
        "f:2:4",
        "byte 7 (0xe9) is not valid UTF-8; the file is likely ISO-8859-1 or windows-1252");
    refused(
        bytes("好的\n", Charset.forName("GB18030")),
        "DAT-002",
        "f:1:1",
        "byte 0 (0xba) is not valid UTF-8; the file is likely GB18030");
    byte[] cut = Arrays.copyOf(bytes("ab好", StandardCharsets.UTF_8), 4);
    refused(cut, "DAT-002", "f:1:3", "byte 2 (0xe5 0xa5) is not valid UTF-8");
  }

  @Test
  void invalidUtf8IsFoundBehindTheFirstBuffer() {
    byte[] bytes = bytes("x\n".repeat(100_000) + "é", StandardCharsets.ISO_8859_1);
    refused(bytes, "DAT-002", "f:100001:1", "byte 200000 (0xe9)");
  }

  /** Row 40: another kind of file is called by its name. */
  @Test
  void whatIsNoTextIsNamed() {
    refused(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "DAT-001", "f", "the file looks like gzip");
    refused(new byte[] {'P', 'K', 3, 4, 0}, "DAT-001", "f", "the file looks like zip");
    refused(
        bytes("\n<!DOCTYPE html><p>", StandardCharsets.UTF_8),
        "DAT-001",
        "f",
        "the file looks like an HTML page");
    refused(
        bytes("version https://git-lfs.github.com/spec/v1\n", StandardCharsets.UTF_8),
        "DAT-001",
        "f",
        "the file looks like a Git LFS pointer (43 bytes)");
    refused(bytes("ab", StandardCharsets.UTF_16), "DAT-001", "f", "the file looks like UTF-16");
    refused(bytes("ab", StandardCharsets.UTF_16LE), "DAT-004", "f:1:2", "found U+0000");
  }

  @Test
  void aLineWithoutEndIsRefusedAfterOneMebibyte() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    SluiceException e = assertThrows(SluiceException.class, () -> lines(endless));
    TestData.assertProblem(e, "DAT-003", "f:1", "the line is longer than 1 MiB");
  }

  private static void refused(byte[] bytes, String code, String place, String what) {
    SluiceException e = assertThrows(SluiceException.class, () -> lines(bytes));
    TestData.assertProblem(e, code, place, what);
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }

  private static List<String> lines(String text) throws IOException {
    return lines(bytes(text, StandardCharsets.UTF_8));
  }

  private static List<String> lines(byte[] bytes) throws IOException {
    return lines(new ByteArrayInputStream(bytes));
  }

  private static List<String> lines(InputStream in) throws IOException {
    try (LineReader reader = new LineReader(new Utf8Input("f", in))) {
      List<String> lines = new ArrayList<>();
      for (String line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
        assertEquals(lines.size(), reader.line());
      }
      return lines;
    }
  }
}
