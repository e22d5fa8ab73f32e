package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.PairLayout;
import dev.sluice.data.DataConfig.Side;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs are read as they stand, and what is wrong is named with its place. */
class PairsTest {
  @TempDir Path folder;

  private Pairs read(String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("pairs.csv"), csv);
    PairLayout layout =
        new PairLayout(new Side("said", Unit.WORD), new Side("meant", Unit.CHARACTER));
    return Pairs.read("train", file, TestData.config(layout), TestData.BLANKS);
  }

  private String refusal(String csv) {
    return assertThrows(SluiceException.class, () -> read(csv)).getMessage();
  }

  @Test
  void aRowIsAPair() throws IOException {
    Pairs pairs = read("id,said,meant\n1,one two,12\n\n2,\"a, b\", x \n");
    assertEquals(2, pairs.size());
    assertEquals(List.of("12", " x "), pairs.targets());
    assertEquals(List.of("one", "two"), pairs.sources().sentences().get(0).words());
    assertEquals("a, b", pairs.sources().sentences().get(1).text());
    assertEquals(4, pairs.sources().sentences().get(1).where().line());
    assertEquals(1L, pairs.sources().skipped().get("empty lines"));
  }

  @Test
  void emptySidesAreAllNamed() {
    String message = refusal("said,meant\none,\n,2\nthree,3\n");
    assertTrue(message.contains("pairs.csv:2:5: the target is empty"), message);
    assertTrue(message.contains("pairs.csv:3:1: the source is empty"), message);
    assertTrue(message.contains("DAT-021"), message);
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    String message = refusal("said,ment\none,1\n");
    assertTrue(message.contains("DAT-010") && message.contains("ment"), message);
    assertTrue(refusal("said;meant\none;1\n").contains("DAT-012"));
  }
}
