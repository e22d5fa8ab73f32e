package dev.sluice.cli;

import dev.sluice.label.Repair;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice repair}. */
@Command(
    name = "repair",
    description = {
      "Writes a file of CoNLL columns or CSV once more with illegal sequences of tags made legal.",
      "Everything but changed tags stays byte for byte; the file is written whole or not at all."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With conlleval, a tag that cannot continue a span begins one, as in conlleval.pl; with discard,",
      "spans that are not spelled as the scheme spells them become O. The scheme is found in the file",
      "unless --scheme names it.",
      "",
      "Examples:",
      "  sluice repair output.conll --scheme bio --repair conlleval --output repaired.conll",
      "  sluice repair output.csv --tags predicted_tags --repair discard --output repaired.csv"
    })
final class RepairCommand implements Callable<Integer> {
  /** What can be done. */
  private enum Policy {
    CONLLEVAL,
    DISCARD
  }

  private final Console console;

  @Option(
      names = "--repair",
      required = true,
      paramLabel = "POLICY",
      description = "What is done with an illegal sequence of tags: conlleval or discard.")
  private Policy policy;

  @Mixin private Rewriting file;

  RepairCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    file.write(Optional.empty(), Repair.valueOf(policy.name()), console);
    return 0;
  }
}
