package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the text of a config file: UTF-8 with or without a byte-order mark, at most 1 MiB. */
final class ConfigFile {
  static final int MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /** The text of a file; a problem about the file as a whole is placed where it was asked for. */
  static String read(Path file, Location askedAt) {
    if (!Files.exists(file)) throw missing(file, askedAt);
    if (Files.isDirectory(file)) {
      throw Problems.alone(
          Code.FILE,
          askedAt,
          file + " is a folder, expected a YAML file",
          "name a file in it" + examples(file, "config.yaml"));
    }
    if (!Files.isRegularFile(file)) {
      throw Problems.alone(
          Code.FILE, askedAt, file + " is not a regular file", "copy the config into a file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw SluiceException.io(
          Code.FILE.code(),
          askedAt,
          file + " cannot be read: " + e,
          "check the permissions of the file");
    }
    return decode(bytes, file.toString());
  }

  private static SluiceException missing(Path file, Location askedAt) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    while (folder != null && !Files.isDirectory(folder)) folder = folder.getParent();
    boolean folderThere = folder != null && folder.equals(absolute.getParent());
    String what =
        "there is no file "
            + file
            + (file.toString().equals(absolute.toString()) ? "" : " (" + absolute + ")");
    String fix =
        folder == null
            ? "check the path"
            : folderThere
                ? "check the name" + examples(folder, String.valueOf(absolute.getFileName()))
                : "check the path; its last existing folder is " + folder;
    return Problems.alone(Code.FILE, askedAt, what, fix);
  }

  /** Names in a folder that are near what was asked for, as the end of a fix. */
  private static String examples(Path folder, String wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.limit(10_000).map(p -> Words.shown(String.valueOf(p.getFileName()))).toList();
      if (names.isEmpty()) return "; the folder " + folder + " is empty";
      List<String> near = Words.nearestFirst(wanted, names, 3);
      return "; the nearest names in " + folder + " are " + String.join(", ", near);
    } catch (IOException e) {
      return "";
    }
  }

  /** Strict decoding; says at which byte it fails and what the file looks like instead. */
  static String decode(byte[] bytes, String source) {
    checkSize(bytes.length, source);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String wide = utf16(bytes);
    if (result.isError() || wide != null) {
      int offset = result.isError() ? in.position() : 0;
      String likely = wide != null ? wide : "Windows-1252 or Latin-1";
      String before = out.flip().toString();
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
      throw Problems.alone(
          Code.ENCODING,
          wide != null ? Location.of(source) : new Location(source, line, column),
          "not UTF-8 at byte "
              + offset
              + Words.hex(" (0x%02x)", bytes[offset] & 0xff)
              + ", the file looks like "
              + likely,
          "save it as UTF-8");
    }
    return withoutMark(out.flip().toString());
  }

  /** Refuses what is too large for a config. */
  static void checkSize(int bytes, String source) {
    if (bytes <= MAX_BYTES) return;
    throw Problems.alone(
        Code.ENCODING,
        Location.of(source),
        "the file is larger than 1 MiB (1,048,576 bytes)",
        "name a config file, not data; long lists belong into data files");
  }

  /** The text without a byte-order mark. */
  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** UTF-16 shows itself by its mark or by zero bytes in every second place; null when it is not. */
  private static String utf16(byte[] bytes) {
    if (bytes.length < 2) return null;
    if ((bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) return "UTF-16 (little endian)";
    if ((bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) return "UTF-16 (big endian)";
    if (bytes[0] != 0 && bytes[1] == 0) return "UTF-16 (little endian, no mark)";
    if (bytes[0] == 0 && bytes[1] != 0) return "UTF-16 (big endian, no mark)";
    return null;
  }
}
