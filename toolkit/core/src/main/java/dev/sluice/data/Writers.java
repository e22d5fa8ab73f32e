package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.FeatureColumn;
import dev.sluice.data.DataConfig.Format;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The one place where the name of a format becomes a writer: the mirror of {@link Readers}. Always UTF-8 and \n. */
public final class Writers {
  private Writers() {}

  /**
   * A writer to a new file, or to a folder for triples.
   *
   * @throws SluiceException when the settings do not fit
   */
  public static SentenceWriter open(Path path, DataConfig config) throws IOException {
    if (config.format() == Format.TRIPLES) return new TripleWriter(path);
    return open(path.toString(), Files.newOutputStream(path), config);
  }

  /**
   * A writer to a stream, which it closes; triples need a folder and are refused.
   *
   * @param name what messages call it
   */
  public static SentenceWriter open(String name, OutputStream out, DataConfig config)
      throws IOException {
    return switch (config.format()) {
      case CSV -> new CsvSentenceWriter(name, characters(out), config.csv(), config.features());
      case CONLL -> new ConllWriter(characters(out), config.conll(), config.features());
      case CONLLU -> new ConlluWriter(name, characters(out), config.conllu(), config.features());
      case JSONL -> new JsonWriter(out, config.jsonl());
      case TEXT -> new TextWriter(characters(out));
      case TRIPLES ->
          throw SluiceException.usage(
              Codes.LAYOUT,
              Location.of(name),
              "triples are a folder, not a stream",
              "name a folder");
    };
  }

  /** Characters as UTF-8; half a surrogate pair is an error, not a question mark. */
  static Writer characters(OutputStream out) {
    return new BufferedWriter(
        new OutputStreamWriter(
            out,
            StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /** A sentence that the format cannot hold. */
  static SluiceException unwritable(Sentence sentence, String what, String fix) {
    return SluiceException.usage(Codes.UNWRITABLE, sentence.where(), what, fix);
  }

  /** The value of a feature, which the sentence must have. */
  static String feature(Sentence sentence, FeatureColumn feature, int token) {
    List<String> values = sentence.features().get(feature.name());
    if (values != null) return values.get(token);
    throw unwritable(
        sentence,
        "the sentence has no feature " + Visible.of(feature.name()),
        "leave it out of data.features");
  }

  /** Refuses a text that a reader of the format would take apart. */
  static void checkHolds(Sentence sentence, String cell, boolean blanksSeparate) {
    boolean broken = cell.isEmpty();
    for (int i = 0; i < cell.length() && !broken; i++) {
      char c = cell.charAt(i);
      broken = blanksSeparate ? Words.blank(c) : Words.blank(c) && c != ' ';
    }
    if (broken) {
      throw unwritable(
          sentence,
          "\"" + Visible.of(cell) + "\" holds what separates cells or lines, or nothing at all",
          "write JSON lines or CSV with a token per row");
    }
  }
}
