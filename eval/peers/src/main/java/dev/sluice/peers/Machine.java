package dev.sluice.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/** Where and with what a measurement was made. */
final class Machine {
  private Machine() {}

  /** A Markdown list: processor, JVM, its flags, libtorch, commit, and whether others kept the machine busy. */
  static String markdown() {
    return """
        - processor: %s, %d in use; load average at the start %.2f
        - Java: %s %s
        - flags: %s
        - libtorch: %s, %s, OMP_NUM_THREADS=%s
        - commit: %s
        """
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
            System.getProperty("java.vm.name"),
            Runtime.version(),
            String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()),
            binding(),
            capability(),
            System.getenv("OMP_NUM_THREADS"),
            System.getProperty("commit", "unknown"));
  }

  /** The file name of the binding's jar, which carries the version of libtorch and its own. */
  private static String binding() {
    String path = torch.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String capability() {
    String name = torch.get_cpu_capability().getString().toUpperCase(Locale.ROOT);
    return name + (torch.hasMKLDNN() ? " with oneDNN" : " without oneDNN");
  }

  private static String processor() {
    Path list = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(list)) return System.getProperty("os.arch");
    try (Stream<String> lines = Files.lines(list)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException unreadable) {
      return System.getProperty("os.arch");
    }
  }
}
