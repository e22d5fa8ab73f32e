package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a column that nothing else reads says of a sentence, at its first token. */
class CellsTest {
  private static final String WORD = "%d\t%s\t_\tNOUN\tNN\tNumber=%s\t_\t_\t_\t_\n";

  @TempDir private Path folder;

  @Test
  void aRowOfCsvHasOneValueHoweverManyTokens() throws IOException {
    String csv = "tokens,tags,source\na b,O O, the news \n,,none\nc,O,\nd,O,\"a,b\"\n";
    Path file = TestData.file(folder, "a.csv", csv);
    DataConfig config = TestData.config(Format.CSV);
    assertEquals(List.of("the news", "", "a,b"), cells(file, config, "source"));
    assertEquals(List.of("O O", "O", "O"), cells(file, config, "tags"));
    refused(file, config, "sorce", "DAT-010", "a.csv:1", "no column \"sorce\" among ");
  }

  @Test
  void aTokenPerRowCountsByItsFirstRow() throws IOException {
    String csv = "id,tokens,tags,source\n1,a,O,x\n1,b,O,y\n2,c,O,z\n,d,O,w\n";
    Path file = TestData.file(folder, "b.csv", csv);
    DataConfig config = TestData.config(TestData.csv(null, "tokens", "tags", null, "id", ","));
    assertEquals(List.of("x", "z"), cells(file, config, "source"));
  }

  @Test
  void columnsOfConllAreNumbers() throws IOException {
    Path file = TestData.file(folder, "a.conll", "a x O\nb y O\n\nc z O\n");
    DataConfig config = TestData.config(Format.CONLL);
    assertEquals(List.of("x", "z"), cells(file, config, "2"));
    assertEquals(List.of("x", "z"), cells(file, config, "-2"));
    for (String wrong : List.of("4", "-4", "0", "source"))
      refused(file, config, wrong, "DAT-006", "a.conll", "column \"" + wrong + "\" is asked for");
  }

  @Test
  void columnsOfConlluHaveTheNamesOfFeatures() throws IOException {
    String sentences =
        WORD.formatted(1, "a", "Sing")
            + WORD.formatted(2, "b", "Plur")
            + "\n"
            + WORD.formatted(1, "c", "Plur");
    Path file = TestData.file(folder, "a.conllu", sentences);
    DataConfig config = TestData.config(Format.CONLLU);
    assertEquals(List.of("Sing", "Plur"), cells(file, config, "feats:Number"));
    refused(file, config, "upso", "DAT-006", "a.conllu", "column \"upso\" is asked for, expected");
  }

  @Test
  void fieldsOfJsonLinesAreColumnsToo() throws IOException {
    String lines =
        "{\"text\":\"a b\",\"source\":\"news\"}\n{\"text\":\"c\",\"source\":7}\n{\"text\":\"d\",\"source\":null}\n";
    Path file = TestData.file(folder, "a.jsonl", lines);
    DataConfig config = TestData.config(Format.JSONL);
    assertThrows(SluiceException.class, () -> cells(file, config, "source"), "no label at all");
    Path tagged =
        TestData.file(folder, "b.jsonl", lines.replace("\"source\"", "\"spans\":[],\"source\""));
    assertEquals(List.of("news", "7", ""), cells(tagged, config, "source"));
    refused(tagged, config, "sourc", "DAT-061", "b.jsonl:1", "field \"sourc\" (asked for) is");
    refused(tagged, config, "spans", "DAT-061", "b.jsonl:1", "\"spans\" is a list, expected a");
  }

  @Test
  void plainTextHasNoColumns() throws IOException {
    Path file = TestData.file(folder, "a.txt", "a b\n");
    refused(file, TestData.config(Format.TEXT), "1", "DAT-006", "data", "column \"1\" is asked");
  }

  private static void refused(
      Path file, DataConfig config, String column, String code, String place, String what) {
    SluiceException e = assertThrows(SluiceException.class, () -> cells(file, config, column));
    TestData.assertProblem(e, code, place, what);
  }

  private static List<String> cells(Path file, DataConfig config, String column)
      throws IOException {
    List<String> cells = new ArrayList<>();
    try (SentenceReader reader = Readers.open(file, config, TestData.BLANKS)) {
      while (reader.next() != null) cells.add(reader.cell(column));
    }
    return cells;
  }
}
