/** metrics.json and its like: what an evaluation or a series of runs came to, written, read again, held to gates and compared with earlier scores. */
package dev.sluice.eval.metrics;
