/**
 * Adapters that let a tagger stand where OpenNLP's interfaces are asked for.
 *
 * <p>All of them are immutable and safe for use by many threads at once, keep nothing between two calls and need no closing. Empty input gives empty arrays; no
 * method gives null; a null or empty token is refused with an {@code IllegalArgumentException}. What OpenNLP passes along besides the tokens (additional
 * context, part-of-speech tags, extra information) holds the features of a model that reads any, and is ignored by all others. Where the interface cannot carry
 * what a model reads, the constructor refuses it.
 */
package dev.sluice.opennlp;
