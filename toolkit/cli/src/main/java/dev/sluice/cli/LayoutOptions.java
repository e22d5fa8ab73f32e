package dev.sluice.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.config.Configs;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.data.DataConfig.JsonlLayout;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how tags of tokens are written down in a file. What they do not say is as in a config given beforehand. */
class LayoutOptions {
  private static final List<Class<? extends Record>> LAYOUTS =
      List.of(CsvLayout.class, ConllLayout.class, ConlluLayout.class, JsonlLayout.class);

  @Mixin private FormatOption format;

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
          "Any other setting of a format, as in a config below data, such as conll.tag=3 or conllu.column=xpos; may be given several times.")
  private List<String> layout = List.of();

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "How gold tags spell spans: auto, io, bio, iob1, ioe1, ioe2, bioes, bilou, bmes or plain; auto finds it in the data and says so.")
  private Optional<String> scheme;

  /** The format, when it is said. */
  Optional<Format> format() {
    return format.format();
  }

  /** The format of a file: the one that is said, else the one that its name tells, else CoNLL. */
  Format format(Path file) {
    if (format().isPresent()) return format().get();
    if (Files.isDirectory(file)) return Format.TRIPLES;
    return Format.of(file).orElse(Format.CONLL);
  }

  /** Whether the format is another one by that name, which then stands for this one. */
  boolean takeFormat(String name, Format instead) {
    return format.take(name, instead);
  }

  /** What the options say, and for the rest the config beforehand. */
  DataConfig over(DataConfig before) {
    List<String> settings = new ArrayList<>();
    add(settings, "format", format().map(Format::inConfig));
    add(settings, "csv.delimiter", delimiter);
    add(settings, "scheme", scheme.map(name -> DataOptions.scheme("--scheme", name)));
    addMore(settings);
    for (String setting : layout) {
      requireKnown(setting);
      settings.add(setting);
    }
    try {
      return Configs.of(columns(before)).with(settings, DataOptions.FROM).value();
    } catch (SluiceException e) {
      throw new SluiceException(
          e.kind(), e.problems().stream().map(LayoutOptions::ofLayout).toList());
    }
  }

  private static void requireKnown(String setting) {
    int sign = setting.indexOf('=');
    if (sign < 1)
      throw Failures.usage(
          "CLI-007", "--layout " + setting + " found, expected KEY=VALUE", "e.g. conll.tag=3");
    String key = setting.substring(0, sign).strip();
    List<String> known = known();
    if (known.contains(key) || key.startsWith("features.")) return;
    throw Failures.usage(
        "CLI-007",
        "--layout has no setting \"" + key + "\", expected one of " + String.join(", ", known),
        "e.g. --layout conll.tag=3");
  }

  /** What can be set beside what has an option of its own. */
  private static List<String> known() {
    List<String> known = new ArrayList<>();
    for (Class<? extends Record> layout : LAYOUTS) {
      String section = layout.getSimpleName().replace("Layout", "").toLowerCase(Locale.ROOT);
      for (RecordComponent setting : layout.getRecordComponents())
        known.add(section + "." + setting.getName());
    }
    known.addAll(List.of("features", "intentSeparator"));
    return known;
  }

  /** What is wrong with a value of --layout; all other options were looked at before. */
  private static Problem ofLayout(Problem problem) {
    if (!problem.code().startsWith("CFG-")) return problem;
    return new Problem(
        "CLI-007", Location.of(DataOptions.FROM), "--layout " + problem.what(), problem.fix());
  }

  /** A new column of text or tokens is a new kind of row: what was said about the old one does not hold any more. */
  private DataConfig columns(DataConfig d) {
    CsvLayout c = d.csv();
    boolean anew = tokens.isPresent() || text.isPresent();
    Optional<String> newTokens = anew ? tokens : c.tokens();
    Optional<String> newText = anew ? text : c.text();
    Optional<String> newIntent = intent().or(() -> c.intent());
    boolean nothing = newTokens.isEmpty() && newText.isEmpty();
    CsvLayout csv =
        new CsvLayout(
            newText,
            nothing ? Optional.of("tokens") : newTokens,
            tags.or(() -> c.tags())
                .or(() -> newIntent.isPresent() ? Optional.empty() : Optional.of("tags")),
            newIntent,
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
