package dev.sluice.peers;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Arguments of a program as {@code --name value} pairs, and how values are read. */
public final class Arguments {
  private Arguments() {}

  /** What one pair makes of options; throws {@link IllegalArgumentException} for a pair that cannot be. */
  @FunctionalInterface
  public interface Setting<O> {
    /** The options with the pair. */
    O with(O options, String name, String value);
  }

  /**
   * Goes through the pairs.
   *
   * @param start the options without any
   * @throws IllegalArgumentException naming the pair that is wrong
   */
  public static <O> O read(O start, Setting<O> setting, String... arguments) {
    if (arguments.length % 2 != 0) throw new IllegalArgumentException("an option has no value");
    O options = start;
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i], value = arguments[i + 1];
      try {
        options = setting.with(options, name, value);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(name + " " + value + ": " + wrong.getMessage(), wrong);
      }
    }
    return options;
  }

  /** Seconds, with decimals where wanted. */
  public static Duration seconds(String value) {
    return Duration.ofMillis(Math.round(1000 * Double.parseDouble(value)));
  }

  /** A whole number; less than 1 counts as 1. */
  public static int count(String value) {
    return Math.max(1, Integer.parseInt(value));
  }

  /** What stands between commas. */
  public static <T> List<T> list(String value, Function<String, T> read) {
    return Arrays.stream(value.split(",")).map(read).toList();
  }
}
