package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus that is not there: the message leads to the page that says how to get it. */
class InputsTest {
  @TempDir private Path folder;

  @Test
  void theFixForMissingDataNamesThePageBesideIt() throws IOException {
    Path page = Files.writeString(folder.resolve("README.md"), "how to get it\n");
    Path missing = folder.resolve("train.conllu");
    SluiceException e = assertThrows(SluiceException.class, () -> Inputs.open(missing));
    assertEquals("get the data as " + page + " says", e.problems().get(0).fix());
  }

  @Test
  void aNearNameIsTheBetterFix() throws IOException {
    Files.writeString(folder.resolve("README.md"), "how to get it\n");
    Files.writeString(folder.resolve("train.csv"), "");
    Path missing = folder.resolve("trian.csv");
    SluiceException e = assertThrows(SluiceException.class, () -> Inputs.open(missing));
    assertEquals("did you mean train.csv", e.problems().get(0).fix());
  }
}
