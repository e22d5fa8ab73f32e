package dev.sluice.vocabulary;

/** Strings in the order of their code points, which is also the order of their UTF-8 bytes and depends on no locale. */
final class CodePointOrder {
  private CodePointOrder() {}

  static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i), y = b.charAt(i);
      if (x == y) continue;
      // a surrogate stands for a code point above every other char
      boolean highX = Character.isSurrogate(x), highY = Character.isSurrogate(y);
      return highX == highY ? Character.compare(x, y) : Boolean.compare(highX, highY);
    }
    return Integer.compare(a.length(), b.length());
  }
}
