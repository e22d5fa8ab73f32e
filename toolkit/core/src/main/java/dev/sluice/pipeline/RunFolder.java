package dev.sluice.pipeline;

import dev.sluice.config.IoReason;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of one run, held by one process at a time. A folder that holds a finished run is never written to again. */
public final class RunFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel channel;

  private RunFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes a folder, which is made when it is not there.
   *
   * @param resume whether it may hold an unfinished run, which then goes on
   * @throws SluiceException RUN-001 when it holds another run, RUN-002 when another process works in it, RUN-003 when it cannot be written, RUN-004 when it
   *     holds something else
   */
  public static RunFolder open(Path path, boolean resume) {
    try {
      Files.createDirectories(path);
      RunFolder folder = new RunFolder(path, lock(path));
      try {
        folder.checkContent(resume);
        AtomicFile.at(path.resolve(TrainingRun.CHECKPOINT)).removeStale();
        AtomicFile.at(path.resolve(TrainingRun.MODEL)).removeStale();
      } catch (SluiceException e) {
        folder.close();
        throw e;
      }
      return folder;
    } catch (IOException e) {
      String reason = e instanceof FileAlreadyExistsException ? "it is a file" : IoReason.of(e);
      throw SluiceException.io(
          "RUN-003",
          Location.of(path.toString()),
          "the run folder cannot be written: " + reason,
          "name another with --out");
    }
  }

  /** The system lets go of the lock of a process that has died, so a lock file that is left over keeps nobody out. */
  private static FileChannel lock(Path path) throws IOException {
    Path file = path.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      String holder = Files.readString(file).strip();
      throw SluiceException.usage(
          "RUN-002",
          Location.of(path.toString()),
          "another process is training in this folder"
              + (holder.isEmpty() ? "" : " (" + holder + ")"),
          "wait for it, or name another with --out");
    }
    String mine =
        "process " + ProcessHandle.current().pid() + " on " + host() + " since " + now() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(mine.getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  /** The name of this machine as the system's files tell it. */
  private static String host() {
    String name = System.getenv("HOSTNAME");
    if (name != null && !name.isBlank()) return name;
    try {
      return Files.readString(Path.of("/etc/hostname")).strip();
    } catch (IOException e) {
      return "this host";
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void checkContent(boolean resume) throws IOException {
    boolean finished = Files.exists(path.resolve(TrainingRun.MODEL));
    boolean begun = Files.exists(path.resolve(TrainingRun.CONFIG));
    Location where = Location.of(path.toString());
    if (finished || (begun && !resume)) {
      throw SluiceException.usage(
          "RUN-001",
          where,
          finished ? "the folder holds a finished run" : "the folder holds an unfinished run",
          finished
              ? "name another with --out"
              : "go on with it by --resume, or name another with --out");
    }
    if (begun) return;
    try (Stream<Path> files = Files.list(path)) {
      Optional<Path> other = files.filter(file -> !file.endsWith(LOCK)).sorted().findFirst();
      if (other.isEmpty()) return;
      throw SluiceException.usage(
          "RUN-004",
          where,
          "the folder holds no run but other files, such as " + other.get().getFileName(),
          "name a new or an empty folder with --out");
    }
  }

  /**
   * A folder for a run of the given name below a parent: the name itself, or with the next free number; to resume, the newest unfinished one.
   */
  public static Path choose(Path parent, String name, boolean resume) {
    Path newestUnfinished = null;
    for (int n = 1; ; n++) {
      Path candidate = parent.resolve(n == 1 ? name : name + "-" + n);
      if (!Files.exists(candidate))
        return resume && newestUnfinished != null ? newestUnfinished : candidate;
      if (!Files.exists(candidate.resolve(TrainingRun.MODEL))) newestUnfinished = candidate;
    }
  }

  /** A folder for a series of runs: as for a single one; to resume, the newest that is there. */
  public static Path chooseForSeries(Path parent, String name, boolean resume) {
    Path newest = null;
    for (int n = 1; ; n++) {
      Path candidate = parent.resolve(n == 1 ? name : name + "-" + n);
      if (!Files.exists(candidate)) return resume && newest != null ? newest : candidate;
      newest = candidate;
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Writes a text file, whole or not at all. */
  public void write(String name, String text) {
    AtomicFile.at(path.resolve(name))
        .write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(path.resolve(name));
    } catch (IOException e) {
      throw SluiceException.io(
          "RUN-003",
          Location.of(path.resolve(name).toString()),
          "the file cannot be deleted: " + IoReason.of(e),
          "delete it by hand");
    }
  }

  private void removeIfEmpty() throws IOException {
    try {
      Files.delete(path);
    } catch (DirectoryNotEmptyException e) {
      return; // as it should be: the run is in it
    }
  }

  /** Lets the folder go; when nothing came of the run, it does not stay behind empty. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve(LOCK));
      channel.close();
      removeIfEmpty();
    } catch (IOException e) {
      throw SluiceException.io(
          "RUN-003",
          Location.of(path.toString()),
          "the lock cannot be released: " + IoReason.of(e),
          "delete " + LOCK);
    }
  }
}
