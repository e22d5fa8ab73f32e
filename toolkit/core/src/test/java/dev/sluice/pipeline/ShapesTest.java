package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classifier;
import dev.sluice.Tagger;
import dev.sluice.TaggerStream;
import dev.sluice.TaggerStream.Labelled;
import dev.sluice.Training;
import dev.sluice.config.Location;
import dev.sluice.data.DataConfig;
import dev.sluice.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configs of configs/shapes, those of task transduction aside ({@link TransductionShapesTest}), train, shortened to a few sentences and two epochs, and are of the shape that they are named after. */
class ShapesTest {
  private static final Path SHAPES = Path.of("../../configs/shapes");
  private static final int LINES = 60;

  @TempDir Path temp;

  /** Trains a shortened version. */
  private TrainingRun.Result run(Path config) throws IOException {
    Path folder = temp.resolve(config.getFileName().toString());
    Files.createDirectories(folder);
    Training training = Training.from(config).environment(Map.of()).out(folder.resolve("run"));
    DataConfig data = training.config().value().data();
    training.set("data.train=" + shortened(data.train(), folder.resolve("train")));
    training.set("data.dev=" + shortened(data.dev().orElseThrow(), folder.resolve("dev")));
    training.set("data.test=" + shortened(data.test().orElseThrow(), folder.resolve("test")));
    training.set("data.overlap=ignore");
    training.set("training.epochs=2");
    return training.run();
  }

  private static boolean labels(Path config) {
    return Training.from(config).config().value().task() != SluiceConfig.Task.TRANSDUCTION;
  }

  private TrainingRun.Result run(String name) throws IOException {
    return run(SHAPES.resolve(name + ".yaml"));
  }

  /** The first lines of a file, under a name of the same ending. */
  private static Path shortened(Path file, Path to) throws IOException {
    String name = file.getFileName().toString();
    Path part = to.resolveSibling(to.getFileName() + name.substring(name.lastIndexOf('.')));
    try (Stream<String> lines = Files.lines(file)) {
      return Files.write(part, lines.limit(LINES).toList());
    }
  }

  @Test
  void everyShapeTrainsAndItsModelOpens() throws IOException {
    List<Path> configs;
    try (Stream<Path> files = Files.list(SHAPES)) {
      configs = files.filter(ShapesTest::labels).sorted().toList();
    }
    assertFalse(configs.isEmpty());
    for (Path config : configs) {
      TrainingRun.Result result = run(config);
      assertEquals(2, result.outcome().history().size(), config.toString());
      assertTrue(result.test().isPresent(), config.toString());
      ModelFile file = ModelFile.read(result.folder().resolve(TrainingRun.MODEL));
      assertEquals(List.of(), file.checkExamples(Location.of("model")), config.toString());
    }
  }

  /** What the page says, and each config to its reader. */
  @Test
  void everyConfigNamesItsPaperAndItsScoreAndStandsOnThePage() throws IOException {
    String page = Files.readString(Path.of("../../docs/shapes.md"));
    for (String name : List.of("one-to-one", "many-to-one", "many-to-many")) {
      String yaml = Files.readString(SHAPES.resolve(name + ".yaml"));
      assertTrue(yaml.contains("\n# Model: "), name);
      assertTrue(yaml.matches("(?s).*\n# Expect: test .* ± [0-9.]+ \\(3 seeds\\), .*"), name);
      assertTrue(page.contains("(../configs/shapes/" + name + ".yaml)"), name);
      assertTrue(Files.exists(Path.of("../../docs/shapes/" + name + ".svg")), name);
    }
  }

  /** One-to-one: no token counts that stands outside of the window, here more than two tokens away. */
  @Test
  void aWindowRemembersNothing() throws IOException {
    Tagger tagger = Tagger.of(run("one-to-one").model());
    List<String> one = List.of("the", "old", "clock", "in", "the", "hall", "stopped");
    List<String> other = new ArrayList<>(one);
    other.set(0, "midnight");
    List<Double> first = tagger.tag(one).probabilities(),
        second = tagger.tag(other).probabilities();
    assertEquals(first.subList(3, 7), second.subList(3, 7));
    for (int t = 0; t < 3; t++) assertNotEquals(first.get(t), second.get(t));
  }

  /** Many-to-one: the first word still counts at the end of the sentence. */
  @Test
  void aClassifierGivesOneLabelThatRestsOnTheWholeSentence() throws IOException {
    Classifier classifier = Classifier.of(run("many-to-one").model());
    List<String> rest = List.of("the", "weather", "in", "Oslo", "on", "Sunday");
    List<String> one = new ArrayList<>(rest), other = new ArrayList<>(rest);
    one.add(0, "check");
    other.add(0, "book");
    assertEquals(1, classifier.classify(one).labels().size());
    assertNotEquals(classifier.classify(one).scores(), classifier.classify(other).scores());
  }

  /** Many-to-many: a label per token, given as soon as the token is there. */
  @Test
  void theLabelsOfEqualLengthStream() throws IOException {
    Tagger tagger = Tagger.of(run("many-to-many").model());
    List<String> words = List.of("a", "train", "from", "Leipzig", "to", "Vienna");
    TaggerStream stream = tagger.stream();
    List<Labelled> labels = words.stream().map(stream::next).toList();
    assertEquals(tagger.tag(words).labels(), labels.stream().map(Labelled::label).toList());
  }
}
