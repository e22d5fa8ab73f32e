package dev.sluice.embedding;

import dev.sluice.config.IoReason;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file in order, unpacked when its first bytes are those of gzip. Every failure is a {@link SluiceException}: EMB-002
 * not read, EMB-005 gzip cut off, EMB-006 gzip damaged.
 */
final class ByteSource implements Closeable {
  private static final int BUFFER = 1 << 16;

  /** How the file is opened; more than once. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  private final String name;
  private final byte[] buffer = new byte[BUFFER];
  private Counted file;
  private InputStream in;
  private int position;
  private int limit;
  private long before; // bytes unpacked before buffer[0]
  private byte[] taken = new byte[1 << 10];
  private boolean stopped;

  private ByteSource(String name) {
    this.name = name;
  }

  /** The bytes from the first one on. */
  static ByteSource open(String name, Opener opener) {
    ByteSource source = new ByteSource(name);
    try {
      source.file = new Counted(opener.open());
      source.in = source.file;
      PushbackInputStream start = new PushbackInputStream(source.file, 2);
      byte[] magic = start.readNBytes(2);
      start.unread(magic);
      boolean gzip = magic.length == 2 && magic[0] == 0x1F && (magic[1] & 0xFF) == 0x8B;
      source.in = gzip ? new GZIPInputStream(start) : start;
      return source;
    } catch (IOException e) {
      source.close();
      throw source.failure(e);
    }
  }

  /** The file as the user named it. */
  String name() {
    return name;
  }

  /** The number of unpacked bytes that were taken. */
  long offset() {
    return before + position;
  }

  /** The number of bytes of the file, packed or not, that were needed for that; approximate when packed. */
  long fileOffset() {
    return in instanceof GZIPInputStream ? file.count : offset();
  }

  /** The first bytes of the file, at most 65,536, as a copy; they are not taken. For use at the start. */
  byte[] head() {
    while (limit < BUFFER) {
      int count = read(limit, BUFFER - limit);
      if (count < 0) break;
      limit += count;
    }
    return Arrays.copyOfRange(buffer, position, limit);
  }

  /** The next byte, or -1 at the end. */
  int next() {
    return position < limit || fill() ? buffer[position++] & 0xFF : -1;
  }

  /** Leaves out so many bytes of those {@link #head} gave. */
  void skip(int count) {
    position += count;
  }

  /**
   * Takes the bytes up to the next {@code stop}, or to the end; they stand in {@link #taken} from index 0 on. The stop byte is taken
   * too but not among them.
   *
   * @param most how many bytes may come before the stop
   * @return their number; {@code most + 1} if there are more, in which case no more are read; -1 at the end of the file
   */
  int take(int stop, int most) {
    int count = 0;
    stopped = false;
    while (position < limit || fill()) {
      int start = position;
      while (position < limit && buffer[position] != stop) position++;
      int more = Math.min(position - start, most - count);
      reserve(count + more, most);
      System.arraycopy(buffer, start, taken, count, more);
      count += more;
      if (more < position - start) return most + 1;
      if (position < limit) {
        position++;
        stopped = true;
        return count;
      }
    }
    return count == 0 ? -1 : count;
  }

  /** What {@link #take} took; valid until the next call. */
  byte[] taken() {
    return taken;
  }

  /** Whether {@link #take} came to a stop byte and not to the end of the file. */
  boolean stopped() {
    return stopped;
  }

  /** Fills an array, and returns how many bytes there were for it. */
  int fill(byte[] target) {
    int count = 0;
    while (count < target.length && (position < limit || fill())) {
      int more = Math.min(target.length - count, limit - position);
      System.arraycopy(buffer, position, target, count, more);
      position += more;
      count += more;
    }
    return count;
  }

  @Override
  public void close() {
    try {
      if (in != null) in.close();
    } catch (IOException e) {
      // all that was wanted has been read
    }
  }

  private void reserve(int size, int most) {
    if (size > taken.length) taken = Arrays.copyOf(taken, Math.max(size, Math.min(most, 2 * size)));
  }

  private boolean fill() {
    before += limit;
    position = 0;
    limit = 0;
    limit = Math.max(0, read(0, BUFFER));
    return limit > 0;
  }

  private int read(int from, int most) {
    try {
      return in.read(buffer, from, most);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private SluiceException failure(IOException e) {
    Location where = Location.of(name);
    if (e instanceof EOFException) {
      return SluiceException.usage(
          Codes.CUT_OFF,
          where,
          "the gzip file ends in the middle, after " + file.count + " bytes",
          "download it again");
    }
    if (e instanceof ZipException) {
      return SluiceException.usage(
          Codes.GZIP,
          where,
          "the gzip file is damaged (" + e.getMessage() + ")",
          "download it again");
    }
    return SluiceException.io(
        Codes.NOT_READ,
        where,
        "the file could not be read: " + IoReason.of(e),
        "check the disk and your right to read the file");
  }

  /** Counts what is read of the file itself. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      if (b >= 0) count++;
      return b;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
      int more = in.read(target, from, most);
      if (more > 0) count += more;
      return more;
    }
  }
}
