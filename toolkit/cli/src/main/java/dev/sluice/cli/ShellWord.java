package dev.sluice.cli;

/** A word of a command as a shell has to be given it. */
final class ShellWord {
  private ShellWord() {}

  /** The word in quotes where a shell would take it apart or put something else in its place. */
  static String of(Object word) {
    String text = word.toString();
    if (text.matches("[A-Za-z0-9_./:=,@%+-]+")) return text;
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
