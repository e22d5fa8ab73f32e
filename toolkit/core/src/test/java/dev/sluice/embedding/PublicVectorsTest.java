package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Public vectors have their published size when we read them; needs the environment variable SLUICE_DATA. */
class PublicVectorsTest {
  @Test
  void characterVectorsHaveTheirPublishedSizeOnPublicVectors() {
    String folder = System.getenv("SLUICE_DATA");
    Assumptions.assumeTrue(folder != null, "SLUICE_DATA is not set: public vectors not read");
    VectorFile file =
        VectorFile.open(
            Path.of(folder, "char-vectors-glove840b", "glove.840B.300d-char.txt"), Format.AUTO);
    assertEquals(Format.GLOVE, file.format());
    assertEquals(300, file.dimension());
    LoadedVectors whole = file.whole();
    assertEquals(94, whole.rows());
    assertEquals(94, whole.vectors().size());
    assertEquals(0, whole.duplicates());
    for (char c = '!'; c <= '~'; c++) {
      assertEquals(c - '!' + 1, whole.vectors().lookup(String.valueOf(c)).id());
    }
    assertEquals(2, file.trimmed(List.of("a", "B", "é")).vectors().size());
  }
}
