/** Span F1, accuracy, confusion from gold and predicted spans: mergeable counts; the eval module turns them into reports. */
package dev.sluice.metric;
