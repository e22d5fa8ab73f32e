package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.CsvLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvAppenderTest {
  private static final CsvLayout TEXT = TestData.csv("text", null, null, null, null, ",");

  @TempDir Path folder;

  @Test
  void everyCellStaysAndColumnsAreAppended() throws IOException {
    String in = "\ufeffid,text,id\r\n1,\"a, \"\"b\"\"\",=x\r\n\r\n2,,\r\n\"3\n\",c d,\r\n\r\n";
    assertEquals(
        "id,text,id,words,size\n1,\"a, \"\"b\"\"\",=x,\"a,|\"\"b\"\"\",2\n\n2,,,,0\n\"3\n\",c d,,c|d,2\n\n",
        copy(in, TEXT, List.of("words", "size"), false, CsvAppenderTest::wordsAndSize));
  }

  @Test
  void tokensGetTheirOwnCells() throws IOException {
    CsvLayout layout = TestData.csv(null, "token", null, null, "id", ",");
    String in = "id,token\na,x\n\n,y\nb,z\n";
    assertEquals(
        "id,token,upper\na,x,X\n\n\"\",y,Y\nb,z,Z\n",
        copy(
            in,
            layout,
            List.of("upper"),
            false,
            s -> s.words().stream().map(w -> List.of(w.toUpperCase(Locale.ROOT))).toList()));
  }

  /** Row 69: a predicted cell is no formula, unless raw ones are asked for. */
  @Test
  void appendedCellsAreNoFormulas() throws IOException {
    for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\n")) {
      CsvAppender.Cells cells = s -> List.of(List.of(start + "1"));
      boolean quoted = start.equals("\r") || start.equals("\n");
      String safe = "'" + start + "1";
      String expected = "text,p\na," + (quoted ? "\"" + safe + "\"" : safe) + "\n";
      assertEquals(expected, copy("text\na\n", TEXT, List.of("p"), false, cells));
    }
    CsvAppender.Cells formula = s -> List.of(List.of("=1"));
    assertEquals("text,p\na,=1\n", copy("text\na\n", TEXT, List.of("p"), true, formula));
  }

  @Test
  void aColumnThatIsThereIsNotAppendedAgain() {
    assertThrows(
        SluiceException.class,
        () -> copy("text,p\na,b\n", TEXT, List.of("p"), false, s -> List.of(List.of(""))));
  }

  @Test
  void aFileWithoutRowsStaysOne() throws IOException {
    assertEquals("", copy("", TEXT, List.of("p"), false, s -> List.of()));
    assertEquals("text,p\n", copy("text\n", TEXT, List.of("p"), false, s -> List.of()));
  }

  private static List<List<String>> wordsAndSize(Sentence sentence) {
    return List.of(List.of(String.join("|", sentence.words()), String.valueOf(sentence.size())));
  }

  private String copy(
      String in, CsvLayout layout, List<String> columns, boolean raw, CsvAppender.Cells cells)
      throws IOException {
    Path file = TestData.file(folder, "in.csv", in);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CsvAppender(layout, List.of(), TestData.BLANKS, columns, raw).copy(file, out, cells);
    return out.toString(StandardCharsets.UTF_8);
  }
}
