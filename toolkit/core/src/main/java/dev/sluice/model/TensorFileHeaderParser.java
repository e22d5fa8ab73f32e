package dev.sluice.model;

import static dev.sluice.model.TensorFileFormat.*;
import static dev.sluice.model.TensorFileProblem.*;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.model.TensorFileHeader.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the header as strictly as it is written: metadata first, with format, version and required features checked before any
 * tensor is looked at, then the tensors in the order of their bytes.
 */
final class TensorFileHeaderParser {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_HEADER)
                  .maxNestingDepth(8)
                  .maxNumberLength(20)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(4 * MAX_KEY)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final byte[] header;
  private final Location file;
  private final JsonParser parser;
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private final List<Section> sections = new ArrayList<>();
  private int digestAt = -1;
  private long dataLength;

  private TensorFileHeaderParser(byte[] header, Location file) throws IOException {
    this.header = header;
    this.file = file;
    this.parser = JSON.createParser(header);
  }

  /**
   * Checks and reads a header.
   *
   * @param header its bytes, the length in front not among them
   * @throws SluiceException with one problem, of kind CORRUPT
   */
  static TensorFileHeader parse(byte[] header, Location file) {
    checkCharacters(header, file);
    try {
      TensorFileHeaderParser reader = new TensorFileHeaderParser(header, file);
      try {
        return reader.parse();
      } catch (StreamConstraintsException e) {
        throw LIMIT.in(
            file, "a name, text or number of the header is too long, at byte %,d", reader.at());
      } catch (JsonProcessingException e) {
        throw BAD_JSON.in(file, "the header is not valid JSON at byte %,d", reader.at());
      } finally {
        reader.parser.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("an array in memory cannot fail to be read", e);
    }
  }

  /** The header is UTF-8 without control characters, so that no other encoding can be guessed. */
  private static void checkCharacters(byte[] header, Location file) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(header);
    CharBuffer out = CharBuffer.allocate(Math.min(4_096, header.length));
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
      if (result.isError()) {
        throw NOT_UTF8.in(
            file, "the header is not UTF-8 at byte %,d", LENGTH_BYTES + in.position());
      }
    } while (result.isOverflow());
    for (int i = 0; i < header.length; i++) {
      if (header[i] >= 0 && header[i] < ' ') {
        throw NOT_UTF8.in(file, "the header has a control character at byte %,d", LENGTH_BYTES + i);
      }
    }
  }

  private TensorFileHeader parse() throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    if (parser.nextToken() != JsonToken.FIELD_NAME || !parser.currentName().equals(METADATA)) {
      throw OTHER_FORMAT.in(
          file, "not a Sluice model: the header does not begin with %s", shown(METADATA));
    }
    readMetadata();
    checkFormat();
    Set<String> names = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (name.equals(METADATA) || !names.add(name)) throw duplicate(name);
      if (!Tensor.isName(name)) throw BAD_ENTRY.in(file, "a tensor has the name %s", shown(name));
      if (names.size() > MAX_TENSORS) {
        throw LIMIT.in(file, "the header lists more than %,d tensors", MAX_TENSORS);
      }
      readSection(name);
    }
    int end = Math.toIntExact(parser.currentLocation().getByteOffset());
    for (int i = end; i < header.length; i++) {
      if (header[i] != ' ') {
        throw BAD_JSON.in(file, "the header goes on after its end, at byte %,d", LENGTH_BYTES + i);
      }
    }
    checkChecksums(names);
    return new TensorFileHeader(metadata, sections, digestAt, dataLength);
  }

  private void readMetadata() throws IOException {
    expect(JsonToken.START_OBJECT, "an object of texts");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (metadata.containsKey(key)) throw duplicate(key);
      if (metadata.size() == MAX_ENTRIES) {
        throw LIMIT.in(file, "the header holds more than %,d metadata entries", MAX_ENTRIES);
      }
      expect(JsonToken.VALUE_STRING, "a text");
      long quote = parser.currentTokenLocation().getByteOffset();
      String value = parser.getText();
      if (key.length() > MAX_KEY || value.length() > MAX_TEXT) {
        throw LIMIT.in(file, "metadata entry %s is too long", shown(key));
      }
      if (!Tensor.isWellFormed(key) || !Tensor.isWellFormed(value)) {
        throw NOT_UTF8.in(file, "metadata entry %s has half of a surrogate pair", shown(key));
      }
      if (key.equals(SHA256_KEY)) digestAt = Math.toIntExact(quote) + 1;
      metadata.put(key, value);
    }
  }

  private void checkFormat() {
    String format = metadata.get(FORMAT_KEY);
    if (!FORMAT.equals(format)) {
      throw OTHER_FORMAT.in(
          file,
          "not a Sluice model: format is %s, expected %s",
          format == null ? "not given" : shown(format),
          shown(FORMAT));
    }
    String version = given(VERSION_KEY);
    if (!version.matches("[1-9][0-9]{0,8}")) {
      throw OTHER_VERSION.in(file, "formatVersion is %s, expected a number", shown(version));
    }
    int number = Integer.parseInt(version);
    if (number > VERSION || number < OLDEST_VERSION) {
      throw OTHER_VERSION.in(
          file,
          "the file has format version %d, from %s toolkit; this one reads version %d",
          number,
          number > VERSION ? "a newer" : "an older",
          VERSION);
    }
    for (String feature : given(REQUIRED_KEY).split(",", -1)) {
      if (!feature.isEmpty() && !FEATURES.contains(feature)) {
        throw FEATURE.in(
            file,
            "the file requires %s, which this toolkit (format version %d) does not know",
            shown(feature),
            VERSION);
      }
    }
  }

  private String given(String key) {
    String value = metadata.get(key);
    if (value == null) throw BAD_ENTRY.in(file, "metadata has no entry %s", shown(key));
    return value;
  }

  private void checkChecksums(Set<String> names) {
    String digest = given(SHA256_KEY);
    byte[] digits = digest.getBytes(StandardCharsets.UTF_8);
    int end = digestAt + digits.length;
    if (!digest.matches("[0-9a-f]{64}") // and not written with escapes:
        || end > header.length
        || !Arrays.equals(digits, Arrays.copyOfRange(header, digestAt, end))) {
      throw BAD_ENTRY.in(file, "metadata entry sha256 is not 64 hexadecimal digits");
    }
    for (String name : names) {
      String key = CRC32C_PREFIX + name;
      if (!given(key).matches("[0-9a-f]{8}")) {
        throw BAD_ENTRY.in(file, "metadata entry %s is not 8 hexadecimal digits", shown(key));
      }
    }
    for (String key : metadata.keySet()) {
      if (key.startsWith(CRC32C_PREFIX) && !names.contains(key.substring(CRC32C_PREFIX.length()))) {
        throw BAD_ENTRY.in(file, "metadata entry %s has no tensor", shown(key));
      }
    }
  }

  private void readSection(String name) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    String dtype = null;
    long[] shape = null;
    long[] offsets = null;
    Set<String> fields = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      if (!fields.add(field)) throw duplicate(field);
      switch (field) {
        case "dtype" -> {
          expect(JsonToken.VALUE_STRING, "a text");
          dtype = parser.getText();
        }
        case "shape" -> shape = readNumbers(name, Tensor.MAX_RANK);
        case "data_offsets" -> offsets = readNumbers(name, 2);
        default ->
            throw BAD_ENTRY.in(
                file, "tensor %s has an unknown field %s", shown(name), shown(field));
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw BAD_ENTRY.in(file, "tensor %s needs dtype, shape and two data_offsets", shown(name));
    }
    addSection(name, dtype, shape, offsets[0], offsets[1]);
  }

  private long[] readNumbers(String name, int most) throws IOException {
    expect(JsonToken.START_ARRAY, "an array of numbers");
    long[] numbers = new long[most];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw BAD_ENTRY.in(
            file, "found no whole number in tensor %s at byte %,d", shown(name), at());
      }
      if (parser.getNumberType() == NumberType.BIG_INTEGER) {
        throw SHAPE.in(file, "a number of tensor %s is too large, at byte %,d", shown(name), at());
      }
      if (count == most) {
        throw SHAPE.in(file, "tensor %s has more than %d numbers in a list", shown(name), most);
      }
      numbers[count++] = parser.getLongValue();
    }
    return Arrays.copyOf(numbers, count);
  }

  private void addSection(String name, String dtypeName, long[] shape, long begin, long end) {
    Dtype dtype =
        Arrays.stream(Dtype.values())
            .filter(known -> known.name().equals(dtypeName))
            .findFirst()
            .orElseThrow(
                () -> DTYPE.in(file, "tensor %s has dtype %s", shown(name), shown(dtypeName)));
    long elements;
    long bytes;
    try {
      elements = Tensor.elements(shape);
      bytes = Math.multiplyExact(elements, (long) dtype.bytes());
    } catch (ArithmeticException e) {
      throw SHAPE.in(
          file, "tensor %s has the impossible shape %s", shown(name), Arrays.toString(shape));
    }
    if (begin < 0 || end < begin || end > Long.MAX_VALUE - LENGTH_BYTES - MAX_HEADER) {
      throw OFFSETS.in(
          file, "tensor %s has the impossible offsets [%d, %d]", shown(name), begin, end);
    }
    if (end - begin != bytes) {
      throw SIZE.in(
          file,
          "tensor %s is %s%s, which takes %,d bytes, but its offsets span %,d",
          shown(name),
          dtype,
          Arrays.toString(shape),
          bytes,
          end - begin);
    }
    if (begin != dataLength) {
      throw (begin < dataLength ? OVERLAP : HOLE)
          .in(
              file,
              "tensor %s begins at byte %,d of the data, expected %,d where the one before ends",
              shown(name),
              begin,
              dataLength);
    }
    if (elements > Integer.MAX_VALUE - 8) {
      throw LIMIT.in(
          file, "tensor %s has %,d elements, too many for an array", shown(name), elements);
    }
    sections.add(new Section(name, dtype, shape, begin, end));
    dataLength = end;
  }

  private void expect(JsonToken token, String words) throws IOException {
    if (parser.nextToken() == token) return;
    String name = parser.currentName();
    throw BAD_ENTRY.in(
        file,
        "%s of the header is not %s, at byte %,d",
        name == null ? "the top" : shown(name),
        words,
        at());
  }

  private SluiceException duplicate(String key) {
    return DUPLICATE_KEY.in(file, "the header has %s twice, again at byte %,d", shown(key), at());
  }

  /** Where in the file the parser stands. */
  private long at() {
    return LENGTH_BYTES + Math.max(0, parser.currentLocation().getByteOffset());
  }
}
