/** JMH benchmarks of single kernels, at the shapes of a training step at hidden 200. */
package dev.sluice.peers.kernels;
