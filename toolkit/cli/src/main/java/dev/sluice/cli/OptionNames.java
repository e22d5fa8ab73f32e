package dev.sluice.cli;

import dev.sluice.config.Problem;
import java.util.HashMap;
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
          "\"[^\"]*\"|\\bdata\\.(csv|conll|conllu|jsonl|features|scheme|repair|format|intentSeparator)(?:\\.([a-zA-Z]+))?\\b"
              + "(?:: ('[^']*'|[a-z0-9]+))?");

  /** What the commands on files of tags have options for; everything else of the data is set by --layout. */
  private static final Map<String, String> TAGS =
      Map.of(
          "csv", "--tokens, --text, --tags or --sentence",
          "csv.tokens", "--tokens",
          "csv.text", "--text",
          "csv.tags", "--tags",
          "csv.sentence", "--sentence",
          "csv.delimiter", "--delimiter",
          "format", "--format",
          "scheme", "--scheme",
          "repair", "--repair");

  /** {@code evaluate} knows labels of sentences too. */
  private static final Map<String, String> EVALUATING =
      with(
          TAGS,
          Map.of(
              "csv",
              "--tokens, --text, --tags, --intent or --sentence",
              "csv.intent",
              "--intent",
              "intentSeparator",
              "--intent-separator"));

  /** {@code score} has columns of predictions beside. */
  private static final Map<String, String> SCORING =
      with(
          EVALUATING,
          Map.of(
              "csv",
              "--tokens, --text, --tags, --intent, --sentence, --pred-tags or --pred-intent",
              "csv.tags",
              "--tags or --pred-tags",
              "csv.intent",
              "--intent or --pred-intent"));

  /** {@code tag} reads CSV and text alone. */
  private static final Map<String, String> TAGGING =
      Map.of(
          "csv", "--column or --tokens",
          "csv.tokens", "--tokens",
          "csv.text", "--column",
          "csv.delimiter", "--delimiter");

  private OptionNames() {}

  private static Map<String, String> with(Map<String, String> most, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(most);
    all.putAll(more);
    return Map.copyOf(all);
  }

  /** A text that names settings, in the words of a command on files of tags. */
  static String ofTags(String text) {
    return replaced(text, TAGS);
  }

  /** The problem in the words of a command. */
  static Problem in(String command, Problem problem) {
    if (!problem.code().matches("DAT-.*|LAB-.*|EVA-003")) return problem;
    return switch (command) {
      case "evaluate" -> with(EVALUATING, problem, problem.fix());
      case "score" -> with(SCORING, problem, problem.fix());
      case "validate", "convert", "repair" -> with(TAGS, problem, problem.fix());
      case "tag" -> with(TAGGING, problem, withoutConfig(problem.fix()));
      default -> problem;
    };
  }

  private static Problem with(Map<String, String> options, Problem problem, String fix) {
    return new Problem(
        problem.code(), problem.where(), replaced(problem.what(), options), replaced(fix, options));
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
    return options == TAGGING
        ? m.group()
        : "--layout " + key + "=" + (value == null ? "..." : value);
  }
}
