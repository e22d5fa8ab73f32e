package dev.sluice.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the command line may say: {@code --name value} pairs. */
final class OpenNlpOptions {
  static final String USAGE =
      "usage: opennlp [--tasks pos,names] [--settings maxent:5,perceptron:5,perceptron:0] [--run FOLDER]..."
          + " [--model FILE]... [--splits dev,test] [--rounds 5] [--seconds 3] [--threads 1,2]";

  private static final Path DEFAULT_RUN = Path.of("runs", "ewt-fast");

  private List<TaggingTask> tasks = List.of(TaggingTask.values());
  private List<OpenNlpSetting> settings =
      Arguments.list("maxent:5,perceptron:5,perceptron:0", OpenNlpSetting::read);
  private boolean test = true;
  private int rounds = 5;
  private Duration duration = Duration.ofSeconds(3);
  private List<Integer> threads = List.of(1, 2);
  private final List<Path> runs = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  private OpenNlpOptions() {}

  /** Reads the arguments; a wrong one is an {@link IllegalArgumentException} that names it. */
  static OpenNlpOptions read(String... arguments) {
    return Arguments.read(new OpenNlpOptions(), OpenNlpOptions::with, arguments);
  }

  private OpenNlpOptions with(String name, String value) {
    switch (name) {
      case "--tasks" -> tasks = Arguments.list(value, OpenNlpOptions::task);
      case "--settings" -> settings = Arguments.list(value, OpenNlpSetting::read);
      case "--run" -> runs.add(Path.of(value));
      case "--model" -> files.add(Path.of(value));
      case "--splits" -> test = withTest(value);
      case "--rounds" -> rounds = Arguments.count(value);
      case "--seconds" -> duration = Arguments.seconds(value);
      case "--threads" -> threads = Arguments.list(value, Integer::valueOf);
      default -> throw new IllegalArgumentException("no such option");
    }
    return this;
  }

  private static TaggingTask task(String name) {
    return TaggingTask.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static boolean withTest(String splits) {
    return switch (splits) {
      case "dev" -> false;
      case "dev,test" -> true;
      default -> throw new IllegalArgumentException("expected dev or dev,test");
    };
  }

  List<TaggingTask> tasks() {
    return tasks;
  }

  /** How OpenNLP is trained. */
  List<OpenNlpSetting> settings() {
    return settings;
  }

  /** Whether the test split is looked at. */
  boolean test() {
    return test;
  }

  int rounds() {
    return rounds;
  }

  /** The length of one measurement. */
  Duration duration() {
    return duration;
  }

  /** The thread counts for batches. */
  List<Integer> threads() {
    return threads;
  }

  /** Our models; when none is named and parts of speech are asked for, that of the usual run. */
  List<OurModel> models() {
    List<OurModel> models = new ArrayList<>();
    boolean none = runs.isEmpty() && files.isEmpty();
    if (none && tasks.contains(TaggingTask.POS)) models.add(OurModel.ofRun(DEFAULT_RUN));
    for (Path run : runs) models.add(OurModel.ofRun(run));
    for (Path file : files) models.add(OurModel.ofFile(file));
    return models;
  }
}
