package dev.sluice.batch;

import java.util.Arrays;

/** A word letter by letter, as ids. Immutable; words of the same letters are equal. */
public final class Spelling {
  private final int[] letters;
  private final int hash;

  /**
   * A word.
   *
   * @param letters the id of each letter, at least one; not copied, and nobody writes to it
   */
  public Spelling(int... letters) {
    if (letters.length == 0) throw new IllegalArgumentException("a word needs a letter");
    this.letters = letters;
    hash = Arrays.hashCode(letters);
  }

  /** The number of letters. */
  public int length() {
    return letters.length;
  }

  /** The id of a letter. */
  public int letter(int at) {
    return letters[at];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spelling s && s.hash == hash && Arrays.equals(s.letters, letters);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
