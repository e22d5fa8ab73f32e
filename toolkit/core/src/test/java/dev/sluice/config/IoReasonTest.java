package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** People are told why, not which exception of Java it was. */
class IoReasonTest {
  @TempDir Path folder;

  private static String reason(Executable failing) {
    return IoReason.of(assertThrows(IOException.class, failing));
  }

  @Test
  void whatFileSystemsRefuseIsToldInWords() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x"), none = folder.resolve("none");
    assertEquals("there is no " + none, reason(() -> Files.readString(none)));
    assertEquals(file + " is there already", reason(() -> Files.createDirectory(file)));
    assertEquals("the folder " + folder + " is not empty", reason(() -> Files.delete(folder)));
    assertEquals(file + " is no folder", reason(() -> Files.list(file)));
  }

  @Test
  void otherReasonsAreThoseOfTheSystem() {
    assertEquals("access is denied", IoReason.of(new AccessDeniedException("a")));
    assertEquals(
        "No space left on device",
        IoReason.of(new FileSystemException("a", null, "No space left on device")));
    assertEquals("Broken pipe", IoReason.of(new IOException("Broken pipe.")));
    assertEquals("it ends too early", IoReason.of(new EOFException()));
    assertEquals("the system does not say why", IoReason.of(new IOException()));
  }
}
