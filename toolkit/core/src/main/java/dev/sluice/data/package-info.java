/** {@code Sentence}, {@code Dataset}, readers and writers (CSV, CoNLL columns, CoNLL-U, JSON lines, word/slot/intent triples), splits. */
package dev.sluice.data;
