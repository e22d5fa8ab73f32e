package dev.sluice.peers;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the command line may say: {@code --name value} pairs. */
record Options(
    int rounds,
    Duration duration,
    List<Integer> hidden,
    List<Integer> threads,
    List<Measure> measures) {

  static final String USAGE =
      "usage: speed [--rounds 5] [--seconds 3] [--hidden 100,200] [--threads 1,2]"
          + " [--measures train,tag,sentence]";

  /** Reads the arguments; a wrong one is an {@link IllegalArgumentException} that names it. */
  static Options read(String... arguments) {
    Options options =
        new Options(
            5, Duration.ofSeconds(3), List.of(100, 200), List.of(1, 2), List.of(Measure.values()));
    if (arguments.length % 2 != 0) throw new IllegalArgumentException("an option has no value");
    for (int i = 0; i < arguments.length; i += 2) {
      options = options.with(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private Options with(String name, String value) {
    try {
      return switch (name) {
        case "--rounds" ->
            new Options(Math.max(1, Integer.parseInt(value)), duration, hidden, threads, measures);
        case "--seconds" ->
            new Options(
                rounds,
                Duration.ofMillis(Math.round(1000 * Double.parseDouble(value))),
                hidden,
                threads,
                measures);
        case "--hidden" -> new Options(rounds, duration, numbers(value), threads, measures);
        case "--threads" -> new Options(rounds, duration, hidden, numbers(value), measures);
        case "--measures" ->
            new Options(
                rounds,
                duration,
                hidden,
                threads,
                Arrays.stream(value.split(","))
                    .map(word -> Measure.valueOf(word.toUpperCase(Locale.ROOT)))
                    .toList());
        default -> throw new IllegalArgumentException("no such option");
      };
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + " " + value + ": " + wrong.getMessage(), wrong);
    }
  }

  private static List<Integer> numbers(String value) {
    return Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
  }
}
