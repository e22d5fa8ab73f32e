package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.data.DataConfig.TextLayout;
import dev.sluice.data.DataConfig.TextLayout.DocumentBorder;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where documents begin and end, and where one file is cut into splits. */
class DocumentsTest {
  private static final String TEXT = "one\ntwo\n\n \nthree\r\nfour\n";

  @TempDir Path temp;

  private Path file(String text) throws IOException {
    return Files.writeString(temp.resolve("text.txt"), text);
  }

  private List<String> read(DocumentBorder border) throws IOException {
    return texts(
        Documents.read("train", file(TEXT), new TextLayout(Unit.CHARACTER, border, List.of())));
  }

  private static List<String> texts(Documents documents) {
    return documents.documents().stream().map(Documents.Document::text).toList();
  }

  private List<List<String>> split(String text, DocumentBorder border, Integer... percent)
      throws IOException {
    TextLayout layout = new TextLayout(Unit.CHARACTER, border, List.of(percent));
    return Documents.split(file(text), layout).stream().map(DocumentsTest::texts).toList();
  }

  @Test
  void aDocumentIsALineOrWhatStandsBetweenBlankLinesOrTheFile() throws IOException {
    assertEquals(List.of("one", "two", "three", "four"), read(DocumentBorder.LINE));
    assertEquals(List.of("one\ntwo", "three\nfour"), read(DocumentBorder.BLANK_LINE));
    assertEquals(List.of("one\ntwo\n\n \nthree\nfour\n"), read(DocumentBorder.FILE));
  }

  @Test
  void aDocumentKnowsItsLine() throws IOException {
    Documents documents =
        Documents.read(
            "train",
            file(TEXT),
            new TextLayout(Unit.CHARACTER, DocumentBorder.BLANK_LINE, List.of()));
    assertEquals(5, documents.documents().get(1).where().line());
    assertEquals(17, documents.characters());
  }

  @Test
  void aFileIsCutByCodePoints() throws IOException {
    assertEquals(
        List.of(List.of("abcdefgh"), List.of("i"), List.of("j")),
        split("abcdefghij", DocumentBorder.FILE, 80, 10, 10));
    assertEquals(
        List.of(List.of("🌊🌊"), List.of("🌊b")), split("🌊🌊🌊b", DocumentBorder.FILE, 50, 50));
  }

  @Test
  void aLineBelongsToThePartInWhichItBegins() throws IOException {
    assertEquals(
        List.of(List.of("aaaa", "bbbb"), List.of("cc")),
        split("aaaa\nbbbb\ncc", DocumentBorder.LINE, 60, 40));
  }
}
