package dev.sluice.embedding;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a word2vec file, as it stands there: nothing is allocated for what it says.
 *
 * @param count the number of words
 * @param dimension the numbers of each
 */
record Header(long count, int dimension) {
  /** More than any vectors have. */
  static final int MOST_DIMENSIONS = 65_536;

  private static final Pattern TWO_NUMBERS = Pattern.compile("(\\d+)[ \\t]+(\\d+)[ \\t\\r]*");
  private static final int LONGEST = 100;

  /** A line that is nothing but two whole numbers, without its newline. */
  static Optional<Matcher> match(byte[] line, int length) {
    if (length < 0 || length > LONGEST) return Optional.empty();
    Matcher matcher = TWO_NUMBERS.matcher(new String(line, 0, length, StandardCharsets.ISO_8859_1));
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  /**
   * Takes the header.
   *
   * @throws SluiceException EMB-010 when there is none, or its dimension is impossible
   */
  static Header take(ByteSource source) {
    int length = source.take('\n', LONGEST);
    Location where = new Location(source.name(), 1, 1);
    Matcher numbers =
        match(source.taken(), length)
            .orElseThrow(
                () ->
                    SluiceException.usage(
                        Codes.HEADER,
                        where,
                        "the first line is "
                            + Shown.of(source.taken(), 0, Math.min(Math.max(length, 0), LONGEST))
                            + ", expected a word2vec header: the number of words and the dimension",
                        "set the format to glove if there is no header, or to auto"));
    long dimension = number(numbers.group(2));
    if (dimension < 1 || dimension > MOST_DIMENSIONS) {
      throw SluiceException.usage(
          Codes.HEADER,
          where.at(numbers.start(2) + 1),
          "the header gives the dimension %s, expected 1 to %d"
              .formatted(Shown.of(numbers.group(2)), MOST_DIMENSIONS),
          "get the file again, or correct its first line");
    }
    return new Header(number(numbers.group(1)), (int) dimension);
  }

  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
