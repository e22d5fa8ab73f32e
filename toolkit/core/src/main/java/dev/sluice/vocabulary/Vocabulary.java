package dev.sluice.vocabulary;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The words that have a vector of their own, with ids from 1; id 0 stands for every other word. Words are kept exactly as they were
 * given to the {@link VocabularyBuilder}, which are the normalised forms of the training split, the frequent ones first, ties by code
 * point: the same text gives the same ids. Those of {@link #ofWords} come from elsewhere. Immutable and safe for many threads.
 *
 * <p>A word that is not there in this form is tried in simpler ones, down the steps of {@link Step}.
 */
public final class Vocabulary {
  /** The id of every word without a vector of its own. */
  public static final int UNKNOWN = 0;

  /** The form in which a word was found. */
  public enum Step {
    /** As it is. */
    EXACT,
    /** In lower case. */
    LOWER,
    /** In lower case, with 0 for every digit. */
    DIGITS,
    /** In none. */
    UNKNOWN
  }

  /**
   * What became of a word.
   *
   * @param id its id, or {@link Vocabulary#UNKNOWN}
   * @param step the form in which it was found
   */
  public record Lookup(int id, Step step) {
    private static final Lookup MISS = new Lookup(Vocabulary.UNKNOWN, Step.UNKNOWN);

    /** Checks that the parts agree. */
    public Lookup {
      Objects.requireNonNull(step, "step");
      if ((id == Vocabulary.UNKNOWN) != (step == Step.UNKNOWN))
        throw new IllegalArgumentException("id " + id + " by " + step);
    }
  }

  private final List<Entries.Entry> words; // the word of id i stands at i - 1
  private final Map<String, Integer> ids;

  private Vocabulary(List<Entries.Entry> words) {
    this.words = List.copyOf(words);
    this.ids = new HashMap<>(words.size() * 2);
    for (Entries.Entry word : words) ids.put(word.text(), ids.size() + 1);
  }

  /** The words that occur often enough. */
  static Vocabulary of(Map<String, Integer> counts, int minCount) {
    List<Entries.Entry> words = new ArrayList<>();
    counts.forEach(
        (word, count) -> {
          if (count >= minCount) words.add(new Entries.Entry(word, count));
        });
    words.sort(Vocabulary::order);
    return new Vocabulary(words);
  }

  /**
   * A vocabulary of given words, by code point. It has no counts: {@link #count} is 1 for each, and {@link #isSingleton} says nothing.
   *
   * @param words different ones, each of which {@link #canHold} accepts
   */
  public static Vocabulary ofWords(Collection<String> words) {
    List<Entries.Entry> entries = new ArrayList<>(words.size());
    for (String word : words) {
      if (!canHold(word)) throw new IllegalArgumentException("no word: " + word);
      entries.add(new Entries.Entry(word, 1));
    }
    entries.sort(Vocabulary::order);
    Vocabulary vocabulary = new Vocabulary(entries);
    if (vocabulary.ids.size() < entries.size()) {
      throw new IllegalArgumentException("a word is given twice");
    }
    return vocabulary;
  }

  /** Whether a word can be kept: not empty, at most 1,000 characters, valid Unicode. */
  public static boolean canHold(String word) {
    return Entries.canHold(word);
  }

  private static int order(Entries.Entry a, Entries.Entry b) {
    int byCount = Integer.compare(b.number(), a.number());
    return byCount != 0 ? byCount : CodePointOrder.compare(a.text(), b.text());
  }

  /** The number of ids: the words and the unknown one. */
  public int size() {
    return words.size() + 1;
  }

  /** The word of an id from 1 to {@link #size} - 1; the unknown word has no text. */
  public String word(int id) {
    return words.get(Objects.checkIndex(id - 1, words.size())).text();
  }

  /** How often the word of an id from 1 to {@link #size} - 1 occurred in the training split. */
  public int count(int id) {
    return words.get(Objects.checkIndex(id - 1, words.size())).number();
  }

  /** Whether it is the id of a word that occurred once: the ones that may be shown as unknown in training. */
  public boolean isSingleton(int id) {
    return id != UNKNOWN && count(id) == 1;
  }

  /** The id of a normalised word, or {@link #UNKNOWN}. */
  public int id(String word) {
    return lookup(word).id();
  }

  /** The id of a word that is there in this very form, or {@link #UNKNOWN}. */
  public int exactId(String word) {
    return ids.getOrDefault(word, UNKNOWN);
  }

  /** The id of a normalised word, or {@link #UNKNOWN}; the step is counted. */
  public int id(String word, LookupCounts counts) {
    Lookup found = lookup(word);
    counts.add(found.step());
    return found.id();
  }

  /** The id of a normalised word and the form in which it was found. */
  public Lookup lookup(String word) {
    Integer id = ids.get(word);
    if (id != null) return new Lookup(id, Step.EXACT);
    String lower = WordForms.lower(word);
    id = ids.get(lower);
    if (id != null) return new Lookup(id, Step.LOWER);
    id = ids.get(WordForms.maskDigits(lower, '0'));
    return id == null ? Lookup.MISS : new Lookup(id, Step.DIGITS);
  }

  /** The vocabulary as it stands in a model file; equal vocabularies give equal bytes. */
  public byte[] toBytes() {
    return Entries.write(words);
  }

  /**
   * The vocabulary that gave these bytes.
   *
   * @param where the part of the model file, for messages
   * @throws SluiceException MOD-101 to MOD-106: cut off, damaged, or not in order
   */
  public static Vocabulary fromBytes(byte[] bytes, Location where) {
    List<Entries.Entry> words = Entries.read(bytes, where);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).number() == 0) {
        throw Entries.corrupt("MOD-102", where, "the word of id %d has count 0".formatted(i + 1));
      }
      if (i > 0 && order(words.get(i - 1), words.get(i)) >= 0) {
        throw Entries.corrupt(
            "MOD-106", where, "the words of ids %d and %d are not in order".formatted(i, i + 1));
      }
    }
    return new Vocabulary(words);
  }
}
