package dev.sluice.data;

import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A sentence per line of plain text, without tags. A line without tokens is a sentence without tokens, so that lines keep their number. */
final class TextSentences extends LineSentences {
  private final Tokenizer tokenizer;

  TextSentences(Utf8Input in, Tokenizer tokenizer) {
    super(in);
    this.tokenizer = tokenizer;
  }

  @Override
  public Sentence next() throws IOException {
    String line = lines.next();
    if (line == null) return null;
    return new Sentence(line, tokenizer.tokenize(line), List.of(), Optional.empty(), lines.where());
  }
}
