package dev.sluice.embedding;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.util.Optional;

/**
 * Rows of text, with or without a header: a word and its numbers with blanks or tabs between. A word may hold blanks itself, so the
 * numbers are taken from the right. Only \n and \r\n end a line, and empty lines may stand at the end alone.
 */
final class TextRows extends Rows {
  /** The longest line in bytes. */
  static final int LONGEST = 1 << 20;

  private final Optional<Header> header;
  private final int[] starts;
  private final int[] ends;
  private int line;
  private long rows;
  private int wordStart;
  private int wordEnd;
  private int length;

  /** Rows of what follows a byte order mark, if there is one. */
  TextRows(ByteSource source, boolean withHeader, int dimension) {
    super(source, dimension);
    skipByteOrderMark(source);
    header = withHeader ? Optional.of(Header.take(source)) : Optional.empty();
    line = withHeader ? 1 : 0;
    starts = new int[dimension];
    ends = new int[dimension];
  }

  static void skipByteOrderMark(ByteSource source) {
    byte[] head = source.head();
    boolean marked =
        head.length >= 3
            && (head[0] & 0xFF) == 0xEF
            && (head[1] & 0xFF) == 0xBB
            && (head[2] & 0xFF) == 0xBF;
    if (marked) source.skip(3);
  }

  /** Takes a line, without what ends it: its length, or -1 after the last. */
  static int line(ByteSource source, int number) {
    int length = source.take('\n', LONGEST);
    if (length > LONGEST) {
      throw SluiceException.usage(
          Codes.TOO_LONG,
          Location.of(source.name(), number),
          "the line is longer than 1 MiB, expected a word and its numbers",
          "check that this is a file of word vectors; a binary one needs the format word2vec_binary");
    }
    return length < 0 ? length : trimmed(source.taken(), length);
  }

  /** The length of a line without the blanks and \r at its end. */
  static int trimmed(byte[] line, int length) {
    int end = length;
    while (end > 0 && (isBlank(line[end - 1]) || line[end - 1] == '\r')) end--;
    return end;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  @Override
  boolean next() {
    int empty = 0;
    while ((length = line(source, line + 1)) == 0) {
      line++;
      if (empty == 0) empty = line;
    }
    if (length < 0) {
      header.ifPresent(this::requireAll);
      return false;
    }
    line++;
    if (empty > 0) {
      throw ragged(Location.of(source.name(), empty).at(1), "an empty line");
    }
    split();
    rows++;
    header.ifPresent(this::requireNoMore);
    return true;
  }

  private void requireAll(Header said) {
    if (rows < said.count()) {
      throw disagrees(
          new Location(source.name(), 1, 1), said.count(), "but the file ends after " + rows);
    }
  }

  private void requireNoMore(Header said) {
    if (rows > said.count()) {
      throw disagrees(Location.of(source.name(), line).at(1), said.count(), "and here is another");
    }
  }

  private void split() {
    byte[] bytes = source.taken();
    int at = length;
    for (int f = dimension - 1; f >= 0; f--) {
      ends[f] = at;
      while (at > 0 && !isBlank(bytes[at - 1])) at--;
      starts[f] = at;
      if (at == 0 || !Decimal.isMeant(bytes, at, ends[f]))
        throw tooFew(dimension - 1 - f, at, ends[f]);
      while (at > 0 && isBlank(bytes[at - 1])) at--;
    }
    wordEnd = at;
    wordStart = 0;
    while (wordStart < wordEnd && isBlank(bytes[wordStart])) wordStart++;
    if (wordEnd == 0) {
      throw SluiceException.usage(
          Codes.NO_WORD, place(0), "numbers without a word before them", "remove the line");
    }
    int last = wordEnd;
    while (last > wordStart && !isBlank(bytes[last - 1])) last--;
    if (last > wordStart && isOneMore(last)) {
      throw ragged(
          place(last),
          "more than %d numbers, the first of them %s"
              .formatted(dimension, Shown.of(bytes, last, wordEnd)));
    }
  }

  /**
   * Whether the last part of a word with blanks, such as {@code web 2.0}, is rather a number too many: one with about as many digits
   * after the point as the numbers that follow.
   */
  private boolean isOneMore(int last) {
    byte[] bytes = source.taken();
    if (Float.isNaN(Decimal.parse(bytes, last, wordEnd))) return false;
    int most = 0;
    for (int f = 0; f < dimension; f++) {
      int fraction = Decimal.fraction(bytes, starts[f], ends[f]);
      if (fraction < Integer.MAX_VALUE) most = Math.max(most, fraction);
    }
    return Decimal.fraction(bytes, last, wordEnd) >= (most + 1) / 2;
  }

  private SluiceException tooFew(int found, int start, int end) {
    String numbers = found + (found == 1 ? " number" : " numbers");
    String place =
        start == 0
            ? " after the word"
            : " at the end of the line, after " + Shown.of(source.taken(), start, end);
    return ragged(place(start), numbers + place);
  }

  private SluiceException ragged(Location where, String found) {
    return SluiceException.usage(
        Codes.RAGGED,
        where,
        found + ", expected a word and " + dimension + " numbers",
        "get the file again, or remove the line");
  }

  @Override
  String word() {
    return decode(wordStart, wordEnd);
  }

  @Override
  void numbers(float[] target, int from) {
    byte[] bytes = source.taken();
    for (int f = 0; f < dimension; f++) {
      float number = Decimal.parse(bytes, starts[f], ends[f]);
      if (!Float.isFinite(number)) throw refusal(number, starts[f], ends[f]);
      target[from + f] = number;
    }
  }

  private SluiceException refusal(float number, int start, int end) {
    byte[] bytes = source.taken();
    String shown = Shown.of(bytes, start, end);
    boolean comma = shown.indexOf(',') >= 0;
    return SluiceException.usage(
        Codes.NUMBER,
        place(start),
        Float.isInfinite(number)
            ? "the number " + shown + " is larger than a 32-bit float, expected at most 3.4e38"
            : "found " + shown + ", expected a plain decimal number such as -0.25",
        comma ? "write a point for the comma" : "get the file again, or remove the line");
  }

  /** Line and column, counted in characters. */
  @Override
  Location place(int index) {
    byte[] bytes = source.taken();
    int column = 1;
    for (int i = 0; i < index; i++) if ((bytes[i] & 0xC0) != 0x80) column++;
    return new Location(source.name(), line, column);
  }

  @Override
  String notUtf8() {
    return "save the file as UTF-8, or remove the line";
  }
}
