package dev.sluice.cli;

import dev.sluice.config.IoReason;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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

  /** A mistake in options or arguments. */
  static int parameters(ParameterException e, String[] given, Console console) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    ParameterException first = e instanceof MissingParameterException ? misspelt(e, given) : e;
    console.err().println(Printable.of(problem(first, help).toString()));
    return ExitCode.USAGE;
  }

  /** What is missing may be there but misspelt, and then that is the better message. */
  private static ParameterException misspelt(ParameterException e, String[] given) {
    for (String argument : given) {
      if (argument.equals("--")) break;
      String name = argument.replaceFirst("=.*", "");
      if (name.startsWith("--")
          && !e.getCommandLine().getCommandSpec().optionsMap().containsKey(name))
        return new UnmatchedArgumentException(e.getCommandLine(), List.of(name));
    }
    return e;
  }

  private static Problem problem(ParameterException e, String help) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String found = unmatched.getUnmatched().get(0);
      String kind = found.startsWith("-") ? "option" : "argument";
      if (e.getCommandLine().getParent() == null && kind.equals("argument")) kind = "command";
      List<String> near = unmatched.getSuggestions();
      String fix = near.isEmpty() ? "see " + help : "did you mean " + near.get(0) + "? See " + help;
      return new Problem(
          "CLI-001", COMMAND_LINE, "there is no " + kind + " \"" + found + "\"", fix);
    }
    Optional<String> wrong = wrongValue(e);
    if (wrong.isPresent()) return new Problem("CLI-003", COMMAND_LINE, wrong.get(), "see " + help);
    String code = e instanceof MissingParameterException ? "CLI-002" : "CLI-003";
    return new Problem(code, COMMAND_LINE, sentence(e.getMessage()), "see " + help);
  }

  /** A value that is of another type than its option; picocli would name types and constants of Java. */
  private static Optional<String> wrongValue(ParameterException e) {
    if (e.getArgSpec() == null || e.getValue() == null) return Optional.empty();
    Class<?> type = e.getArgSpec().typeInfo().getType();
    if (type == Optional.class) type = e.getArgSpec().auxiliaryTypes()[0];
    String expected;
    if (type.isEnum()) {
      expected =
          Arrays.stream(type.getEnumConstants())
              .map(constant -> Words.name((Enum<?>) constant))
              .collect(Collectors.joining(", ", "one of ", ""));
    } else if (type == int.class || type == Integer.class) {
      expected = "a whole number";
    } else {
      return Optional.empty();
    }
    String name =
        e.getArgSpec() instanceof OptionSpec option
            ? option.longestName()
            : e.getArgSpec().paramLabel();
    return Optional.of(name + " is \"" + e.getValue() + "\", expected " + expected);
  }

  private static String sentence(String message) {
    String line = String.valueOf(message).replaceAll("\\s+", " ").strip();
    if (line.endsWith(".")) line = line.substring(0, line.length() - 1);
    return line.isEmpty()
        ? "the command is not complete"
        : Character.toLowerCase(line.charAt(0)) + line.substring(1);
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
