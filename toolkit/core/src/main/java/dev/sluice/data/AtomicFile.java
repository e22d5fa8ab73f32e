package dev.sluice.data;

import dev.sluice.config.IoReason;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Saves a file so that at any instant, through a kill or a power loss, either the old or the new content is there, whole: a
 * temporary file in the same folder, flushed to the disk, checked, then renamed over the target. When anything fails the temporary
 * file is deleted, the old file stays as it was and the failure is thrown, never swallowed.
 */
public final class AtomicFile {
  /** Writes the content. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is buffered and closed by the caller. */
    void write(OutputStream out) throws IOException;
  }

  /** Looks at what was written before it takes the target's place. */
  @FunctionalInterface
  public interface Check {
    /** Throws when the file is not as it should be. */
    void check(Path written) throws IOException;
  }

  private final Storage storage;
  private final Path target;
  private Check check = written -> {};
  private boolean keepPrevious;

  private AtomicFile(Storage storage, Path target) {
    this.storage = storage;
    this.target = target;
  }

  /** A file to be saved on the disk. */
  public static AtomicFile at(Path target) {
    return new AtomicFile(Storage.DISK, target);
  }

  /** The same with other file operations, for tests. */
  public static AtomicFile at(Path target, Storage storage) {
    return new AtomicFile(storage, target);
  }

  /** Has the written file checked before it takes the target's place. */
  public AtomicFile checkedBy(Check newCheck) {
    check = newCheck;
    return this;
  }

  /** Where the content before a save is kept: {@code NAME.prev} beside the target. */
  public static Path previous(Path target) {
    return target.resolveSibling(target.getFileName() + ".prev");
  }

  /** Keeps the content before this save beside the target, at {@link #previous}. */
  public AtomicFile keepingPrevious() {
    keepPrevious = true;
    return this;
  }

  /**
   * Saves. What is no file but a device or a pipe, such as {@code /dev/stdout}, takes the content as it comes.
   *
   * @throws SluiceException of kind IO when the file could not be saved; the old one is as it was
   */
  public void write(Content content) {
    Path folder = folder();
    try {
      if (Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target)) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
          content.write(out);
        }
        return;
      }
      if (keepPrevious && Files.exists(target)) {
        save(folder, previous(target), out -> Files.copy(target, out), p -> {});
      }
      save(folder, target, content, check);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /**
   * Deletes temporary files of this target that processes left behind which are no longer alive.
   *
   * @return the files deleted
   */
  public List<Path> removeStale() {
    String start = "." + name() + ".";
    Path folder = folder();
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> stale =
          entries.filter(entry -> stale(entry.getFileName().toString(), start)).sorted().toList();
      for (Path file : stale) storage.delete(file);
      return stale;
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private void save(Path folder, Path to, Content content, Check verify) throws IOException {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    long pid = ProcessHandle.current().pid();
    Path temporary = folder.resolve("." + name() + "." + pid + "." + random + ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(storage.create(temporary), 1 << 16)) {
        content.write(out);
      }
      storage.force(temporary);
      verify.check(temporary);
      storage.replace(temporary, to);
    } catch (IOException | RuntimeException | Error e) {
      try {
        storage.delete(temporary);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    storage.forceFolder(folder);
  }

  private Path folder() {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) throw new IllegalArgumentException(target + " is no file");
    return folder;
  }

  private String name() {
    return String.valueOf(target.getFileName());
  }

  private static boolean stale(String name, String start) {
    if (!name.startsWith(start) || !name.endsWith(".tmp")) return false;
    String[] parts = name.substring(start.length()).split("\\.");
    if (parts.length != 3 || !parts[0].matches("[0-9]{1,18}")) return false;
    return ProcessHandle.of(Long.parseLong(parts[0])).map(p -> !p.isAlive()).orElse(true);
  }

  private SluiceException failed(Path folder, IOException e) {
    SluiceException problem =
        SluiceException.io(
            Codes.NOT_WRITTEN,
            Location.of(target.toString()),
            "the file cannot be saved: " + Visible.of(reason(folder, e)),
            fix(folder));
    problem.initCause(e);
    return problem;
  }

  /** Why; the temporary file, of which nobody has heard, is not named. */
  private String reason(Path folder, IOException e) {
    if (!Files.exists(folder)) return "there is no folder " + folder;
    if (!Files.isDirectory(folder)) return folder + " is no folder";
    if (Files.isDirectory(target)) return "it is a folder";
    boolean own = e instanceof FileSystemException f && isTemporary(f.getFile());
    if (own && e instanceof AccessDeniedException) return "access to " + folder + " is denied";
    if (own && e instanceof NoSuchFileException) return folder + " takes no new files";
    String reason = IoReason.of(e);
    if (!reason.toLowerCase(Locale.ROOT).contains("space")) return reason;
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return String.format(Locale.ROOT, "%s (%,d bytes free)", reason, free);
    } catch (IOException ignored) {
      return reason; // the first failure is the one to tell
    }
  }

  private boolean isTemporary(String file) {
    return file != null && !file.equals(target.toString()) && file.endsWith(".tmp");
  }

  private String fix(Path folder) {
    if (!Files.isDirectory(folder)) return "make the folder first, or name a file in another one";
    if (Files.isDirectory(target)) return "name a file in it, or another one";
    return "check the folder, its rights and the free space";
  }
}
