package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.eval.statistics.Interval;
import dev.sluice.eval.statistics.Measure;
import dev.sluice.eval.statistics.Resamples;
import dev.sluice.eval.statistics.Units;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import java.util.Optional;

/** How certain the headline score of a part of the data is, when nothing more is asked of the part. */
public final class Headline {
  private final Scores.Kind kind;
  private final int threads;
  private final Documents documents = new Documents();
  private final UnitCounts units;

  /**
   * Without sentences.
   *
   * @param kind what is scored
   * @param threads how many to use at the end; the result is the same for any number
   */
  public Headline(Scores.Kind kind, int threads) {
    this.kind = kind;
    this.threads = threads;
    units = kind == Scores.Kind.SPANS ? UnitCounts.ofSpans() : UnitCounts.ofCases();
  }

  /**
   * Adds a sentence.
   *
   * @param counts what it counts, all types together, as {@link Analysis#counts} has it
   */
  public void add(Judged judged, Counts counts) {
    if (documents.begins(judged.sentence())) units.endOfDocument();
    if (kind == Scores.Kind.SPANS) units.add(counts);
    else units.add(new Ratio(counts.truePositives(), counts.gold()));
  }

  /** The interval with what was resampled, as {@code interval} of a part of metrics.json; null where there is none. To be asked once, at the end. */
  public ObjectNode json() {
    units.endOfDocument();
    Documents.Unit unit = documents.unit();
    Units its = units.of(unit);
    if (its.size() == 0) return null;
    Resamples resamples = Bootstrap.of(Analysis.SEED, threads).resample(its);
    Measure measure = kind == Scores.Kind.SPANS ? Measure.F1 : Measure.ACCURACY;
    Optional<Interval> interval = resamples.interval(measure);
    ObjectNode json = Intervals.json(interval);
    return json == null ? null : json.put("unit", unit.kind()).put("count", unit.count());
  }
}
