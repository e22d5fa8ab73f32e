package dev.sluice.peers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the command line may say: {@code --name value} pairs.
 *
 * @param threads thread counts of ours
 * @param libtorch thread counts of libtorch; a process that never gave it a second one has none that waits for work
 */
record Options(
    int rounds,
    Duration duration,
    List<Stack> stacks,
    List<Integer> threads,
    List<Integer> libtorch,
    List<Measure> measures) {

  static final String USAGE =
      "usage: speed [--rounds 5] [--seconds 3] [--hidden 100,200,2x256] [--threads 1,2]"
          + " [--libtorch-threads 1,2] [--measures train,tag,sentence]";

  /** Reads the arguments; a wrong one is an {@link IllegalArgumentException} that names it. */
  static Options read(String... arguments) {
    return Arguments.read(
        new Options(
            5,
            Duration.ofSeconds(3),
            List.of(Stack.of("100"), Stack.of("200")),
            List.of(1, 2),
            List.of(1, 2),
            List.of(Measure.values())),
        Options::with,
        arguments);
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--rounds" ->
          new Options(Arguments.count(value), duration, stacks, threads, libtorch, measures);
      case "--seconds" ->
          new Options(rounds, Arguments.seconds(value), stacks, threads, libtorch, measures);
      case "--hidden" ->
          new Options(
              rounds, duration, Arguments.list(value, Stack::of), threads, libtorch, measures);
      case "--threads" -> new Options(rounds, duration, stacks, counts(value), libtorch, measures);
      case "--libtorch-threads" ->
          new Options(rounds, duration, stacks, threads, counts(value), measures);
      case "--measures" ->
          new Options(
              rounds,
              duration,
              stacks,
              threads,
              libtorch,
              Arguments.list(value, word -> Measure.valueOf(word.toUpperCase(Locale.ROOT))));
      default -> throw new IllegalArgumentException("no such option");
    };
  }

  private static List<Integer> counts(String value) {
    return Arguments.list(value, Integer::valueOf);
  }
}
