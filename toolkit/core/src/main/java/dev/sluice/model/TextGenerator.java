package dev.sluice.model;

import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.vocabulary.Symbols;
import java.util.List;

/** Makes up texts symbol by symbol. It serves one thread. */
public final class TextGenerator {
  private static final int[] PLACE = {0};

  private final SymbolModel model;
  private final SymbolReader reader;
  private final float[] scores;

  /** Hears of each symbol as soon as it is drawn. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A symbol.
     *
     * @param symbol its id; the end of a document among them
     * @param text what it adds to the text
     * @param probability how probable it was as the next symbol, whatever was done to draw it
     * @return whether to go on
     */
    boolean drawn(int symbol, String text, double probability);
  }

  /** A generator. */
  public TextGenerator(SymbolModel model) {
    this.model = model;
    reader = new SymbolReader(model, 1);
    scores = new float[model.symbols().predicted()];
  }

  /**
   * Makes up a text.
   *
   * @param prompt what the text begins with; the listener does not hear of it
   * @param stream the random numbers of the text, see {@link SymbolSampler#stream}
   * @param length the most symbols
   * @param stops texts with which it ends
   */
  public void generate(
      String prompt,
      SymbolSampler sampler,
      long stream,
      int length,
      List<String> stops,
      Listener listener) {
    Symbols symbols = model.symbols();
    int[] begun = TextScorer.read(model, model.encode(prompt));
    reader.forget(0);
    for (int at = 0; at < begun.length; at += 256)
      reader.read(
          new int[][] {java.util.Arrays.copyOfRange(begun, at, Math.min(begun.length, at + 256))},
          PLACE);
    int before = begun[begun.length - 1], last = (begun.length - 1) % 256;
    StringBuilder written = new StringBuilder();
    for (int n = 0; n < length; n++) {
      reader.scores(0, last, scores);
      int symbol = sampler.draw(scores, stream, n);
      double probability = StrictMath.pow(2, reader.log2(0, last, symbol));
      String text = model.written(before, symbol);
      if (n == 0 && endsWithBlank(prompt)) text = text.stripLeading();
      boolean goesOn = listener.drawn(symbol, text, probability);
      written.append(text);
      if (!goesOn || symbol == symbols.end() || endsWith(written, stops)) return;
      reader.read(new int[][] {{symbol}}, PLACE);
      before = symbol;
      last = 0;
    }
  }

  /** Whether a blank need not be written any more. */
  private boolean endsWithBlank(String prompt) {
    return model.unit() == Unit.WORD
        && !prompt.isEmpty()
        && Character.isWhitespace(prompt.charAt(prompt.length() - 1));
  }

  private static boolean endsWith(StringBuilder text, List<String> stops) {
    for (String stop : stops) {
      int from = text.length() - stop.length();
      if (from >= 0 && text.indexOf(stop, from) == from) return true;
    }
    return false;
  }
}
