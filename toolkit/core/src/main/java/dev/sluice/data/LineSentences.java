package dev.sluice.data;

import java.io.IOException;
import java.util.Map;

/** A reader of one file line by line, which counts what it leaves out. */
abstract class LineSentences implements SentenceReader {
  final LineReader lines;
  final Skips skips = new Skips();

  LineSentences(Utf8Input in) {
    lines = new LineReader(in);
  }

  @Override
  public final Map<String, Long> skipped() {
    return skips.counts();
  }

  @Override
  public final void close() throws IOException {
    lines.close();
  }
}
