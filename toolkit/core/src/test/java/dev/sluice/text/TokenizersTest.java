package dev.sluice.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizersTest {
  private static final List<String> NAMES =
      List.of(
          "whitespace",
          "simple",
          "opennlp:en",
          "opennlp:de",
          "character",
          "break-iterator",
          "break-iterator:th");

  private static final Map<String, Tokenizer> TOKENIZERS =
      NAMES.stream().collect(Collectors.toMap(name -> name, Tokenizers::of));

  private static List<String> words(String name, String text) {
    return words(TOKENIZERS.get(name), text);
  }

  private static List<String> words(Tokenizer tokenizer, String text) {
    return tokenizer.tokenize(text).stream().map(Token::text).toList();
  }

  private static String message(String name) {
    return assertThrows(
            SluiceException.class,
            () -> Tokenizers.of(name, Path.of(""), new Location("a.yaml", 3, 14)))
        .getMessage();
  }

  @Test
  void everyTokenizerCutsAPlainSentenceInItsWay() {
    String text = "Flights to St. Louis, please!";
    assertAll(
        () ->
            assertEquals(
                List.of("Flights", "to", "St.", "Louis,", "please!"), words("whitespace", text)),
        () ->
            assertEquals(
                List.of("Flights", "to", "St", ".", "Louis", ",", "please", "!"),
                words("simple", text)),
        () ->
            assertEquals(
                List.of("Flights", "to", "St.", "Louis", ",", "please", "!"),
                words("opennlp:en", text)),
        () ->
            assertEquals(
                List.of("Flights", "to", "St", ".", "Louis", ",", "please", "!"),
                words("break-iterator", text)),
        () -> assertEquals(List.of("a", "b", "!"), words("character", "a b!")),
        () ->
            assertEquals(
                List.of("Wir", "fahren", "z.B.", "nach", "Köln", "."),
                words("opennlp:de", "Wir fahren z.B. nach Köln.")));
  }

  @Test
  void chineseIsCutIntoCharactersWithTheirOffsets() {
    assertEquals(
        List.of(new Token("去", 0, 1), new Token("北", 1, 2), new Token("京", 3, 4)),
        Tokenizers.of("character").tokenize("去北 京"));
  }

  /** A family of three is eleven code units and one character; so are a flag, a key cap and a letter with marks. */
  @Test
  void noTokenizerCutsThroughWhatReadersTakeForOneCharacter() {
    for (String one :
        List.of("👨‍👩‍👧", "🇩🇪", "1️⃣", "👍🏽", "e\u0301", "𝔘", "각", "x\u0300\u0323")) {
      for (String name : NAMES) assertEquals(List.of(one), words(name, " " + one + "\n"), name);
    }
    assertEquals(List.of("e\u0301", "a"), words("character", "e\u0301a"));
    assertEquals(List.of("cafe\u0301", "!"), words("simple", "cafe\u0301!"));
    assertEquals(List.of("ok", "😀", "👍🏽"), words("simple", "ok😀👍🏽"));
  }

  @Test
  void nothingVisibleMeansNoTokens() {
    for (String name : NAMES) {
      for (String text :
          List.of("", " ", "\n\r\n\t", "\u00A0\u3000\u2028", "\u200B", "\uFEFF", "\0")) {
        assertEquals(List.of(), words(name, text), name);
      }
    }
  }

  @Test
  void tokensOfAnyTextLieInOrderWithinItAndCoverAllThatIsVisible() {
    Random seeds = new Random(20261121);
    for (int round = 0; round < 150; round++) {
      long seed = seeds.nextLong();
      String text = NastyText.random(new Random(seed));
      for (String name : NAMES) checkCover(text, TOKENIZERS.get(name), name + ", seed " + seed);
    }
  }

  private static void checkCover(String text, Tokenizer tokenizer, String what) {
    BitSet covered = new BitSet();
    int last = 0;
    for (Token token : tokenizer.tokenize(text)) {
      assertTrue(token.start() >= last, what);
      assertEquals(text.substring(token.start(), token.end()), token.text(), what);
      assertTrue(wholeCodePoint(text, token.start()) && wholeCodePoint(text, token.end()), what);
      assertTrue(Characters.anyVisible(token.text(), 0, token.text().length()), what);
      assertEquals(token.text().strip(), token.text(), what);
      covered.set(token.start(), last = token.end());
    }
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      assertTrue(covered.get(i) || !Characters.isVisible(text.codePointAt(i)), what + " at " + i);
    }
  }

  private static boolean wholeCodePoint(String text, int at) {
    return at == 0
        || at == text.length()
        || !Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  /** Work that grew with the square of the length would not end within the limit. */
  @ParameterizedTest
  @ValueSource(strings = {"\u0301", "a", "a\u0301", "中", "😀", "\u200D", "🇩", "a.", "ไ"})
  @Timeout(20)
  void veryLongRunsTakeLinearTime(String part) {
    String text = "x " + part.repeat(20_000) + " y";
    for (String name : NAMES) checkCover(text, TOKENIZERS.get(name), name);
  }

  @Test
  void aRunTooLongForTheModelIsLeftToTheSimpleTokenizerAndTheRestIsNot() {
    String run = "ab1".repeat(400);
    List<String> words = words("opennlp:en", "St. Louis, " + run + " it's Paris.");
    assertEquals(List.of("St.", "Louis", ","), words.subList(0, 3));
    assertEquals(3 + 800 + 3, words.size());
    assertEquals(List.of("Paris", "."), words.subList(words.size() - 2, words.size()));
    assertEquals(words("simple", run), words.subList(3, 803));
  }

  @Test
  void theLocaleOfTheMachineChangesNothing() {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>(List.of("TITLE I İ ı 12 ١٢"));
    for (int i = 0; i < 20; i++) texts.add(NastyText.random(random));
    Locale before = Locale.getDefault();
    try {
      for (String name : NAMES) {
        Locale.setDefault(Locale.ROOT);
        List<List<String>> expected = texts.stream().map(text -> words(name, text)).toList();
        for (String tag : List.of("tr-TR", "ar-EG", "th-TH-u-ca-buddhist", "hi-IN-u-nu-deva")) {
          Locale.setDefault(Locale.forLanguageTag(tag));
          Tokenizer abroad = Tokenizers.of(name);
          assertEquals(expected, texts.stream().map(text -> words(abroad, text)).toList(), tag);
        }
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void eightThreadsShareATokenizerAndGetWhatOneGets() throws Exception {
    Random random = new Random(8);
    List<String> texts = new ArrayList<>(List.of("Mr. O'Neil's flight to St. Louis, please!"));
    for (int i = 0; i < 60; i++) texts.add(NastyText.random(random));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (String name : NAMES) {
        Tokenizer tokenizer = TOKENIZERS.get(name);
        List<List<Token>> expected = texts.stream().map(tokenizer::tokenize).toList();
        Callable<List<List<Token>>> work = () -> texts.stream().map(tokenizer::tokenize).toList();
        List<Callable<List<List<Token>>>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) all.add(work);
        for (Future<List<List<Token>>> result : threads.invokeAll(all)) {
          assertEquals(expected, result.get(), name);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Simple, TOK-001",
    "opennlp, TOK-001",
    "'', TOK-001",
    "opennlp:zh, TOK-002",
    "opennlp:, TOK-002",
    "opennlp:fr, TOK-003",
    "no/such/file.bin, TOK-004",
    "break-iterator:, TOK-009",
    "break-iterator:klingon, TOK-009",
    "break-iterator:x_y, TOK-009",
  })
  void aNameThatDoesNotWorkHasItsOwnCode(String name, String code) {
    assertTrue(message(name).startsWith("error[" + code + "]"), message(name));
  }

  @Test
  void messagesPointAtTheConfigAndNameTheWayOut() {
    assertTrue(
        message("simpel\u200B").startsWith("error[TOK-001] a.yaml:3:14: \"simpel\\u200b\" is"));
    assertTrue(message("a\0.bin").startsWith("error[TOK-001] a.yaml:3:14: \"a\\u0000.bin\" is"));
    assertTrue(message("opennlp:zh").contains("use one of af, bg, ca, "));
    assertTrue(
        message("opennlp:fr")
            .endsWith(
                "Fix: add the Maven dependency org.apache.opennlp:opennlp-models-tokenizer-fr:1.3.0"));
  }
}
