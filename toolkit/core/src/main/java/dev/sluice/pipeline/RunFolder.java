package dev.sluice.pipeline;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
   * @throws SluiceException RUN-001 when it holds another run, RUN-002 when another process works in it, RUN-003 when it cannot be written
   */
  public static RunFolder open(Path path, boolean resume) {
    Location where = Location.of(path.toString());
    boolean finished = Files.exists(path.resolve(TrainingRun.MODEL));
    boolean begun = Files.exists(path.resolve(TrainingRun.CONFIG));
    if (finished || (begun && !resume)) {
      throw SluiceException.usage(
          "RUN-001",
          where,
          finished ? "the folder holds a finished run" : "the folder holds an unfinished run",
          finished
              ? "name another with --out"
              : "go on with it by --resume, or name another with --out");
    }
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        lock = null;
      }
      if (lock == null) {
        channel.close();
        throw SluiceException.usage(
            "RUN-002",
            where,
            "another process is training in this folder",
            "wait for it, or name another with --out");
      }
      AtomicFile.at(path.resolve(TrainingRun.CHECKPOINT)).removeStale();
      AtomicFile.at(path.resolve(TrainingRun.MODEL)).removeStale();
      return new RunFolder(path, channel);
    } catch (IOException e) {
      throw SluiceException.io(
          "RUN-003",
          where,
          "the run folder cannot be written: " + e.getMessage(),
          "name another with --out");
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
          "the file cannot be deleted: " + e.getMessage(),
          "delete it by hand");
    }
  }

  /** Lets the folder go. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve(LOCK));
      channel.close();
    } catch (IOException e) {
      throw SluiceException.io(
          "RUN-003",
          Location.of(path.toString()),
          "the lock cannot be released: " + e.getMessage(),
          "delete " + LOCK);
    }
  }
}
