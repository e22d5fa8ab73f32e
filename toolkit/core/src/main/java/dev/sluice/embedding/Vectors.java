package dev.sluice.embedding;

import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.Vocabulary.Lookup;
import dev.sluice.vocabulary.Vocabulary.Step;
import dev.sluice.vocabulary.WordForms;

/**
 * Words and their pretrained vectors. The words stand by code point, so the order of the file makes no difference; ids count from 1, and
 * {@link Vocabulary#UNKNOWN} is every word without a vector, which has no row. Immutable and safe for many threads.
 */
public final class Vectors {
  private static final char HASH = '#';

  private final Vocabulary words;
  private final int dimension;
  private final float[] values;

  private Vectors(Vocabulary words, int dimension, float[] values) {
    this.words = words;
    this.dimension = dimension;
    this.values = values;
  }

  /**
   * Vectors of these words.
   *
   * @param words from {@link Vocabulary#ofWords}
   * @param dimension the numbers of each word, at least 1
   * @param values [words, dimension] by id, finite; not copied, and not to be changed afterwards
   */
  public static Vectors of(Vocabulary words, int dimension, float[] values) {
    if (dimension < 1 || (words.size() - 1L) * dimension != values.length) {
      throw new IllegalArgumentException(
          "%d numbers for %d words of dimension %d"
              .formatted(values.length, words.size() - 1, dimension));
    }
    return new Vectors(words, dimension, values);
  }

  /** The number of words. */
  public int size() {
    return words.size() - 1;
  }

  /** The numbers of each word. */
  public int dimension() {
    return dimension;
  }

  /** The words with their ids; their counts mean nothing. */
  public Vocabulary words() {
    return words;
  }

  /** The numbers, [size, dimension] by id, without padding; not copied, and not to be changed. */
  public float[] values() {
    return values;
  }

  /**
   * The id of a normalised word and the form in which it was found, by the steps of {@link Vocabulary#lookup}: as it is, in lower case,
   * in lower case with 0 for every digit, and also, as some files have it, with # for every digit, which counts as {@link Step#DIGITS}.
   */
  public Lookup lookup(String word) {
    return lookup(words, word);
  }

  /** The same among the words of vectors whose numbers are elsewhere. */
  public static Lookup lookup(Vocabulary words, String word) {
    Lookup found = words.lookup(word);
    if (found.step() != Step.UNKNOWN) return found;
    int id = words.exactId(WordForms.maskDigits(WordForms.lower(word), HASH));
    return id == Vocabulary.UNKNOWN ? found : new Lookup(id, Step.DIGITS);
  }

  /** The forms that {@link #lookup} tries, in its order. */
  static String[] forms(String word) {
    String lower = WordForms.lower(word);
    return new String[] {
      word, lower, WordForms.maskDigits(lower, '0'), WordForms.maskDigits(lower, HASH)
    };
  }
}
