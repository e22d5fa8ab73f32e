package dev.sluice.pipeline;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.data.DataConfig.JsonlLayout;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.data.TagPlaces;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.label.Repair;
import dev.sluice.label.SchemeDetector;
import dev.sluice.label.TagScheme;
import dev.sluice.text.Tokenizer;
import dev.sluice.text.Tokenizers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A data file looked at by itself, without a config: its format is guessed from its name, and the columns of a CSV file from theirs.
 *
 * @param format the format
 * @param dataset its sentences
 * @param detection the scheme of its tags; PLAIN when it has none
 * @param facts what can be said of it
 */
public record DataFile(Format format, Dataset dataset, Detection detection, SplitFacts facts) {

  /**
   * Reads a file or a folder of triples.
   *
   * @param given the format; guessed when empty
   * @throws SluiceException with every mistake in the file, or when no format can be guessed
   */
  public static DataFile read(Path path, Optional<Format> given) {
    DataConfig config = config(path, given.orElseGet(() -> guess(path)));
    Tokenizer tokenizer = Tokenizers.of("whitespace");
    List<Problem> mistakes = Mistakes.in(path, config, tokenizer);
    if (!mistakes.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, mistakes);
    Dataset data = Dataset.read(String.valueOf(path.getFileName()), path, config, tokenizer);
    if (data.size() == 0) {
      throw SluiceException.usage(
          "TRN-010",
          Location.of(path.toString()),
          "0 usable examples" + (data.skipped().isEmpty() ? "" : ", skipped: " + data.skipped()),
          "check the format and the file");
    }
    boolean tagged = data.sentences().stream().anyMatch(s -> !s.tags().isEmpty());
    Detection detection = new Detection(TagScheme.PLAIN, "the file has no tags");
    if (tagged) {
      SchemeDetector detector = new SchemeDetector();
      for (Sentence s : data.sentences()) detector.add(s.tags());
      detection = detector.result();
    }
    try (TagPlaces places = new TagPlaces(path, config, tokenizer)) {
      if (tagged) checkTags(data, places, detection.scheme());
      SplitFacts facts = SplitFacts.of(data, places, detection.scheme(), !tagged);
      return new DataFile(config.format(), data, detection, facts);
    }
  }

  /** Every label must be one of the scheme; SplitFacts counts spans and takes that for granted. */
  private static void checkTags(Dataset data, TagPlaces places, TagScheme scheme) {
    List<Problem> problems = new ArrayList<>();
    for (Sentence s : data.sentences()) {
      try {
        scheme.decode(s.tags(), Repair.CONLLEVAL);
      } catch (LabelException e) {
        problems.add(Mistakes.of(e, s, places));
        if (problems.size() == Mistakes.MOST) break;
      }
    }
    if (!problems.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, problems);
  }

  private static Format guess(Path path) {
    return Format.of(path).orElseThrow(() -> unknown(path));
  }

  private static SluiceException unknown(Path path) {
    Location where = Location.of(path.toString());
    if (!Files.isDirectory(path)) {
      return SluiceException.usage(
          "DAT-007",
          where,
          "the name does not tell the format",
          Files.exists(path) ? "give it, as in --format conll" : "check the name");
    }
    Path model = path.resolve(TrainingRun.MODEL);
    return SluiceException.usage(
        "DAT-005",
        where,
        "a folder found, expected a file, or a folder that holds seq.in, seq.out and label",
        "name a file in it" + (Files.exists(model) ? ", such as " + model : ""));
  }

  private static DataConfig config(Path path, Format format) {
    return new DataConfig(
        format,
        path,
        Optional.of(path),
        Optional.empty(),
        Optional.empty(),
        DataConfig.SchemeChoice.AUTO,
        DataConfig.RepairChoice.CONLLEVAL,
        DataConfig.Overlap.WARN,
        format == Format.CSV ? csv(path) : csv(List.of(), ","),
        new ConllLayout(1, -1, ConllLayout.Separator.AUTO, Optional.empty(), false),
        new ConlluLayout("upos"),
        new JsonlLayout(
            "text", "spans", "start", "end", "label", "intent", JsonlLayout.Offsets.UTF16),
        new DataConfig.TextLayout(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** The layout that the header's names suggest. A file that cannot be opened is left to the reader, which says why. */
  private static CsvLayout csv(Path path) {
    String header = "";
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      String line = reader.readLine();
      if (line != null) header = line.startsWith("\uFEFF") ? line.substring(1) : line;
    } catch (IOException e) {
      return csv(List.of("tokens", "tags"), ",");
    }
    String delimiter = ",";
    for (String other : List.of("\t", ";"))
      if (header.contains(other) && !header.contains(",")) delimiter = other;
    List<String> names =
        Arrays.stream(header.split(delimiter)).map(n -> n.strip().replace("\"", "")).toList();
    return csv(names, delimiter);
  }

  private static CsvLayout csv(List<String> names, String delimiter) {
    Optional<String> tokens = first(names, "tokens", "words", "token", "word");
    boolean tokenPerRow = tokens.isPresent() && !tokens.get().endsWith("s");
    return new CsvLayout(
        tokens.isPresent() ? Optional.empty() : Optional.of("text"),
        tokens,
        first(names, "tags", "labels", "tag", "label"),
        first(names, "intent"),
        tokenPerRow ? first(names, "sentence", "sentence_id", "id") : Optional.empty(),
        delimiter.equals("\t") ? "\\t" : delimiter,
        "\"");
  }

  private static Optional<String> first(List<String> names, String... wanted) {
    return Arrays.stream(wanted).filter(names::contains).findFirst();
  }
}
