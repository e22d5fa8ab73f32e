/**
 * What is behind a score: errors by kind, scores by bucket, confusions, intervals, examples. Every analysis takes {@link dev.sluice.eval.analysis.Judged} sentences one by one, in memory that
 * does not grow with their number, and gives a part of metrics.json.
 */
package dev.sluice.eval.analysis;
