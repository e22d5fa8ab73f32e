package dev.sluice.cli;

import dev.sluice.config.Configs;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.data.DataConfig.SchemeChoice;
import dev.sluice.label.TagScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how labelled data is written down and read. */
final class DataOptions extends LayoutOptions {
  static final String FROM = "command line";

  @Option(
      names = "--intent",
      paramLabel = "COLUMN",
      description = "CSV: the column of the gold label of the sentence.")
  private Optional<String> intent;

  @Option(
      names = "--intent-separator",
      paramLabel = "TEXT",
      description = "What stands between the intents of one label, such as #.")
  private Optional<String> intentSeparator;

  @Option(
      names = "--repair",
      paramLabel = "POLICY",
      description = "What is done with an illegal sequence of tags: conlleval, discard or error.")
  private Optional<DataConfig.RepairChoice> repair;

  @Override
  Optional<String> intent() {
    return intent;
  }

  @Override
  void addMore(List<String> settings) {
    add(settings, "intentSeparator", intentSeparator);
    add(settings, "repair", repair.map(Words::name));
  }

  /** The same data with another setting, given as in YAML. */
  static DataConfig with(DataConfig d, String key, String value) {
    return Configs.of(d).with(key, value, FROM).value();
  }

  /** The same data in another format; features are columns, which not every format has. */
  static DataConfig in(DataConfig d, Format format) {
    if (format == d.format()) return d;
    DataConfig without = format.hasColumns() ? d : d.withFeatures(List.of());
    return with(without, "format", format.inConfig());
  }

  /**
   * A scheme by the name that configs have for it; other names, such as IOB2, are known too.
   *
   * @param option which asks for it
   * @throws dev.sluice.config.SluiceException CLI-003 when there is none of the name
   */
  static String scheme(String option, String name) {
    String found = TagScheme.named(name).map(Words::name).orElse(name.toLowerCase(Locale.ROOT));
    List<String> known = Arrays.stream(SchemeChoice.values()).map(Words::name).toList();
    if (!known.contains(found)) throw Failures.noChoice(option, name, known);
    return found;
  }

  /** Data of a format with nothing else said. */
  static DataConfig defaults(Format format) {
    String yaml = "format: " + format.inConfig() + "\ntrain: gold\ndev: gold\n";
    return Configs.parse(yaml, FROM, DataConfig.class).value();
  }
}
