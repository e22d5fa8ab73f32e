package dev.sluice.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes from a damaged or hostile model file give one clear complaint each, and never a large allocation. */
class HostileBytesTest {
  private static final Location WHERE = Location.of("model.sluice: vocabulary");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private HostileBytesTest number(int value) {
    bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  private HostileBytesTest word(int count, byte... text) {
    number(count).number(text.length).bytes.writeBytes(text);
    return this;
  }

  private HostileBytesTest word(int count, String text) {
    return word(count, text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  private void assertWordsRefused(String code) {
    byte[] data = take();
    assertRefused(code, () -> Vocabulary.fromBytes(data, WHERE));
  }

  private void assertLabelsRefused(String code) {
    byte[] data = take();
    assertRefused(code, () -> LabelVocabulary.fromBytes(data, WHERE));
  }

  private static void assertRefused(String code, Runnable read) {
    SluiceException e = assertThrows(SluiceException.class, read::run);
    assertEquals(SluiceException.Kind.CORRUPT, e.kind());
    String message = e.getMessage();
    assertTrue(message.startsWith("error[" + code + "] model.sluice: vocabulary: "), message);
  }

  @Test
  void theWritersOfThisTestWriteWhatTheReadersRead() {
    byte[] data = number(2).word(2, "b").word(1, "a").take();
    assertArrayEquals(data, Vocabulary.fromBytes(data, WHERE).toBytes());
  }

  @Test
  void sizesThatDoNotFitAreRefusedBeforeAnythingIsMadeOfThem() {
    number(Integer.MAX_VALUE).assertWordsRefused("MOD-102");
    number(-1).assertWordsRefused("MOD-102");
    number(1_000_000_000).word(1, "a").assertLabelsRefused("MOD-102");
    number(1).number(1).number(Integer.MAX_VALUE).word(1, "a").assertWordsRefused("MOD-102");
    number(1).number(1).number(-5).word(1, "a").assertWordsRefused("MOD-102");
    number(1).number(1).number(4001).word(1, "a").assertWordsRefused("MOD-102");
    number(1).number(1).number(100).word(1, "a").assertWordsRefused("MOD-101");
    number(1).number(1).number(0).word(1, "a").assertWordsRefused("MOD-102");
  }

  @Test
  void countsThatCannotBeAreRefused() {
    number(1).word(0, "a").assertWordsRefused("MOD-102");
    number(1).word(-1, "a").assertWordsRefused("MOD-102");
    number(1).word(3, "a").assertLabelsRefused("MOD-102");
  }

  @Test
  void textThatIsNoUtf8IsRefused() {
    number(1).word(1, (byte) 0xFF).assertWordsRefused("MOD-103");
    number(1).word(1, (byte) 0xC0, (byte) 0x80).assertWordsRefused("MOD-103"); // overlong
    number(1).word(1, (byte) 0xED, (byte) 0xA0, (byte) 0x80).assertWordsRefused("MOD-103"); // half
    number(1).word(0, (byte) 0xE2, (byte) 0x82).assertLabelsRefused("MOD-103"); // cut off
  }

  @Test
  void doublesDisorderAndLeftoversAreRefused() {
    number(2).word(2, "a").word(1, "a").assertWordsRefused("MOD-104");
    number(2).word(0, "a").word(0, "a").assertLabelsRefused("MOD-104");
    number(2).word(1, "a").word(2, "b").assertWordsRefused("MOD-106");
    number(2).word(1, "b").word(1, "a").assertWordsRefused("MOD-106");
    number(2).word(0, "B-x").word(0, "O").assertLabelsRefused("MOD-106");
    number(1).word(1, "a").number(0).assertWordsRefused("MOD-105");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] words = number(3).word(9, "to").word(2, "é").word(2, "😀").take();
    for (int length = 0; length < words.length; length++) {
      byte[] cut = Arrays.copyOf(words, length);
      assertRefused(
          length < 4 ? "MOD-101" : "MOD-10", () -> Vocabulary.fromBytes(cut, WHERE), length);
    }
  }

  private static void assertRefused(String code, Runnable read, int length) {
    SluiceException e = assertThrows(SluiceException.class, read::run, () -> "length " + length);
    assertTrue(e.getMessage().startsWith("error[" + code), e.getMessage());
  }

  /** Any change either is refused or gives another vocabulary that would have been written just so. */
  @Test
  void randomChangesAreRefusedOrCanonical() {
    byte[] words = LabelVocabulary.of(List.of("O", "B-city", "I-city", "B-date")).toBytes();
    Random random = new Random(99);
    for (int round = 0; round < 5000; round++) {
      byte[] changed = words.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      try {
        assertArrayEquals(changed, LabelVocabulary.fromBytes(changed, WHERE).toBytes());
      } catch (SluiceException e) {
        assertTrue(e.getMessage().startsWith("error[MOD-10"), e.getMessage());
      }
    }
  }
}
