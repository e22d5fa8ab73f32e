package dev.sluice.metric;

/**
 * How well a language model predicts a text. Mergeable: {@link #plus}.
 * <pre>
 *   bits = -Σ log₂ p(symbol | those before it)        perplexity = 2^(bits / symbols)
 * </pre>
 *
 * @param bits the sum over all symbols, those that end documents and unknown ones among them
 * @param symbols how many were predicted, ends of documents among them
 * @param characters the Unicode code points of the documents, line ends inside of them counted, those between them not
 * @param unknown how many of the symbols are unknown to the model, which predicts of them just that
 */
public record Perplexity(double bits, long symbols, long characters, long unknown) {
  /** Of no text. */
  public static final Perplexity NONE = new Perplexity(0, 0, 0, 0);

  /** Of two texts together. */
  public Perplexity plus(Perplexity other) {
    return new Perplexity(
        bits + other.bits,
        symbols + other.symbols,
        characters + other.characters,
        unknown + other.unknown);
  }

  /** Bits per symbol; 0 for no text. */
  public double bitsPerSymbol() {
    return symbols == 0 ? 0 : bits / symbols;
  }

  /** Bits per character, the ends of documents paid for by their characters; 0 for no text. */
  public double bitsPerCharacter() {
    return characters == 0 ? 0 : bits / characters;
  }

  /** The perplexity per symbol: how many equally probable symbols would be as hard to predict. */
  public double value() {
    return StrictMath.pow(2, bitsPerSymbol());
  }

  /** The geometric mean of the probabilities of the symbols, 1 / perplexity, which rises as the model gets better. */
  public double meanProbability() {
    return StrictMath.pow(2, -bitsPerSymbol());
  }
}
