package dev.sluice.cli;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The file that is written when the program itself is wrong: where it was, and nothing that the user's texts or files hold. */
final class BugReport {
  private BugReport() {}

  static int write(Throwable bug, String command, Console console) {
    String where;
    try {
      Path file = Files.createTempFile("sluice-bug-", ".txt");
      Files.write(file, text(bug, command).getBytes(StandardCharsets.UTF_8));
      where = "report it with the file " + file + ", which holds no text of yours";
    } catch (IOException e) {
      where = "report it with what --debug prints";
    }
    console
        .err()
        .println(
            new Problem(
                "CLI-070",
                Location.of("sluice " + command),
                "this is a bug in sluice: " + bug.getClass().getName(),
                where));
    return Failures.BUG;
  }

  /** Class names and lines of code; messages are left out, since they may quote the user's text. */
  private static String text(Throwable bug, String command) {
    StringBuilder text = new StringBuilder();
    text.append("sluice ").append(Version.text()).append("\ncommand ").append(command);
    for (String key : new String[] {"java.version", "java.vm.name", "os.name", "os.arch"}) {
      text.append('\n').append(key).append(' ').append(System.getProperty(key));
    }
    text.append("\nheap ").append(Runtime.getRuntime().maxMemory() >> 20).append(" MB\n");
    Set<Throwable> seen = new HashSet<>();
    for (Throwable t = bug; t != null && seen.add(t); t = t.getCause()) {
      text.append(t == bug ? "\n" : "\ncaused by ").append(t.getClass().getName()).append('\n');
      for (StackTraceElement frame : t.getStackTrace())
        text.append("  at ").append(frame).append('\n');
    }
    return text.toString();
  }
}
