package dev.sluice.cli;

import dev.sluice.config.Problem;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command without a config calls the settings that messages name. Readers of data name a setting by its whole path, such as {@code data.csv.tokens} or {@code
 * data.scheme: io}; whoever has only options is told the option instead.
 */
final class OptionNames {
  /** A setting outside of quotes, perhaps with a value; file names that look like one are no settings. */
  private static final Pattern SETTING =
      Pattern.compile(
          "\"[^\"]*\"|\\bdata\\.(csv|conll|conllu|jsonl|features|scheme|repair|format)(?:\\.([a-zA-Z]+))?\\b"
              + "(?:: ('[^']*'|[a-z0-9]+))?");

  /** What the commands on labelled files have options for; everything else of the data is set by --layout. */
  private static final Map<String, String> SCORING =
      Map.ofEntries(
          Map.entry("csv", "--tokens, --text, --tags, --intent or --sentence"),
          Map.entry("csv.tokens", "--tokens"),
          Map.entry("csv.text", "--text"),
          Map.entry("csv.tags", "--tags"),
          Map.entry("csv.intent", "--intent"),
          Map.entry("csv.sentence", "--sentence"),
          Map.entry("csv.delimiter", "--delimiter"),
          Map.entry("format", "--format"),
          Map.entry("scheme", "--scheme"),
          Map.entry("repair", "--repair"));

  /** {@code tag} reads CSV and text alone. */
  private static final Map<String, String> TAGGING =
      Map.of(
          "csv", "--column or --tokens",
          "csv.tokens", "--tokens",
          "csv.text", "--column",
          "csv.delimiter", "--delimiter");

  private OptionNames() {}

  /** The problem in the words of a command. */
  static Problem in(String command, Problem problem) {
    boolean ofData = problem.code().startsWith("DAT-") || problem.code().startsWith("LAB-");
    if (!ofData) return problem;
    return switch (command) {
      case "evaluate", "score", "validate", "convert", "repair" ->
          with(SCORING, problem, problem.fix());
      case "tag" -> with(TAGGING, problem, withoutConfig(problem.fix()));
      default -> problem;
    };
  }

  private static Problem with(Map<String, String> options, Problem problem, String fix) {
    String what = problem.what();
    if (what.startsWith("data.")) what = replaced(what, options);
    return new Problem(problem.code(), problem.where(), what, replaced(fix, options));
  }

  /** What only a config can say is no way out for {@code tag}. */
  private static String withoutConfig(String fix) {
    return fix.replace(
            "name one of them under data.features",
            "give a column the name that it had in training")
        .replaceAll(",? or set data\\.csv\\.quote", "");
  }

  private static String replaced(String text, Map<String, String> options) {
    Matcher m = SETTING.matcher(text);
    StringBuilder out = new StringBuilder();
    while (m.find()) m.appendReplacement(out, Matcher.quoteReplacement(option(m, options)));
    return m.appendTail(out).toString().replace("under --", "with --").replace("set --", "give --");
  }

  private static String option(Matcher m, Map<String, String> options) {
    if (m.group(1) == null) return m.group(); // what stands in quotes is the user's
    String key = m.group(1) + (m.group(2) == null ? "" : "." + m.group(2));
    String value = m.group(3);
    String option = options.get(key);
    if (option != null) return value == null ? option : option + " " + value;
    return options == SCORING
        ? "--layout " + key + "=" + (value == null ? "..." : value)
        : m.group();
  }
}
