package dev.sluice.cli;

import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.eval.ClassicReport;
import dev.sluice.eval.EvaluationOptions;
import dev.sluice.eval.PairedFiles;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.metric.ScoringRules;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice score}. */
@Command(
    name = "score",
    description = "Scores the output of any system against gold data.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The format is told by the name of the gold file: .csv, .tsv, .conllu, .jsonl, a folder of triples,",
      "else CoNLL. CoNLL has the token in the first column and the tag in the last; CSV has columns tokens",
      "and tags, unless others are named. Without --pred one file holds both: CoNLL with gold and predicted",
      "tag in the last two columns, as conlleval reads it, or CSV with a column of predictions, which is",
      "predicted_tags, as sluice evaluate writes it, unless named. The scheme is found in the gold data;",
      "predictions are read by the same scheme unless --pred-scheme names theirs.",
      "",
      "With --align characters, files with other tokens of the same text can be compared: white space is",
      "left out, and a span is right when it has the type and the characters of a gold span. Sentences that",
      "the two files divide in other ways are compared as one.",
      "",
      "With --report conlleval the output is that of conlleval.pl, byte for byte, for tags of IOB1, IOB2",
      "and IOE as they stand in the files; tags of other schemes are spelled as IOB2 first, plain labels",
      "taken as with its -r. --format conlleval is short for --format conll --report conlleval.",
      "",
      "Examples:",
      "  sluice score --gold test.conll --pred output.conll",
      "  sluice score --gold test.conll --pred output.conll --format conlleval",
      "  sluice score --gold test.conll --pred other-tokens.conll --align characters",
      "  sluice score --gold both.conll --scheme bio --json -",
      "  sluice score --gold test.csv --by source",
      "  sluice score --gold test.conll --pred new.conll --baseline old/ --gate 'baseline.micro.f1>=-0.005'",
      "  sluice score --gold evaluation/predictions/test.csv --tags tags --pred-tags predicted_tags"
    })
final class ScoreCommand implements Callable<Integer> {
  private static final Reading BIO = Reading.of(TagScheme.BIO);

  /** What may be scored is known when the data are read. */
  private static final List<Scores> ANY =
      List.of(Scores.ofSpans(BIO, BIO), Scores.ofLabels(), Scores.ofSentences());

  /** What is printed. */
  private enum Report {
    TABLES,
    CONLLEVAL
  }

  /** What borders of spans are compared by. */
  private enum Align {
    TOKENS,
    CHARACTERS
  }

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(names = "--gold", required = true, paramLabel = "FILE", description = "The gold data.")
  private Path gold;

  @Option(
      names = "--pred",
      paramLabel = "FILE",
      description = "The predictions on the same sentences; left out, they stand in the gold file.")
  private Optional<Path> pred;

  @Option(
      names = "--pred-tags",
      paramLabel = "COLUMN",
      description = "CSV: the column of predicted tags, when it has another name.")
  private Optional<String> predTags;

  @Option(
      names = "--pred-intent",
      paramLabel = "COLUMN",
      description =
          "CSV: the column of predicted labels of sentences, when it has another name; the gold ones are in column intent unless --intent names theirs.")
  private Optional<String> predIntent;

  @Option(
      names = "--pred-scheme",
      paramLabel = "SCHEME",
      description = "How predicted tags spell spans, when they do it in another way.")
  private Optional<String> predScheme;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description = "What splits raw text, where the format holds any; whitespace when left out.")
  private String tokenizer = "whitespace";

  @Option(
      names = "--report",
      paramLabel = "REPORT",
      description = "What is printed: tables, or conlleval for what conlleval.pl prints.")
  private Report report = Report.TABLES;

  @Option(
      names = "--align",
      paramLabel = "UNIT",
      description =
          "What borders of spans are compared by: tokens, which must be the same on both sides, or characters, for other tokens of one text.")
  private Align align = Align.TOKENS;

  @Mixin private DataOptions layout;
  @Mixin private RulesOptions rules;
  @Mixin private MetricsOptions metrics;

  ScoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ReportFiles reports = new ReportFiles(spec);
    metrics.check();
    metrics.checkNames(ANY);
    if (layout.takeFormat("conlleval", Format.CONLL)) report = Report.CONLLEVAL;
    DataConfig expected = layout.over(implied());
    TextPipeline text =
        TextPipeline.of(new TextConfig(tokenizer, TextConfig.Punctuation.KEEP, List.of()));
    ScoringRules chosen = rules.rules();
    if (align == Align.CHARACTERS) chosen = chosen.withMatch(ScoringRules.Match.CHARACTERS);
    Side left = new Side(gold, expected);
    Side right = new Side(pred.orElse(gold), predicted(expected));
    try (Transcript transcript = new Transcript(console, metrics.quiet())) {
      if (report == Report.CONLLEVAL) {
        requireNoNumbers();
        ClassicReport classic = ClassicReport.of(left, right, text::tokenize);
        if (!metrics.quiet()) transcript.warn(classic.note());
        console.out().print(classic.text());
        console.out().flush();
        return 0;
      }
      EvaluationOptions options = metrics.options().withRules(chosen);
      var evaluation = PairedFiles.score(left, right, text::tokenize, options);
      rules.warn(evaluation, transcript);
      return metrics.report(evaluation, reports, transcript, console);
    }
  }

  private void requireNoNumbers() {
    if (!metrics.asksForMore() && !rules.given() && align == Align.TOKENS) return;
    throw Failures.usage(
        "CLI-020",
        "--report conlleval goes with none of --json, --gate, --by, --baseline, --out, --train, --zero-division, --ignore and --align, which are about other counts",
        "score once more, either without --report conlleval or without those of them that were given");
  }

  /** What is meant where no option says it: the column of predictions that is named tells what is scored. */
  private DataConfig implied() {
    DataConfig config = DataOptions.defaults(layout.format(gold));
    if (pred.isEmpty()) config = DataOptions.with(config, "conll.tag", "-2");
    CsvLayout c = config.csv();
    return config.withCsv(
        new CsvLayout(
            c.text(),
            c.tokens(),
            predTags.map(column -> "tags"),
            predIntent.map(column -> "intent"),
            c.sentence(),
            c.delimiter(),
            c.quote()));
  }

  private DataConfig predicted(DataConfig expected) {
    DataConfig config = expected;
    if (predScheme.isPresent())
      config =
          DataOptions.with(config, "scheme", DataOptions.scheme("--pred-scheme", predScheme.get()));
    if (config.format() == Format.CSV) return config.withCsv(predictedColumns(config.csv()));
    if (pred.isPresent()) return config;
    if (config.format() == Format.CONLL) return DataOptions.with(config, "conll.tag", "-1");
    throw Failures.usage(
        "CLI-009",
        "gold and predicted tags in one file need CoNLL columns or CSV",
        "name the file of predictions with --pred");
  }

  private CsvLayout predictedColumns(CsvLayout c) {
    boolean one = pred.isEmpty();
    String usual = c.sentence().isPresent() ? "predicted_tag" : "predicted_tags";
    Optional<String> tags = one ? c.tags().map(t -> usual) : c.tags();
    Optional<String> intent = one ? c.intent().map(i -> "predicted_intent") : c.intent();
    return new CsvLayout(
        c.text(),
        c.tokens(),
        predTags.or(() -> tags),
        predIntent.or(() -> intent),
        c.sentence(),
        c.delimiter(),
        c.quote());
  }
}
