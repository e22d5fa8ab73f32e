package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.testing.Seeds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, a file gives vectors or a complaint; no other exception escapes, and no number that is not finite. */
class VectorFilesFuzzTest {
  private static final List<byte[]> SAMPLES =
      List.of(
          Made.text("to 1 -0.5\nBönn 1e-2 +3.\n. . 0.25 7\n"),
          Made.text("\uFEFF2 3\r\nto 1 -0.5 .25\r\n𠮷 -0 7 1,5\n"),
          Made.join(
              Made.text("2 2\n"), Made.row("to", 1, 0.3f), Made.text("\n"), Made.row("é", -4, 5)),
          Made.gzip(Made.text("to 1 -0.5\nBönn 1e-2 +3.\n")));

  @Test
  void damagedFilesAreReadOrRefused() {
    SplittableRandom random = Seeds.next();
    Format[] formats = Format.values();
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = SAMPLES.get(random.nextInt(SAMPLES.size())).clone();
      for (int change = random.nextInt(4); change > 0; change--) {
        byte other = bytes[random.nextInt(bytes.length)];
        boolean known = random.nextInt(3) > 0;
        bytes[random.nextInt(bytes.length)] = known ? other : (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
      Format format = random.nextInt(3) > 0 ? Format.AUTO : formats[random.nextInt(formats.length)];
      if (read(bytes, format, random.nextBoolean())) accepted++;
    }
    assertTrue(accepted > 2_000, () -> "too few files are accepted; " + Seeds.describe());
  }

  private static boolean read(byte[] bytes, Format format, boolean whole) {
    try {
      VectorFile file = Made.open(bytes, format);
      Vectors vectors =
          whole ? file.whole().vectors() : file.trimmed(List.of("TO", "Bönn", "x")).vectors();
      for (float x : vectors.values()) assertTrue(Float.isFinite(x));
      return true;
    } catch (SluiceException e) {
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          HexFormat.of().formatHex(bytes) + " as " + format + "; " + Seeds.describe(), e);
    }
  }
}
