package dev.sluice.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text spelled in a scheme is found to be in it, mistakes included, and the reason can be read aloud. */
class SchemeDetectorTest {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void everySchemeIsFoundInItsOwnSpelling(TagScheme scheme) {
    RandomTags random = new RandomTags(7);
    SchemeDetector detector = new SchemeDetector();
    for (int i = 0; i < 200; i++)
      detector.add(scheme.encode(random.spans(10, scheme == TagScheme.IO), 10));
    Detection detection = detector.result();
    assertEquals(scheme, detection.scheme(), detection.reason());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PLAIN", "IO"})
  void aFewMistakesDoNotHideTheScheme(TagScheme scheme) {
    RandomTags random = new RandomTags(8);
    List<List<String>> sequences = new ArrayList<>();
    for (int i = 0; i < 200; i++) sequences.add(scheme.encode(random.spans(10, false), 10));
    sequences.add(random.tags(scheme));
    sequences.add(List.of("o", "B_X", "PER"));
    assertEquals(scheme, SchemeDetector.detect(sequences).scheme());
  }

  @Test
  void theReasonTellsLettersAndTheRival() {
    assertEquals(
        "labels have the prefixes B- (3) and I- (1), no illegal move under BIO but 3 illegal moves under IOB1",
        detect("B-X I-X O B-X", "B-Y O").reason());
    assertEquals(
        "labels have the prefixes B- (1) and I- (3), no illegal move under IOB1 but 3 illegal moves under BIO",
        detect("I-X B-X O I-X", "O I-Y").reason());
  }

  @Test
  void plainLabelsAreFoundAndIoIsOfferedWhenOIsAmongThem() {
    Detection plain = detect("DET NOUN VERB", "PUNCT");
    assertEquals(TagScheme.PLAIN, plain.scheme());
    assertEquals("labels such as \"PUNCT\" have no prefix of a scheme", plain.reason());
    Detection bare = detect("PER PER O");
    assertEquals(TagScheme.PLAIN, bare.scheme());
    assertTrue(bare.reason().endsWith("the scheme is io"), bare.reason());
  }

  @Test
  void aMistypedFileIsNotTakenForPlainLabels() {
    assertEquals(TagScheme.BIO, detect("b-X i-X o o", "b-Y").scheme());
    assertEquals(TagScheme.BIOES, detect("B_X E_X O S_X").scheme());
  }

  /** Some sets of parts of speech, and segmentation of Chinese words, have the letters of schemes without types. */
  @Test
  void lettersWithoutTypesArePlainLabels() {
    assertEquals(TagScheme.PLAIN, detect("S E B V", "B M E S").scheme());
  }

  @Test
  void nothingToGoByMeansBio() {
    assertEquals(TagScheme.BIO, detect("O O O").scheme());
    assertEquals(TagScheme.BIO, SchemeDetector.detect(List.of()).scheme());
  }

  private static Detection detect(String... sentences) {
    return SchemeDetector.detect(
        Arrays.stream(sentences).map(s -> Arrays.asList(s.split(" "))).toList());
  }
}
