package dev.sluice.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file operations of a save, apart, so that a test can make any one of them fail. */
public interface Storage {
  /** The disk. */
  Storage DISK = new Disk();

  /** A new file to write to; closing the stream does not flush it to the disk. */
  OutputStream create(Path file) throws IOException;

  /** Returns when the bytes of a file are on the disk. */
  void force(Path file) throws IOException;

  /** Puts a file in the place of another in one step: at any instant there is the old one or the new one. */
  void replace(Path file, Path target) throws IOException;

  /** Makes the names in a folder permanent, where the system can. */
  void forceFolder(Path folder) throws IOException;

  /** Deletes a file if it is there. */
  void delete(Path file) throws IOException;

  /** The disk itself. */
  final class Disk implements Storage {
    private Disk() {}

    @Override
    public OutputStream create(Path file) throws IOException {
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void force(Path file) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }

    @Override
    public void replace(Path file, Path target) throws IOException {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      if (System.getProperty("os.name").startsWith("Windows")) return; // it cannot open folders
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }
  }
}
