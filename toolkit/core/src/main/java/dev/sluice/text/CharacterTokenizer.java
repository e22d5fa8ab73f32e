package dev.sluice.text;

import java.util.List;
import java.util.regex.Matcher;

/** Each character as a reader sees it (grapheme cluster) is a token; blanks are left out. For languages written without blanks. */
final class CharacterTokenizer implements Tokenizer {

  @Override
  public List<Token> tokenize(String text) {
    Pieces pieces = new Pieces(text);
    for (Matcher cluster = Graphemes.clusters(text); cluster.find(); ) {
      pieces.add(cluster.start(), cluster.end());
    }
    return pieces.tokens();
  }
}
