package dev.sluice.text;

import java.util.List;
import opennlp.tools.util.Span;

/**
 * A tokenizer of OpenNLP that has no state worth speaking of. (The white-space and the simple one are singletons with one switch,
 * whether line ends become tokens; {@link Pieces} leaves these out, so the switch makes no difference here.)
 */
final class OpenNlpRuleTokenizer implements Tokenizer {
  private final opennlp.tools.tokenize.Tokenizer rules;

  OpenNlpRuleTokenizer(opennlp.tools.tokenize.Tokenizer rules) {
    this.rules = rules;
  }

  @Override
  public List<Token> tokenize(String text) {
    Pieces pieces = new Pieces(text);
    for (Span span : rules.tokenizePos(text)) pieces.add(span.getStart(), span.getEnd());
    return pieces.tokens();
  }
}
