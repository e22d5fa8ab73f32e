package dev.sluice.model;

import dev.sluice.batch.Example;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.kernel.Kernels;
import dev.sluice.model.SymbolModel.Piece;
import dev.sluice.network.Network;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Token;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A trained transducer: how a source becomes numbers, the network that writes a target of it, and what its symbols are. Once its weights are final it is immutable and safe for many threads, each
 * with a {@link SequenceDecoder}.
 *
 * @param inputs how the tokens of a source become numbers
 * @param source what a source is cut into
 * @param target what a target is made of
 * @param symbols the symbols of targets as ids
 * @param joins where blanks stand between the words of a target; none for characters
 * @param search how targets are looked for
 * @param network the network
 */
public record TransducerModel(
    InputEncoder inputs,
    Unit source,
    Unit target,
    Symbols symbols,
    Optional<WordJoins> joins,
    Search search,
    Network network) {
  /** The task as configs and model files name it. */
  public static final String TASK = "transduction";

  /** The longest target of train counts as no longer than this. */
  private static final int MOST = 100_000;

  /** The widest beam. */
  public static final int MOST_BEAM = 1000;

  private static final int[] NONE = {};

  /**
   * How targets are looked for.
   *
   * @param beam how many sequences are gone on with at a time, unless somebody asks for another number
   * @param lengthPenalty how much longer ones are preferred
   * @param longest the symbols of the longest target of train, the end not counted
   */
  public record Search(int beam, double lengthPenalty, int longest) {
    /** Checks the numbers. */
    public Search {
      if (beam < 1
          || beam > MOST_BEAM
          || longest < 1
          || !(lengthPenalty >= 0 && lengthPenalty <= 2))
        throw new IllegalArgumentException(
            "a beam of " + beam + ", a penalty of " + lengthPenalty + ", " + longest + " symbols");
      longest = Math.min(longest, MOST);
    }

    /** The most symbols that are written of a source of some tokens: two for each of them, and 50 more or as many as the longest target of train has. */
    public int most(int tokens) {
      return (int) Math.min(Integer.MAX_VALUE - 1, 2L * tokens + Math.max(50, longest));
    }

    /** What the log of a probability is divided by for a sequence of some symbols, the end among them (Wu et al. 2016, arXiv:1609.08144, equation 14). */
    double penalty(int length) {
      return lengthPenalty == 0 ? 1 : StrictMath.pow((5.0 + length) / 6, lengthPenalty);
    }
  }

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException when they do not
   */
  public TransducerModel {
    boolean fits =
        network.shape().decoder().isPresent()
            && network.shape().decoder().get().symbols() == symbols.predicted()
            && network.shape().channels() == inputs.channels().size()
            && joins.isPresent() == (target == Unit.WORD);
    if (!fits) throw new IllegalArgumentException("the network knows other symbols");
  }

  /** How many symbols can come next; their ids are below. */
  public int predicted() {
    return symbols.predicted();
  }

  /** Brings the network's packed weights up to date; needed after every change of the weights and before the first use. */
  public void pack() {
    network.pack(Kernels.create(), false);
  }

  /** The tokens of a source; none when there is nothing in it. */
  public List<Token> tokens(String raw) {
    return tokens(inputs.text(), source, raw);
  }

  /** The tokens of a source: words, or its code points, blanks among them. */
  public static List<Token> tokens(TextPipeline text, Unit unit, String raw) {
    if (unit == Unit.WORD) return text.tokenize(raw);
    List<Token> tokens = new ArrayList<>(raw.length());
    for (int at = 0; at < raw.length(); ) {
      int end = raw.offsetByCodePoints(at, 1);
      tokens.add(new Token(raw.substring(at, end), at, end));
      at = end;
    }
    return tokens;
  }

  /** The symbols of a target, as they stand in it. */
  public static List<Piece> pieces(TextPipeline text, Unit unit, String raw) {
    return unit == Unit.CHARACTER
        ? SymbolModel.characters(raw)
        : SymbolModel.words(text.tokenize(raw), UnaryOperator.identity());
  }

  /**
   * A source as numbers.
   *
   * @param id which source of its data set it is
   * @param tokens the surface forms, at least one
   */
  public Example encode(long id, List<String> tokens) {
    return new Example(
        id,
        inputs.ids(tokens, Map.of(), new LookupCounts()),
        inputs.spellings(tokens),
        inputs.passages(id, tokens, true),
        NONE,
        NONE);
  }

  /** The ids of the symbols of a target, the end last. */
  public int[] encode(List<Piece> target) {
    int[] ids = new int[target.size() + 1];
    for (int i = 0; i < target.size(); i++) ids[i] = symbols.id(target.get(i).symbol());
    ids[target.size()] = symbols.end();
    return ids;
  }

  /** The symbols of a target, one by one, as text. */
  public List<String> texts(int[] target) {
    List<String> texts = new ArrayList<>(target.length);
    for (int symbol : target) if (symbols.hasText(symbol)) texts.add(symbols.text(symbol));
    return texts;
  }

  /** A target as text. */
  public String written(int[] target) {
    StringBuilder text = new StringBuilder();
    int before = symbols.begin();
    for (int symbol : target) {
      text.append(SymbolModel.written(symbols, joins, before, symbol));
      before = symbol;
    }
    return text.toString();
  }
}
