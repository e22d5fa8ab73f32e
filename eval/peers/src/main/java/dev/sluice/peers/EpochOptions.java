package dev.sluice.peers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the command line may say: {@code --name value} pairs.
 *
 * @param corpus the folder of the corpus
 * @param hidden the width of one direction of the LSTM
 * @param rounds rounds that count
 * @param threads thread counts that each system is tried with
 * @param heat batches that every variant of libtorch is tried on
 * @param finalists how many of them go on to whole epochs
 * @param measures what is measured
 */
record EpochOptions(
    Path corpus,
    int hidden,
    int rounds,
    List<Integer> threads,
    int heat,
    int finalists,
    List<EpochMeasure> measures) {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--corpus", "atis",
          "--hidden", "100",
          "--rounds", "3",
          "--threads", "1,2",
          "--heat", "20",
          "--finalists", "3",
          "--measures", "train,tag");

  static final String USAGE =
      "usage: epoch [--corpus atis] [--hidden 100] [--rounds 3] [--threads 1,2] [--heat 20] [--finalists 3]"
          + " [--measures train,tag]";

  /**
   * Reads the arguments; a wrong one is an {@link IllegalArgumentException} that names it.
   *
   * @param data the folder of the corpora, null when SLUICE_DATA does not name it
   */
  static EpochOptions read(String data, String... arguments) {
    if (data == null) throw new IllegalArgumentException("SLUICE_DATA does not name the corpora");
    Map<String, String> given = new HashMap<>(DEFAULTS);
    if (arguments.length % 2 != 0) throw new IllegalArgumentException("an option has no value");
    for (int i = 0; i < arguments.length; i += 2) {
      if (given.replace(arguments[i], arguments[i + 1]) == null)
        throw new IllegalArgumentException(arguments[i] + ": no such option");
    }
    return new EpochOptions(
        Path.of(data, given.get("--corpus")),
        number(given, "--hidden"),
        number(given, "--rounds"),
        Arrays.stream(given.get("--threads").split(",")).map(n -> number("--threads", n)).toList(),
        number(given, "--heat"),
        number(given, "--finalists"),
        Arrays.stream(given.get("--measures").split(",")).map(EpochOptions::measure).toList());
  }

  private static int number(Map<String, String> given, String name) {
    return number(name, given.get(name));
  }

  private static int number(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) return number;
    } catch (NumberFormatException noNumber) {
      // said below
    }
    throw new IllegalArgumentException(name + " " + value + ": expected whole numbers from 1");
  }

  private static EpochMeasure measure(String word) {
    for (EpochMeasure measure : EpochMeasure.values()) {
      if (measure.name().toLowerCase(Locale.ROOT).equals(word)) return measure;
    }
    throw new IllegalArgumentException("--measures " + word + ": expected train or tag");
  }
}
