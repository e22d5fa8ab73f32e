package dev.sluice.cli;

import dev.sluice.config.IoReason;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** Turns what goes wrong into lines on the standard error and an exit code. */
final class Failures {
  /** A bug: what happened was not foreseen. */
  static final int BUG = 70;

  private static final int MOST = 20;
  private static final Location COMMAND_LINE = Location.of("command line");

  private Failures() {}

  /** A problem of the command line itself. */
  static SluiceException usage(String code, String what, String fix) {
    return SluiceException.usage(code, COMMAND_LINE, what, fix);
  }

  /** A name that is none of those that an option can have. */
  static SluiceException noChoice(String option, String given, List<String> known) {
    return usage(
        "CLI-003",
        option + " is \"" + given + "\", expected one of " + String.join(", ", known),
        "e.g. " + option + " " + known.get(known.size() > 1 ? 1 : 0));
  }

  /** A mistake in options or arguments. */
  static int parameters(ParameterException e, String[] given, Console console) {
    console.err().println(Printable.of(Misuse.of(e, given).toString()));
    return ExitCode.USAGE;
  }

  /** Anything thrown by a command. */
  static int execution(Throwable thrown, String command, boolean debug, Console console) {
    if (debug) thrown.printStackTrace(console.err());
    if (thrown instanceof SluiceException e) {
      print(e.problems().stream().map(p -> OptionNames.in(command, p)).toList(), console);
      return e.kind().exitCode();
    }
    if (thrown instanceof java.io.UncheckedIOException e)
      return execution(e.getCause(), command, false, console);
    if (thrown instanceof IOException e) {
      console.err().println(Printable.of(io(e).toString()));
      return SluiceException.Kind.IO.exitCode();
    }
    if (thrown instanceof OutOfMemoryError) {
      console.err().println(memory());
      return SluiceException.Kind.IO.exitCode();
    }
    return BugReport.write(thrown, command, console);
  }

  private static void print(List<Problem> problems, Console console) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (Problem problem : problems) {
      if (seen.merge(problem.code(), 1, Integer::sum) <= MOST)
        console.err().println(Printable.of(problem.toString()));
    }
    seen.forEach(
        (code, count) -> {
          if (count > MOST)
            console.err().printf(java.util.Locale.ROOT, "and %,d more of %s%n", count - MOST, code);
        });
  }

  private static Problem io(IOException e) {
    String place =
        e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : "input or output";
    return new Problem(
        "IOX-003",
        Location.of(place),
        IoReason.of(e),
        "check the path, its rights and the space on the disk");
  }

  private static Problem memory() {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    return new Problem(
        "CLI-060",
        Location.of("memory"),
        "the heap of " + megabytes + " MB is full",
        "give it more, as in SLUICE_OPTS=-Xmx4g, or lower training.batch, encoder.hidden or the dimension of the inputs");
  }
}
