/** Pretrained vector files matched to a vocabulary. */
package dev.sluice.embedding;
