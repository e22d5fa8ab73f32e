package dev.sluice.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Names what a file is when it is not the UTF-8 text it should be. */
final class NotText {
  /** What was found and the way out. */
  record Found(String what, String fix) {}

  private NotText() {}

  /** Recognises archives, web pages, Git LFS pointers and UTF-16 by their first bytes. */
  static Optional<Found> named(byte[] head) {
    if (startsWith(head, 0x1F, 0x8B)) {
      return Optional.of(new Found("the file looks like gzip, expected text", "gunzip it first"));
    }
    if (startsWith(head, 'P', 'K', 3, 4)) {
      return Optional.of(new Found("the file looks like zip, expected text", "unzip it first"));
    }
    if (startsWith(head, 0xFE, 0xFF) || startsWith(head, 0xFF, 0xFE)) {
      String order = (head[0] & 0xFF) == 0xFE ? "big" : "little";
      return Optional.of(
          new Found(
              "the file looks like UTF-16 (" + order + " endian), expected UTF-8",
              "save the file as UTF-8"));
    }
    String start = new String(head, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return Optional.of(
          new Found(
              "the file looks like an HTML page, expected text",
              "download the data again; a web page was saved in its place"));
    }
    if (start.startsWith("version https://git-lfs.github.com/spec/")) {
      return Optional.of(
          new Found(
              "the file looks like a Git LFS pointer (" + head.length + " bytes), expected text",
              "run git lfs pull"));
    }
    return Optional.empty();
  }

  static boolean startsWith(byte[] head, int... magic) {
    if (head.length < magic.length) return false;
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xFF) != magic[i]) return false;
    }
    return true;
  }

  /** A guess from the bytes at the first place that is no UTF-8. */
  static String likelyEncoding(byte[] rest) {
    int first = rest.length > 0 ? rest[0] & 0xFF : 0;
    int second = rest.length > 1 ? rest[1] & 0xFF : 0;
    if (first >= 0xC2 && first <= 0xF4 && rest.length == 1) return "UTF-8 cut off at its end";
    if (first >= 0x81 && second >= 0x80) return "GB18030, Big5 or Shift_JIS";
    return first < 0xA0 ? "windows-1252" : "ISO-8859-1 or windows-1252";
  }
}
