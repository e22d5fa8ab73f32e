package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextSentencesTest {
  /** A caller can write a result line for each line. */
  @Test
  void linesWithoutTokensStay() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    byte[] bytes = "a b\r\n\n  \nc".getBytes(StandardCharsets.UTF_8);
    try (SentenceReader reader =
        Readers.openText("stdin", new ByteArrayInputStream(bytes), TestData.BLANKS)) {
      for (Sentence next = reader.next(); next != null; next = reader.next()) {
        sizes.add(next.size());
        assertEquals("stdin:" + sizes.size(), next.where().toString());
      }
    }
    assertEquals(List.of(2, 0, 0, 1), sizes);
  }
}
