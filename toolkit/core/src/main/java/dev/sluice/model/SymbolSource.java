package dev.sluice.model;

import dev.sluice.batch.Example;
import dev.sluice.batch.Passage;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Symbols;
import java.util.ArrayList;
import java.util.List;

/**
 * What a language model among the inputs reads of a sentence: the begin of a document, then each token as a symbol, or letter by letter with blanks between tokens, in the form in which the language
 * model looks symbols up. Immutable and safe for many threads.
 *
 * @param name the name of the input among the weights
 * @param unit what a symbol is
 * @param text how symbols are normalised
 * @param symbols the symbols as ids
 */
public record SymbolSource(String name, Unit unit, TextPipeline text, Symbols symbols) {
  private static final String BLANK = " ";
  private static final String CHARACTERS = "character";

  /** What a language model reads. */
  public static SymbolSource of(String name, SymbolModel model) {
    return of(name, model.unit(), model.text().config().normalize(), model.symbols());
  }

  /** The parts that a model file holds; tokens are there already, so of the text's rules only the normalisation counts. */
  public static SymbolSource of(
      String name, Unit unit, List<TextConfig.Normalization> steps, Symbols symbols) {
    TextConfig config = new TextConfig("whitespace", TextConfig.Punctuation.KEEP, steps);
    return new SymbolSource(name, unit, TextPipeline.of(config), symbols);
  }

  /**
   * A sentence, or what comes next of one.
   *
   * @param id that of its example
   * @param begins whether the sentence begins here
   * @param tokenizer how the tagger's own text becomes tokens: those of the tokenizer {@code character} touch each other
   */
  public Passage passage(long id, List<String> tokens, boolean begins, TextPipeline tokenizer) {
    boolean apart = unit == Unit.CHARACTER && !tokenizer.name().equals(CHARACTERS);
    List<Integer> ids = new ArrayList<>();
    int[] ends = new int[tokens.size()];
    if (begins) ids.add(symbols.begin());
    for (int t = 0; t < ends.length; t++) {
      if (apart && (t > 0 || !begins)) ids.add(symbols.id(BLANK));
      String token = text.normalize(tokens.get(t));
      if (unit == Unit.WORD) ids.add(symbols.id(token));
      else token.codePoints().forEach(c -> ids.add(symbols.id(Character.toString(c))));
      ends[t] = ids.size() - 1;
    }
    int[] read = ids.stream().mapToInt(Integer::intValue).toArray();
    return new Passage(Example.unlabelled(id, read), ends);
  }
}
