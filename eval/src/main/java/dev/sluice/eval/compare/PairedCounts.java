package dev.sluice.eval.compare;

import dev.sluice.eval.analysis.Documents;
import dev.sluice.eval.statistics.PairedUnits;
import dev.sluice.metric.Counts;

/** What two systems count in each sentence and in each document. Which of the two is the unit of the statistics is known at the end. */
final class PairedCounts {
  private final PairedUnits sentences = PairedUnits.ofSpans();
  private final PairedUnits documents = PairedUnits.ofSpans();
  private Counts first = Counts.NONE;
  private Counts second = Counts.NONE;
  private boolean begun;

  /** Adds a sentence. */
  void add(Counts one, Counts other) {
    sentences.add(one, other);
    first = first.plus(one);
    second = second.plus(other);
    begun = true;
  }

  /** The document is over. */
  void endOfDocument() {
    if (!begun) return;
    documents.add(first, second);
    first = Counts.NONE;
    second = Counts.NONE;
    begun = false;
  }

  /** All units, those in which nothing was counted included. */
  PairedUnits of(Documents.Unit unit) {
    PairedUnits units = unit.documents() ? documents : sentences;
    if (units.size() < unit.count()) units.addEmpty(unit.count() - units.size());
    return units;
  }
}
