package dev.sluice.data;

import java.io.Closeable;
import java.io.IOException;

/** Writes sentences one after the other, so that the reader of the format reads them back equal. */
public interface SentenceWriter extends Closeable {
  /**
   * Writes a sentence. Nothing of it is written when it is refused.
   *
   * @throws dev.sluice.config.SluiceException when the format cannot hold it, such as a token with a blank between blanks
   */
  void write(Sentence sentence) throws IOException;
}
