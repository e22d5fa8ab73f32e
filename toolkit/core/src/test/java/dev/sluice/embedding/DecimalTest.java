package dev.sluice.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecimalTest {
  private static float parse(String text) {
    byte[] bytes = Made.text("x" + text + "9");
    return Decimal.parse(bytes, 1, bytes.length - 1);
  }

  private static void assertSame(String text) {
    assertEquals(Float.parseFloat(text), parse(text), () -> text + "; " + Seeds.describe());
  }

  @Test
  void plainNumbersAreReadAsJavaReadsThem() {
    for (String text :
        List.of(
            "0",
            "-0",
            "+1",
            ".5",
            "5.",
            "-.25",
            "1e5",
            "1E+05",
            "1e-05",
            "1e-400",
            "1e400",
            "3.4028235e38",
            "3.4028236e38",
            "1.4e-45",
            "0.7e-45",
            "1.17549435e-38",
            "00012.500",
            "123456789012345678901234567890",
            "0.000000000000000000000000000000000001",
            "1e99999999999",
            "16777217",
            "16777219",
            "9007199254740993",
            "0." + "1".repeat(500))) {
      assertSame(text);
    }
  }

  @Test
  void randomNumbersAreReadAsJavaReadsThem() {
    SplittableRandom random = Seeds.next();
    for (int i = 0; i < 200_000; i++) {
      long digits = random.nextLong(1L << random.nextInt(1, 62));
      String text = BigDecimal.valueOf(digits, random.nextInt(-30, 50)).toString();
      assertSame(random.nextBoolean() ? text : "-" + text);
    }
  }

  /** The numbers on which rounding twice goes wrong: halfway between two floats, and a trace above or below. */
  @Test
  void numbersBetweenTwoFloatsAreRoundedOnce() {
    SplittableRandom random = Seeds.next();
    for (int i = 0; i < 20_000; i++) {
      float low = Float.intBitsToFloat(random.nextInt(0x7F000000));
      BigDecimal half =
          new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
      BigDecimal trace = half.ulp();
      for (BigDecimal x : List.of(half, half.add(trace), half.subtract(trace))) {
        assertSame(x.toString());
        assertSame(x.round(new java.math.MathContext(17)).toString());
      }
    }
  }

  @Test
  void whatJavaTakesBesidesIsNoPlainNumber() {
    for (String text :
        List.of(
            "",
            ".",
            "-",
            "+.",
            "1.0d",
            "1f",
            "0x1p3",
            "NaN",
            "Infinity",
            " 1",
            "1 ",
            "1e",
            "1e-",
            "1e+-5",
            "1.2.3",
            "1,5",
            "--1",
            "e5",
            "1_000",
            "٣",
            "1e5.5")) {
      assertTrue(Float.isNaN(parse(text)), text);
    }
  }

  @Test
  void whatIsMeantAsANumberIsToldFromWords() {
    for (String text :
        List.of("1", "-1", ".5", "1,5", ",5", "NaN", "-inf", "INFINITY", "0x1p3", "1.0d")) {
      assertTrue(Decimal.isMeant(Made.text(text), 0, Made.text(text).length), text);
    }
    for (String text : List.of("", "-", ".", "...", "a", "a1", "nancy", "−1", "-.x", "e5")) {
      assertFalse(Decimal.isMeant(Made.text(text), 0, Made.text(text).length), text);
    }
  }
}
