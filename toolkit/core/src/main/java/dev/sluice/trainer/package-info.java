/** Epochs, early stopping, checkpoints, listeners; knows no particular network. */
package dev.sluice.trainer;
