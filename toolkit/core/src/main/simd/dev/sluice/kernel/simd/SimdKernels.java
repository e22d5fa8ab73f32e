package dev.sluice.kernel.simd;

import jdk.incubator.vector.FloatVector;

final class SimdKernels {
  static final int LANES = FloatVector.SPECIES_PREFERRED.length();
}
