package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.TextLayout;
import dev.sluice.data.DataConfig.TextLayout.DocumentBorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents of a split of plain text, in the order of the file.
 *
 * @param name the split's name, such as train
 * @param path the file
 * @param documents the documents, none of them empty
 * @param fingerprint the SHA-256 of the bytes of the file
 */
public record Documents(String name, Path path, List<Document> documents, String fingerprint) {

  /**
   * A document.
   *
   * @param text its characters, with \n between lines
   * @param where its first line
   */
  public record Document(String text, Location where) {}

  /** Copies the list. */
  public Documents {
    documents = List.copyOf(documents);
  }

  /** The number of characters: Unicode code points, line ends between documents not counted. */
  public long characters() {
    return documents.stream().mapToLong(d -> d.text().codePointCount(0, d.text().length())).sum();
  }

  /**
   * Reads a file.
   *
   * @throws SluiceException when it is not there, cannot be read or is no UTF-8 text
   */
  public static Documents read(String name, Path path, TextLayout layout) {
    Fingerprint fingerprint = new Fingerprint();
    String text = text(path, fingerprint);
    List<Cut> cuts = cut(text, layout.document());
    return new Documents(name, path, documents(text, cuts, path), fingerprint.hex());
  }

  /**
   * Reads a file and cuts it into train, dev and, with three percentages, test.
   *
   * @throws SluiceException as {@link #read}
   */
  public static List<Documents> split(Path path, TextLayout layout) {
    Fingerprint fingerprint = new Fingerprint();
    String text = text(path, fingerprint);
    String hex = fingerprint.hex();
    long characters = text.codePointCount(0, text.length());
    List<Cut> cuts = cut(text, layout.document());
    List<String> names = List.of("train", "dev", "test");
    List<Documents> parts = new ArrayList<>();
    int percent = 0, from = 0;
    for (int p = 0; p < layout.split().size(); p++) {
      percent += layout.split().get(p);
      int to = text.offsetByCodePoints(0, (int) (characters * percent / 100));
      List<Cut> own = new ArrayList<>();
      if (layout.document() == DocumentBorder.FILE) {
        if (from < to) own.add(new Cut(from, to));
      } else {
        for (Cut c : cuts) if (c.from >= from && c.from < to) own.add(c);
      }
      String mark = Fingerprint.of(hex + "\n" + layout.split() + "\n" + p + "\n");
      parts.add(new Documents(names.get(p), path, documents(text, own, path), mark));
      from = to;
    }
    return parts;
  }

  /** Where a document stands in the text. */
  private record Cut(int from, int to) {}

  private static String text(Path path, Fingerprint fingerprint) {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[1 << 16];
    try (Utf8Input in = fingerprint.open(path)) {
      for (int n = in.read(buffer, 0, buffer.length); n >= 0; n = in.read(buffer, 0, buffer.length))
        text.append(buffer, 0, n);
    } catch (IOException e) {
      throw SluiceException.notRead(path, e);
    }
    return withPlainLineEnds(text.toString());
  }

  /** The text with \n for every \r\n and every lone \r. */
  public static String withPlainLineEnds(String text) {
    if (text.indexOf('\r') < 0) return text;
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static List<Cut> cut(String text, DocumentBorder border) {
    List<Cut> cuts = new ArrayList<>();
    if (border == DocumentBorder.FILE) {
      if (!text.isEmpty()) cuts.add(new Cut(0, text.length()));
      return cuts;
    }
    int begun = -1, ended = -1; // of the document that the lines so far belong to
    for (int from = 0; from < text.length(); ) {
      int newline = text.indexOf('\n', from), to = newline < 0 ? text.length() : newline;
      boolean empty = text.substring(from, to).isBlank();
      boolean closes = empty || border == DocumentBorder.LINE;
      if (closes && begun >= 0) {
        cuts.add(new Cut(begun, ended));
        begun = -1;
      }
      if (!empty) {
        if (begun < 0) begun = from;
        ended = to;
      }
      from = to + 1;
    }
    if (begun >= 0) cuts.add(new Cut(begun, ended));
    return cuts;
  }

  private static List<Document> documents(String text, List<Cut> cuts, Path path) {
    List<Document> documents = new ArrayList<>(cuts.size());
    int line = 1, at = 0;
    for (Cut c : cuts) {
      for (; at < c.from; at++) if (text.charAt(at) == '\n') line++;
      documents.add(new Document(text.substring(c.from, c.to), Location.of(path.toString(), line)));
    }
    return documents;
  }
}
