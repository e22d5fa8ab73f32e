/**
 * Span F1, accuracy, confusion from gold and predicted spans: mergeable counts; the eval module turns them into reports.
 *
 * <p>{@link dev.sluice.metric.Scores} takes gold and predicted tags sentence by sentence; {@link dev.sluice.metric.ScoreTable} prints
 * them.
 */
package dev.sluice.metric;
