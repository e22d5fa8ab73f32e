package dev.sluice.embedding;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A file of pretrained word vectors. It is read twice: first the words, which says what is kept and how much memory that takes, and then
 * the numbers, straight to their place. So memory holds what is kept and a line, no more, and nothing is allocated for what a header says.
 *
 * <p>Every line is checked, also those of words that are not kept. Of words that stand twice the first is taken.
 */
public final class VectorFile {
  /** How many words at the beginning of the file are remembered, to be shown. */
  private static final int FIRST_WORDS = 200;

  private static final int ESTIMATE_ROWS = 10_000;

  /** The objects of a word besides its characters: the text, its entries in a set, a list and a map, and its id. */
  private static final long WORD = 200;

  private static final String OR_TRIMMED = ", or keep: trimmed";
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final String name;
  private final ByteSource.Opener opener;
  private final long fileSize;
  private final Layout layout;

  /**
   * What keeping all vectors takes.
   *
   * @param words the number of words
   * @param bytes the memory in bytes
   * @param exact whether the words were counted; if not, the first 10,000 were, and the size of the file tells the rest
   */
  public record Estimate(long words, long bytes, boolean exact) {}

  private VectorFile(String name, ByteSource.Opener opener, long fileSize, Format format) {
    this.name = name;
    this.opener = opener;
    this.fileSize = fileSize;
    this.layout = Layout.of(name, opener, format);
  }

  /**
   * Looks at the first lines of a file.
   *
   * @param file text or binary, perhaps packed with gzip, whatever its name
   * @param format {@link Format#AUTO} to tell it by these lines
   * @throws SluiceException EMB-001 no such file, EMB-002 not readable, EMB-003 something else, EMB-004 empty, EMB-005 to EMB-007 and
   *     EMB-010 to EMB-015 for what is wrong in these lines
   */
  public static VectorFile open(Path file, Format format) {
    return open(file.toString(), () -> Files.newInputStream(file), size(file), format);
  }

  /** The same for bytes from anywhere. */
  static VectorFile open(String name, ByteSource.Opener opener, long fileSize, Format format) {
    return new VectorFile(name, opener, fileSize, format);
  }

  private static long size(Path file) {
    Location where = Location.of(file.toString());
    if (!Files.exists(file)) {
      throw SluiceException.usage(
          Codes.MISSING,
          where,
          "no such file (looked at " + file.toAbsolutePath().normalize() + ")",
          "check the path, or get the vectors");
    }
    if (!Files.isRegularFile(file)) {
      throw SluiceException.usage(
          Codes.MISSING,
          where,
          "expected a file, which is read twice; found a folder, a pipe or a device",
          "name a file");
    }
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw SluiceException.io(
          Codes.NOT_READ, where, "the file could not be read (" + e + ")", "check the disk");
    }
  }

  /** The format, never {@link Format#AUTO}. */
  public Format format() {
    return layout.format();
  }

  /** The numbers of each word. */
  public int dimension() {
    return layout.dimension();
  }

  /**
   * What {@link #whole} would take, judged by at most 10,000 rows.
   *
   * @throws SluiceException as {@link #whole}
   */
  public Estimate estimate() {
    long rows = 0, bytes = 0;
    try (Rows reader = rows()) {
      while (rows < ESTIMATE_ROWS) {
        if (!reader.next()) return new Estimate(rows, bytes, true);
        rows++;
        bytes += bytes(1, reader.word().length());
      }
      double share = Math.max(1, (double) fileSize / Math.max(1, reader.fileOffset()));
      return new Estimate((long) (rows * share), (long) (bytes * share), false);
    }
  }

  private long bytes(long words, long characters) {
    return words * (WORD + (long) Float.BYTES * dimension()) + 2 * characters;
  }

  /**
   * Reads the vectors that some words can reach by {@link Vectors#lookup}; each of these words finds what it would find in the whole
   * file.
   *
   * @throws SluiceException EMB-001 to EMB-007 and EMB-010 to EMB-015 for what is wrong with the file, EMB-021 when what is kept does
   *     not fit into memory, EMB-023 when the file changes meanwhile
   */
  public LoadedVectors trimmed(Collection<String> wanted) {
    Set<String> forms = new HashSet<>();
    for (String word : wanted) forms.addAll(List.of(Vectors.forms(word)));
    Survey survey = survey(forms::contains, Long.MAX_VALUE); // the wanted words bound it
    Set<String> reached = new HashSet<>();
    for (String word : wanted) {
      for (String form : Vectors.forms(word)) {
        if (!survey.words.contains(form)) continue;
        reached.add(form);
        break;
      }
    }
    long characters = reached.stream().mapToLong(String::length).sum();
    requireRoom(estimate(reached.size(), characters), Runtime.getRuntime().maxMemory(), "");
    return load(survey, Vocabulary.ofWords(reached));
  }

  /**
   * Reads all vectors.
   *
   * @throws SluiceException as {@link #trimmed}; EMB-021 comes before anything is read when the {@link #estimate} is larger than the
   *     memory Java may use
   */
  public LoadedVectors whole() {
    return whole(Runtime.getRuntime().maxMemory());
  }

  LoadedVectors whole(long memory) {
    requireRoom(estimate(), memory, OR_TRIMMED);
    Survey survey = survey(word -> true, memory);
    requireRoom(estimate(survey.words.size(), survey.characters), memory, OR_TRIMMED);
    return load(survey, Vocabulary.ofWords(survey.words));
  }

  /** What the first reading found. */
  private static final class Survey {
    final Set<String> words = new HashSet<>();
    final List<String> first = new ArrayList<>();
    long rows;
    long characters;
    long duplicates;
    long tooLong;
  }

  /** Reads the words and remembers those that may be kept, as long as memory holds them with their vectors. */
  private Survey survey(Predicate<String> mayBeKept, long memory) {
    Survey survey = new Survey();
    try (Rows reader = rows()) {
      while (reader.next()) {
        survey.rows++;
        String word = reader.word();
        if (!Vocabulary.canHold(word)) {
          survey.tooLong++;
          continue;
        }
        if (survey.first.size() < FIRST_WORDS) survey.first.add(word);
        if (!mayBeKept.test(word)) continue;
        if (!survey.words.add(word)) {
          survey.duplicates++;
          continue;
        }
        survey.characters += word.length();
        int size = survey.words.size();
        if (size % ESTIMATE_ROWS == 0) {
          requireRoom(estimate(size, survey.characters), memory, OR_TRIMMED);
        }
      }
    }
    if (survey.rows == 0) throw Layout.empty(name);
    return survey;
  }

  private Estimate estimate(long words, long characters) {
    return new Estimate(words, bytes(words, characters), true);
  }

  private void requireRoom(Estimate needed, long memory, String otherwise) {
    double gigabytes = needed.bytes / (double) (1 << 30);
    boolean fitsAnArray = needed.words <= LONGEST_ARRAY / dimension();
    if (needed.bytes <= memory && fitsAnArray) return;
    String most =
        fitsAnArray
            ? "Java may use %s".formatted(gigabytes(memory))
            : "one array of Java holds at most 8.0 GB";
    int heap = (int) Math.ceil(gigabytes * 1.1 + 0.25);
    String fix = fitsAnArray ? "start Java with -Xmx" + heap + "g" + otherwise : "keep: trimmed";
    throw SluiceException.io(
        Codes.MEMORY,
        Location.of(name),
        String.format(
            Locale.ROOT,
            "%s%,d words with %d numbers each need about %s, %s",
            needed.exact ? "" : "about ",
            needed.words,
            dimension(),
            gigabytes(needed.bytes),
            most),
        fix);
  }

  private static String gigabytes(long bytes) {
    boolean small = bytes < 100L << 20;
    return String.format(
        Locale.ROOT, small ? "%.1f MB" : "%.1f GB", bytes / (double) (small ? 1 << 20 : 1 << 30));
  }

  /** Reads the numbers to their places. */
  private LoadedVectors load(Survey survey, Vocabulary words) {
    int size = words.size() - 1, dimension = dimension();
    float[] values = new float[Math.multiplyExact(size, dimension)];
    float[] aside = new float[dimension];
    BitSet filled = new BitSet(size);
    long rows = 0;
    try (Rows reader = rows()) {
      for (; reader.next(); rows++) {
        int id = words.exactId(reader.word());
        if (id == Vocabulary.UNKNOWN || filled.get(id - 1)) {
          reader.numbers(aside, 0);
        } else {
          filled.set(id - 1);
          reader.numbers(values, (id - 1) * dimension);
        }
      }
    }
    if (rows != survey.rows || filled.cardinality() < size) {
      throw SluiceException.io(
          Codes.CHANGED,
          Location.of(name),
          "the file changed while it was read: %d rows, then %d".formatted(survey.rows, rows),
          "wait until it is complete, and try again");
    }
    return new LoadedVectors(
        name,
        Vectors.of(words, dimension, values),
        rows,
        survey.duplicates,
        survey.tooLong,
        survey.first);
  }

  private Rows rows() {
    return layout.rows(ByteSource.open(name, opener));
  }
}
