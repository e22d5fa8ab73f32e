package dev.sluice.embedding;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rows of word2vec's binary form. Places are byte offsets of the unpacked file. */
final class BinaryRows extends Rows {
  /** The longest word in bytes. */
  static final int LONGEST = 4000;

  private final Header header;
  private final ByteBuffer numbers;
  private long rows;
  private long start;
  private int wordStart;
  private int wordEnd;

  BinaryRows(ByteSource source, int dimension) {
    super(source, dimension);
    header = Header.take(source);
    numbers = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  boolean next() {
    if (rows == header.count()) {
      requireEnd();
      return false;
    }
    start = source.offset();
    int length = source.take(' ', LONGEST);
    wordStart = length > 0 && source.taken()[0] == '\n' ? 1 : 0;
    wordEnd = length;
    if (!source.stopped() && length <= wordStart) {
      throw disagrees(
          new Location(source.name(), 1, 1),
          header.count(),
          "but the file ends after %d, at byte %d".formatted(rows, source.offset()));
    }
    if (length > LONGEST) {
      throw problem(
          Codes.TOO_LONG, start, "no blank within %d bytes, expected a word".formatted(LONGEST));
    }
    if (!source.stopped()) throw cutOff("a word");
    if (length == wordStart) throw problem(Codes.NO_WORD, start, "a vector without a word");
    int found = source.fill(numbers.array());
    if (found < numbers.capacity()) {
      throw cutOff(
          "the vector of %s, of which %d of %d bytes are there"
              .formatted(Shown.of(source.taken(), wordStart, wordEnd), found, numbers.capacity()));
    }
    rows++;
    return true;
  }

  private void requireEnd() {
    long end = source.offset();
    int b;
    do b = source.next();
    while (b == '\n');
    if (b >= 0) {
      throw disagrees(
          Location.of(source.name()),
          header.count(),
          "but there is more after the last one, at byte " + end);
    }
  }

  @Override
  String word() {
    return decode(wordStart, wordEnd);
  }

  @Override
  void numbers(float[] target, int from) {
    numbers.asFloatBuffer().get(target, from, dimension);
    for (int f = 0; f < dimension; f++) {
      float number = target[from + f];
      if (!Float.isFinite(number)) {
        long at = source.offset() - numbers.capacity() + (long) f * Float.BYTES;
        throw problem(Codes.NUMBER, at, "found " + number + ", expected a finite number");
      }
    }
  }

  /** The numbers of the row, in the other byte order if asked for, whatever they are. */
  void raw(float[] target, boolean swapped) {
    ByteOrder order = swapped ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    numbers.duplicate().order(order).asFloatBuffer().get(target);
  }

  @Override
  Location place(int index) {
    return Location.of(source.name() + ", byte " + (start + index));
  }

  @Override
  String notUtf8() {
    return "get the file again; word2vec cuts words after 100 bytes, which can split a character";
  }

  private SluiceException cutOff(String in) {
    return SluiceException.usage(
        Codes.CUT_OFF,
        Location.of(source.name()),
        "the file ends at byte %d in the middle of %s".formatted(source.offset(), in),
        "get the file again, or correct the dimension in its first line");
  }

  private SluiceException problem(String code, long at, String what) {
    return SluiceException.usage(
        code,
        Location.of(source.name() + ", byte " + at),
        what,
        "get the file again, or correct the dimension in its first line");
  }
}
