package dev.sluice.metric;

import dev.sluice.label.Repair;
import dev.sluice.label.TagScheme;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The counts and the output of conlleval.pl of 26 January 2004, byte for byte, for comparison with papers that quote it. Its chunks come from a table over two tags in a
 * row and their types, not from the grammar of a scheme, and its percentages are rounded as printf does; {@link Scores} does neither.
 *
 * <p>Tags of IOB1, IOB2 and IOE go into the table as they stand in the file, mistakes included: a lower-case {@code o} behind a chunk is a chunk without a type, which is
 * listed twice when both sides have it. Other schemes, which the table misreads, are read by their own grammar and spelled as IOB2 first; so is any scheme under another
 * repair than {@link Repair#CONLLEVAL}. Plain labels are taken as with the option -r: every label but {@code O} is a chunk of one token. Every sentence is followed by an
 * empty line. Sources: Tjong Kim Sang and Buchholz 2000 for the measure, observed behaviour of the program for the rest.
 *
 * <p>A chunk that never ends reaches into the next sentence, so sentences have to be added in the order of the file, and there is no merging.
 */
public final class Conlleval {
  /** A first column that conlleval.pl takes for the border of a sentence. */
  private static final String BORDER = "-X-";

  private static final Chunk OUTSIDE = new Chunk("O", "");

  private final Reading goldReading;
  private final Reading predictedReading;
  private final SortedMap<String, Long> inGold = new TreeMap<>(ClassicTable.BYTES);
  private final SortedMap<String, Long> found = new TreeMap<>(ClassicTable.BYTES);
  private final SortedMap<String, Long> correct = new TreeMap<>(ClassicTable.BYTES);
  private long tokens;
  private long rightTags;
  private Chunk lastGold = OUTSIDE;
  private Chunk lastFound = OUTSIDE;

  /** Whether a chunk is open that began on both sides at once with one type. */
  private boolean matching;

  /** A tag and the type behind its first hyphen; Perl takes the type 0 for false, and so for none. */
  private record Chunk(String tag, String type) {
    static Chunk of(String label) {
      int hyphen = label.indexOf('-');
      if (hyphen < 0) return new Chunk(label, "");
      String type = label.substring(hyphen + 1);
      return new Chunk(label.substring(0, hyphen), type.equals("0") ? "" : type);
    }

    private boolean isBracket() {
      return tag.equals("[") || tag.equals("]");
    }

    private boolean isOutside() {
      return tag.equals("O") || tag.equals(".");
    }

    /** Whether a chunk that holds this tag ends before the next one. */
    boolean endsBefore(Chunk next) {
      boolean byTags =
          switch (tag) {
            case "B", "I" -> next.tag.equals("B") || next.tag.equals("O");
            case "E" -> next.tag.equals("E") || next.tag.equals("I") || next.tag.equals("O");
            default -> isBracket();
          };
      return byTags || !isOutside() && !type.equals(next.type);
    }

    /** Whether a chunk begins with the next tag. */
    boolean beginsWith(Chunk next) {
      boolean byTags =
          switch (next.tag) {
            case "B" -> tag.equals("B") || tag.equals("I") || tag.equals("O");
            case "I", "E" -> tag.equals("E") || tag.equals("O");
            default -> next.isBracket();
          };
      return byTags || !next.isOutside() && !type.equals(next.type);
    }
  }

  /** Nothing counted yet. */
  public Conlleval(Reading gold, Reading predicted) {
    goldReading = gold;
    predictedReading = predicted;
  }

  /**
   * Adds a sentence.
   *
   * @param words its tokens; one that is {@code -X-} counts as an empty line
   * @param gold a tag per token
   * @param predicted a tag per token
   * @throws dev.sluice.label.LabelException when a tag of a scheme that has to be converted cannot be read
   */
  public void add(List<String> words, List<String> gold, List<String> predicted) {
    List<String> expected = spelled(goldReading, gold),
        given = spelled(predictedReading, predicted);
    for (int t = 0; t < words.size(); t++) {
      boolean border = words.get(t).equals(BORDER);
      if (border) step(OUTSIDE, OUTSIDE);
      else token(Chunk.of(expected.get(t)), Chunk.of(given.get(t)));
    }
    step(OUTSIDE, OUTSIDE);
  }

  /**
   * Adds lines that are no tokens but that conlleval.pl counts as such.
   *
   * @param count how many -DOCSTART- lines there are; both of their tags are taken to be {@code O}
   */
  public void addDocumentLines(long count) {
    tokens += count;
    rightTags += count;
  }

  /** The tags as they go into the table. */
  private static List<String> spelled(Reading reading, List<String> tags) {
    TagScheme scheme = reading.scheme();
    boolean lenient = reading.repair() == Repair.CONLLEVAL;
    return switch (scheme) {
      case PLAIN -> tags.stream().map(tag -> tag.equals("O") ? tag : "B-" + tag).toList();
      case BIO, IOB1, IOE1, IOE2 -> lenient ? tags : converted(reading, tags);
      case IO, BIOES, BILOU, BMES -> converted(reading, tags);
    };
  }

  private static List<String> converted(Reading reading, List<String> tags) {
    return TagScheme.BIO.encode(reading.decode(tags).spans(), tags.size());
  }

  private void token(Chunk gold, Chunk predicted) {
    step(gold, predicted);
    tokens++;
    if (gold.equals(predicted)) rightTags++;
  }

  private void step(Chunk gold, Chunk predicted) {
    boolean goldEnds = lastGold.endsBefore(gold), foundEnds = lastFound.endsBefore(predicted);
    if (matching && goldEnds && foundEnds && lastGold.type.equals(lastFound.type)) {
      matching = false;
      count(correct, lastGold.type);
    } else if (matching && (goldEnds != foundEnds || !gold.type.equals(predicted.type))) {
      matching = false;
    }
    boolean goldBegins = lastGold.beginsWith(gold), foundBegins = lastFound.beginsWith(predicted);
    if (goldBegins && foundBegins && gold.type.equals(predicted.type)) matching = true;
    if (goldBegins) count(inGold, gold.type);
    if (foundBegins) count(found, predicted.type);
    lastGold = gold;
    lastFound = predicted;
  }

  private static void count(SortedMap<String, Long> counts, String type) {
    counts.merge(type, 1L, Long::sum);
  }

  /** How many chunks are right, predicted though not gold, and gold though not predicted. */
  public Counts counts() {
    long hits = sum(correct) + (matching ? 1 : 0);
    return new Counts(hits, sum(found) - hits, sum(inGold) - hits);
  }

  private static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What conlleval.pl prints. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(ClassicTable.head(tokens, rightTags, counts()));
    SortedSet<String> types = new TreeSet<>(ClassicTable.BYTES);
    types.addAll(inGold.keySet());
    types.addAll(found.keySet());
    for (String type : types) {
      // an empty name is false too, and the program does not see that it has listed it already
      boolean twice = type.isEmpty() && inGold.containsKey(type) && found.containsKey(type);
      text.append(ClassicTable.line(type, counts(type)).repeat(twice ? 2 : 1));
    }
    return text.toString();
  }

  private Counts counts(String type) {
    boolean open = matching && lastGold.type.equals(type);
    long hits = correct.getOrDefault(type, 0L) + (open ? 1 : 0);
    return new Counts(
        hits, found.getOrDefault(type, 0L) - hits, inGold.getOrDefault(type, 0L) - hits);
  }
}
