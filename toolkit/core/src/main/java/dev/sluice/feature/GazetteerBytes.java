package dev.sluice.feature;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The bytes of a gazetteer, as they stand in a model file:
 *
 * <pre>
 *   int32  1 when case is ignored, else 0                 every int32 little-endian
 *   int32  number of types, at least 1
 *   per type: a text                                      in ascending order, each used by a phrase
 *   int32  number of phrases, at least 1
 *   per phrase: int32 index of its type, a text           in ascending order, tokens joined by one blank
 *
 *   text:  int32 length in bytes (1 to 4000), UTF-8       order is that of UTF-16 units, as String.compareTo
 * </pre>
 *
 * Phrases keep their case, so that a later Java with other rules of case can still read them. Reading believes nothing: each size is held
 * against the bytes that are left before anything is made of it, and what is read would be written just so.
 */
final class GazetteerBytes {
  private static final int MOST_BYTES = 4 * Phrases.LONGEST;
  private static final int LEAST_TEXT = Integer.BYTES + 1;

  private final ByteBuffer bytes;
  private final Location where;

  private GazetteerBytes(byte[] data, Location where) {
    this.bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    this.where = where;
  }

  static byte[] write(SortedMap<String, String> phrases, boolean ignoreCase) {
    List<String> types = List.copyOf(new TreeSet<>(phrases.values()));
    List<byte[]> texts = new ArrayList<>();
    for (String type : types) texts.add(type.getBytes(StandardCharsets.UTF_8));
    for (String phrase : phrases.keySet()) texts.add(phrase.getBytes(StandardCharsets.UTF_8));
    long size = 3L * Integer.BYTES + (long) phrases.size() * Integer.BYTES;
    for (byte[] text : texts) size += Integer.BYTES + text.length;
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(ignoreCase ? 1 : 0).putInt(types.size());
    for (byte[] text : texts.subList(0, types.size())) out.putInt(text.length).put(text);
    out.putInt(phrases.size());
    int i = types.size();
    for (String type : phrases.values()) {
      byte[] text = texts.get(i++);
      out.putInt(Collections.binarySearch(types, type)).putInt(text.length).put(text);
    }
    return out.array();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws SluiceException MOD-121 cut off, MOD-122 an impossible number, MOD-123 no UTF-8, MOD-124 a text that is no phrase or type,
   *     MOD-125 bytes after the end, MOD-126 not in order, or a type that no phrase has
   */
  static Gazetteer read(byte[] data, Location where) {
    return new GazetteerBytes(data, where).gazetteer();
  }

  private Gazetteer gazetteer() {
    int flag = number();
    if (flag != 0 && flag != 1) throw corrupt("MOD-122", "a flag of " + flag);
    List<String> types = types();
    Phrases phrases = phrases(types);
    if (bytes.hasRemaining()) throw corrupt("MOD-125", bytes.remaining() + " bytes after the end");
    return new Gazetteer(phrases, flag == 1);
  }

  private List<String> types() {
    int count = count(LEAST_TEXT, "types");
    List<String> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String type = text();
      boolean canonical = !Phrases.hasEmptyType(type) && Phrases.canonicalType(type).equals(type);
      if (!canonical) throw corrupt("MOD-124", "a text that is no type");
      if (i > 0) checkOrder(types.get(i - 1), type);
      types.add(type);
    }
    return types;
  }

  private Phrases phrases(List<String> types) {
    int count = count(Integer.BYTES + LEAST_TEXT, "phrases");
    Phrases phrases = new Phrases();
    BitSet used = new BitSet(types.size());
    for (int i = 0; i < count; i++) {
      int type = number();
      if (type < 0 || type >= types.size()) {
        throw corrupt("MOD-122", "type %d of %d".formatted(type, types.size()));
      }
      used.set(type);
      String phrase = text();
      if (!Phrases.canonicalPhrase(phrase).equals(phrase))
        throw corrupt("MOD-124", "a text that is no phrase");
      if (i > 0) checkOrder(phrases.types().lastKey(), phrase);
      phrases.add(phrase, types.get(type));
    }
    int unused = used.nextClearBit(0);
    if (unused < types.size()) throw corrupt("MOD-126", "no phrase has type " + unused);
    return phrases;
  }

  private void checkOrder(String before, String after) {
    if (before.compareTo(after) >= 0) throw corrupt("MOD-126", "the texts are not in order");
  }

  private int count(int least, String what) {
    int count = number();
    if (count < 1 || count > bytes.remaining() / least) {
      throw corrupt("MOD-122", "%d %s do not fit into it".formatted(count, what));
    }
    return count;
  }

  private int number() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  private String text() {
    int length = number();
    if (length < 1 || length > MOST_BYTES) {
      throw corrupt("MOD-122", "a text of %d bytes".formatted(length));
    }
    require(length);
    ByteBuffer slice = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
    } catch (CharacterCodingException e) {
      throw corrupt("MOD-123", "a text that is no UTF-8");
    }
    if (text.length() > Phrases.LONGEST)
      throw corrupt("MOD-122", "a text of %d characters".formatted(text.length()));
    return text;
  }

  private void require(int needed) {
    if (bytes.remaining() >= needed) return;
    throw corrupt("MOD-121", "%d bytes more were expected".formatted(needed - bytes.remaining()));
  }

  private SluiceException corrupt(String code, String what) {
    return SluiceException.corrupt(
        code,
        where,
        "the gazetteer is damaged: %s, at byte %d of %d"
            .formatted(what, bytes.position(), bytes.capacity()),
        "get the model file again");
  }
}
