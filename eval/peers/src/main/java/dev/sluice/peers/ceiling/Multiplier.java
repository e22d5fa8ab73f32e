package dev.sluice.peers.ceiling;

/** A product whose operands lie where they are wanted, to be computed again and again by one thread. */
interface Multiplier extends AutoCloseable {
  /** Computes it; the gradient of weights is added to what is there, which is zero at first. */
  void multiply();

  /** The result in rows without padding. */
  float[] result();

  @Override
  void close();
}
