package dev.sluice.text;

import java.util.List;
import opennlp.tools.tokenize.SimpleTokenizer;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;
import opennlp.tools.util.StringUtil;

/**
 * OpenNLP's trained tokenizer. {@link TokenizerME} keeps the last call's result in itself and is not safe for several threads, the
 * model behind it is; so each call makes a TokenizerME of its own, which is only a handful of fields.
 *
 * <p>The model looks at every place of a run of characters without blank, with features as long as the run: time grows with the
 * square of its length. A run longer than {@link #LONGEST_RUN} is no word of any language and is left to the simple tokenizer.
 */
final class OpenNlpModelTokenizer implements Tokenizer {
  static final int LONGEST_RUN = 1000;

  private final TokenizerModel model;

  OpenNlpModelTokenizer(TokenizerModel model) {
    this.model = model;
  }

  @Override
  public List<Token> tokenize(String text) {
    TokenizerME words = new TokenizerME(model);
    Pieces pieces = new Pieces(text);
    int done = 0;
    for (int start = 0; start < text.length(); ) {
      int end = endOfRun(text, start);
      if (end - start > LONGEST_RUN) {
        cut(words, text, done, start, pieces);
        cut(SimpleTokenizer.INSTANCE, text, start, end, pieces);
        done = end;
      }
      start = end + 1;
    }
    cut(words, text, done, text.length(), pieces);
    return pieces.tokens();
  }

  /** Where the run of characters from here to the next blank ends, by OpenNLP's idea of a blank. */
  private static int endOfRun(String text, int start) {
    int end = start;
    while (end < text.length() && !StringUtil.isWhitespace(text.charAt(end))) end++;
    return end;
  }

  private static void cut(
      opennlp.tools.tokenize.Tokenizer cutter, String text, int from, int to, Pieces pieces) {
    if (from == to) return;
    for (Span span : cutter.tokenizePos(text.substring(from, to))) {
      pieces.add(from + span.getStart(), from + span.getEnd());
    }
  }
}
