/** Ragged time-major batches and length buckets: sentences turned into id arrays, no padding. */
package dev.sluice.batch;
