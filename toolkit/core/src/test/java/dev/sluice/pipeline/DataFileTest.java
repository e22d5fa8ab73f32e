package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data file by itself: mistakes that only show once all of it is read are told like those of a line. */
class DataFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"B_PER", "b-PER", "B-", "o", "PER"})
  void aLabelThatTheSchemeDoesNotKnowIsAMistakeOfTheUser(String label) throws IOException {
    Path file = Files.writeString(folder.resolve("a.conll"), "a O\nb " + label + "\nc B-x\n");
    SluiceException e = refused(file);
    assertEquals(SluiceException.Kind.USAGE, e.kind());
    assertEquals("LAB-001", e.problems().get(0).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tokens,tags\n", "\n\n\n"})
  void aFileWithoutASentenceIsRefused(String text) throws IOException {
    SluiceException e = refused(Files.writeString(folder.resolve("a.csv"), text));
    assertEquals("TRN-010", e.problems().get(0).code());
  }

  @Test
  void labelsWithoutPrefixesAreNoMistakeWhereNoneHasOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conll"), "a DET\nb noun\n");
    assertEquals(2, DataFile.read(file, Optional.empty()).facts().labels().size());
  }

  private static SluiceException refused(Path file) {
    return assertThrows(SluiceException.class, () -> DataFile.read(file, Optional.empty()));
  }
}
