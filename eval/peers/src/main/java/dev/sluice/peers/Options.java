package dev.sluice.peers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the command line may say: {@code --name value} pairs. */
record Options(
    int rounds,
    Duration duration,
    List<Stack> stacks,
    List<Integer> threads,
    List<Measure> measures) {

  static final String USAGE =
      "usage: speed [--rounds 5] [--seconds 3] [--hidden 100,200,2x256] [--threads 1,2]"
          + " [--measures train,tag,sentence]";

  /** Reads the arguments; a wrong one is an {@link IllegalArgumentException} that names it. */
  static Options read(String... arguments) {
    return Arguments.read(
        new Options(
            5,
            Duration.ofSeconds(3),
            List.of(Stack.of("100"), Stack.of("200")),
            List.of(1, 2),
            List.of(Measure.values())),
        Options::with,
        arguments);
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--rounds" -> new Options(Arguments.count(value), duration, stacks, threads, measures);
      case "--seconds" -> new Options(rounds, Arguments.seconds(value), stacks, threads, measures);
      case "--hidden" ->
          new Options(rounds, duration, Arguments.list(value, Stack::of), threads, measures);
      case "--threads" ->
          new Options(rounds, duration, stacks, Arguments.list(value, Integer::valueOf), measures);
      case "--measures" ->
          new Options(
              rounds,
              duration,
              stacks,
              threads,
              Arguments.list(value, word -> Measure.valueOf(word.toUpperCase(Locale.ROOT))));
      default -> throw new IllegalArgumentException("no such option");
    };
  }
}
