package dev.sluice.peers.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.peers.ceiling.Product;
import dev.sluice.peers.ceiling.Product.Kind;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** What can be wrong with a benchmark beside its time: what it counts, what it calls its unit, and whether it runs at all. */
class KernelBenchmarksTest {
  private static final List<Class<? extends KernelBenchmark>> ALL =
      List.of(ProductBenchmark.class, CellBenchmark.class, StepBenchmark.class);

  private static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.isAnnotationPresent(Benchmark.class))
        .toList();
  }

  /** JMH finds what its annotation processor wrote down when the module was compiled. */
  @Test
  void jmhKnowsEveryBenchmark() throws Exception {
    try (InputStream in = KernelBenchmark.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      String list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Class<?> type : ALL) {
        for (Method method : methods(type)) {
          String name = type.getSimpleName() + "_" + method.getName();
          assertTrue(list.contains(".jmh_generated." + name + "_"), name);
        }
      }
    }
  }

  @Test
  void everyBenchmarkSaysItsUnit() {
    for (Class<?> type : ALL) {
      boolean rate = type.getAnnotation(BenchmarkMode.class).value()[0] == Mode.Throughput;
      for (Method method : methods(type)) {
        String name = type.getName() + "." + method.getName();
        String unit = KernelBenchmarks.unit(name, rate ? "ops/ns" : "ns/op");
        assertEquals(rate, unit.equals("GFLOP/s"), name);
        assertTrue(rate || unit.startsWith("ns per "), unit);
        assertEquals("ms/op", KernelBenchmarks.unit(name, "ms/op"), "asked for with -tu ms");
        assertTrue(method.getAnnotation(OperationsPerInvocation.class).value() > 1, name);
      }
    }
  }

  @Test
  void productsCountTheirFlops() {
    assertEquals(Product.of(Kind.FORWARD, 1, 200, 4, 200).flop(), ProductBenchmark.ONE_ROW);
    assertEquals(Product.of(Kind.FORWARD, 32, 200, 4, 200).flop(), ProductBenchmark.FEW_ROWS);
    assertEquals(Product.of(Kind.FORWARD, 640, 130, 4, 200).flop(), ProductBenchmark.MANY_ROWS);
    assertEquals(
        Product.of(Kind.WEIGHT_GRADIENT, 640, 200, 4, 200).flop(), ProductBenchmark.WEIGHTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simd", "scalar"})
  void twinsRun(String kernels) throws Exception {
    ProductBenchmark products = new ProductBenchmark();
    CellBenchmark cells = new CellBenchmark();
    products.kernels = kernels;
    cells.kernels = kernels;
    products.prepare();
    cells.prepare();
    for (Method method : methods(ProductBenchmark.class)) method.invoke(products);
    for (Method method : methods(CellBenchmark.class)) method.invoke(cells);
  }

  /** Its preparation counts the weights that a step changes. */
  @Test
  void stepsAreFiniteAgainAndAgain() {
    StepBenchmark steps = new StepBenchmark();
    steps.prepare();
    double loss = steps.crfStep() / (KernelBenchmark.TOKENS * Math.log(KernelBenchmark.LABELS));
    assertEquals(1, loss, 0.1, "a fresh network guesses evenly");
    for (int n = 0; n < 3; n++) {
      assertTrue(Double.isFinite(steps.adamStep()));
      assertTrue(Double.isFinite(steps.logSumExp()));
      assertTrue(Float.isFinite(steps.exp()[StepBenchmark.SCORES - 1]));
    }
    steps.close();
  }

  @Test
  void unknownBenchmarksHaveNoUnit() {
    assertThrows(IllegalStateException.class, () -> KernelBenchmarks.unit("a.B.c", "ns/op"));
  }
}
