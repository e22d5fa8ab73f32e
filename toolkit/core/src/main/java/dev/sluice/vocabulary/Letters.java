package dev.sluice.vocabulary;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;

/**
 * The letters of words as ids: code points of the training split, and a mark at the begin and end of a word, so that an encoder can tell a prefix from a suffix. Letters that
 * were not seen are {@link Vocabulary#UNKNOWN}. Immutable and safe for many threads.
 */
public final class Letters {
  private final Vocabulary known;

  /** Letters counted as words of one code point each. */
  public Letters(Vocabulary known) {
    this.known = known;
  }

  /** The number of ids: known letters, the unknown one, and the two marks. */
  public int size() {
    return known.size() + 2;
  }

  /** The letters without the marks. */
  public Vocabulary known() {
    return known;
  }

  /** A word letter by letter between the two marks. */
  public int[] ids(String word) {
    int n = word.codePointCount(0, word.length());
    int[] ids = new int[n + 2];
    ids[0] = known.size();
    ids[n + 1] = known.size() + 1;
    for (int i = 0, at = 0; i < n; i++) {
      int letter = word.codePointAt(at);
      ids[i + 1] = known.id(Character.toString(letter));
      at += Character.charCount(letter);
    }
    return ids;
  }

  /** The letters as they stand in a model file. */
  public byte[] toBytes() {
    return known.toBytes();
  }

  /**
   * The letters that gave these bytes.
   *
   * @param where the part of the model file, for messages
   * @throws SluiceException MOD-101 to MOD-107: cut off, damaged, not in order, or not single letters
   */
  public static Letters fromBytes(byte[] bytes, Location where) {
    Vocabulary known = Vocabulary.fromBytes(bytes, where);
    for (int id = 1; id < known.size(); id++) {
      String letter = known.word(id);
      if (letter.codePointCount(0, letter.length()) != 1)
        throw Entries.corrupt("MOD-107", where, "the entry of id " + id + " is no single letter");
    }
    return new Letters(known);
  }
}
