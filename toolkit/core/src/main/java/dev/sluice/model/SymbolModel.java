package dev.sluice.model;

import dev.sluice.data.DataConfig.TextLayout.DocumentBorder;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.data.Documents;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.Network;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Token;
import dev.sluice.vocabulary.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A trained language model: what its symbols are, and the network that predicts them. Once its weights are final it is immutable and safe for many
 * threads, each with a
 * {@link SymbolReader}.
 *
 * @param text how text becomes words, and how symbols are normalised
 * @param unit what a symbol is
 * @param document what a document was in training
 * @param symbols the symbols as ids
 * @param joins where blanks stand between words; none for characters
 * @param network the network
 */
public record SymbolModel(
    TextPipeline text,
    Unit unit,
    DocumentBorder document,
    Symbols symbols,
    Optional<WordJoins> joins,
    Network network) {
  /** The task as configs and model files name it. */
  public static final String TASK = "language-model";

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException when they do not
   */
  public SymbolModel {
    boolean fits =
        network.shape().next().isPresent()
            && network.shape().next().get().symbols() == symbols.predicted()
            && network.shape().inputs().get(0).vocabulary() == symbols.read()
            && joins.isPresent() == (unit == Unit.WORD);
    if (!fits) throw new IllegalArgumentException("the network knows other symbols");
  }

  /** How many symbols can come next; their ids are below. */
  public int predicted() {
    return symbols.predicted();
  }

  /** Whether an id is that of the end of a document. */
  public boolean isEnd(int symbol) {
    return symbol == symbols.end();
  }

  /** Whether an id is that of a known symbol, which has a text. */
  public boolean hasText(int symbol) {
    return symbols.hasText(symbol);
  }

  /** Brings the network's packed weights up to date; needed after every change of the weights and before the first use. */
  public void pack() {
    network.pack(Kernels.create(), false);
  }

  /** The symbols of a text, without begin and end. */
  public int[] encode(String raw) {
    return encode(pieces(text, unit, raw));
  }

  /** The ids of symbols. */
  public int[] encode(List<Piece> pieces) {
    return pieces.stream().mapToInt(p -> symbols.id(p.symbol())).toArray();
  }

  /**
   * A symbol as text.
   *
   * @param symbol what is looked up
   * @param touches whether nothing stands between it and the one before it
   */
  public record Piece(String symbol, boolean touches) {}

  /** A text cut into symbols: code points of the normalised text, or normalised tokens, line by line. */
  public static List<Piece> pieces(TextPipeline text, Unit unit, String raw) {
    String plain = Documents.withPlainLineEnds(raw);
    if (unit == Unit.CHARACTER) return characters(text.normalize(plain));
    List<Piece> pieces = new ArrayList<>();
    for (String line : plain.split("\n", -1)) pieces.addAll(words(text, text.tokenize(line)));
    return pieces;
  }

  /** The code points of a text as symbols. */
  static List<Piece> characters(String text) {
    return text.codePoints().mapToObj(c -> new Piece(Character.toString(c), true)).toList();
  }

  /** Tokens of a line as symbols. */
  public static List<Piece> words(TextPipeline text, List<Token> tokens) {
    return words(tokens, text::normalize);
  }

  /** Tokens as symbols, each in a form of its text. */
  static List<Piece> words(List<Token> tokens, UnaryOperator<String> form) {
    List<Piece> pieces = new ArrayList<>(tokens.size());
    int end = -1;
    for (Token token : tokens) {
      pieces.add(new Piece(form.apply(token.text()), token.start() == end));
      end = token.end();
    }
    return pieces;
  }

  /**
   * What a symbol adds to a text.
   *
   * @param before the symbol before it; {@link Symbols#begin} at the begin
   * @return its text, for words with the blank before it; nothing for marks and the unknown symbol
   */
  public String written(int before, int symbol) {
    return written(symbols, joins, before, symbol);
  }

  /** The same of any symbols. */
  static String written(Symbols symbols, Optional<WordJoins> joins, int before, int symbol) {
    if (!symbols.hasText(symbol)) return "";
    String word = symbols.text(symbol);
    if (joins.isEmpty() || !symbols.hasText(before)) return word;
    return joins.get().apart(before, symbol) ? " " + word : word;
  }
}
