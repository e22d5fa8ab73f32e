package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigsTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Loaded<Sample> load(Path file, String... overrides) {
    return Configs.load(
        file, Sample.class, List.of(overrides), Map.of("DATA", "/corpora", "N", "7"));
  }

  private Loaded<Sample> load(String text, String... overrides) throws IOException {
    return load(file("c.yaml", text), overrides);
  }

  @Test
  void whatIsNotWrittenTakesItsDefault() throws IOException {
    Sample sample = load(Sample.SMALLEST).value();
    assertEquals(Sample.Mode.SLOTS, sample.mode());
    assertEquals(folder.resolve("a.csv"), sample.files().train());
    assertEquals(Optional.empty(), sample.files().test());
    assertEquals(",", sample.files().delimiter());
    assertEquals(List.of(100), sample.hidden());
    assertEquals(List.of(new Sample.Word(100)), sample.inputs());
    assertEquals(new Sample.Adam(0.001), sample.training().optimizer());
    assertEquals(50, sample.training().epochs());
  }

  @Test
  void everyTypeIsRead() throws IOException {
    Sample sample =
        load("mode: part-of-speech\n"
                + "files: {train: a.csv, test: '../b.csv', delimiter: \"\\t\"}\n"
                + "hidden: 8\ndeep: false\nlabels:\n  - \"no\"\n  - B-x\n"
                + "inputs:\n  - {type: word, dimension: 5}\n  - type: flag\n"
                + "training:\n  optimizer: {type: sgd, rate: 1e-2}\n  seed: 9007199254740991\n"
                + "  limit: .5\n  threads: 2\n")
            .value();
    assertEquals(Sample.Mode.PART_OF_SPEECH, sample.mode());
    assertEquals(Optional.of(folder.resolveSibling("b.csv").normalize()), sample.files().test());
    assertEquals("\t", sample.files().delimiter());
    assertEquals(List.of(8), sample.hidden());
    assertEquals(List.of("no", "B-x"), sample.labels());
    assertEquals(List.of(new Sample.Word(5), new Sample.FlagInput()), sample.inputs());
    assertEquals(new Sample.Sgd(0.01, 0), sample.training().optimizer());
    assertEquals(Optional.of(9_007_199_254_740_991L), sample.training().seed());
    assertEquals(Optional.of(0.5), sample.training().limit());
    assertEquals(Optional.of(2), sample.training().threads());
  }

  @Test
  void aTypeThatNeedsNoMoreMayBeGivenByItsNameAndAListOfOneByItsOnlyEntry() throws IOException {
    Sample sample =
        load(Sample.SMALLEST + "inputs: [flag, word]\ntraining: {optimizer: sgd}\n").value();
    assertEquals(List.of(new Sample.FlagInput(), new Sample.Word(100)), sample.inputs());
    assertEquals(new Sample.Sgd(0.1, 0), sample.training().optimizer());
    Loaded<Sample> flag = load(Sample.SMALLEST + "inputs: flag\n");
    assertEquals(List.of(new Sample.FlagInput()), flag.value().inputs());
    assertTrue(flag.resolvedYaml().matches("(?s).*- type: flag +# [^\n]*c.yaml:4\n.*"));
    sample = load(Sample.SMALLEST + "inputs: {type: word, dimension: 3}\n").value();
    assertEquals(List.of(new Sample.Word(3)), sample.inputs());
  }

  @Test
  void aNameMergesAsTheSectionItStandsFor() throws IOException {
    file("b.yaml", Sample.SMALLEST + "training: {optimizer: {type: sgd, momentum: 0.5}}\n");
    Path same = file("t.yaml", "extends: b.yaml\ntraining: {optimizer: sgd}\n");
    assertEquals(new Sample.Sgd(0.1, 0.5), load(same).value().training().optimizer());
    Path other = file("t.yaml", "extends: b.yaml\ntraining: {optimizer: adam}\n");
    assertEquals(new Sample.Adam(0.001), load(other).value().training().optimizer());
    file("b.yaml", Sample.SMALLEST + "inputs: word\ntraining: {optimizer: sgd}\n");
    Path more =
        file(
            "t.yaml",
            "extends: b.yaml\ninputs: {dimension: 9}\ntraining: {optimizer: {rate: 3}}\n");
    assertEquals(new Sample.Sgd(3, 0), load(more).value().training().optimizer());
    assertEquals(List.of(new Sample.Word(9)), load(more).value().inputs());
  }

  @Test
  void aNameOnTheCommandLineChoosesATypeBeforeItsSettings() throws IOException {
    String yaml = Sample.SMALLEST + "training: {optimizer: adam}\n";
    Sample sample = load(yaml, "training.optimizer.momentum=0.5", "training.optimizer=sgd").value();
    assertEquals(new Sample.Sgd(0.1, 0.5), sample.training().optimizer());
    sample = load(yaml, "training.optimizer=adam", "training.optimizer.rate=3").value();
    assertEquals(new Sample.Adam(3), sample.training().optimizer());
  }

  @Test
  void sectionsOfTheBaseFileMergeAndTheRestIsReplaced() throws IOException {
    file(
        "base/b.yaml",
        Sample.SMALLEST
            + "hidden: [1, 2]\nlabels: [a, b]\n"
            + "training: {epochs: 9, seed: 4, optimizer: {type: sgd, momentum: 0.5}}\n");
    Path top =
        file("t.yaml", "extends: base/b.yaml\nhidden: [3]\ntraining: {epochs: 8, seed: null}\n");
    Sample sample = load(top).value();
    assertEquals(List.of(3), sample.hidden());
    assertEquals(List.of("a", "b"), sample.labels());
    assertEquals(8, sample.training().epochs());
    assertEquals(Optional.empty(), sample.training().seed());
    assertEquals(new Sample.Sgd(0.1, 0.5), sample.training().optimizer());
    assertEquals(folder.resolve("base/a.csv"), sample.files().train());
  }

  @Test
  void aSectionOfAnotherTypeReplacesTheBase() throws IOException {
    file(
        "b.yaml", Sample.SMALLEST + "training: {optimizer: {type: sgd, momentum: 0.5, rate: 3}}\n");
    Path top = file("t.yaml", "extends: b.yaml\ntraining: {optimizer: {type: adam}}\n");
    assertEquals(new Sample.Adam(0.001), load(top).value().training().optimizer());
  }

  @Test
  void theCommandLineComesLastAndReachesIntoDefaults() throws IOException {
    Sample sample =
        load(
                Sample.SMALLEST,
                "training.optimizer.rate=0.5",
                "training.optimizer.type=sgd",
                "inputs.0.dimension=50",
                "hidden=[4, 5]",
                "labels=yes",
                "files.test=x/y.csv",
                "training.limit=2")
            .value();
    assertEquals(new Sample.Sgd(0.5, 0), sample.training().optimizer());
    assertEquals(List.of(new Sample.Word(50)), sample.inputs());
    assertEquals(List.of(4, 5), sample.hidden());
    assertEquals(List.of("yes"), sample.labels());
    assertEquals(Optional.of(Path.of("x/y.csv")), sample.files().test());
  }

  @Test
  void aPathFromAVariableIsRelativeToTheWorkingDirectoryAndADefaultToTheFile() throws IOException {
    Sample.Files files =
        load("mode: slots\nfiles:\n  train: ${DATA:-x}/atis\n  test: ${NONE:-../data}/t\n"
                + "  delimiter: a$$b\nhidden: \"${N}\"\n")
            .value()
            .files();
    assertEquals(Path.of("/corpora/atis"), files.train());
    assertEquals(Optional.of(folder.resolveSibling("data/t")), files.test());
    assertEquals("a$b", files.delimiter());
  }

  @Test
  void theResolvedConfigNamesEveryOriginAndLoadsAgain() throws IOException {
    Path file =
        file(
            "c.yaml",
            "mode: slots\nfiles:\n  train: ${DATA}/a\n  delimiter: \"$$\\u2028'\\\"\"\n"
                + "labels: [\"no\", \"12\", \"a: b\", été]\n"
                + "inputs:\n  - type: flag\n  - type: word\n");
    Loaded<Sample> loaded = load(file, "training.epochs=3", "training.threads=4");
    String yaml = loaded.resolvedYaml();
    assertTrue(yaml.matches("(?s)mode: slots +# " + file + ":1\n.*"), yaml);
    assertTrue(yaml.contains("  epochs: 3"), yaml);
    assertTrue(yaml.matches("(?s).*  epochs: 3 +# command line\n.*"), yaml);
    assertTrue(
        yaml.matches("(?s).*train: /corpora/a +# environment DATA \\(.*c.yaml:3\\)\n.*"), yaml);
    assertTrue(yaml.matches("(?s).*\n    rate: 0.001 +# default\n.*|.*\n    rate.*"), yaml);
    assertEquals(loaded.value(), load(yaml).value());
    assertEquals(loaded.value(), load(loaded.resolvedYaml(false)).value());
    assertEquals(
        loaded.value(), Configs.parse(loaded.resolvedYaml(), "model", Sample.class).value());
    assertTrue(loaded.resolvedYaml(false).lines().noneMatch(line -> line.contains(" #")), yaml);
  }

  @Test
  void settingsOfTheMachineStayOutOfWhatIsComparedAndKept() throws IOException {
    Loaded<Sample> one = load(Sample.SMALLEST + "training: {threads: 1, epochs: 4}\n");
    Loaded<Sample> two = load(Sample.SMALLEST + "training: {threads: 2, epochs: 5}\n");
    assertEquals(List.of("training.epochs"), Configs.changedKeys(one.flat(), two.flat()));
    assertFalse(Configs.toYaml(one.value()).contains("threads"));
    assertTrue(one.resolvedYaml().contains("threads: 1"));
    assertEquals("word", one.flat().get("inputs.0.type"));
    assertEquals("adam", one.flat().get("training.optimizer.type"));
    assertEquals(
        one.flat(), Configs.parse(Configs.toYaml(one.value()), "model", Sample.class).flat());
  }

  @Test
  void aSettingCanBeChangedAfterwardsWithItsOwnOrigin() throws IOException {
    Loaded<Sample> loaded = load(Sample.SMALLEST).with("training.seed", "12", "drawn");
    assertEquals(Optional.of(12L), loaded.value().training().seed());
    assertTrue(loaded.resolvedYaml().matches("(?s).*\n  seed: 12 +# drawn\n.*"));
    SluiceException e =
        assertThrows(SluiceException.class, () -> loaded.with("training.seed", "-1", "drawn"));
    assertTrue(e.getMessage().startsWith("error[CFG-009] drawn: training.seed is -1"));
  }

  /** One by one neither would do: what counts is where all of them lead. */
  @Test
  void settingsThatDependOnEachOtherChangeTogether() throws IOException {
    Loaded<Sample> loaded = load(Sample.SMALLEST, "training.epochs=12");
    List<String> both = List.of("training.epochs=13", "training.epochs=14", "deep=false");
    Sample changed = loaded.with(both, "command line").value();
    assertEquals(14, changed.training().epochs());
    assertFalse(changed.deep());
    assertThrows(SluiceException.class, () -> loaded.with("training.epochs", "13", "command line"));
  }

  @Test
  void aRecordBuiltInJavaIsAsGoodAsOneThatWasRead() throws IOException {
    Sample sample = load(Sample.SMALLEST, "training.threads=3", "labels=[\"$x\"]").value();
    Loaded<Sample> loaded = Configs.of(sample);
    assertEquals(sample, loaded.value());
    assertTrue(loaded.resolvedYaml().matches("(?s)mode: slots +# Java\n.*"));
    assertFalse(loaded.resolvedYaml().contains("default"));
  }

  @Test
  void thePlaceOfAValueIsKnown() throws IOException {
    Loaded<Sample> loaded = load(Sample.SMALLEST);
    assertEquals(
        Optional.of(new Location(folder.resolve("c.yaml").toString(), 3, 10)),
        loaded.where("files.train"));
    assertEquals(Optional.empty(), loaded.where("training.epochs"));
  }

  @Test
  void aRecordBuiltInJavaIsCheckedByTheSameRules() throws IOException {
    Sample good = load(Sample.SMALLEST).value();
    Configs.check(good);
    Sample bad =
        new Sample(
            good.mode(),
            good.files(),
            List.of(0),
            true,
            List.of(),
            List.of(),
            new Sample.Training(
                new Sample.Adam(Double.NaN),
                0,
                Optional.of(-1L),
                Optional.empty(),
                Optional.empty()));
    SluiceException e = assertThrows(SluiceException.class, () -> Configs.check(bad));
    assertEquals(4, e.problems().size(), e.getMessage());
  }
}
