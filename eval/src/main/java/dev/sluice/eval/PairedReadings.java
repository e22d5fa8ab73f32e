package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.metric.Reading;
import dev.sluice.text.Tokenizer;
import java.util.List;

/**
 * How the tags of both sides are read.
 *
 * @param scheme how the gold tags spell spans and why
 * @param gold the gold tags
 * @param predicted the predicted tags
 */
record PairedReadings(Detection scheme, Reading gold, Reading predicted) {
  /**
   * A scheme that is not named is found in the gold data; predictions are read like the gold data unless their own scheme is named.
   *
   * @throws SluiceException EVA-003 when one side has spans and the other plain labels
   */
  static PairedReadings of(Side gold, Side predicted, Tokenizer tokenizer) {
    Detection scheme = GoldTags.scheme(List.of(gold.file()), gold.config(), tokenizer);
    boolean own = predicted.config().scheme() != DataConfig.SchemeChoice.AUTO;
    Reading expected = GoldTags.reading(scheme.scheme(), gold.config());
    Reading found =
        own
            ? GoldTags.reading(
                GoldTags.scheme(List.of(), predicted.config(), tokenizer).scheme(),
                predicted.config())
            : expected;
    if (expected.scheme().hasSpans() == found.scheme().hasSpans())
      return new PairedReadings(scheme, expected, found);
    throw SluiceException.usage(
        Codes.TASK,
        Location.of(predicted.file().toString()),
        "the gold tags are read as "
            + expected.scheme()
            + " but the predicted ones as "
            + found.scheme(),
        "name two schemes with spans, or plain for both");
  }

  /** A label that cannot be read as a problem at its place: in the gold data when that is where it stands, else in the prediction. */
  SluiceException problem(
      LabelException e, SentencePairs.Pair pair, Side left, Side right, Tokenizer tokenizer) {
    try {
      gold.scheme().decode(pair.gold().tags(), gold.repair());
      return GoldTags.problem(e, pair.predicted(), right.file(), right.config(), tokenizer);
    } catch (LabelException inGold) {
      return GoldTags.problem(e, pair.gold(), left.file(), left.config(), tokenizer);
    }
  }
}
