package dev.sluice.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where and with what a measurement was made. */
public final class Machine {
  private Machine() {}

  /**
   * A Markdown list: processor, JVM, its flags, libraries, commit, and whether others kept the machine busy.
   *
   * @param libraries what it is compared with, a line such as {@code libtorch: its version}
   */
  public static String markdown(String... libraries) {
    StringBuilder others = new StringBuilder();
    for (String library : libraries) others.append("- ").append(library).append('\n');
    return """
        - processor: %s, %d in use; load average at the start %.2f
        - Java: %s %s
        - flags: %s
        %s- commit: %s
        """
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
            System.getProperty("java.vm.name"),
            Runtime.version(),
            String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()),
            others,
            System.getProperty("commit", "unknown"));
  }

  /** The file name of a binding's jar, which carries the version of its library and its own. */
  public static String jar(Class<?> binding) {
    String path = binding.getProtectionDomain().getCodeSource().getLocation().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
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
