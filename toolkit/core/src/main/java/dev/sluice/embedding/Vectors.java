package dev.sluice.embedding;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.Vocabulary.Lookup;
import dev.sluice.vocabulary.Vocabulary.Step;
import dev.sluice.vocabulary.WordForms;
import java.util.Objects;

/**
 * Words and their pretrained vectors. The words stand by code point, so the order of the file makes no difference; ids count from 1, and
 * {@link Vocabulary#UNKNOWN} is every word without a vector, which has no row. Immutable and safe for many threads.
 *
 * <p>A model file keeps {@link #words()}{@code .toBytes()} and {@link #values()}, and {@link #fromBytes} makes the vectors of them again.
 */
public final class Vectors {
  private static final char HASH = '#';

  private final Vocabulary words;
  private final int dimension;
  private final float[] values;

  /**
   * Mean and standard deviation of all numbers together, from which vectors for other words may be drawn.
   *
   * @param mean the mean; 0 without words
   * @param deviation the standard deviation, of the whole population; 0 without words
   */
  public record Spread(double mean, double deviation) {}

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

  /**
   * The vectors that a model file keeps.
   *
   * @param words the bytes of the vocabulary
   * @param dimension the numbers of each word
   * @param values [words, dimension] by id, known to be finite; not copied, and not to be changed afterwards
   * @param where the part of the model file, for messages
   * @throws SluiceException MOD-101 to MOD-106: the words are damaged, or not as many as there are vectors
   */
  public static Vectors fromBytes(byte[] words, int dimension, float[] values, Location where) {
    Vocabulary vocabulary = Vocabulary.fromBytes(words, where);
    if (dimension < 1 || (vocabulary.size() - 1L) * dimension != values.length) {
      throw SluiceException.corrupt(
          "MOD-102",
          where,
          "%d words of dimension %d, but %d numbers"
              .formatted(vocabulary.size() - 1, dimension, values.length),
          "get the model file again");
    }
    return new Vectors(vocabulary, dimension, values);
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

  /** Where in {@link #values} the vector of an id from 1 to {@link #size} begins. */
  public int row(int id) {
    return Objects.checkIndex(id - 1, size()) * dimension;
  }

  /** The id of a normalised word, or {@link Vocabulary#UNKNOWN}. */
  public int id(String word) {
    return lookup(word).id();
  }

  /** The id of a normalised word, or {@link Vocabulary#UNKNOWN}; the step is counted. */
  public int id(String word, LookupCounts counts) {
    Lookup found = lookup(word);
    counts.add(found.step());
    return found.id();
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

  /** Mean and standard deviation of all numbers, summed up in the order of the ids; computed anew at each call. */
  public Spread spread() {
    if (values.length == 0) return new Spread(0, 0);
    double mean = 0, squares = 0;
    for (float x : values) mean += x;
    mean /= values.length;
    for (float x : values) squares += (x - mean) * (x - mean);
    return new Spread(mean, Math.sqrt(squares / values.length));
  }
}
