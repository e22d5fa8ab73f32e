package dev.sluice.cli;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.data.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the options and arguments of a command, in our words: which option, what it can be, and an example out of the help. */
final class Misuse {
  private static final Location COMMAND_LINE = Location.of("command line");

  private final CommandSpec command;
  private final List<String> given;

  private Misuse(CommandSpec command, List<String> given) {
    this.command = command;
    this.given = given;
  }

  /**
   * The problem.
   *
   * @param given all arguments as they were typed
   */
  static Problem of(ParameterException e, String[] given) {
    return new Misuse(e.getCommandLine().getCommandSpec(), Arrays.asList(given)).problem(e);
  }

  private Problem problem(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched)
      return unknown(unmatched.getUnmatched().get(0));
    if (e instanceof MissingParameterException missing) {
      Optional<String> misspelt = misspelt();
      if (misspelt.isPresent()) return unknown(misspelt.get());
      if (!missing.getMissing().isEmpty()) return missing(missing.getMissing());
    }
    if (e instanceof OverwrittenOptionException twice)
      return problem(
          "CLI-003", name(twice.getOverwritten()) + " was given twice", "give it once; ");
    ArgSpec argument = e.getArgSpec();
    if (argument == null) return problem("CLI-003", sentence(e.getMessage()), "");
    if (e.getValue() != null) return wrong(argument, e.getValue());
    if (flag(argument))
      return problem("CLI-003", name(argument) + " takes no value", "leave the value out; ");
    return problem("CLI-003", sentence(e.getMessage()), example(argument));
  }

  private Problem problem(String code, String what, String fix) {
    return new Problem(
        code, COMMAND_LINE, what, fix + "see " + command.qualifiedName() + " --help");
  }

  private Problem unknown(String found) {
    String kind = found.startsWith("-") ? "option" : "argument";
    if (command.parent() == null && kind.equals("argument")) kind = "command";
    String what = "there is no " + kind + " \"" + found + "\"";
    if (kind.equals("argument")) what = "\"" + found + "\" is one argument too many";
    boolean option = kind.equals("option");
    Optional<String> near =
        Nearest.of(found, option ? command.optionsMap().keySet() : command.subcommands().keySet());
    if (near.isEmpty() || kind.equals("argument")) return problem("CLI-001", what, "");
    return new Problem(
        "CLI-001",
        COMMAND_LINE,
        what,
        "did you mean " + near.get() + "? See " + command.qualifiedName() + " --help");
  }

  /** What is missing may be there but misspelt, and then that is the better message. */
  private Optional<String> misspelt() {
    for (String argument : given) {
      if (argument.equals("--")) break;
      String name = argument.replaceFirst("=.*", "");
      if (name.startsWith("--") && !command.optionsMap().containsKey(name))
        return Optional.of(name);
    }
    return Optional.empty();
  }

  /** An option that is not there, or one that is but has no value. */
  private Problem missing(List<ArgSpec> missing) {
    ArgSpec first = missing.get(0);
    if (first instanceof OptionSpec option
        && Arrays.stream(option.names()).anyMatch(given::contains))
      return problem(
          "CLI-002", name(first) + " has no value, expected " + expected(first), example(first));
    String names = missing.stream().map(Misuse::name).collect(Collectors.joining(" and "));
    String expected = missing.size() == 1 ? ", expected " + expected(first) : "";
    return problem(
        "CLI-002",
        names + (missing.size() == 1 ? " is" : " are") + " missing" + expected,
        example(first));
  }

  private Problem wrong(ArgSpec argument, String value) {
    String what = name(argument) + " is \"" + value + "\"";
    if (flag(argument)) return problem("CLI-003", what + ", but takes no value", "leave it out; ");
    return problem("CLI-003", what + ", expected " + expected(argument), example(argument));
  }

  /** What an option or argument can be. */
  private static String expected(ArgSpec argument) {
    Class<?> type = type(argument);
    if (type.isEnum())
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> Words.name((Enum<?>) constant))
          .collect(Collectors.joining(", ", "one of ", ""));
    if (type == int.class || type == Integer.class) return "a whole number";
    String[] description = argument.description();
    String text = description.length == 0 ? "" : description[0].replaceFirst("[.;:] .*|\\.$", "");
    return argument.paramLabel() + " (" + sentence(text.replace("%%", "%")) + ")";
  }

  private static Class<?> type(ArgSpec argument) {
    Class<?>[] inner = argument.auxiliaryTypes();
    boolean wrapped = argument.typeInfo().getType() == Optional.class || argument.isMultiValue();
    return wrapped && inner.length > 0 ? inner[0] : argument.typeInfo().getType();
  }

  private static boolean flag(ArgSpec argument) {
    Class<?> type = type(argument);
    return type == boolean.class || type == Boolean.class;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** The first example of the help that has the option; any for an argument. */
  private String example(ArgSpec argument) {
    List<String> examples =
        String.join("\n", command.usageMessage().footer())
            .replaceAll("\\\\\n +", "") // a long one goes on in the next line
            .lines()
            .filter(line -> line.startsWith("  ") && line.contains("sluice " + command.name()))
            .map(String::strip)
            .toList();
    String wanted = argument instanceof OptionSpec option ? option.longestName() : "";
    return examples.stream()
        .filter(line -> line.contains(wanted))
        .findFirst()
        .or(() -> value(argument))
        .map(line -> "e.g. " + line + "; ")
        .orElse("");
  }

  /** An option with a value, where no example has it. */
  private static Optional<String> value(ArgSpec argument) {
    Class<?> type = type(argument);
    if (type == int.class || type == Integer.class) return Optional.of(name(argument) + " 4");
    if (!type.isEnum()) return Optional.empty();
    return Optional.of(name(argument) + " " + Words.name((Enum<?>) type.getEnumConstants()[0]));
  }

  private static String sentence(String message) {
    String line = String.valueOf(message).replaceAll("\\s+", " ").strip();
    if (line.endsWith(".")) line = line.substring(0, line.length() - 1);
    if (line.isEmpty()) return "the command is not complete";
    boolean acronym = line.length() > 1 && Character.isUpperCase(line.charAt(1)); // CSV: ...
    return acronym ? line : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }
}
