package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "new content".repeat(20_000).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  /** The k-th operation fails, for every k: the old file is whole, no temporary file stays, and the failure is told. */
  @Test
  void whicheverOperationFailsTheOldFileStays() throws IOException {
    Path target = folder.resolve("model");
    int k = 1;
    for (; ; k++) {
      Files.write(target, OLD);
      Failing storage = new Failing(k);
      boolean saved = true;
      try {
        AtomicFile.at(target, storage).write(out -> out.write(NEW));
      } catch (SluiceException e) {
        saved = false;
        assertEquals(SluiceException.Kind.IO, e.kind());
        assertTrue(e.getMessage().startsWith("error[IOX-001] " + target + ": "), e.getMessage());
        assertTrue(e.getMessage().contains("operation " + k), e.getMessage());
      }
      assertEquals(List.of("model"), names());
      // once renamed, only the flush of the folder can fail: the new file is there, whole
      assertArrayEquals(storage.replaced ? NEW : OLD, Files.readAllBytes(target));
      if (saved) break;
    }
    assertTrue(k > 5, "operations " + k);
  }

  @Test
  void aMissingFolderIsToldInWords() {
    Path target = folder.resolve("none/model");
    AtomicFile file = AtomicFile.at(target);
    SluiceException e =
        assertThrows(SluiceException.class, () -> file.write(out -> out.write(NEW)));
    assertTrue(
        e.getMessage().contains("saved: there is no folder " + target.getParent() + ". Fix: "),
        e.getMessage());
    assertFalse(e.getMessage().contains("Exception"), e.getMessage());
  }

  @Test
  void theTemporaryFileIsNeverNamedInAMessage() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Path file = Files.write(folder.resolve("file"), OLD);
    for (Path target : new Path[] {taken, file.resolve("below")}) {
      AtomicFile saved = AtomicFile.at(target);
      SluiceException e =
          assertThrows(SluiceException.class, () -> saved.write(out -> out.write(NEW)));
      assertTrue(e.getMessage().startsWith("error[IOX-001] " + target + ": "), e.getMessage());
      assertTrue(e.getMessage().matches("(?s).*(it is a folder|file is no folder).*"));
      assertFalse(e.getMessage().contains(".tmp"), e.getMessage());
    }
  }

  @Test
  void aFailedCheckKeepsTheOldFile() throws IOException {
    Path target = folder.resolve("model");
    Files.write(target, OLD);
    AtomicFile file =
        AtomicFile.at(target)
            .checkedBy(
                written -> {
                  assertArrayEquals(NEW, Files.readAllBytes(written));
                  throw new IOException("checksum");
                });
    assertThrows(SluiceException.class, () -> file.write(out -> out.write(NEW)));
    assertThrows(
        IllegalStateException.class,
        () ->
            file.write(
                out -> {
                  throw new IllegalStateException("half way");
                }));
    assertArrayEquals(OLD, Files.readAllBytes(target));
    assertEquals(List.of("model"), names());
  }

  @Test
  void thePreviousContentIsKept() throws IOException {
    Path target = folder.resolve("model");
    AtomicFile file = AtomicFile.at(target).keepingPrevious();
    file.write(out -> out.write(OLD));
    assertEquals(List.of("model"), names());
    file.write(out -> out.write(NEW));
    assertArrayEquals(OLD, Files.readAllBytes(folder.resolve("model.prev")));
    assertArrayEquals(NEW, Files.readAllBytes(target));
    assertEquals(List.of("model", "model.prev"), names());
  }

  @Test
  void aMissingFolderIsAnIoProblem() {
    AtomicFile file = AtomicFile.at(folder.resolve("gone").resolve("model"));
    SluiceException e =
        assertThrows(SluiceException.class, () -> file.write(out -> out.write(NEW)));
    assertEquals(3, e.kind().exitCode());
  }

  @Test
  void onlyTemporaryFilesOfDeadProcessesAreStale() throws IOException {
    long own = ProcessHandle.current().pid();
    Path dead = Files.write(folder.resolve(".model.999999999.ab12.tmp"), OLD);
    Files.write(folder.resolve(".model." + own + ".ab12.tmp"), OLD);
    Files.write(folder.resolve(".model.x.tmp"), OLD);
    Files.write(folder.resolve(".other.999999999.ab12.tmp"), OLD);
    assertEquals(List.of(dead), AtomicFile.at(folder.resolve("model")).removeStale());
    assertEquals(3, names().size());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** The disk, on which the k-th operation fails; writes and closing a stream count as operations. */
  private static final class Failing implements Storage {
    private int left;
    private final int k;
    boolean replaced;

    Failing(int k) {
      this.k = k;
      this.left = k;
    }

    private void step() throws IOException {
      if (--left == 0) throw new IOException("operation " + k);
    }

    @Override
    public OutputStream create(Path file) throws IOException {
      step();
      return new FilterOutputStream(Storage.DISK.create(file)) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          out.write(bytes, offset, length / 2);
          step();
          out.write(bytes, offset + length / 2, length - length / 2);
        }

        @Override
        public void close() throws IOException {
          super.close();
          step();
        }
      };
    }

    @Override
    public void force(Path file) throws IOException {
      step();
      Storage.DISK.force(file);
    }

    @Override
    public void replace(Path file, Path target) throws IOException {
      step();
      Storage.DISK.replace(file, target);
      replaced = true;
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      step();
      Storage.DISK.forceFolder(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
      Storage.DISK.delete(file);
    }
  }
}
