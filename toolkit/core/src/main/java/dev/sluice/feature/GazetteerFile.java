package dev.sluice.feature;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.LineReader;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the text file of a gazetteer; {@link Gazetteer#read} says what it looks like. */
final class GazetteerFile {
  private static final String NO_PHRASE = "GAZ-001";
  private static final String NO_TYPE = "GAZ-002";
  private static final String TABS = "GAZ-003";
  private static final String NOT_TEXT = "GAZ-004";
  private static final String NO_ENTRY = "GAZ-005";
  private static final String TOO_LONG = "GAZ-006";

  private final Phrases phrases = new Phrases();

  private GazetteerFile() {}

  static Phrases read(Path file) {
    GazetteerFile reader = new GazetteerFile();
    try (LineReader lines = LineReader.open(file)) {
      for (String line = next(lines); line != null; line = next(lines)) {
        if (!skipped(line)) reader.entry(line, lines.where());
      }
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
    if (reader.phrases.types().isEmpty()) {
      throw SluiceException.usage(
          NO_ENTRY,
          Location.of(file.toString()),
          "no entry found, expected a phrase per line",
          "add phrases, or leave the gazetteer out");
    }
    return reader.phrases;
  }

  static void requireReadable(Path file) {
    try (LineReader lines = LineReader.open(file)) {
      lines.next();
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  /** The next line; what is no text is a complaint about the gazetteer, in the words of the reader of text. */
  private static String next(LineReader lines) throws IOException {
    try {
      return lines.next();
    } catch (SluiceException e) {
      Problem problem = e.problems().get(0);
      throw SluiceException.usage(NOT_TEXT, problem.where(), problem.what(), problem.fix());
    }
  }

  private static boolean skipped(String line) {
    String content = String.join(" ", Phrases.tokens(line));
    return content.isEmpty() || content.charAt(0) == '#';
  }

  private void entry(String line, Location where) {
    int tab = line.indexOf('\t');
    if (tab < 0) {
      add(line, Gazetteer.UNTYPED, where);
      return;
    }
    String phrase = line.substring(0, tab), type = line.substring(tab + 1);
    int second = type.indexOf('\t');
    if (second >= 0) {
      throw SluiceException.usage(
          TABS,
          column(where, line, tab + 1 + second),
          "a second tab found, expected a phrase, a tab and its type",
          "write blanks between the tokens of a phrase, and another type on a line of its own");
    }
    if (Phrases.tokens(phrase).isEmpty()) {
      throw SluiceException.usage(
          NO_PHRASE,
          column(where, line, tab),
          "no phrase found before the tab, expected a phrase, a tab and its type",
          "write the phrase, or remove the line");
    }
    if (Phrases.hasEmptyType(type)) {
      throw SluiceException.usage(
          NO_TYPE,
          column(where, line, tab + 1),
          "the type behind the tab is empty",
          "write the type, or remove the tab for an entry without one");
    }
    add(phrase, type, where);
  }

  private void add(String phrase, String type, Location where) {
    try {
      phrases.add(phrase, type);
    } catch (IllegalArgumentException e) {
      throw SluiceException.usage(
          TOO_LONG, where, e.getMessage(), "check that this is a list with a phrase per line");
    }
  }

  private static Location column(Location where, String line, int index) {
    return where.at(line.codePointCount(0, index) + 1);
  }
}
