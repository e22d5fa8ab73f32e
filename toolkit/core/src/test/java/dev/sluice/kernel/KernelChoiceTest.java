package dev.sluice.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which kernels a JVM of its own gets, and what it says of that. */
class KernelChoiceTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** Makes kernels twice and prints the name of the second. */
  public static final class Twice {
    private Twice() {}

    public static void main(String[] args) {
      Kernels.create();
      System.out.println(Kernels.create().name());
    }
  }

  private static List<String> lines(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Twice.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return out.lines().toList();
  }

  @Test
  void withoutTheModuleTheWayToFastKernelsIsSaidOnce() throws IOException {
    List<String> lines = lines();
    assertEquals("scalar", lines.get(lines.size() - 1));
    assertEquals(
        1, lines.stream().filter(l -> l.contains("--add-modules jdk.incubator.vector")).count());
  }

  @Test
  void whoeverChoosesKernelsIsToldNothing() throws IOException {
    assertEquals(List.of("scalar"), lines("-Dsluice.kernels=scalar"));
    List<String> lines = lines(MODULE, "-Dsluice.kernels=simd");
    assertTrue(lines.get(lines.size() - 1).startsWith("simd-"), lines::toString);
    assertTrue(lines.stream().noneMatch(l -> l.contains("sluice.kernels")), lines::toString);
  }
}
