package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Reference;
import dev.sluice.config.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that are generated from the config records; {@code -Dsluice.regenerate=true} writes them anew. */
class GeneratedFilesTest {
  private static final Path PROJECT = Path.of("../..");

  private static void assertUpToDate(String file, String generated) throws IOException {
    Path path = PROJECT.resolve(file);
    if (Boolean.getBoolean("sluice.regenerate")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, generated);
    }
    assertEquals(
        generated,
        Files.readString(path),
        file
            + " is out of date: mvn -pl toolkit/core test -Dtest=GeneratedFilesTest -Dsluice.regenerate=true");
  }

  @Test
  void theCommittedSchemaIsTheGeneratedOne() throws IOException {
    assertUpToDate("configs/schema.json", Schema.of(SluiceConfig.class));
  }

  @Test
  void theCommittedReferencePageIsTheGeneratedOne() throws IOException {
    assertUpToDate("docs/configuration.md", Reference.of(SluiceConfig.class));
  }
}
