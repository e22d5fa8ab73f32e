package dev.sluice.label;

/**
 * The scheme that fits some tag sequences best.
 *
 * @param scheme the scheme
 * @param reason what speaks for it: one sentence without a full stop
 */
public record Detection(TagScheme scheme, String reason) {}
