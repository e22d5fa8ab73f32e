package dev.sluice.text;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;

/** The word boundaries of the JDK's {@link BreakIterator}; blanks are left out, punctuation and symbols are tokens. */
final class BreakIteratorTokenizer implements Tokenizer {
  private final BreakIterator prototype; // never given a text: each call works on a copy

  BreakIteratorTokenizer(Locale language) {
    this.prototype = BreakIterator.getWordInstance(language);
  }

  @Override
  public List<Token> tokenize(String text) {
    BreakIterator words = (BreakIterator) prototype.clone();
    words.setText(text);
    Pieces pieces = new Pieces(text);
    int start = words.first();
    for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
      pieces.add(start, end);
      start = end;
    }
    return pieces.tokens();
  }
}
