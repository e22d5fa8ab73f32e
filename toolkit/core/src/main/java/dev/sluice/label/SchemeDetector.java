package dev.sluice.label;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the scheme of tag sequences in one pass, in constant memory.
 *
 * <p>Every scheme gets a penalty: one for each move it does not allow, ten for each label it cannot read. The smallest penalty wins; at a
 * tie the commoner scheme. Labels are taken as plain when fewer than half of those other than {@code O} begin with the letter of a scheme.
 * A lower-case letter or an underscore counts as the mistake it is, so that a mistyped file is not taken for one of plain labels; a letter
 * alone counts as a plain label, as in many sets of parts of speech.
 */
public final class SchemeDetector {
  /** What a label costs that a scheme cannot read, in illegal moves. */
  private static final int FOREIGN = 10;

  /** Labels whose readings are remembered. */
  private static final int REMEMBERED = 10_000;

  /** Schemes with spans; of two with one penalty the first wins. */
  private static final List<TagScheme> CANDIDATES =
      List.of(
          TagScheme.IO,
          TagScheme.BIO,
          TagScheme.BIOES,
          TagScheme.BMES,
          TagScheme.BILOU,
          TagScheme.IOE2,
          TagScheme.IOB1,
          TagScheme.IOE1);

  /** What each candidate makes of the labels met so far, forgotten when there are too many of them. */
  private final Map<String, Tag[]> readings = new HashMap<>();

  private final long[] illegal = new long[CANDIDATES.size()];
  private final long[] foreign = new long[CANDIDATES.size()];
  private final long[] letters = new long[TagParser.LETTERS.length()];
  private long outside;
  private long prefixed;
  private long bare;
  private String bareExample = "";

  /** The scheme of all sequences together. */
  public static Detection detect(Iterable<? extends List<String>> sequences) {
    SchemeDetector detector = new SchemeDetector();
    sequences.forEach(detector::add);
    return detector.result();
  }

  /** Takes the tags of one more sentence into account. */
  public void add(List<String> tags) {
    if (readings.size() > REMEMBERED) readings.clear();
    for (String tag : tags) count(tag);
    for (int s = 0; s < illegal.length; s++) {
      TagScheme scheme = CANDIDATES.get(s);
      Tag previous = Tag.OUTSIDE;
      for (String label : tags) {
        Tag tag = readings.computeIfAbsent(label, SchemeDetector::read)[s];
        if (tag == null) foreign[s]++;
        else if (previous != null && scheme.violation(previous, tag) != null) illegal[s]++;
        previous = tag;
      }
      if (previous != null && scheme.violation(previous, Tag.OUTSIDE) != null) illegal[s]++;
    }
  }

  private void count(String label) {
    if (label.equals("O") || TagParser.isOutsideMistyped(label)) {
      outside++;
    } else if (label.length() > 1 && TagParser.looksPrefixed(label)) {
      prefixed++;
      if (TagParser.isPrefixed(label)) letters[TagParser.LETTERS.indexOf(label.charAt(0))]++;
    } else {
      bare++;
      bareExample = label;
    }
  }

  /** A label as each candidate reads it. */
  private static Tag[] read(String label) {
    return CANDIDATES.stream().map(scheme -> read(scheme, label)).toArray(Tag[]::new);
  }

  /** A label as a scheme reads it, mistyped prefixes forgiven; null when it is foreign to the scheme. */
  private static Tag read(TagScheme scheme, String label) {
    if (label.equals("O") || TagParser.isOutsideMistyped(label)) return Tag.OUTSIDE;
    if (label.length() < 3 || !TagParser.looksPrefixed(label)) return null;
    Role role = scheme.role(label.toUpperCase(Locale.ROOT).charAt(0));
    return role == null ? null : new Tag(role, label.substring(2));
  }

  /** The scheme that fits best what was added so far, and why; BIO when nothing but {@code O} was seen. */
  public Detection result() {
    if (prefixed + bare == 0)
      return new Detection(
          TagScheme.BIO,
          outside == 0
              ? "there are no labels to tell a scheme by"
              : "every label is O, which fits any scheme; BIO is the usual one");
    if (prefixed * 2 < prefixed + bare) return plain();
    int best = 0;
    for (int s = 1; s < illegal.length; s++) if (penalty(s) < penalty(best)) best = s;
    return new Detection(CANDIDATES.get(best), reason(best));
  }

  private long penalty(int candidate) {
    return illegal[candidate] + FOREIGN * foreign[candidate];
  }

  private Detection plain() {
    String reason = "labels such as \"" + bareExample + "\" have no prefix of a scheme";
    if (outside > 0)
      reason += "; if they are types of spans outside of which stands O, the scheme is io";
    return new Detection(TagScheme.PLAIN, reason);
  }

  private String reason(int best) {
    TagScheme scheme = CANDIDATES.get(best);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < letters.length; i++)
      if (letters[i] > 0) found.add(TagParser.LETTERS.charAt(i) + "- (" + letters[i] + ")");
    String prefixes =
        found.isEmpty()
            ? "labels have mistyped prefixes"
            : "labels have the prefixes " + join(found);
    StringBuilder reason = new StringBuilder(prefixes).append(", ").append(evidence(best));
    if (foreign[best] > 0)
      reason.append("; ").append(foreign[best]).append(" labels are none of ").append(scheme);
    return reason.toString();
  }

  /** What sets the best scheme apart from the one it is most easily taken for. */
  private String evidence(int best) {
    TagScheme scheme = CANDIDATES.get(best);
    String count = illegal[best] == 0 ? "no illegal move" : moves(best);
    return switch (scheme) {
      case IO ->
          "neighbours of one type form a span; if a B- may occur elsewhere, the scheme is iob1";
      case BIO -> count + " under BIO" + against(TagScheme.IOB1);
      case IOB1 -> count + " under IOB1" + against(TagScheme.BIO);
      case IOE1 -> count + " under IOE1" + against(TagScheme.IOE2);
      case IOE2 -> count + " under IOE2" + against(TagScheme.IOE1);
      case BIOES, BILOU, BMES, PLAIN -> count + " under " + scheme;
    };
  }

  private String against(TagScheme rival) {
    int candidate = CANDIDATES.indexOf(rival);
    return foreign[candidate] > 0 ? "" : " but " + moves(candidate) + " under " + rival;
  }

  private String moves(int candidate) {
    return illegal[candidate] + (illegal[candidate] == 1 ? " illegal move" : " illegal moves");
  }

  private static String join(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
