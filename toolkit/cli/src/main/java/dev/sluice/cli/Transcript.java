package dev.sluice.cli;

import dev.sluice.metric.Printable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a run says: to the console, and, once there is a run folder, also to a file in it. A live line below the text is rewritten in place. */
final class Transcript implements AutoCloseable {
  private final Console console;
  private final boolean quiet;
  private final boolean live;
  private final StringBuilder early = new StringBuilder();
  private Writer file;
  private boolean liveShown;

  Transcript(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
    this.live = console.errIsTerminal() && !quiet;
  }

  /** Whether there is a live line. */
  boolean live() {
    return live;
  }

  /** From here on everything also goes to a file, what was said before first. */
  void keepIn(Path path) throws IOException {
    file =
        Files.newBufferedWriter(
            path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    file.append(early);
    file.flush();
  }

  /** A line to read, or several. */
  void say(String text) throws IOException {
    if (!quiet) print(console.out(), Printable.of(text));
    keep(text);
  }

  /** A title with an empty line before it. */
  void title(String text) throws IOException {
    if (!quiet) print(console.out(), "\n" + console.bold(text));
    keep("\n" + text);
  }

  /** The same, even when the run is to be quiet. */
  void result(String text) throws IOException {
    print(console.out(), Printable.of(text));
    keep(text);
  }

  /** Something to be careful about. */
  void warn(String text) throws IOException {
    print(console.err(), Printable.of(text));
    keep(text);
  }

  private void print(java.io.PrintStream to, String text) {
    clear();
    to.print(text.endsWith("\n") ? text : text + "\n");
    to.flush();
  }

  /** Replaces the live line. */
  void live(String line) {
    if (!live) return;
    console.err().print("\r" + Printable.of(line) + "\u001b[K");
    console.err().flush();
    liveShown = true;
  }

  /** Takes the live line away. */
  void clear() {
    if (!liveShown) return;
    console.err().print("\r\u001b[K");
    console.err().flush();
    liveShown = false;
  }

  private void keep(String text) throws IOException {
    String line = Printable.of(text.endsWith("\n") ? text : text + "\n");
    if (file == null) {
      early.append(line);
    } else {
      file.append(line);
      file.flush();
    }
  }

  @Override
  public void close() throws IOException {
    clear();
    if (file != null) file.close();
  }
}
