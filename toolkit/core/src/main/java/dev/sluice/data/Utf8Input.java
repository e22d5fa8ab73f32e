package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The characters of a UTF-8 file, decoded strictly: a byte that is no UTF-8 is named with line, byte offset and likely encoding
 * instead of turning into a replacement character. A byte order mark is left out; what is no text at all is refused by name.
 */
final class Utf8Input extends Reader {
  private final InputStream in;
  private final String source;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private long read;
  private boolean atEnd;
  private boolean started;
  private int line = 1;
  private int column = 1;
  private boolean afterReturn;

  Utf8Input(String source, InputStream in) {
    this.source = source;
    this.in = in;
    bytes.flip();
  }

  /** The file as the user named it. */
  String source() {
    return source;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (!started) start();
    // a pair of surrogates needs two places; a caller with one gets it through a buffer of two
    if (length == 1) throw new IllegalArgumentException("read at least two characters at a time");
    CharBuffer out = CharBuffer.wrap(buffer, offset, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, out, atEnd);
      int count = out.position();
      if (count > 0) {
        for (int i = 0; i < count; i++) place(buffer[offset + i]);
        return count;
      }
      if (result.isError()) throw malformed(result.length());
      if (atEnd && !bytes.hasRemaining()) return -1;
      fill();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void start() throws IOException {
    started = true;
    while (!atEnd && bytes.remaining() < 512 && (headIsOpen() || in.available() > 0)) fill();
    byte[] head = new byte[Math.min(512, bytes.remaining())];
    bytes.duplicate().get(head);
    NotText.named(head)
        .ifPresent(
            found -> {
              throw SluiceException.usage(
                  Codes.NOT_TEXT, Location.of(source), found.what(), found.fix());
            });
    if (NotText.startsWith(head, 0xEF, 0xBB, 0xBF)) bytes.position(bytes.position() + 3);
  }

  /** Whether too little has come to know if there is a byte order mark; somebody who types is not kept waiting for more than that. */
  private boolean headIsOpen() {
    return bytes.remaining() == 0 || bytes.remaining() < 3 && bytes.get(bytes.position()) < 0;
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      atEnd = true;
    } else {
      read += count;
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  private void place(char c) {
    if (c == 0) {
      throw SluiceException.usage(
          Codes.CONTROL,
          new Location(source, line, column),
          "found U+0000, which no text holds; the file may be UTF-16 or damaged",
          "remove it, or save the file as UTF-8");
    }
    if (c == '\n' && afterReturn) {
      afterReturn = false;
      return;
    }
    afterReturn = c == '\r';
    if (c == '\n' || c == '\r') {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate(c)) {
      column++;
    }
  }

  private SluiceException malformed(int length) {
    long offset = read - bytes.remaining();
    byte[] rest = new byte[Math.min(8, bytes.remaining())];
    bytes.duplicate().get(rest);
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < Math.min(Math.max(length, 1), rest.length); i++) {
      String digits = Integer.toHexString(rest[i] & 0xFF);
      hex.append(i == 0 ? "0x" : " 0x").append(digits.length() == 1 ? "0" : "").append(digits);
    }
    return SluiceException.usage(
        Codes.NOT_UTF8,
        new Location(source, line, column),
        "byte "
            + offset
            + " ("
            + hex
            + ") is not valid UTF-8; the file is likely "
            + NotText.likelyEncoding(rest),
        "save the file as UTF-8");
  }
}
