package dev.sluice.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** The standard output as bytes, which tells a reader that has gone from a disk that is full. */
final class Pipe extends FilterOutputStream {
  /** Nobody reads any more, as behind {@code | head}. */
  static final class Closed extends IOException {
    private static final long serialVersionUID = 1;

    Closed(IOException cause) {
      super("nobody reads the output any more", cause);
    }
  }

  Pipe(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw told(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw told(e);
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  private static IOException told(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean gone = message.contains("broken pipe") || message.contains("pipe is being closed");
    return gone ? new Closed(e) : e;
  }
}
