package dev.sluice.config;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why reading or writing failed, in plain words: Java often tells it by the name of an exception alone. */
public final class IoReason {
  private static final String UNKNOWN = "the system does not say why";

  private IoReason() {}

  /** The reason, without a full stop; a file is named where it need not be the one that was to be read or written. */
  public static String of(IOException e) {
    if (e instanceof AccessDeniedException) return "access is denied";
    if (e instanceof NoSuchFileException f) return "there is no " + f.getFile();
    if (e instanceof NotDirectoryException f) return f.getFile() + " is no folder";
    if (e instanceof FileAlreadyExistsException f) return f.getFile() + " is there already";
    if (e instanceof DirectoryNotEmptyException f)
      return "the folder " + f.getFile() + " is not empty";
    if (e instanceof EOFException) return "it ends too early";
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (reason == null || reason.isBlank()) return UNKNOWN;
    return reason.strip().replaceFirst("\\.$", "");
  }
}
