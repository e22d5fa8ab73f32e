/** How the cost of a step of ours grows: with the vocabulary, with the length of sentences, and in memory taken per batch. */
package dev.sluice.peers.scaling;
