package dev.sluice.model;

import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.text.TextConfig;
import dev.sluice.vocabulary.Symbols;
import java.util.List;

/** A language model among the inputs of a tagger as metadata of the tagger's file. */
final class LanguageDescription {
  private static final String UNIT = "unit";
  private static final String NORMALIZE = "normalize";

  private LanguageDescription() {}

  /** Whether an input is one. */
  static boolean isIn(Attributes a) {
    return a.has(UNIT);
  }

  static void put(Attributes a, Input.States states, SymbolSource source) {
    a.put(UNIT, Attributes.name(source.unit())).put("symbol", states.symbols().name());
    if (states.symbols() instanceof Input.Table t) a.put("dimension", t.dimension());
    a.put("tuned", states.tuned());
    String steps = TextDescription.normalization(source.text().config());
    if (!steps.isEmpty()) a.put(NORMALIZE, steps);
  }

  static SymbolSource source(TensorFile file, String key, Attributes a, Symbols symbols) {
    List<TextConfig.Normalization> steps =
        TextDescription.normalization(file, key, a.has(NORMALIZE) ? a.text(NORMALIZE) : "");
    return SymbolSource.of(a.text("name"), a.choice(UNIT, Unit.class), steps, symbols);
  }

  /** The shape of the input whose description stands under a key. */
  static Input.States states(TensorFile file, String key, Attributes a, Symbols symbols) {
    String symbol = a.text("symbol");
    Input read =
        a.has("dimension")
            ? new Input.Table(symbol, symbols.read(), a.number("dimension"))
            : new Input.OneHot(symbol, symbols.read());
    return new Input.States(
        a.text("name"), read, EncoderDescription.read(file, key), a.flag("tuned"));
  }
}
