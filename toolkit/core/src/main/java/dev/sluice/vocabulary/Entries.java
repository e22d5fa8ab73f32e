package dev.sluice.vocabulary;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The bytes of a list of strings with a number each, as they stand in a model file:
 *
 * <pre>
 *   int32  number of entries                   every int32 little-endian
 *   per entry: int32 number (at least 0), int32 length of the text in bytes (1 to 4000), the text in UTF-8
 * </pre>
 *
 * Reading believes nothing: each size is held against the bytes that are left before anything is made of it.
 */
final class Entries {
  /** The longest text in UTF-16 units; UTF-8 takes at most 3 bytes for one, or 4 for two. */
  static final int LONGEST = 1000;

  private static final int MOST_BYTES = 4 * LONGEST;
  private static final int LEAST_ENTRY = 2 * Integer.BYTES + 1;

  /** A text and its number. */
  record Entry(String text, int number) {}

  private Entries() {}

  /** Whether a text can be stored: not empty, not too long, without half a surrogate pair. */
  static boolean canHold(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  static byte[] write(List<Entry> entries) {
    List<byte[]> texts =
        entries.stream().map(entry -> entry.text.getBytes(StandardCharsets.UTF_8)).toList();
    long size = Integer.BYTES + texts.stream().mapToLong(t -> 2L * Integer.BYTES + t.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(entries.size());
    for (int i = 0; i < texts.size(); i++) {
      bytes.putInt(entries.get(i).number).putInt(texts.get(i).length).put(texts.get(i));
    }
    return bytes.array();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws SluiceException MOD-101 cut off, MOD-102 an impossible number, MOD-103 no UTF-8, MOD-104 a text twice, MOD-105 bytes after
   *     the end
   */
  static List<Entry> read(byte[] data, Location where) {
    ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    require(bytes, Integer.BYTES, where);
    int size = bytes.getInt();
    if (size < 0 || size > bytes.remaining() / LEAST_ENTRY) {
      throw corrupt("MOD-102", where, bytes, "%d entries do not fit into it".formatted(size));
    }
    List<Entry> entries = new ArrayList<>(size);
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < size; i++) {
      Entry entry = entry(bytes, where);
      if (!texts.add(entry.text)) throw corrupt("MOD-104", where, bytes, "a text stands twice");
      entries.add(entry);
    }
    if (bytes.hasRemaining()) {
      throw corrupt("MOD-105", where, bytes, bytes.remaining() + " bytes after the end");
    }
    return entries;
  }

  private static Entry entry(ByteBuffer bytes, Location where) {
    require(bytes, 2 * Integer.BYTES, where);
    int number = bytes.getInt(), length = bytes.getInt();
    if (number < 0) throw corrupt("MOD-102", where, bytes, "a count of " + number);
    if (length < 1 || length > MOST_BYTES) {
      throw corrupt("MOD-102", where, bytes, "a text of %d bytes".formatted(length));
    }
    require(bytes, length, where);
    ByteBuffer text = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return new Entry(StandardCharsets.UTF_8.newDecoder().decode(text).toString(), number);
    } catch (CharacterCodingException e) {
      throw corrupt("MOD-103", where, bytes, "a text that is no UTF-8");
    }
  }

  private static void require(ByteBuffer bytes, int needed, Location where) {
    if (bytes.remaining() >= needed) return;
    throw corrupt(
        "MOD-101",
        where,
        bytes,
        "%d bytes more were expected".formatted(needed - bytes.remaining()));
  }

  static SluiceException corrupt(String code, Location where, ByteBuffer at, String what) {
    return corrupt(
        code, where, "%s, at byte %d of %d".formatted(what, at.position(), at.capacity()));
  }

  static SluiceException corrupt(String code, Location where, String what) {
    return SluiceException.corrupt(
        code, where, "the list of words or labels is damaged: " + what, "get the model file again");
  }
}
