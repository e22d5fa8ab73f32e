/**
 * BIO, IOB1, BIOES and conversions, {@code Span}, allowed transitions.
 *
 * <p>{@link dev.sluice.label.TagScheme} reads spans out of tags and spells them again; {@link dev.sluice.label.SchemeDetector} finds the
 * scheme of a file.
 */
package dev.sluice.label;
