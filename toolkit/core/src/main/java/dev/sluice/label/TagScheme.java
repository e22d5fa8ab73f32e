package dev.sluice.label;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A way to spell spans as a tag per token. A tag is a prefix letter, a hyphen and a type; types may hold hyphens of their own.
 * {@code O} is outside of every span.
 *
 * <p>A sequence is always read by the rules of its own scheme: what ends a span in one of them may be a mistake in another. Sources:
 * Ramshaw and Marcus 1995 (IOB1), Tjong Kim Sang and Veenstra 1999 (IOB2, IOE1, IOE2), Ratinov and Roth 2009 (BILOU).
 */
public enum TagScheme {
  /** A type per token, with or without {@code I-} before it; neighbours of one type are one span. */
  IO("-I--"),
  /** B begins, I continues; also called IOB2. */
  BIO("BI--"),
  /** I begins and continues, B only begins a span right behind another one of its type. */
  IOB1("BI--"),
  /** I begins and continues, E only ends a span right before another one of its type. */
  IOE1("-IE-"),
  /** I begins and continues, E ends every span. */
  IOE2("-IE-"),
  /** B, I and E for spans of several tokens, S for a single one; also called IOBES. */
  BIOES("BIES"),
  /** The same with L for the last and U for a unit. */
  BILOU("BILU"),
  /** The same as BIOES with M for the middle, usual for Chinese. */
  BMES("BMES"),
  /** Labels without structure, as in part-of-speech tagging: there are no spans, every label is compared by itself. */
  PLAIN("----");

  private static final List<Role> ROLES = List.of(Role.BEGIN, Role.INSIDE, Role.END, Role.SINGLE);

  /** The letters of {@link #ROLES}, a hyphen where there is none. */
  private final String letters;

  TagScheme(String letters) {
    this.letters = letters;
  }

  /** The scheme of a name in any case, the usual second names among them: IOB2, IOBES, BIOLU, IOE and raw. */
  public static Optional<TagScheme> named(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "IOB2", "IOB" -> Optional.of(BIO);
      case "IOBES" -> Optional.of(BIOES);
      case "BIOLU" -> Optional.of(BILOU);
      case "IOE" -> Optional.of(IOE2);
      case "RAW" -> Optional.of(PLAIN);
      default -> {
        for (TagScheme scheme : values())
          if (scheme.name().equals(upper)) yield Optional.of(scheme);
        yield Optional.empty();
      }
    };
  }

  /** Whether labels spell spans at all: false only for {@link #PLAIN}. */
  public boolean hasSpans() {
    return this != PLAIN;
  }

  /** The labels that the scheme knows, such as {@code O, B-TYPE or I-TYPE}. */
  public String grammar() {
    if (this == PLAIN) return "any label";
    StringBuilder text = new StringBuilder("O");
    String known = letters.replace("-", "");
    for (int i = 0; i < known.length(); i++)
      text.append(i == known.length() - 1 ? " or " : ", ").append(known.charAt(i)).append("-TYPE");
    return text.toString();
  }

  /**
   * Reads the spans of one sentence. Neighbouring tokens lie in one span when the first has a letter after which a span may go on, the
   * second a letter that may continue one, and both have the same type.
   *
   * @param tags a tag per token
   * @param repair what is done when the scheme does not allow the sequence
   * @return the spans, none for {@link #PLAIN}, and every illegal move
   * @throws LabelException for a label that the scheme does not know, and for an illegal move under {@link Repair#ERROR}
   */
  public Decoded decode(List<String> tags, Repair repair) {
    if (this == PLAIN) return new Decoded(List.of(), List.of(), List.of());
    SpanDecoder decoder = new SpanDecoder(this, tags);
    if (repair == Repair.ERROR && !decoder.violations().isEmpty())
      throw illegal(tags, decoder.violations().get(0));
    List<Span> wellFormed = decoder.wellFormed();
    return new Decoded(
        repair == Repair.DISCARD ? wellFormed : decoder.spans(), wellFormed, decoder.violations());
  }

  /** The spans of one sentence, repaired as in conlleval.pl where need be. */
  public List<Span> spans(List<String> tags) {
    return decode(tags, Repair.CONLLEVAL).spans();
  }

  /**
   * Spells spans.
   *
   * @param spans spans that do not overlap, in any order
   * @param size the number of tokens
   * @return a tag per token
   * @throws IllegalArgumentException when spans overlap, reach beyond the last token, or cannot be told apart in this scheme: neighbours
   *     of one type under {@link #IO}, and any span under {@link #PLAIN}
   */
  public List<String> encode(List<Span> spans, int size) {
    return SpanEncoder.encode(this, spans, size);
  }

  /**
   * The same spans in another scheme. Tags of the same scheme come back as they are unless they had to be repaired.
   *
   * @throws LabelException as {@link #decode} does
   * @throws IllegalArgumentException as {@link #encode} does, and between {@link #PLAIN} and a scheme with spans
   */
  public List<String> convert(List<String> tags, Repair repair, TagScheme target) {
    if (hasSpans() != target.hasSpans())
      throw new IllegalArgumentException(this + " cannot be converted to " + target);
    Decoded decoded = decode(tags, repair);
    if (this == target && decoded.violations().isEmpty()) return List.copyOf(tags);
    return target.encode(decoded.spans(), tags.size());
  }

  /**
   * Whether one tag may follow another.
   *
   * @param previous the tag before, null at the beginning of a sentence
   * @param next the tag behind it, null at the end of a sentence
   * @throws LabelException for a label that the scheme does not know
   */
  public boolean allowed(String previous, String next) {
    return this == PLAIN || violation(parse(previous), parse(next)) == null;
  }

  /**
   * Checks that the scheme can read a label.
   *
   * @throws LabelException with the nearest right label when it cannot
   */
  public void check(String label) {
    if (hasSpans()) TagParser.parse(this, label, 0);
  }

  private Tag parse(String labelOrBorder) {
    return labelOrBorder == null ? Tag.OUTSIDE : TagParser.parse(this, labelOrBorder, 0);
  }

  /** Whether every span ends with a letter that says so. */
  boolean marksEveryEnd() {
    return this == IOE2 || hasSingle();
  }

  /** Whether every span begins with a letter that says so. */
  boolean marksEveryBegin() {
    return this == BIO || hasSingle();
  }

  private boolean hasSingle() {
    return letters.charAt(3) != '-';
  }

  /** What a prefix letter says, or null when the scheme does not have it. */
  Role role(char letter) {
    int i = letter == '-' ? -1 : letters.indexOf(letter);
    return i < 0 ? null : ROLES.get(i);
  }

  /** The label of a token with this role. */
  String label(Role role, String type) {
    return letters.charAt(ROLES.indexOf(role)) + "-" + type;
  }

  /** What is wrong with a move, or null; a border counts as {@link Tag#OUTSIDE}. */
  Violation.Kind violation(Tag previous, Tag next) {
    if (previous.joins(next)) return null;
    return switch (this) {
      case IO, PLAIN -> null;
      case BIO -> next.role().mayBeContinuation() ? orphan(previous, next) : null;
      case IOB1 ->
          next.role() == Role.BEGIN && !previous.sameType(next) ? Violation.Kind.NEEDLESS : null;
      case IOE1 ->
          previous.role() == Role.END && !previous.sameType(next) ? Violation.Kind.NEEDLESS : null;
      case IOE2 -> previous.role().mayContinue() ? Violation.Kind.UNFINISHED : null;
      case BIOES, BILOU, BMES -> {
        if (next.role().mayBeContinuation()) yield orphan(previous, next);
        yield previous.role().mayContinue() ? Violation.Kind.UNFINISHED : null;
      }
    };
  }

  private static Violation.Kind orphan(Tag previous, Tag next) {
    return previous.role().mayContinue() ? Violation.Kind.TYPE_CHANGE : Violation.Kind.ORPHAN;
  }

  private LabelException illegal(List<String> tags, Violation first) {
    return new LabelException(
        LabelException.ILLEGAL,
        first.index(),
        tags.get(first.index()),
        first.message(this),
        "set data.repair to conlleval or discard, set data.scheme to the one that the file follows, or correct the line");
  }
}
