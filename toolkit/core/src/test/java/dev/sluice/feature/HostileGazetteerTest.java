package dev.sluice.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes from a damaged or hostile model file give one clear complaint each, and never a large allocation. */
class HostileGazetteerTest {
  private static final Location WHERE = Location.of("model.sluice: gazetteer");
  private static final byte[] GOOD =
      Gazetteer.of(Map.of("New York", "city|state", "Köln", "city", "🚀", "x"), true).toBytes();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private HostileGazetteerTest number(int value) {
    bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  private HostileGazetteerTest text(byte... text) {
    number(text.length).bytes.writeBytes(text);
    return this;
  }

  private HostileGazetteerTest text(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Case is kept, there is one type. */
  private HostileGazetteerTest oneType() {
    return number(0).number(1).text("city");
  }

  private byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  private void refused(String code) {
    byte[] data = take();
    SluiceException e = assertThrows(SluiceException.class, () -> Gazetteer.fromBytes(data, WHERE));
    assertEquals(SluiceException.Kind.CORRUPT, e.kind());
    String start = "error[" + code + "] model.sluice: gazetteer: the gazetteer is damaged: ";
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
  }

  @Test
  void theWritersOfThisTestWriteWhatTheReaderReads() {
    byte[] data =
        number(1)
            .number(2)
            .text("city")
            .text("x")
            .number(2)
            .number(1)
            .text("A b")
            .number(0)
            .text("Bonn")
            .take();
    assertArrayEquals(data, Gazetteer.of(Map.of("Bonn", "city", "A b", "x"), true).toBytes());
    assertArrayEquals(data, Gazetteer.fromBytes(data, WHERE).toBytes());
  }

  @Test
  void sizesThatDoNotFitAreRefusedBeforeAnythingIsMadeOfThem() {
    number(0).number(Integer.MAX_VALUE).text("city").refused("MOD-122");
    number(0).number(0).number(1).refused("MOD-122");
    number(0).number(-1).refused("MOD-122");
    oneType().number(1_000_000_000).number(0).text("a").refused("MOD-122");
    oneType().number(0).refused("MOD-122");
    oneType().number(1).number(0).number(Integer.MAX_VALUE).text("a").refused("MOD-122");
    oneType().number(1).number(0).number(-5).text("a").refused("MOD-122");
    oneType().number(1).number(0).text("").text("a").refused("MOD-122");
    oneType().number(1).number(0).text("a".repeat(1001)).refused("MOD-122");
    oneType().number(1).number(0).number(100).text("a").refused("MOD-121");
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    number(2).number(1).text("city").number(1).number(0).text("a").refused("MOD-122");
    oneType().number(1).number(1).text("a").refused("MOD-122");
    oneType().number(1).number(-1).text("a").refused("MOD-122");
  }

  @Test
  void textThatIsNoUtf8IsRefused() {
    oneType().number(1).number(0).text((byte) 0xFF).refused("MOD-123");
    oneType().number(1).number(0).text((byte) 0xC0, (byte) 0x80).refused("MOD-123"); // overlong
    number(0)
        .number(1)
        .text((byte) 0xE2, (byte) 0x82)
        .number(1)
        .number(0)
        .text("a")
        .refused("MOD-123"); // cut off
  }

  @Test
  void textThatIsNoPhraseOrTypeIsRefused() {
    for (String phrase : new String[] {" ", " a", "a ", "a  b", "a\tb", "a\nb"}) {
      oneType().number(1).number(0).text(phrase).refused("MOD-124");
    }
    for (String type : new String[] {" ", " a", "|", "a|", "b|a", "a|a", "a | b"}) {
      number(0).number(1).text(type).number(1).number(0).text("a").refused("MOD-124");
    }
  }

  @Test
  void doublesDisorderAndLeftoversAreRefused() {
    oneType().number(2).number(0).text("a").number(0).text("a").refused("MOD-126");
    oneType().number(2).number(0).text("b").number(0).text("a").refused("MOD-126");
    number(0).number(2).text("b").text("a").number(1).number(0).text("a").refused("MOD-126");
    number(0).number(2).text("a").text("b").number(1).number(0).text("a").refused("MOD-126");
    oneType().number(1).number(0).text("a").number(0).refused("MOD-125");
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < GOOD.length; length++) {
      byte[] cut = Arrays.copyOf(GOOD, length);
      SluiceException e =
          assertThrows(SluiceException.class, () -> Gazetteer.fromBytes(cut, WHERE));
      assertTrue(e.getMessage().startsWith("error[MOD-12"), e.getMessage());
    }
  }

  /** Any change either is refused or gives another gazetteer that would have been written just so. */
  @Test
  void randomChangesAreRefusedOrCanonical() {
    SplittableRandom random = Seeds.next();
    for (int round = 0; round < 5000; round++) {
      byte[] changed = GOOD.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      try {
        assertArrayEquals(changed, Gazetteer.fromBytes(changed, WHERE).toBytes(), Seeds::describe);
      } catch (SluiceException e) {
        assertTrue(e.getMessage().startsWith("error[MOD-12"), e.getMessage());
      }
    }
  }
}
