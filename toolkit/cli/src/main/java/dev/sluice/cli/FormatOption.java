package dev.sluice.cli;

import dev.sluice.data.DataConfig.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says how labelled data is written down. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "How the data is written down: csv, conll, conllu, triples or jsonl; left out, the name of the file tells it.")
  private Optional<String> name;

  private final List<String> known =
      new ArrayList<>(
          Arrays.stream(Format.values())
              .filter(format -> format != Format.TEXT) // which has no labels
              .map(Format::inConfig)
              .toList());

  /** One more name, which stands for a format; whether it is the one given. */
  boolean take(String more, Format instead) {
    known.add(more);
    boolean given = name.filter(more::equalsIgnoreCase).isPresent();
    if (given) name = Optional.of(instead.inConfig());
    return given;
  }

  /**
   * The format, when it is said.
   *
   * @throws dev.sluice.config.SluiceException CLI-003 when there is none of the name
   */
  Optional<Format> format() {
    return name.map(
        given -> {
          String lower = given.toLowerCase(Locale.ROOT);
          if (!known.contains(lower)) throw Failures.noChoice("--format", given, known);
          return Format.valueOf(lower.toUpperCase(Locale.ROOT));
        });
  }
}
