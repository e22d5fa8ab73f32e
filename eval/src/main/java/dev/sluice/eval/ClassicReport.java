package dev.sluice.eval;

import dev.sluice.config.SluiceException;
import dev.sluice.data.Fingerprint;
import dev.sluice.data.Sentence;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.metric.Conlleval;
import dev.sluice.metric.TextLines;
import dev.sluice.text.Tokenizer;

/**
 * What conlleval.pl prints of two files, or of two columns of one; {@link Conlleval} says what is the same and what is converted.
 *
 * @param scheme how the gold tags were read and why
 * @param text the output, ending with a line feed
 */
public record ClassicReport(Detection scheme, String text) {
  private static final String DOCUMENTS = "-DOCSTART- lines";

  /**
   * Compares them; sentences without gold tags are passed over.
   *
   * @param tokenizer splits raw text, where the format holds any
   * @throws SluiceException when a file cannot be read, the two do not hold the same tokens, or a tag that has to be converted cannot be read
   */
  public static ClassicReport of(Side gold, Side predicted, Tokenizer tokenizer) {
    PairedReadings readings = PairedReadings.of(gold, predicted, tokenizer);
    Conlleval counts = new Conlleval(readings.gold(), readings.predicted());
    boolean any = false;
    try (SentencePairs pairs =
        new SentencePairs(gold, predicted, tokenizer, false, new Fingerprint())) {
      for (SentencePairs.Pair pair = pairs.next(); pair != null; pair = pairs.next()) {
        Sentence g = pair.gold(), p = pair.predicted();
        if (g.tags().isEmpty()) continue;
        if (p.tags().isEmpty()) throw PairedFiles.noPrediction(p, "tags");
        any = true;
        try {
          counts.add(g.words(), g.tags(), p.tags());
        } catch (LabelException e) {
          throw readings.problem(e, pair, gold, predicted, tokenizer);
        }
      }
      counts.addDocumentLines(pairs.skipped().getOrDefault(DOCUMENTS, 0L));
    }
    if (!any) throw PairedFiles.empty(gold);
    return new ClassicReport(readings.scheme(), counts.toString());
  }

  /** How the gold tags were read, without a line end. */
  public String note() {
    return TextLines.wrap("scheme of the gold tags: ", scheme.scheme() + ", " + scheme.reason());
  }
}
