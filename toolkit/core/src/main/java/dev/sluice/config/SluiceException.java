package dev.sluice.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What a user gave cannot be used: the problems found, each with place and fix. Never thrown for a bug of ours. */
public final class SluiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is, which decides the exit code of the command line. */
  public enum Kind {
    /** A mistake in the command, the config or the data. */
    USAGE(2),
    /** A file or folder could not be read or written, or resources ran out. */
    IO(3),
    /** A model or checkpoint file is damaged or from an incompatible version. */
    CORRUPT(4);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the process. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final transient List<Problem> problems;
  private final Kind kind;

  /** Problems that were found together; at least one. */
  public SluiceException(Kind kind, List<Problem> problems) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining(System.lineSeparator())));
    if (problems.isEmpty()) throw new IllegalArgumentException("no problem given");
    this.problems = List.copyOf(problems);
    this.kind = kind;
  }

  /** One problem of the user's making. */
  public static SluiceException usage(String code, Location where, String what, String fix) {
    return new SluiceException(Kind.USAGE, List.of(new Problem(code, where, what, fix)));
  }

  /** A file that cannot be read or written. */
  public static SluiceException io(String code, Location where, String what, String fix) {
    return new SluiceException(Kind.IO, List.of(new Problem(code, where, what, fix)));
  }

  /** The same, with the reason that the system gives behind what happened. */
  public static SluiceException io(
      String code, Location where, String what, String fix, IOException cause) {
    SluiceException problem = io(code, where, what + ": " + IoReason.of(cause), fix);
    problem.initCause(cause);
    return problem;
  }

  /** A file that cannot be read. */
  public static SluiceException notRead(Path file, IOException cause) {
    return io(
        "IOX-002",
        Location.of(file.toString()),
        "the file cannot be read",
        "check the disk and the rights of the file",
        cause);
  }

  /** A damaged or incompatible model or checkpoint. */
  public static SluiceException corrupt(String code, Location where, String what, String fix) {
    return new SluiceException(Kind.CORRUPT, List.of(new Problem(code, where, what, fix)));
  }

  /** The problems, in the order in which they were found. */
  public List<Problem> problems() {
    return problems;
  }

  /** What kind of trouble it is. */
  public Kind kind() {
    return kind;
  }
}
