package dev.sluice.model;

import dev.sluice.vocabulary.Vocabulary;

/**
 * An input of ids: what it looks at, and the ids of what it may see there.
 *
 * @param name its name among the weights
 * @param source what of a token it looks at
 * @param vocabulary the categories it knows; for words those of the model itself
 */
public record Channel(String name, Source source, Vocabulary vocabulary) {}
