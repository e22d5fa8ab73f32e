package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.metric.Ratio;
import dev.sluice.model.ModelFile;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that inputs read: how they fit the training split, and what is said when they are not there. */
class InputFilesTest {
  private static final String DATA =
      """
      data:
        format: conll
        train: train.conll
        dev: dev.conll
        overlap: ignore
      encoder: {hidden: 4}
      training: {epochs: 1, batch: 2, seed: 3, threads: 1}
      """;

  private static final String CORPUS =
      "from O\nNew B-from\nYork I-from\nto O\nbonn B-to\n\nin O\nBONN B-in\n\nnot O\nYork O\n\n";

  @TempDir Path folder;

  private Path config(String inputs) throws IOException {
    return TinyRun.write(
        folder,
        Map.of("train.conll", CORPUS, "dev.conll", CORPUS),
        "task: slots\n" + DATA + inputs);
  }

  private static Preparation prepare(Path config) {
    return Preparation.of(Training.from(config).environment(Map.of()).config());
  }

  @Test
  void whatAGazetteerFindsInTrainIsCountedByPhraseTokenAndSpan() throws IOException {
    Files.writeString(
        folder.resolve("cities.txt"), "Bonn\nBONN\nNew York\tcity\nNew York City\nYork\nOslo\n");
    Path config =
        config("inputs: [{type: word, dimension: 4}, {type: gazetteer, file: cities.txt}]\n");
    GazetteerCoverage found = prepare(config).gazetteers().get(0);
    assertEquals(1, found.input());
    assertEquals(new Ratio(3, 5), found.phrases()); // Bonn, New York, York
    assertEquals(new Ratio(5, 9), found.tokens());
    assertEquals(
        Map.of("from", new Ratio(1, 1), "to", new Ratio(1, 1), "in", new Ratio(1, 1)),
        found.spans().coveredByType());
    TrainingRun.Result result = TinyRun.run(config);
    Map<String, String> facts =
        ModelFile.read(result.folder().resolve(TrainingRun.MODEL)).provenance();
    assertEquals("5", facts.get("inputs.1.phrases"));
    assertEquals("3", facts.get("inputs.1.phrases.found"));
    assertEquals("9", facts.get("inputs.1.tokens"));
    assertEquals("3", facts.get("inputs.1.spans.found"));
  }

  @Test
  void withRegardToCaseSpellingsArePhrasesOfTheirOwn() throws IOException {
    Files.writeString(folder.resolve("cities.txt"), "Bonn\nBONN\n");
    Path config = config("inputs: [{type: gazetteer, file: cities.txt, ignoreCase: false}]\n");
    GazetteerCoverage found = prepare(config).gazetteers().get(0);
    assertEquals(new Ratio(1, 2), found.phrases());
    assertEquals(new Ratio(1, 3), found.spans().covered());
  }

  @Test
  void whatPretrainedVectorsKnowIsKeptInTheModel() throws IOException {
    Files.writeString(folder.resolve("vectors.txt"), "from 1 2\nbonn 3 4\n");
    Path config = config("inputs: [{type: vectors, file: vectors.txt}]\n");
    assertEquals(1, prepare(config).vectors().get(0).words().tokens().count(Step.LOWER));
    Map<String, String> facts =
        ModelFile.read(TinyRun.run(config).folder().resolve(TrainingRun.MODEL)).provenance();
    assertEquals("2", facts.get("inputs.0.words.exact"));
    assertEquals("1", facts.get("inputs.0.words.lower"));
    assertEquals("6", facts.get("inputs.0.words.unknown"));
  }

  @Test
  void allMissingFilesAreNamedAtOnceEachWhereTheConfigNamesIt() throws IOException {
    Path config =
        config(
            """
            inputs:
              - {type: word, dimension: 4}
              - {type: gazetteer, file: cities.txt}
              - type: vectors
                file: none.vec
              - {type: gazetteer, file: .}
            """);
    Files.delete(folder.resolve("dev.conll"));
    Files.writeString(folder.resolve("city.txt"), "Bonn\n");
    SluiceException e = assertThrows(SluiceException.class, () -> prepare(config));
    List<Problem> problems = e.problems();
    assertEquals(4, problems.size(), e.getMessage());
    assertEquals(2, e.kind().exitCode());
    assertEquals("DAT-005", problems.get(0).code());
    assertEquals(folder.resolve("dev.conll").toString(), problems.get(0).where().toString());
    assertPlaced(
        problems.get(1), "DAT-005", config + ":11:29", "inputs.1.file is ", "no such file");
    assertPlaced(
        problems.get(2), "EMB-001", config + ":13:11", "inputs.2.file is ", "no such file");
    assertPlaced(problems.get(3), "DAT-005", config + ":14:29", "inputs.3.file is ", "a folder");
  }

  private static void assertPlaced(
      Problem problem, String code, String where, String key, String what) {
    assertEquals(code, problem.code());
    assertEquals(where, problem.where().toString());
    assertTrue(problem.what().startsWith(key), problem.what());
    assertTrue(problem.what().contains(": " + what), problem.what());
  }
}
