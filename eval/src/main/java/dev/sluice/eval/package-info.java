/** Batch evaluation and reports, built on the library as any outside user would. */
package dev.sluice.eval;
