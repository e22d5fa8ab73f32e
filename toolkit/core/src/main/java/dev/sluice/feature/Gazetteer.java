package dev.sluice.feature;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.feature.PhraseTrie.Categories;
import dev.sluice.label.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A list of known phrases with their types, such as cities and airlines, and where they stand in a sentence. Immutable and safe for many
 * threads.
 *
 * <p>Tokens are compared by their surface forms, with or without regard to case. From left to right the longest phrase that begins at a
 * token is taken and the search goes on behind it, so matches never overlap. Time is linear in the length of the sentence times that of
 * the longest phrase.
 */
public final class Gazetteer {
  /** The type of a phrase that is listed without one. */
  public static final String UNTYPED = "entry";

  /** The category of a token outside of every match. */
  public static final String OUTSIDE = "O";

  private final SortedMap<String, String> phrases;
  private final boolean ignoreCase;
  private final PhraseTrie trie;

  Gazetteer(Phrases phrases, boolean ignoreCase) {
    if (phrases.types().isEmpty()) throw new IllegalArgumentException("a gazetteer needs a phrase");
    this.phrases = phrases.types();
    this.ignoreCase = ignoreCase;
    this.trie = new PhraseTrie(this.phrases, ignoreCase);
  }

  /**
   * A gazetteer of these phrases.
   *
   * @param types the type by phrase; a phrase is split at blanks, several types are joined by {@code |}
   * @param ignoreCase whether Bonn, bonn and BONN are the same
   * @throws IllegalArgumentException when there is no phrase, or a phrase or type is empty, longer than 1,000 characters or no valid
   *     Unicode
   */
  public static Gazetteer of(Map<String, String> types, boolean ignoreCase) {
    Phrases phrases = new Phrases();
    types.forEach(phrases::add);
    return new Gazetteer(phrases, ignoreCase);
  }

  /**
   * Reads a UTF-8 text file: a phrase per line, split at blanks into tokens as the data has them, and behind one tab its type.
   *
   * <pre>
   *   # cities
   *   Bonn             an entry without a type has the type "entry"
   *   New York⇥city
   *   New York⇥state   a phrase with several types has the type city|state, sorted and joined
   * </pre>
   *
   * Blank lines and lines that begin with # are skipped; blanks around phrases and types do not matter.
   *
   * @param ignoreCase whether Bonn, bonn and BONN are the same
   * @throws SluiceException GAZ-001 no phrase before a tab, GAZ-002 no type, GAZ-003 more than one tab, GAZ-004 no UTF-8 text, GAZ-005 no
   *     entry, GAZ-006 a phrase or type of more than 1,000 characters; DAT-005 and IOX-002 when the file is not there or cannot be read
   */
  public static Gazetteer read(Path file, boolean ignoreCase) {
    return new Gazetteer(GazetteerFile.read(file), ignoreCase);
  }

  /**
   * Looks whether a file is there and its first line can be read, without reading the rest.
   *
   * @throws SluiceException DAT-005 and IOX-002 when it is not there or cannot be read
   */
  public static void requireReadable(Path file) {
    GazetteerFile.requireReadable(file);
  }

  /** Where phrases stand in a sentence, in order; a span's type is the type of its phrase. */
  public List<Span> matches(List<String> tokens) {
    List<Span> matches = new ArrayList<>();
    trie.match(tokens, (start, end, of) -> matches.add(new Span(of.type(), start, end)));
    return matches;
  }

  /**
   * A category for each token of a sentence: {@code O} outside of matches, {@code S-city} for a match of one token, else {@code B-city},
   * {@code I-city} and {@code E-city} for its first, inner and last tokens.
   */
  public List<String> categories(List<String> tokens) {
    String[] categories = new String[tokens.size()];
    Arrays.fill(categories, OUTSIDE);
    trie.match(tokens, (start, end, of) -> mark(categories, start, end, of));
    return List.of(categories);
  }

  private static void mark(String[] categories, int start, int end, Categories of) {
    for (int i = start; i < end; i++) categories[i] = of.at(i - start, end - start);
  }

  /** The number of different phrases, told apart as {@link #form} does. */
  public int size() {
    return trie.size();
  }

  /** The number of tokens of the longest phrase. */
  public int longest() {
    return phrases.keySet().stream().mapToInt(p -> Phrases.tokens(p).size()).max().orElseThrow();
  }

  /** The type of each phrase, sorted by phrase; several types are joined by {@code |}. */
  public SortedMap<String, String> phrases() {
    return Collections.unmodifiableSortedMap(phrases);
  }

  /** Whether Bonn, bonn and BONN are the same. */
  public boolean ignoresCase() {
    return ignoreCase;
  }

  /** What tokens are compared by, joined by blanks: their surface forms, or the same for every spelling when case makes no difference. */
  public String form(List<String> tokens) {
    return trie.form(tokens);
  }

  /** The gazetteer as it stands in a model file; equal gazetteers give equal bytes. */
  public byte[] toBytes() {
    return GazetteerBytes.write(phrases, ignoreCase);
  }

  /**
   * The gazetteer that gave these bytes.
   *
   * @param where the part of the model file, for messages
   * @throws SluiceException MOD-121 to MOD-126: cut off, damaged, or not in order
   */
  public static Gazetteer fromBytes(byte[] bytes, Location where) {
    return GazetteerBytes.read(bytes, where);
  }
}
