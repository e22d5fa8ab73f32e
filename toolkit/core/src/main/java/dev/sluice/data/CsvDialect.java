package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.CsvLayout;
import org.apache.commons.csv.CSVFormat;

/**
 * The characters that structure a CSV file.
 *
 * @param delimiter between cells
 * @param quote around cells that need it, doubled inside; 0 when there is none
 */
record CsvDialect(char delimiter, char quote) {

  /** From the settings; a setting that is no single character is refused. */
  static CsvDialect of(CsvLayout layout, String source) {
    char delimiter = single("data.csv.delimiter", layout.delimiter(), source);
    char quote = layout.quote().isEmpty() ? 0 : single("data.csv.quote", layout.quote(), source);
    if (delimiter == quote) {
      throw SluiceException.usage(
          Codes.LAYOUT,
          Location.of(source),
          "data.csv.delimiter and data.csv.quote are the same character",
          "choose different characters");
    }
    return new CsvDialect(delimiter, quote);
  }

  /** As Commons CSV calls it: RFC 4180 with these characters, empty lines kept as records of one empty cell. */
  CSVFormat format() {
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(delimiter)
        .setQuote(quote == 0 ? null : Character.valueOf(quote))
        .setRecordSeparator('\n')
        .get();
  }

  private static char single(String name, String value, String source) {
    if (value.equals("\\t")) return '\t';
    boolean lineEnd = value.equals("\n") || value.equals("\r");
    if (value.length() != 1 || lineEnd || Character.isSurrogate(value.charAt(0))) {
      throw SluiceException.usage(
          Codes.LAYOUT,
          Location.of(source),
          name + " is \"" + Visible.of(value) + "\", expected one character",
          "e.g. ',' or ';' or '\\t' for a tab");
    }
    return value.charAt(0);
  }
}
