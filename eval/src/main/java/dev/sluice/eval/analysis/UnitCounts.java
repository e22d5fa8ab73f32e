package dev.sluice.eval.analysis;

import dev.sluice.eval.statistics.Units;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import java.util.Arrays;

/** What each sentence counts and what each document does. Which of the two is resampled is known at the end. */
final class UnitCounts {
  private final Units sentences;
  private final Units documents;
  private final long[] document;
  private boolean begun;

  private UnitCounts(int width) {
    sentences = Units.of(width);
    documents = Units.of(width);
    document = new long[width];
  }

  /** Without units yet; each will have three counts: TP, FP, FN. */
  static UnitCounts ofSpans() {
    return new UnitCounts(3);
  }

  /** Without units yet; each will have two counts: right, cases. */
  static UnitCounts ofCases() {
    return new UnitCounts(2);
  }

  void add(Counts counts) {
    add(counts.truePositives(), counts.falsePositives(), counts.falseNegatives());
  }

  void add(Ratio right) {
    add(right.part(), right.whole());
  }

  /** Adds a sentence. */
  private void add(long... counts) {
    sentences.add(counts);
    for (int i = 0; i < counts.length; i++) document[i] += counts[i];
    begun = true;
  }

  /** The document is over; without a sentence in it, it is not counted. */
  void endOfDocument() {
    if (!begun) return;
    documents.add(document);
    Arrays.fill(document, 0);
    begun = false;
  }

  /** Adds the units of another one, whose documents are other ones. */
  void merge(UnitCounts other) {
    sentences.merge(other.sentences);
    documents.merge(other.documents);
  }

  /** The units that count something. */
  Units of(Documents.Unit unit) {
    return unit.documents() ? documents : sentences;
  }
}
