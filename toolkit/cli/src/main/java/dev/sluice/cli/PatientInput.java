package dev.sluice.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input that does something just before it has to wait for more, such as answering what it has given already. */
final class PatientInput extends FilterInputStream {
  /** What is done before waiting. */
  @FunctionalInterface
  interface Before {
    void waiting() throws IOException;
  }

  private final Before before;

  PatientInput(InputStream in, Before before) {
    super(in);
    this.before = before;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (in.available() == 0) before.waiting();
    return in.read(bytes, offset, length);
  }
}
