package dev.sluice.text;

import java.util.List;
import java.util.Random;

/** Random texts made of what breaks tokenizers: odd blanks, marks, joiners, several scripts and halves of characters. */
final class NastyText {
  private static final List<String> PARTS =
      List.of(
          "word",
          "Straße",
          "don't",
          "3.14",
          "٣٤",
          "１２",
          "a",
          "B",
          "Ω",
          "İı",
          "ﬁ",
          "Ａｂ",
          "ｶﾞ",
          " ",
          "  ",
          "\t",
          "\n",
          "\r\n",
          "\u00A0",
          "\u2007",
          "\u2028",
          "\u2029",
          "\u0085",
          "\u3000",
          "\u200B",
          "\u200D",
          "\u200C",
          "\u202E",
          "\u2066",
          "\uFEFF",
          "\0",
          "\u0007",
          "\u00AD",
          "\u0301",
          "\u0300\u0323",
          "\u20E3",
          "\uFE0F",
          "é",
          "e\u0301",
          "ẛ̣",
          "한국",
          "각",
          "中文字",
          "日本",
          "ไทย",
          "हिन्दी",
          "שלום",
          "مرحبا",
          "נִקּוּד",
          "👍",
          "👍🏽",
          "👨‍👩‍👧",
          "🇩🇪",
          "🇩",
          "1️⃣",
          "𝔘",
          "😀",
          "\uD83D",
          "\uDE00",
          ",",
          ".",
          "...",
          "—",
          "€",
          "$",
          "(",
          ")");

  private NastyText() {}

  static String random(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(30); n > 0; n--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
      if (random.nextInt(4) == 0) text.append(' ');
    }
    return text.toString();
  }
}
