package dev.sluice.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.label.Repair;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gazetteer finds in sentences, and what its file may hold. */
class GazetteerTest {
  private static final Gazetteer CITIES =
      Gazetteer.of(
          Map.of(
              "Bonn", "city",
              "New York", "city|state",
              "New York City Hall", "building",
              "York", "city",
              "Hall in Tirol", "city"),
          false);

  @TempDir Path folder;

  private static List<String> tokens(String sentence) {
    return List.of(sentence.split(" "));
  }

  private static String found(Gazetteer gazetteer, String sentence) {
    return String.join(" ", gazetteer.categories(tokens(sentence)));
  }

  @Test
  void theLongestPhraseIsTakenFromLeftToRight() {
    assertEquals("O S-city O", found(CITIES, "to Bonn now"));
    assertEquals("B-city|state E-city|state S-city", found(CITIES, "New York York"));
    assertEquals(
        "B-building I-building I-building E-building O O",
        found(CITIES, "New York City Hall in Tirol"));
    assertEquals("B-city|state E-city|state O O", found(CITIES, "New York City Tower"));
    assertEquals("O B-city|state E-city|state", found(CITIES, "New New York"));
    assertEquals("B-city I-city E-city", found(CITIES, "Hall in Tirol"));
    assertEquals("O O", found(CITIES, "Hall in"));
    assertEquals("O", found(CITIES, "bonn"));
    assertEquals(List.of(), CITIES.categories(List.of()));
    assertEquals(
        List.of(new Span("city|state", 1, 3), new Span("city", 3, 4)),
        CITIES.matches(tokens("in New York Bonn")));
  }

  @Test
  void withoutRegardToCaseEverySpellingIsFound() {
    Gazetteer gazetteer =
        Gazetteer.of(
            Map.of("Bonn", "city", "BONN", "capital", "Große Straße", "street", "ΟΔΟΣ", "word"),
            true);
    assertEquals("S-capital|city S-capital|city", found(gazetteer, "bonn BONN"));
    assertEquals("B-street E-street", found(gazetteer, "GROSSE STRASSE"));
    assertEquals("B-street E-street", found(gazetteer, "große STRAẞE"));
    assertEquals("S-word S-word", found(gazetteer, "οδος οδοσ"));
    assertEquals(3, gazetteer.size());
    assertEquals(gazetteer.form(tokens("Große STRASSE")), gazetteer.form(tokens("GROSSE straße")));
  }

  @Test
  void theFormForComparisonIsStable() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) continue;
      String once = PhraseTrie.fold(Character.toString(c));
      if (!once.equals(PhraseTrie.fold(once))) assertEquals(once, PhraseTrie.fold(once));
    }
  }

  @Test
  void anUntypedPhraseIsAnEntry() throws IOException {
    Gazetteer read = Gazetteer.read(file("# list\n\n  Bonn \nNew  York\n \t \n #x\nC# 5\n"), false);
    assertEquals("S-entry B-entry E-entry O", found(read, "Bonn New York x"));
    assertEquals("B-entry E-entry", found(read, "C# 5"));
    assertEquals(3, read.size());
    assertEquals("O", found(read, "BONN"));
  }

  @Test
  void aPhraseWithSeveralTypesHasThemAllSorted() throws IOException {
    Gazetteer read =
        Gazetteer.read(
            file("\ufeffNew York\tstate\r\nNew York \t city \rNew York\tstate\nBonn\tx | a\n"),
            false);
    assertEquals("B-city|state E-city|state S-a|x", found(read, "New York Bonn"));
  }

  @Test
  void everyMistakeOfAFileHasItsPlace() throws IOException {
    refused("Bonn\tcity\n\tcity\n", "GAZ-001", ":2:1", "no phrase found before the tab");
    refused("  \tcity\n", "GAZ-001", ":1:3", "no phrase found before the tab");
    refused("🚀 x\t\n", "GAZ-002", ":1:5", "the type behind the tab is empty");
    refused("a\tcity||state\n", "GAZ-002", ":1:3", "the type behind the tab is empty");
    refused("a\tb\tc\n", "GAZ-003", ":1:4", "a second tab found");
    refused("\t\tc\n", "GAZ-003", ":1:2", "a second tab found");
    refused("# only\n\n", "GAZ-005", "", "no entry found");
    refused("", "GAZ-005", "", "no entry found");
    refused("a\n" + "b".repeat(1001), "GAZ-006", ":2", "the phrase has 1001 characters");
    String long1 = "x".repeat(600), long2 = "y".repeat(600);
    refused(
        "a\t" + long1 + "\na\t" + long2 + "\n", "GAZ-006", ":2", "the type has 1201 characters");
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path latin = folder.resolve("cities.txt");
    Files.write(latin, "Bonn\nKöln\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(latin, "GAZ-004", ":2:2", "byte 6 (0xf6) is not valid UTF-8");
    refused("PK\u0003\u0004", "GAZ-004", "", "the file looks like zip");
    refused(folder.resolve("citys.txt"), "DAT-005", "", "no such file");
  }

  @Test
  void whatIsNoPhraseOrTypeIsRefused() {
    for (Map<String, String> types :
        List.of(
            Map.<String, String>of(),
            Map.of(" ", "city"),
            Map.of("Bonn", ""),
            Map.of("Bonn", "a|"),
            Map.of("\ud800", "city"))) {
      assertThrows(IllegalArgumentException.class, () -> Gazetteer.of(types, false));
    }
  }

  @Test
  void bytesDoNotDependOnTheOrderOfTheFile() throws IOException {
    Gazetteer one = Gazetteer.read(file("a b\tx\nc\na b\ty\n"), true);
    Gazetteer other = Gazetteer.read(file("c\na  b\ty\na b\tx\n"), true);
    assertArrayEquals(one.toBytes(), other.toBytes());
    assertArrayEquals(
        one.toBytes(), Gazetteer.fromBytes(one.toBytes(), Location.of("m")).toBytes());
  }

  /** Against the plain definition: at each token try the longest piece of the sentence first. */
  @RepeatedTest(100)
  void matchesAreThoseOfThePlainDefinition() {
    SplittableRandom random = Seeds.next();
    Map<String, String> types = new HashMap<>();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      types.put(String.join(" ", words(random, 1 + random.nextInt(4))), "t" + random.nextInt(3));
    }
    List<String> sentence = words(random, random.nextInt(20));
    List<Span> expected = new ArrayList<>();
    for (int start = 0; start < sentence.size(); ) {
      int end = sentence.size();
      while (end > start && !types.containsKey(String.join(" ", sentence.subList(start, end))))
        end--;
      if (end > start) {
        expected.add(
            new Span(types.get(String.join(" ", sentence.subList(start, end))), start, end));
      }
      start = Math.max(end, start + 1);
    }
    Gazetteer gazetteer = Gazetteer.of(types, random.nextBoolean());
    Gazetteer stored = Gazetteer.fromBytes(gazetteer.toBytes(), Location.of("m"));
    assertEquals(expected, stored.matches(sentence), Seeds::describe);
    // the categories are tags of a scheme that says the same
    List<String> tags = stored.categories(sentence);
    assertEquals(expected, TagScheme.BIOES.decode(tags, Repair.ERROR).spans(), Seeds::describe);
  }

  private static List<String> words(SplittableRandom random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) words.add(String.valueOf((char) ('a' + random.nextInt(3))));
    return words;
  }

  private void refused(String content, String code, String place, String what) throws IOException {
    refused(file(content), code, place, what);
  }

  private static void refused(Path file, String code, String place, String what) {
    SluiceException e =
        assertThrows(SluiceException.class, () -> Gazetteer.read(file, true), file::toString);
    String expected = "error[" + code + "] " + file + place + ": " + what;
    assertTrue(e.getMessage().startsWith(expected), e.getMessage());
    assertTrue(e.getMessage().contains("Fix: "), e.getMessage());
    assertEquals(2, e.kind().exitCode());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("cities.txt"), content);
  }
}
