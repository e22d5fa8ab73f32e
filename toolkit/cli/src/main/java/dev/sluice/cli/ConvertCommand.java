package dev.sluice.cli;

import dev.sluice.label.Repair;
import dev.sluice.label.TagScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice convert}. */
@Command(
    name = "convert",
    description = {
      "Writes a file of CoNLL columns or CSV once more with its tags in another scheme.",
      "Everything but changed tags stays byte for byte; the file is written whole or not at all."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The scheme of the file is found in it unless --scheme names it. Illegal sequences of tags are",
      "refused, with the place of the first, unless --repair says what to do. Spans that the new scheme",
      "cannot spell are refused: io makes one of two neighbours of one type.",
      "",
      "Examples:",
      "  sluice convert train.conll --to bioes --output train-bioes.conll",
      "  sluice convert old.conll --scheme iob1 --to bio --repair conlleval --output new.conll",
      "  sluice convert data.csv --tokens words --tags labels --to bilou --output out.csv"
    })
final class ConvertCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "SCHEME",
      description =
          "The scheme to write: io, bio, iob1, ioe1, ioe2, bioes, bilou or bmes, or another name of one, such as iob2.")
  private String to;

  @Option(
      names = "--repair",
      paramLabel = "POLICY",
      description = "What is done with an illegal sequence of tags: conlleval, discard or error.")
  private Repair repair = Repair.ERROR;

  @Mixin private Rewriting file;

  ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TagScheme target = TagScheme.named(to).filter(TagScheme::hasSpans).orElseThrow(this::unknown);
    file.write(Optional.of(target), repair, console);
    return 0;
  }

  private RuntimeException unknown() {
    List<String> known =
        Arrays.stream(TagScheme.values()).filter(TagScheme::hasSpans).map(Words::name).toList();
    return Failures.noChoice("--to", to, known);
  }
}
