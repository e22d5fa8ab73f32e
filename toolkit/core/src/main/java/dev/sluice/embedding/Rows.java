package dev.sluice.embedding;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The words of a file with their numbers, one after the other. Memory is bounded by the longest line, whatever the file holds. */
abstract class Rows implements Closeable {
  final ByteSource source;
  final int dimension;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private CharBuffer characters = CharBuffer.allocate(64);

  Rows(ByteSource source, int dimension) {
    this.source = source;
    this.dimension = dimension;
  }

  /**
   * Goes on to the next row.
   *
   * @return false at the end of the file
   * @throws SluiceException when there is no row, or it is no word with as many numbers as the dimension says
   */
  abstract boolean next();

  /**
   * The word of the row.
   *
   * @throws SluiceException EMB-007 when it is no UTF-8
   */
  abstract String word();

  /**
   * Writes the numbers of the row to an array.
   *
   * @throws SluiceException EMB-013 for one that is no plain, finite number
   */
  abstract void numbers(float[] target, int from);

  /** The place of a byte of the word, for messages. */
  abstract Location place(int index);

  /** The bytes taken so far, as {@link ByteSource#fileOffset}. */
  long fileOffset() {
    return source.fileOffset();
  }

  @Override
  public void close() {
    source.close();
  }

  /** Some bytes that {@link ByteSource#take} took, as text. */
  String decode(int from, int to) {
    if (characters.capacity() < to - from) characters = CharBuffer.allocate(2 * (to - from));
    ByteBuffer bytes = ByteBuffer.wrap(source.taken(), from, to - from);
    CoderResult result = decoder.reset().decode(bytes, characters.clear(), true);
    if (!result.isError()) return characters.flip().toString();
    int at = bytes.position();
    throw SluiceException.usage(
        Codes.NOT_UTF8,
        place(at),
        "%s is no UTF-8, in the word %s"
            .formatted(
                Shown.hex(source.taken(), at, Math.min(to, at + Math.max(1, result.length()))),
                Shown.of(source.taken(), from, to)),
        notUtf8());
  }

  /** The way out of a word that is no UTF-8. */
  abstract String notUtf8();

  /** A header with another number of words than the file has. */
  SluiceException disagrees(Location where, long said, String found) {
    return SluiceException.usage(
        Codes.DISAGREES,
        where,
        "the header says %d words, %s".formatted(said, found),
        "get the file again, or correct its first line");
  }
}
