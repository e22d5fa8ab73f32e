package dev.sluice.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A scheme is right when another decoder agrees, when reading undoes spelling, and when allowed moves are those it spells. */
class TagSchemeTest {
  private static final long SEED = 20261121;

  /** 100,000 strings over the eight schemes. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void aSecondDecoderFindsTheSameSpans(TagScheme scheme) {
    RandomTags random = new RandomTags(SEED);
    for (int i = 0; i < 12_500; i++) {
      List<String> tags = random.tags(scheme);
      SecondDecoder expected = new SecondDecoder(scheme, tags);
      Decoded decoded = scheme.decode(tags, Repair.CONLLEVAL);
      assertEquals(expected.spans, decoded.spans(), () -> scheme + " " + tags);
      assertEquals(expected.wellFormed, decoded.wellFormed(), () -> scheme + " " + tags);
      assertEquals(expected.wellFormed, scheme.decode(tags, Repair.DISCARD).spans());
    }
  }

  /** A sequence is legal exactly when its spans are spelled with the very same tags. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void aSequenceIsLegalExactlyWhenItIsTheSpellingOfItsSpans(TagScheme scheme) {
    RandomTags random = new RandomTags(SEED + 1);
    for (int i = 0; i < 2500; i++) {
      List<String> tags = random.tags(scheme);
      Decoded decoded = scheme.decode(tags, Repair.CONLLEVAL);
      List<String> spelling = scheme.encode(decoded.spans(), tags.size());
      assertEquals(
          spelling.equals(tags), decoded.violations().isEmpty(), () -> scheme + " " + tags);
      assertEquals(
          illegalMoves(scheme, tags), decoded.violations().size(), () -> scheme + " " + tags);
    }
  }

  private static int illegalMoves(TagScheme scheme, List<String> tags) {
    List<String> withBorders = new ArrayList<>(tags);
    withBorders.add(0, null);
    withBorders.add(null);
    int count = 0;
    for (int i = 1; i < withBorders.size(); i++)
      if (!scheme.allowed(withBorders.get(i - 1), withBorders.get(i))) count++;
    return count;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void readingUndoesSpelling(TagScheme scheme) {
    RandomTags random = new RandomTags(SEED + 2);
    for (int i = 0; i < 2500; i++) {
      int size = random.size();
      List<Span> spans = random.spans(size, scheme == TagScheme.IO);
      List<String> tags = scheme.encode(spans, size);
      Decoded decoded = scheme.decode(tags, Repair.ERROR);
      assertEquals(spans, decoded.spans(), () -> scheme + " " + tags);
      assertEquals(spans, decoded.wellFormed(), () -> scheme + " " + tags);
    }
  }

  @Test
  void conversionsKeepTheSpans() {
    RandomTags random = new RandomTags(SEED + 3);
    for (TagScheme from : RandomTags.SPAN_SCHEMES) {
      for (TagScheme to : RandomTags.SPAN_SCHEMES) {
        for (int i = 0; i < 50; i++) {
          int size = random.size();
          List<Span> spans = random.spans(size, from == TagScheme.IO || to == TagScheme.IO);
          List<String> tags = from.encode(spans, size);
          assertEquals(
              spans, to.spans(from.convert(tags, Repair.ERROR, to)), () -> from + " " + tags);
        }
      }
    }
  }

  @Test
  void everySchemeSpellsNeighboursInItsOwnWay() {
    List<Span> spans = List.of(new Span("X", 0, 3), new Span("X", 3, 4), new Span("Y", 5, 7));
    assertEquals("B-X I-X I-X B-X O B-Y I-Y", spelled(TagScheme.BIO, spans));
    assertEquals("I-X I-X I-X B-X O I-Y I-Y", spelled(TagScheme.IOB1, spans));
    assertEquals("I-X I-X E-X I-X O I-Y I-Y", spelled(TagScheme.IOE1, spans));
    assertEquals("I-X I-X E-X E-X O I-Y E-Y", spelled(TagScheme.IOE2, spans));
    assertEquals("B-X I-X E-X S-X O B-Y E-Y", spelled(TagScheme.BIOES, spans));
    assertEquals("B-X I-X L-X U-X O B-Y L-Y", spelled(TagScheme.BILOU, spans));
    assertEquals("B-X M-X E-X S-X O B-Y E-Y", spelled(TagScheme.BMES, spans));
    assertThrows(IllegalArgumentException.class, () -> TagScheme.IO.encode(spans, 7));
    assertThrows(IllegalArgumentException.class, () -> TagScheme.PLAIN.encode(spans, 7));
    assertThrows(IllegalArgumentException.class, () -> TagScheme.BIO.encode(spans, 6));
  }

  private static String spelled(TagScheme scheme, List<Span> spans) {
    return String.join(" ", scheme.encode(spans, 7));
  }

  @Test
  void overlappingSpansAreRefused() {
    List<Span> spans = List.of(new Span("X", 2, 4), new Span("Y", 0, 3));
    assertThrows(IllegalArgumentException.class, () -> TagScheme.BIO.encode(spans, 4));
  }

  @Test
  void violationsTellKindTokenAndBothTags() {
    List<String> tags = List.of("I-X", "O", "B-X", "I-Y", "B-Z");
    assertEquals(
        List.of(
            new Violation(0, Violation.Kind.ORPHAN, null, "I-X"),
            new Violation(3, Violation.Kind.TYPE_CHANGE, "B-X", "I-Y")),
        TagScheme.BIO.decode(tags, Repair.CONLLEVAL).violations());
    List<String> open = List.of("B-X", "O", "B-X");
    assertEquals(
        List.of(
            new Violation(1, Violation.Kind.UNFINISHED, "B-X", "O"),
            new Violation(2, Violation.Kind.UNFINISHED, "B-X", null)),
        TagScheme.BIOES.decode(open, Repair.CONLLEVAL).violations());
    assertEquals(
        List.of(new Violation(1, Violation.Kind.NEEDLESS, "O", "B-X")),
        TagScheme.IOB1.decode(List.of("O", "B-X"), Repair.CONLLEVAL).violations());
    assertEquals(
        List.of(new Violation(0, Violation.Kind.NEEDLESS, "E-X", null)),
        TagScheme.IOE1.decode(List.of("E-X"), Repair.CONLLEVAL).violations());
  }

  @Test
  void errorRepairRefusesTheFirstIllegalMove() {
    LabelException e =
        assertThrows(
            LabelException.class,
            () -> TagScheme.BIO.decode(List.of("O", "B-date", "I-city"), Repair.ERROR));
    assertEquals(LabelException.ILLEGAL, e.code());
    assertEquals(2, e.index());
    assertEquals("\"I-city\" cannot follow \"B-date\" under BIO", e.what());
  }

  @ParameterizedTest
  @CsvSource({
    "BIO, B_PER, did you mean \"B-PER\"?",
    "BIO, b-PER, did you mean \"B-PER\"?",
    "BIO, PER-B, did you mean \"B-PER\"?",
    "BIO, B-, 'write the type behind the hyphen, such as B-PER'",
    "BIO, B, 'write the type behind the hyphen, such as B-PER'",
    "BIO, o, did you mean \"O\"?",
    "IO, o, did you mean \"O\"?",
    "IO, i-PER, did you mean \"I-PER\"?",
    "BIO, S-PER, 'set data.scheme to one with S-: bioes, bmes'",
    "IO, B-PER, 'set data.scheme to one with B-: bio, iob1, bioes, bilou, bmes'",
    "BIO, '', 'give every token a label, O outside of spans'",
    "BIO, -LRB-, 'write a prefix and a hyphen before it, or set data.scheme: io for types without a prefix, or data.scheme: plain for"
        + " labels without spans'"
  })
  void aMalformedLabelIsRefusedWithTheNearestRightOne(TagScheme scheme, String label, String fix) {
    LabelException e = assertThrows(LabelException.class, () -> scheme.spans(List.of("O", label)));
    assertEquals(LabelException.MALFORMED, e.code());
    assertEquals(1, e.index());
    assertEquals(label, e.label());
    assertEquals(fix, e.fix());
    assertTrue(e.what().contains(scheme.grammar()), e.what());
    assertThrows(LabelException.class, () -> scheme.check(label));
  }

  @Test
  void aHyphenInATypeBelongsToTheType() {
    assertEquals(
        List.of(new Span("A-B", 0, 2)), TagScheme.BIO.spans(List.of("B-A-B", "I-A-B", "O")));
  }

  @Test
  void typesWithoutPrefixAreSpansUnderIo() {
    assertEquals(
        List.of(new Span("PER", 0, 2), new Span("art-music", 2, 3)),
        TagScheme.IO.spans(List.of("PER", "I-PER", "art-music", "O")));
  }

  @Test
  void plainLabelsHaveNoSpansAndNoRules() {
    assertTrue(TagScheme.PLAIN.spans(List.of("NOUN", "B-")).isEmpty());
    assertTrue(TagScheme.PLAIN.allowed("b-PER", null));
    assertFalse(TagScheme.PLAIN.hasSpans());
  }

  @Test
  void usualSecondNamesAreKnown() {
    assertEquals(Optional.of(TagScheme.BIO), TagScheme.named("iob2"));
    assertEquals(Optional.of(TagScheme.BIOES), TagScheme.named("IOBES"));
    assertEquals(Optional.of(TagScheme.PLAIN), TagScheme.named("raw"));
    assertEquals(Optional.empty(), TagScheme.named("BILBO"));
    for (TagScheme scheme : TagScheme.values())
      assertEquals(Optional.of(scheme), TagScheme.named(scheme.name()));
  }

  @Test
  void theGrammarNamesEveryLabel() {
    assertEquals("O, B-TYPE or I-TYPE", TagScheme.BIO.grammar());
    assertEquals("O or I-TYPE", TagScheme.IO.grammar());
    assertEquals("O, B-TYPE, M-TYPE, E-TYPE or S-TYPE", TagScheme.BMES.grammar());
  }
}
