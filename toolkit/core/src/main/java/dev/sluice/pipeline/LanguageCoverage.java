package dev.sluice.pipeline;

import dev.sluice.batch.Passage;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.embedding.Coverage;
import dev.sluice.metric.Ratio;
import dev.sluice.vocabulary.Symbols;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of the training split the language model of an input knows.
 *
 * @param input the number of the input in the config, counted from 0
 * @param file the model file as the config names it
 * @param symbols how many of the symbols that it reads there are known to it, begins of sentences aside
 */
public record LanguageCoverage(int input, Path file, Ratio symbols) {

  /** Counts the symbols of passages. */
  static LanguageCoverage of(int input, Path file, Symbols known, Iterable<Passage> passages) {
    long found = 0, all = 0;
    for (Passage passage : passages) {
      for (int id : passage.symbols().inputs()[0]) {
        if (id == known.begin()) continue;
        all++;
        if (id != Symbols.UNKNOWN) found++;
      }
    }
    return new LanguageCoverage(input, file, new Ratio(found, all));
  }

  /**
   * Refuses a language model that knows next to nothing of the training split.
   *
   * @throws SluiceException EMB-024
   */
  void require() {
    if (symbols.orElse(1) >= Coverage.LEAST) return;
    throw SluiceException.usage(
        "EMB-024",
        Location.of(file.toString()),
        "the language model knows only "
            + symbols.percent()
            + " % of what it reads of train, expected at least "
            + Math.round(100 * Coverage.LEAST)
            + " %",
        "name one that was trained on text of this language, cut into tokens in the same way");
  }

  /** The counts as a model keeps them. */
  SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("inputs." + input + ".symbols", String.valueOf(symbols.whole()));
    facts.put("inputs." + input + ".symbols.known", String.valueOf(symbols.part()));
    return facts;
  }
}
