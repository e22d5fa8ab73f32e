package dev.sluice.peers.ceiling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Twelve independent sums: two multipliers with results after four or five cycles need eight to ten in flight, and with the two factors they fit the sixteen registers of AVX2.
 */
final class SimdFmaLoop implements FmaLoop {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int SUMS = 12;

  @Override
  public int bits() {
    return S.vectorBitSize();
  }

  @Override
  public int flopPerRound() {
    return 2 * SUMS * S.length();
  }

  /** s ← s·x + y, which tends to 1 from everywhere. */
  @Override
  public float run(int rounds) {
    FloatVector x = FloatVector.broadcast(S, 0.75f), y = FloatVector.broadcast(S, 0.25f);
    FloatVector s0 = FloatVector.broadcast(S, 0f), s1 = s0.add(1f), s2 = s0.add(2f);
    FloatVector s3 = s0.add(3f), s4 = s0.add(4f), s5 = s0.add(5f), s6 = s0.add(6f);
    FloatVector s7 = s0.add(7f), s8 = s0.add(8f), s9 = s0.add(9f);
    FloatVector s10 = s0.add(10f), s11 = s0.add(11f);
    for (int round = 0; round < rounds; round++) {
      s0 = s0.fma(x, y);
      s1 = s1.fma(x, y);
      s2 = s2.fma(x, y);
      s3 = s3.fma(x, y);
      s4 = s4.fma(x, y);
      s5 = s5.fma(x, y);
      s6 = s6.fma(x, y);
      s7 = s7.fma(x, y);
      s8 = s8.fma(x, y);
      s9 = s9.fma(x, y);
      s10 = s10.fma(x, y);
      s11 = s11.fma(x, y);
    }
    FloatVector sum = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    sum = sum.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11);
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
