package dev.sluice.embedding;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the first lines of a file say: its format and dimension.
 *
 * @param format not {@link Format#AUTO}
 * @param dimension the numbers of each word, at least 1
 */
record Layout(Format format, int dimension) {
  private static final int SAMPLE_ROWS = 100;
  private static final int SAMPLE_BYTES = 1 << 20;

  /**
   * Looks at the beginning of a file.
   *
   * @param asked the format it is said to have
   * @throws SluiceException EMB-003 to EMB-007 and EMB-010 to EMB-015
   */
  static Layout of(String name, ByteSource.Opener opener, Format asked) {
    Format format = asked;
    int length;
    try (ByteSource source = ByteSource.open(name, opener)) {
      byte[] head = source.head();
      if (head.length == 0) throw empty(name);
      ForeignFile.refuse(head, name);
      TextRows.skipByteOrderMark(source);
      length = source.take('\n', TextRows.LONGEST);
      boolean header = Header.match(source.taken(), length).isPresent();
      if (asked == Format.AUTO) format = told(header, source);
      else if (asked == Format.GLOVE && header && isHeader(source)) throw headerInGlove(name);
    }
    return switch (format) {
      case WORD2VEC_BINARY -> binary(name, opener);
      case WORD2VEC -> withHeader(name, opener);
      case GLOVE, AUTO -> withoutHeader(name, opener);
    };
  }

  /** The rows from the first one on. */
  Rows rows(ByteSource source) {
    return switch (format) {
      case WORD2VEC_BINARY -> new BinaryRows(source, dimension);
      case WORD2VEC -> new TextRows(source, true, dimension);
      case GLOVE, AUTO -> new TextRows(source, false, dimension);
    };
  }

  /** No vector in the file. */
  static SluiceException empty(String name) {
    return SluiceException.usage(
        Codes.EMPTY,
        Location.of(name),
        "no vector in the file, expected words with their numbers",
        "get the file again, or check the path");
  }

  private static Format told(boolean header, ByteSource source) {
    if (!header) return Format.GLOVE;
    int length = source.take('\n', TextRows.LONGEST);
    if (length < 0) return Format.WORD2VEC;
    byte[] row = source.taken();
    for (int i = 0; i < Math.min(length, row.length); i++) {
      boolean control = row[i] >= 0 && row[i] < ' ' && row[i] != '\t' && row[i] != '\r';
      if (control) return Format.WORD2VEC_BINARY;
    }
    Sample first = new Sample();
    first.add(row, TextRows.trimmed(row, Math.min(length, TextRows.LONGEST)));
    return length <= TextRows.LONGEST && first.dimension() > 0
        ? Format.WORD2VEC
        : Format.WORD2VEC_BINARY;
  }

  /** Whether a line of two numbers is no word with its vector: the next line has not one number. */
  private static boolean isHeader(ByteSource source) {
    Sample second = new Sample();
    int length = source.take('\n', TextRows.LONGEST);
    if (length < 0 || length > TextRows.LONGEST) return length > 0;
    second.add(source.taken(), TextRows.trimmed(source.taken(), length));
    return second.dimension() != 1;
  }

  private static SluiceException headerInGlove(String name) {
    return SluiceException.usage(
        Codes.HEADER,
        new Location(name, 1, 1),
        "the first line is a word2vec header, expected a word and its numbers as in GloVe text",
        "set the format to word2vec or word2vec_binary, or to auto");
  }

  private static Layout withoutHeader(String name, ByteSource.Opener opener) {
    Sample sample = new Sample();
    try (ByteSource source = ByteSource.open(name, opener)) {
      TextRows.skipByteOrderMark(source);
      sample.read(source, 0);
    }
    if (sample.rows == 0) throw empty(name);
    int dimension = sample.dimension();
    if (dimension == 0) {
      throw SluiceException.usage(
          Codes.FOREIGN,
          Location.of(name, 1),
          "no numbers at the end of the line, expected word vectors",
          "check the path and the format");
    }
    if (dimension > Header.MOST_DIMENSIONS) {
      throw SluiceException.usage(
          Codes.RAGGED,
          Location.of(name, 1),
          "%d numbers in a line, expected at most %d".formatted(dimension, Header.MOST_DIMENSIONS),
          "check that every word stands on a line of its own");
    }
    return new Layout(Format.GLOVE, dimension);
  }

  private static Layout withHeader(String name, ByteSource.Opener opener) {
    Sample sample = new Sample();
    Header header;
    try (ByteSource source = ByteSource.open(name, opener)) {
      TextRows.skipByteOrderMark(source);
      header = Header.take(source);
      sample.read(source, 1);
    }
    if (sample.rows == 0 && header.count() == 0) throw empty(name);
    int found = sample.dimension();
    if (sample.rows > 0 && found != header.dimension()) {
      throw SluiceException.usage(
          Codes.DISAGREES,
          new Location(name, 1, 1),
          "the header says dimension %d, but the first lines have %d numbers"
              .formatted(header.dimension(), found),
          "get the file again, or correct its first line");
    }
    return new Layout(Format.WORD2VEC, header.dimension());
  }

  private static Layout binary(String name, ByteSource.Opener opener) {
    Header header;
    try (ByteSource source = ByteSource.open(name, opener)) {
      header = Header.take(source);
    }
    if (header.count() == 0) throw empty(name);
    int dimension = header.dimension(), asWritten = 0, swapped = 0;
    float[] row = new float[dimension];
    try (BinaryRows rows = new BinaryRows(ByteSource.open(name, opener), dimension)) {
      for (int r = 0; r < SAMPLE_ROWS && rows.next(); r++) {
        rows.raw(row, false);
        asWritten += sensible(row);
        rows.raw(row, true);
        swapped += sensible(row);
      }
    }
    if (asWritten < swapped / 2) {
      throw SluiceException.usage(
          Codes.FOREIGN,
          Location.of(name),
          "the numbers look big-endian, expected little-endian 32-bit floats",
          "write the file again in word2vec's form, e.g. with gensim's save_word2vec_format");
    }
    return new Layout(Format.WORD2VEC_BINARY, dimension);
  }

  /** How many are of a size that numbers in vectors have; in the wrong byte order most are astronomical or next to nothing. */
  private static int sensible(float[] numbers) {
    int count = 0;
    for (float x : numbers) if (Math.abs(x) > 1e-8 && Math.abs(x) < 1e5) count++;
    return count;
  }

  /** How many numbers the first lines have: what most of them say, since a word may end in a number and a line may be damaged. */
  private static final class Sample {
    private final Map<Integer, Integer> votes = new HashMap<>();
    private int dimension;
    private int rows;

    void read(ByteSource source, int linesBefore) {
      long start = source.offset();
      for (int n = 1; n <= SAMPLE_ROWS && source.offset() - start < SAMPLE_BYTES; n++) {
        int length = TextRows.line(source, linesBefore + n);
        if (length < 0) return;
        if (length > 0) add(source.taken(), length);
      }
    }

    void add(byte[] line, int length) {
      int numbers = 0;
      for (int end = length, start; end > 0; end = start, numbers++) {
        start = end;
        while (start > 0 && !TextRows.isBlank(line[start - 1])) start--;
        if (start == 0 || !Decimal.isMeant(line, start, end)) break;
        while (start > 0 && TextRows.isBlank(line[start - 1])) start--;
      }
      rows++;
      int count = votes.merge(numbers, 1, Integer::sum);
      if (count > votes.getOrDefault(dimension, 0)) dimension = numbers;
    }

    /** The most frequent number of numbers, the first of equals; 0 without rows. */
    int dimension() {
      return dimension;
    }
  }
}
