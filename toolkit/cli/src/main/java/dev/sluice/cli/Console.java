package dev.sluice.cli;

import dev.sluice.metric.Printable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command reads and writes. Always UTF-8, whatever the system's charset is.
 *
 * @param in the standard input
 * @param bytes the standard output as bytes, for results that are read by programs
 * @param out the standard output as text
 * @param err the standard error: problems, warnings and the progress bar
 * @param outIsTerminal whether somebody watches the output
 * @param errIsTerminal whether somebody watches the progress bar
 * @param environment the variables of the process
 */
record Console(
    InputStream in,
    OutputStream bytes,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment) {

  /** The console of this process. */
  static Console system() {
    OutputStream bytes = new FileOutputStream(FileDescriptor.out);
    PrintStream err = printer(standardError());
    boolean both = System.console() != null;
    return new Console(
        new FileInputStream(FileDescriptor.in),
        bytes,
        printer(bytes),
        err,
        Boolean.parseBoolean(System.getProperty("sluice.out.terminal", String.valueOf(both))),
        Boolean.parseBoolean(System.getProperty("sluice.err.terminal", String.valueOf(both))),
        System.getenv());
  }

  /** A stream of text that is flushed after every line. */
  static PrintStream printer(OutputStream out) {
    return new PrintStream(new java.io.BufferedOutputStream(out), true, StandardCharsets.UTF_8);
  }

  /**
   * The standard error. The launcher lets descriptor 2 go through a filter, because the JVM cannot be asked not to warn of the vector module, and keeps
   * the true one under another number.
   */
  private static OutputStream standardError() {
    String number = System.getProperty("sluice.err.descriptor", "");
    if (number.matches("[0-9]{1,4}")) {
      try {
        Constructor<FileDescriptor> make = FileDescriptor.class.getDeclaredConstructor(int.class);
        make.setAccessible(true);
        return new FileOutputStream(make.newInstance(Integer.parseInt(number)));
      } catch (ReflectiveOperationException | RuntimeException e) {
        return new FileOutputStream(FileDescriptor.err); // through the filter
      }
    }
    return new FileOutputStream(FileDescriptor.err);
  }

  /** A line, or several, for people to read. */
  void line(String text) {
    out.println(Printable.of(text));
  }

  /** A title in bold with an empty line before it, and what follows it on its line. */
  void title(String text, String rest) {
    out.println("\n" + bold(Printable.of(text)) + Printable.of(rest));
  }

  /** A bold text when the output is a terminal that wants colours. */
  String bold(String text) {
    boolean plain =
        !outIsTerminal
            || !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(environment.get("TERM"));
    return plain ? text : "\u001b[1m" + text + "\u001b[0m";
  }
}
