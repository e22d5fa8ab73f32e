package dev.sluice.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.text.TextConfig.Normalization;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenNormalizerTest {
  private static String normalize(String token, Normalization... steps) {
    return new TokenNormalizer(List.of(steps)).normalize(token);
  }

  @Test
  void noStepsMeansNoChange() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      String text = NastyText.random(random);
      assertEquals(text, normalize(text));
    }
  }

  @Test
  void lowerCaseIsThatOfNoLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertEquals("title", normalize("TITLE", Normalization.LOWERCASE));
      assertEquals("straße", normalize("STRAßE", Normalization.LOWERCASE));
      assertEquals("i\u0307", normalize("İ", Normalization.LOWERCASE));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void digitsOfEveryScriptBecomeZeroAndNothingElseDoes() {
    assertEquals("B-00/0x½²Ⅷ", normalize("B-42/٣x½²Ⅷ", Normalization.DIGITS));
    assertEquals("00", normalize("１𝟗", Normalization.DIGITS));
    assertEquals("😀", normalize("😀", Normalization.DIGITS));
  }

  @Test
  void widthFormsBecomeTheOrdinaryOnesAndOtherCompatibilityFormsStay() {
    assertEquals("ABC 12!", normalize("ＡＢＣ\u3000１２！", Normalization.WIDTH));
    assertEquals("ガパカ", normalize("ｶﾞﾊﾟｶ", Normalization.WIDTH));
    assertEquals("ﬁ①Ⅷ", normalize("ﬁ①Ⅷ", Normalization.WIDTH));
    assertEquals("\u3099", normalize("\uFF9E", Normalization.WIDTH));
    assertEquals("か\u3099", normalize("か\u3099", Normalization.WIDTH)); // no half-width form in it
  }

  /** The table is right when each form and its ordinary one have the same full compatibility decomposition. */
  @Test
  void everyWidthFormAgreesWithTheUnicodeDatabase() {
    int changed = 0;
    for (char c = 0xFF00; c <= 0xFFEF; c++) {
      char ordinary = TokenNormalizer.ordinaryWidth(c);
      assertEquals(decomposed(c), decomposed(ordinary), Integer.toHexString(c));
      assertEquals(Character.isDefined(c), ordinary != c, Integer.toHexString(c));
      if (ordinary != c) changed++;
    }
    assertEquals(225, changed);
  }

  private static String decomposed(char c) {
    return Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD);
  }

  @Test
  void stepsWorkInTheOrderGiven() {
    assertEquals(
        "a0", normalize("Ａ７", Normalization.WIDTH, Normalization.LOWERCASE, Normalization.DIGITS));
  }
}
