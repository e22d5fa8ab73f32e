package dev.sluice.config;

import java.util.Objects;

/**
 * One thing that is wrong with what a user gave, in the words the user sees.
 *
 * @param code a stable code, three letters and three digits, such as {@code CFG-002}
 * @param where the place
 * @param what what was found and what was expected, without a full stop
 * @param fix the nearest way out, without a full stop
 */
public record Problem(String code, Location where, String what, String fix) {

  /** Checks that nothing is missing. */
  public Problem {
    Objects.requireNonNull(where, "where");
    if (!code.matches("[A-Z]{3}-\\d{3}")) throw new IllegalArgumentException("code " + code);
    if (what.isBlank() || fix.isBlank())
      throw new IllegalArgumentException("a problem needs both words and a fix");
  }

  /** {@code error[CFG-002] file:line:column: what. Fix: fix}. */
  @Override
  public String toString() {
    return "error[" + code + "] " + where + ": " + what + ". Fix: " + fix;
  }
}
