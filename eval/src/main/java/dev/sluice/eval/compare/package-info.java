/** Two to twenty runs on the same data side by side: whether they differ by more than chance, and where each one wins. */
package dev.sluice.eval.compare;
