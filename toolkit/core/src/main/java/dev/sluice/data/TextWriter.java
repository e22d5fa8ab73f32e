package dev.sluice.data;

import java.io.IOException;
import java.io.Writer;

/** A text per line; tags and labels are left out. */
final class TextWriter implements SentenceWriter {
  private final Writer out;

  TextWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void write(Sentence sentence) throws IOException {
    String text = sentence.text();
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw Writers.unwritable(sentence, "the text has more than one line", "write JSON lines");
    }
    out.write(text + "\n");
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
