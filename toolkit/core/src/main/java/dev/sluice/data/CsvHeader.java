package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds columns by their names in the header of a CSV file. */
final class CsvHeader {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final CsvRows.Row row;
  private final CsvDialect dialect;
  private final int needed;

  /**
   * A header.
   *
   * @param needed how many columns will be asked for
   */
  CsvHeader(CsvRows.Row row, CsvDialect dialect, int needed) {
    this.row = row;
    this.dialect = dialect;
    this.needed = needed;
  }

  /** The index of a column, or -1 when no name is given. */
  int index(Optional<String> name) {
    return name.map(known -> index(known, "data.csv")).orElse(-1);
  }

  /**
   * The index of a column.
   *
   * @param section the settings that name it
   */
  int index(String name, String section) {
    return find(name, "name one of them under " + section);
  }

  /** The index of a column that no setting names. */
  int index(String name) {
    return find(name, "name one of them");
  }

  private int find(String name, String fix) {
    List<String> names = row.cells();
    int first = names.indexOf(name);
    if (first < 0) throw missing(name, fix);
    int last = names.lastIndexOf(name);
    if (last != first) {
      throw SluiceException.usage(
          Codes.DUPLICATE_COLUMN,
          row.where(last),
          "column \"" + Visible.of(name) + "\" stands twice, first at " + place(row.where(first)),
          "rename one of them");
    }
    return first;
  }

  private SluiceException missing(String name, String otherwise) {
    Location where = row.where();
    Optional<Character> other = otherDelimiter(name);
    if (other.isPresent()) {
      String shown = other.get() == '\t' ? "\\t" : other.get().toString();
      int found = row.cells().size();
      return SluiceException.usage(
          Codes.DELIMITER,
          where,
          (found == 1 ? "1 column" : found + " columns")
              + " found, "
              + needed
              + " needed; the file looks `"
              + shown
              + "`-separated",
          "set data.csv.delimiter: '" + shown + "'");
    }
    String found =
        row.cells().stream()
            .map(cell -> "\"" + Visible.of(cell) + "\"")
            .collect(Collectors.joining(", "));
    String fix = Nearest.of(name, row.cells()).map(CsvHeader::suggestion).orElse(otherwise);
    return SluiceException.usage(
        Codes.NO_COLUMN, where, "no column \"" + Visible.of(name) + "\" among " + found, fix);
  }

  private static String suggestion(String near) {
    String shown = Visible.of(near);
    if (shown.equals(near)) return "did you mean \"" + near + "\"";
    return "remove the invisible characters from the header \"" + shown + "\"";
  }

  /** A delimiter that would make the wanted name a column of its own. */
  private Optional<Character> otherDelimiter(String name) {
    for (char delimiter : DELIMITERS) {
      if (delimiter == dialect.delimiter()) continue;
      for (String cell : row.cells()) {
        if (cell.indexOf(delimiter) < 0) continue;
        for (String part : cell.split(java.util.regex.Pattern.quote(String.valueOf(delimiter)))) {
          if (unquoted(part).equals(name)) return Optional.of(delimiter);
        }
      }
    }
    return Optional.empty();
  }

  private String unquoted(String part) {
    String trimmed = part.strip();
    String quote = String.valueOf(dialect.quote());
    boolean quoted = trimmed.length() > 1 && trimmed.startsWith(quote) && trimmed.endsWith(quote);
    return quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
  }

  private static String place(Location where) {
    return where.line() + ":" + where.column();
  }
}
