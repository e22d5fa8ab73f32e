package dev.sluice.cli;

import dev.sluice.eval.TagConversion;
import dev.sluice.label.Repair;
import dev.sluice.metric.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      "With conlleval, a tag that cannot continue a span begins one, as in conlleval.pl; with discard, spans that are",
      "not spelled as the scheme spells them become O. The scheme is found in the file unless --scheme names it.",
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

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; one that is there is replaced.")
  private Path output;

  @Mixin private TagFile file;

  RepairCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Repair repair = Repair.valueOf(policy.name());
    TagConversion conversion =
        new TagConversion(file.path(), file.rewritable(), file.tokenizer(), repair);
    report(conversion.write(Optional.empty(), output), output, console);
    return 0;
  }

  /** Says what was done. */
  static void report(TagConversion.Outcome done, Path output, Console console) {
    console.line(
        TextLines.wrap("scheme of the tags: ", done.from().scheme() + ", " + done.from().reason()));
    List<String> parts = new ArrayList<>();
    done.repaired().forEach((kind, n) -> parts.add(kind.about() + " " + Words.number(n)));
    long moves = done.repaired().values().stream().mapToLong(Long::longValue).sum();
    String text =
        Words.count(done.sentences(), "sentence")
            + " in "
            + done.to()
            + ", "
            + Words.number(done.changed())
            + " of "
            + Words.count(done.tags(), "tag")
            + " changed, "
            + (moves == 0
                ? "no illegal move found"
                : Words.count(moves, "illegal move")
                    + " repaired ("
                    + String.join(", ", parts)
                    + ")");
    console.line(TextLines.wrap(output + ": ", text));
  }
}
