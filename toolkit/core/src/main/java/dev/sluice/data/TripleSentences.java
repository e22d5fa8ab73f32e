package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sentences of a folder with the parallel files seq.in (words), seq.out (tags) and label (the label of the sentence, optional). */
final class TripleSentences implements SentenceReader {
  static final String WORDS = "seq.in";
  static final String TAGS = "seq.out";
  static final String LABEL = "label";

  private final List<LineReader> open = new ArrayList<>();
  private final Inputs.Opener opener;
  private final LineReader words;
  private final LineReader tags;
  private final LineReader labels;
  private final Skips skips = new Skips();
  private String tagLine; // of the last sentence; null where there is none

  TripleSentences(Path folder, boolean withTags, Inputs.Opener opener) throws IOException {
    this.opener = opener;
    words = Files.isDirectory(folder) ? lines(folder.resolve(WORDS)) : notAFolder(folder);
    tags = withTags ? lines(folder.resolve(TAGS)) : null;
    boolean labelled = withTags && Files.exists(folder.resolve(LABEL));
    labels = labelled ? lines(folder.resolve(LABEL)) : null;
  }

  /** Whether a folder holds a file of triples. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(WORDS)) || Files.exists(folder.resolve(TAGS));
  }

  @Override
  public Sentence next() throws IOException {
    while (true) {
      String wordLine = words.next();
      String next = tags == null ? null : tags.next();
      String labelLine = labels == null ? null : labels.next();
      if (tags != null) sameEnd(wordLine, next, tags);
      if (labels != null) sameEnd(wordLine, labelLine, labels);
      if (wordLine == null) return null;
      List<String> tokens = Words.split(wordLine);
      List<String> tagList = next == null ? List.of() : Words.split(next);
      if (tags != null) Words.checkCounts(tags.where().at(1), tokens, tagList);
      if (tokens.isEmpty() && tags != null) {
        skips.add("empty lines");
        continue;
      }
      tagLine = next;
      Optional<String> intent =
          labelLine == null || labelLine.isBlank()
              ? Optional.empty()
              : Optional.of(labelLine.strip());
      return Words.joined(tokens, tagList, intent, words.where());
    }
  }

  /** Where the words of a line of tags begin. */
  private List<Location> places(String line) {
    List<Location> places = new ArrayList<>();
    for (int at = 0; at < line.length(); at++)
      if (!Words.blank(line.charAt(at)) && (at == 0 || Words.blank(line.charAt(at - 1))))
        places.add(tags.where().at(line.codePointCount(0, at) + 1));
    return places;
  }

  @Override
  public List<Location> tagPlaces() {
    return tagLine == null ? List.of() : places(tagLine);
  }

  @Override
  public Map<String, Long> skipped() {
    return skips.counts();
  }

  @Override
  public void close() throws IOException {
    for (LineReader reader : open) reader.close();
  }

  private LineReader lines(Path file) throws IOException {
    try {
      LineReader reader = new LineReader(opener.open(file));
      open.add(reader);
      return reader;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static LineReader notAFolder(Path folder) {
    throw SluiceException.usage(
        Codes.MISSING,
        Location.of(folder.toString()),
        Files.exists(folder)
            ? "a file found, expected a folder with seq.in, seq.out and label"
            : "no such folder (looked at " + folder.toAbsolutePath().normalize() + ")",
        Inputs.howToGet(folder, "name the folder of the split, or set another data.format"));
  }

  private void sameEnd(String wordLine, String otherLine, LineReader other) {
    if ((wordLine == null) == (otherLine == null)) return;
    LineReader longer = wordLine == null ? other : words;
    LineReader shorter = wordLine == null ? words : other;
    throw SluiceException.usage(
        Codes.PARALLEL,
        longer.where(),
        "line "
            + longer.line()
            + " found, but "
            + shorter.where().source()
            + " has only "
            + shorter.line()
            + " lines",
        "give seq.in, seq.out and label a line for each sentence");
  }
}
