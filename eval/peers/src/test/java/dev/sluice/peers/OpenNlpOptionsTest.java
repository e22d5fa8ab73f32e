package dev.sluice.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command is told, and what it says of what it cannot use. */
class OpenNlpOptionsTest {

  @Test
  void settingsTasksAndSplitsAreRead() {
    OpenNlpOptions options =
        OpenNlpOptions.read(
            "--settings", "perceptron:0,maxent:5", "--tasks", "names", "--splits", "dev");
    assertEquals(
        List.of("perceptron, cutoff 0", "maxent, cutoff 5"),
        options.settings().stream().map(OpenNlpSetting::toString).toList());
    assertEquals(List.of(TaggingTask.NAMES), options.tasks());
    assertFalse(options.test());
  }

  @Test
  void wrongArgumentsAreNamed() {
    for (String[] wrong :
        new String[][] {
          {"--setting", "maxent:5"}, {"--settings", "maxent"}, {"--splits", "test"}, {"--tasks"}
        }) {
      var e = assertThrows(IllegalArgumentException.class, () -> OpenNlpOptions.read(wrong));
      assertTrue(wrong.length == 1 || e.getMessage().contains(wrong[1]), e.getMessage());
    }
  }

  @Test
  void withoutTheFolderOfTheCorporaItSaysWhatToDo() {
    var e = assertThrows(IllegalArgumentException.class, () -> OpenNlpSpeed.data(null));
    assertTrue(e.getMessage().startsWith("SLUICE_DATA is not set. Fix: "), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> OpenNlpSpeed.data(" "));
    assertEquals(Path.of("corpora"), OpenNlpSpeed.data("corpora"));
  }

  @Test
  void aRunWithoutAModelIsNamed(@TempDir Path folder) {
    var e = assertThrows(IllegalArgumentException.class, () -> OurModel.ofRun(folder));
    assertTrue(e.getMessage().contains("model.safetensors: no such file"), e.getMessage());
  }

  @Test
  void trainingTimeIsTheSumOverTheEpochs(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("training.csv");
    Files.writeString(log, "epoch,best,seconds,steps\n1,true,10.5,7\n2,false,9.25,14\n");
    assertEquals(19.75, OurModel.seconds(log));
  }

  @Test
  void modelsAreCalledByTheirRunOrFile() {
    assertEquals("sluice ewt-fast", OurModel.name(Path.of("runs/ewt-fast/model.safetensors")));
    assertEquals("sluice small", OurModel.name(Path.of("small.safetensors")));
  }
}
