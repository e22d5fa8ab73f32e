package dev.sluice;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of packages: who lives where and may use whom, from the top of the library to its ground. */
final class ImportTable {
  private static final String BASE = "dev.sluice";
  private static final String ROOT = "(root)";
  private static final String ANY_BELOW = "any row below";

  static final List<Row> ROWS =
      withEverythingBelow(
          row(
              "opennlp",
              "adapters that let a tagger stand where OpenNLP's interfaces are asked for",
              ROOT),
          // trainer and config: a program that trains listens to the trainer and changes settings
          row(
              ROOT,
              "the embeddable face: Tagger, Tagged, Slot, Training; small, stable, shown by example",
              "pipeline, trainer, model, metric, data, text, label, config"),
          row(
              "pipeline",
              "the one place where a whole config becomes objects; tables of known component names",
              ANY_BELOW),
          // network, vocabulary, kernel: owns workspaces and threads, makes words unknown
          row(
              "trainer",
              "epochs, early stopping, checkpoints, listeners; knows no particular network",
              "optimizer, model, metric, loss, network, batch, vocabulary, data, config, kernel"),
          row(
              "optimizer",
              "SGD, AdaGrad, Adam, clipping, schedules, over one flat parameter array",
              "network, kernel, config"),
          // kernel: the threads that share out a batch, and the arithmetic for packing weights
          row(
              "model",
              "the trained artefact: tag a sentence, save, load, format version",
              "loss, network, batch, embedding, feature, vocabulary, data, text, label, config, kernel"),
          row(
              "metric",
              "span F1, accuracy, confusion from gold and predicted spans: mergeable counts;"
                  + " the eval module turns them into reports",
              "data, label"),
          row(
              "loss",
              "softmax and CRF, each with the decoder that belongs to it (argmax, Viterbi)",
              "network, batch, label, kernel, config"),
          row(
              "network",
              "parameters, workspace, lookup, RNN, LSTM, GRU, bidirectional, stacking, dropout",
              "batch, kernel, config"),
          // kernel: the order of an epoch is drawn from its noise
          row(
              "batch",
              "ragged time-major batches and length buckets:"
                  + " sentences turned into id arrays, no padding",
              "vocabulary, data, config, kernel"),
          row("embedding", "pretrained vector files matched to a vocabulary", "vocabulary, config"),
          row("vocabulary", "words, characters and labels to ids and back", "data, label, config"),
          row(
              "feature",
              "what can be said of a token beside its identity: casing, shape, affixes, gazetteers",
              "data, text, label, config"),
          row(
              "data",
              "Sentence, Dataset, readers and writers (CSV, CoNLL columns, CoNLL-U, JSON lines,"
                  + " word/slot/intent triples), splits",
              "text, label, config"),
          row(
              "text",
              "Token with offsets into the original text, tokenizers, normalisers",
              "config"),
          row("label", "BIO, IOB1, BIOES and conversions, Span, allowed transitions", "JDK"),
          row(
              "config",
              "YAML to records, with file, line and path in every complaint",
              "JDK, YAML parser"),
          row(
              "kernel",
              "arithmetic on arrays: scalar definitions, SIMD twins, the one log-sum-exp",
              "JDK"));

  private ImportTable() {}

  /**
   * A row.
   *
   * @param name the package below dev.sluice
   * @param words what lives there
   * @param imports the rows it may use
   * @param libraries prefixes of the packages of libraries it may use; empty when any library of the module will do
   */
  record Row(String name, String words, List<String> imports, List<String> libraries) {

    /** Whether a class of this row may use one of that package. */
    boolean mayUse(String packageName) {
      if (!packageName.equals(BASE) && !packageName.startsWith(BASE + ".")) {
        return libraries.isEmpty() || libraries.stream().anyMatch(packageName::startsWith);
      }
      return rowOf(packageName)
          .map(used -> used.name.equals(name) || imports.contains(used.name))
          .orElse(false);
    }
  }

  /** The row a package belongs to; a package inside a row's package belongs to it too. */
  static Optional<Row> rowOf(String packageName) {
    String name = packageName.equals(BASE) ? ROOT : packageName.substring(BASE.length() + 1);
    String first = name.split("\\.", 2)[0];
    return ROWS.stream().filter(row -> row.name.equals(first)).findFirst();
  }

  /** The package of a folder, given from dev/sluice on. */
  static String packageOf(Path folder) {
    String name = folder.toString().replace(folder.getFileSystem().getSeparator(), ".");
    return name.isEmpty() ? BASE : BASE + "." + name;
  }

  /** Words alone: one blank between them, lower case. */
  static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
  }

  private static Row row(String name, String words, String imports) {
    List<String> parts = Arrays.asList(imports.split(", "));
    List<String> rows =
        parts.stream().filter(part -> !List.of("JDK", "YAML parser").contains(part)).toList();
    Stream<String> libraries = parts.contains("JDK") ? Stream.of("java.", "jdk.") : Stream.of();
    Stream<String> yaml =
        parts.contains("YAML parser")
            ? Stream.of("com.fasterxml.jackson.", "org.yaml.snakeyaml")
            : Stream.of();
    return new Row(name, plain(words), rows, Stream.concat(libraries, yaml).toList());
  }

  private static List<Row> withEverythingBelow(Row... rows) {
    return IntStream.range(0, rows.length)
        .mapToObj(
            i -> {
              if (!rows[i].imports.contains(ANY_BELOW)) return rows[i];
              List<String> below = Arrays.stream(rows).skip(i + 1).map(Row::name).toList();
              return new Row(rows[i].name, rows[i].words, below, rows[i].libraries);
            })
        .toList();
  }
}
