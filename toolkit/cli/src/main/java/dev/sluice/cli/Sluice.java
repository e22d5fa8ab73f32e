package dev.sluice.cli;

import dev.sluice.metric.TextLines;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code sluice}. */
@Command(
    name = "sluice",
    description = "Slot filling and sequence labelling: trains taggers and uses them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  sluice train configs/quickstart.yaml",
      "  echo 'a flight from oslo to rome' | sluice tag --model runs/quickstart/model.safetensors -",
      "  sluice check configs/quickstart.yaml",
      "  sluice help train",
      "",
      "Exit codes: 0 well, 1 a quality gate was not met, 2 a mistake in command, config or data, 3 files or",
      "memory, 4 a damaged or incompatible model, 70 a bug, 130 and 143 stopped by Ctrl-C or by SIGTERM.",
      "SLUICE_OPTS holds options for Java, such as -Xmx4g."
    })
public final class Sluice implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program a problem was found.")
  private boolean debug;

  @Spec private CommandSpec spec;

  private Sluice() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Console console = Console.system();
    System.setErr(console.err());
    int code = run(console, arguments);
    console.out().flush();
    console.err().flush();
    System.exit(code);
  }

  /** Runs a command. */
  static int run(Console console, String... arguments) {
    Sluice root = new Sluice();
    CommandLine line = new CommandLine(root);
    line.addSubcommand(new TrainCommand(console));
    line.addSubcommand(new TagCommand(console));
    line.addSubcommand(new EvaluateCommand(console));
    line.addSubcommand(new ScoreCommand(console));
    line.addSubcommand(new ReportCommand(console));
    line.addSubcommand(new CompareCommand(console));
    line.addSubcommand(new ErrorsCommand(console));
    line.addSubcommand(new ValidateCommand(console));
    line.addSubcommand(new ConvertCommand(console));
    line.addSubcommand(new RepairCommand(console));
    line.addSubcommand(new GenerateCommand(console));
    line.addSubcommand(new ScoreTextCommand(console));
    line.addSubcommand(new TransduceCommand(console));
    line.addSubcommand(new CheckCommand(console));
    line.addSubcommand(new DescribeCommand(console));
    line.addSubcommand(new ExportCommand(console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setUsageHelpWidth(TextLines.WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, given) -> Failures.parameters(e, given, console));
    line.setExecutionExceptionHandler(
        (e, command, result) ->
            Failures.execution(e, command.getCommandName(), root.debug, console));
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return Failures.execution(e, "command", root.debug, console);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: train, tag, check, ...");
  }
}
