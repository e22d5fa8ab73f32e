/** BIO, IOB1, BIOES and conversions, {@code Span}, allowed transitions. */
package dev.sluice.label;
