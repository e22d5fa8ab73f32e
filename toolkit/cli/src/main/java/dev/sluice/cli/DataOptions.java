package dev.sluice.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.config.Configs;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.label.TagScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how data is written down. What they do not say is as in a config given beforehand. */
final class DataOptions {
  private static final String FROM = "command line";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How the data is written down: csv, conll, conllu, triples or jsonl.")
  private Optional<String> format;

  @Option(
      names = "--tokens",
      paramLabel = "COLUMN",
      description = "CSV: the column of tokens, split by blanks; with --sentence one token.")
  private Optional<String> tokens;

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      description = "CSV: the column of raw text, split by the tokenizer.")
  private Optional<String> text;

  @Option(names = "--tags", paramLabel = "COLUMN", description = "CSV: the column of gold tags.")
  private Optional<String> tags;

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
      names = "--sentence",
      paramLabel = "COLUMN",
      description = "CSV: the column of the sentence's id, when each row is a token.")
  private Optional<String> sentence;

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "CSV: what stands between cells; \\t for a tab.")
  private Optional<String> delimiter;

  @Option(
      names = "--layout",
      paramLabel = "KEY=VALUE",
      description =
          "Any other setting of a format, as in a config below data: conll.tag=3, conllu.column=xpos; may be given several times.")
  private List<String> layout = List.of();

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "How gold tags spell spans: auto, io, bio, iob1, ioe1, ioe2, bioes, bilou, bmes or plain; auto finds it in the data and says so.")
  private Optional<String> scheme;

  @Option(
      names = "--repair",
      paramLabel = "POLICY",
      description = "What is done with an illegal sequence of tags: conlleval, discard or error.")
  private Optional<String> repair;

  /** The format, when it is said. */
  Optional<String> format() {
    return format;
  }

  /** Whether the format is another one by that name, which then stands for this one. */
  boolean takeFormat(String name, String instead) {
    boolean given = format.filter(name::equalsIgnoreCase).isPresent();
    if (given) format = Optional.of(instead);
    return given;
  }

  /** What the options say, and for the rest the config beforehand. */
  DataConfig over(DataConfig before) {
    List<String> settings = new ArrayList<>();
    add(settings, "format", format);
    add(settings, "csv.delimiter", delimiter);
    add(settings, "intentSeparator", intentSeparator);
    add(settings, "scheme", scheme.map(DataOptions::canonical));
    add(settings, "repair", repair);
    for (String setting : layout) {
      int sign = setting.indexOf('=');
      if (sign < 1)
        throw Failures.usage(
            "CLI-007", "--layout " + setting + " found, expected KEY=VALUE", "e.g. conll.tag=3");
      settings.add(setting);
    }
    return Configs.of(columns(before)).with(settings, FROM).value();
  }

  /** A new column of text or tokens is a new kind of row: what was said about the old one does not hold any more. */
  private DataConfig columns(DataConfig d) {
    CsvLayout c = d.csv();
    boolean anew = tokens.isPresent() || text.isPresent();
    Optional<String> newTokens = anew ? tokens : c.tokens();
    Optional<String> newText = anew ? text : c.text();
    boolean nothing = newTokens.isEmpty() && newText.isEmpty();
    CsvLayout csv =
        new CsvLayout(
            newText,
            nothing ? Optional.of("tokens") : newTokens,
            tags.or(() -> c.tags())
                .or(() -> intent.isPresent() ? Optional.empty() : Optional.of("tags")),
            intent.or(() -> c.intent()),
            sentence.or(() -> anew ? Optional.empty() : c.sentence()),
            c.delimiter(),
            c.quote());
    return d.withCsv(csv);
  }

  /** The same data with another setting, given as in YAML. */
  static DataConfig with(DataConfig d, String key, String value) {
    return Configs.of(d).with(key, value, FROM).value();
  }

  /** The same data in another format; features are columns, which not every format has. */
  static DataConfig in(DataConfig d, DataConfig.Format format) {
    if (format == d.format()) return d;
    DataConfig without = format.hasColumns() ? d : d.withFeatures(List.of());
    return with(without, "format", format.inConfig());
  }

  private static void add(List<String> settings, String key, Optional<String> value) {
    if (value.isEmpty()) return;
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(value.get()));
    settings.add(key + "=\"" + quoted + "\"");
  }

  /** A scheme by the name that configs have for it; other names, such as IOB2, are known too. */
  static String canonical(String name) {
    return TagScheme.named(name).map(Enum::name).orElse(name).toLowerCase(Locale.ROOT);
  }

  /** Data of a format with nothing else said. */
  static DataConfig defaults(String format) {
    return Configs.parse("format: " + format + "\ntrain: gold\ndev: gold\n", FROM, DataConfig.class)
        .value();
  }
}
