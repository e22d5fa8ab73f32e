package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a run is interrupted, going on ends in the same bytes as never having been interrupted. */
class ResumeTest {
  private static final String LONG = "training.epochs=40";

  @TempDir Path folder;

  private Process start(Path config, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Sluice.class.getName(), "train", config.toString()));
    command.addAll(List.of("--set", LONG, "--out", out.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(new File(folder.toFile(), out.getFileName() + ".out"))
        .redirectError(new File(folder.toFile(), out.getFileName() + ".err"))
        .start();
  }

  /** Waits until the run has saved its first checkpoint. */
  private static void untilSaved(Process process, Path out) throws InterruptedException {
    for (int i = 0; i < 3000 && process.isAlive(); i++) {
      if (Files.exists(out.resolve("checkpoint.safetensors"))) return;
      Thread.sleep(5);
    }
  }

  private Cli.Outcome resume(Path config, Path out) {
    return Cli.run("train", config.toString(), "--set", LONG, "--out", out.toString(), "--resume");
  }

  @Test
  void aKilledRunAndAStoppedRunEndInTheSameBytes() throws Exception {
    Path config = Cli.corpus(folder, "slots", "");
    Path whole = folder.resolve("whole"), killed = folder.resolve("killed");
    Path stopped = folder.resolve("stopped");
    Process one = start(config, killed), two = start(config, stopped);
    untilSaved(one, killed);
    one.destroyForcibly(); // kill -9
    untilSaved(two, stopped);
    two.destroy(); // SIGTERM
    assertTrue(one.waitFor(20, TimeUnit.SECONDS) && two.waitFor(20, TimeUnit.SECONDS));
    assertEquals(137, one.exitValue());
    assertEquals(143, two.exitValue());
    String err = Files.readString(folder.resolve("stopped.err"));
    assertTrue(err.contains("stopped and saved in epoch ") && err.contains(" --resume"), err);

    String fresh =
        Cli.run("train", config.toString(), "--set", LONG, "--out", whole.toString()).err();
    assertEquals("", fresh);
    for (Path run : List.of(killed, stopped)) {
      Cli.Outcome resumed = resume(config, run);
      assertEquals(0, resumed.code(), resumed.err());
      assertArrayEquals(
          Files.readAllBytes(whole.resolve("model.safetensors")),
          Files.readAllBytes(run.resolve("model.safetensors")),
          run.toString());
    }
  }
}
