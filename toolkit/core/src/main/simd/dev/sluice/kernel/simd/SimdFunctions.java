package dev.sluice.kernel.simd;

import static dev.sluice.kernel.Functions.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link dev.sluice.kernel.Functions}, operation by operation, on vectors. */
final class SimdFunctions {
  private SimdFunctions() {}

  static FloatVector sigmoid(FloatVector x) {
    FloatVector y = limit(x.neg(), SIGMOID_MAX);
    FloatVector round = FloatVector.broadcast(x.species(), ROUND);
    FloatVector t = y.fma(FloatVector.broadcast(x.species(), LOG2_E), round);
    FloatVector scale = scale(t);
    FloatVector e = scale.fma(q(y, t.sub(round)), scale);
    return FloatVector.broadcast(x.species(), 1f).div(e.add(x.sub(x).add(1f)));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector y = limit(x.add(x), TANH_MAX);
    FloatVector round = FloatVector.broadcast(x.species(), ROUND);
    FloatVector t = y.fma(FloatVector.broadcast(x.species(), LOG2_E), round);
    FloatVector scale = scale(t);
    FloatVector e = scale.fma(q(y, t.sub(round)), scale.sub(1f));
    return e.div(e.add(x.sub(x).add(2f)));
  }

  private static FloatVector limit(FloatVector x, float most) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE).min(Float.floatToRawIntBits(most));
    return magnitude.or(bits.and(~MAGNITUDE)).reinterpretAsFloats();
  }

  private static FloatVector scale(FloatVector t) {
    IntVector bits = t.reinterpretAsInts();
    return bits.lanewise(VectorOperators.LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
  }

  private static FloatVector q(FloatVector x, FloatVector n) {
    var species = x.species();
    FloatVector r = n.fma(FloatVector.broadcast(species, -LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(species, -LN2_LOW), r);
    FloatVector p = r.fma(FloatVector.broadcast(species, C7), FloatVector.broadcast(species, C6));
    p = r.fma(p, FloatVector.broadcast(species, C5));
    p = r.fma(p, FloatVector.broadcast(species, C4));
    p = r.fma(p, FloatVector.broadcast(species, C3));
    p = r.fma(p, FloatVector.broadcast(species, C2));
    p = r.fma(p, FloatVector.broadcast(species, 1f));
    return r.mul(p);
  }
}
