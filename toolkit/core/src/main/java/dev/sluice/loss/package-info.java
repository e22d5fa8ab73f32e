/** Softmax and CRF, each with the decoder that belongs to it (argmax, Viterbi). */
package dev.sluice.loss;
