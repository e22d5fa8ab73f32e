package dev.sluice.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.config.Configs;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.CsvLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how tags of tokens are written down in a file. What they do not say is as in a config given beforehand. */
class LayoutOptions {
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
    add(settings, "scheme", scheme.map(DataOptions::canonical));
    addMore(settings);
    for (String setting : layout) {
      int sign = setting.indexOf('=');
      if (sign < 1)
        throw Failures.usage(
            "CLI-007", "--layout " + setting + " found, expected KEY=VALUE", "e.g. conll.tag=3");
      settings.add(setting);
    }
    return Configs.of(columns(before)).with(settings, DataOptions.FROM).value();
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
                .or(() -> intent().isPresent() ? Optional.empty() : Optional.of("tags")),
            intent().or(() -> c.intent()),
            sentence.or(() -> anew ? Optional.empty() : c.sentence()),
            c.delimiter(),
            c.quote());
    return d.withCsv(csv);
  }

  /** The column of the label of the sentence, where it is read. */
  Optional<String> intent() {
    return Optional.empty();
  }

  /** Adds settings that only some commands have options for. */
  void addMore(List<String> settings) {}

  static void add(List<String> settings, String key, Optional<String> value) {
    if (value.isEmpty()) return;
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(value.get()));
    settings.add(key + "=\"" + quoted + "\"");
  }
}
