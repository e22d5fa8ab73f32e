package dev.sluice.text;

import dev.sluice.text.TextConfig.Normalization;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * Makes the form of a token that is looked up in the vocabulary; tokens and offsets themselves stay as they are. The steps are applied
 * in the order given, each without regard to the language of the text or of the machine.
 */
final class TokenNormalizer {
  /*
   * The ordinary forms of U+FF5F to U+FFEE, by the wide and narrow decompositions of the Unicode character database; U+FFFD where
   * nothing is assigned. (U+FF01 to U+FF5E are ASCII moved by a constant.)
   */
  private static final char FIRST_WIDE = 0xFF01, LAST_WIDE_ASCII = 0xFF5E, WIDE_SHIFT = 0xFEE0;
  private static final char WIDE_SPACE = 0x3000;
  private static final char VOICED = 0x3099, SEMI_VOICED = 0x309A;
  private static final String OTHER_FORMS =
      "\u2985\u2986\u3002\u300C\u300D\u3001\u30FB\u30F2\u30A1\u30A3\u30A5\u30A7\u30A9\u30E3\u30E5\u30E7\u30C3\u30FC"
          + "\u30A2\u30A4\u30A6\u30A8\u30AA\u30AB\u30AD\u30AF\u30B1\u30B3\u30B5\u30B7\u30B9\u30BB\u30BD\u30BF\u30C1\u30C4"
          + "\u30C6\u30C8\u30CA\u30CB\u30CC\u30CD\u30CE\u30CF\u30D2\u30D5\u30D8\u30DB\u30DE\u30DF\u30E0\u30E1\u30E2\u30E4"
          + "\u30E6\u30E8\u30E9\u30EA\u30EB\u30EC\u30ED\u30EF\u30F3\u3099\u309A"
          + "\u3164\u3131\u3132\u3133\u3134\u3135\u3136\u3137\u3138\u3139\u313A\u313B\u313C\u313D\u313E\u313F\u3140\u3141"
          + "\u3142\u3143\u3144\u3145\u3146\u3147\u3148\u3149\u314A\u314B\u314C\u314D\u314E\uFFFD\uFFFD\uFFFD"
          + "\u314F\u3150\u3151\u3152\u3153\u3154\uFFFD\uFFFD\u3155\u3156\u3157\u3158\u3159\u315A\uFFFD\uFFFD"
          + "\u315B\u315C\u315D\u315E\u315F\u3160\uFFFD\uFFFD\u3161\u3162\u3163\uFFFD\uFFFD\uFFFD"
          + "\u00A2\u00A3\u00AC\u00AF\u00A6\u00A5\u20A9\uFFFD\u2502\u2190\u2191\u2192\u2193\u25A0\u25CB";

  private final List<Normalization> steps;

  TokenNormalizer(List<Normalization> steps) {
    this.steps = List.copyOf(steps);
  }

  String normalize(String token) {
    String form = token;
    for (Normalization step : steps) {
      form =
          switch (step) {
            case LOWERCASE -> form.toLowerCase(Locale.ROOT);
            case DIGITS -> digitsToZero(form);
            case WIDTH -> ordinaryWidth(form);
          };
    }
    return form;
  }

  /** Every decimal digit of any script becomes 0. */
  private static String digitsToZero(String token) {
    if (token.codePoints().noneMatch(Character::isDigit)) return token;
    StringBuilder form = new StringBuilder(token.length());
    token.codePoints().forEach(c -> form.appendCodePoint(Character.isDigit(c) ? '0' : c));
    return form.toString();
  }

  /** Full-width and half-width forms become the ordinary ones; a half-width voicing mark joins the kana before it. */
  private static String ordinaryWidth(String token) {
    if (token.chars().noneMatch(c -> c == WIDE_SPACE || c >= FIRST_WIDE)) return token;
    StringBuilder form = new StringBuilder(token.length());
    for (int i = 0; i < token.length(); i++) {
      char from = token.charAt(i), to = ordinaryWidth(from);
      boolean mark = from != to && (to == VOICED || to == SEMI_VOICED);
      if (mark && form.length() > 0) joinMark(form, to);
      else form.append(to);
    }
    return form.toString();
  }

  static char ordinaryWidth(char c) {
    if (c == WIDE_SPACE) return ' ';
    if (c < FIRST_WIDE) return c;
    if (c <= LAST_WIDE_ASCII) return (char) (c - WIDE_SHIFT);
    int index = c - LAST_WIDE_ASCII - 1;
    char ordinary = index < OTHER_FORMS.length() ? OTHER_FORMS.charAt(index) : 0xFFFD;
    return ordinary == 0xFFFD ? c : ordinary;
  }

  private static void joinMark(StringBuilder form, char mark) {
    int last = form.length() - 1;
    String joined = Normalizer.normalize("" + form.charAt(last) + mark, Normalizer.Form.NFC);
    form.replace(last, last + 1, joined);
  }
}
