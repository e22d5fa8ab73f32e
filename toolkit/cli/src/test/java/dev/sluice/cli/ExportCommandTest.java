package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice export}. */
class ExportCommandTest {
  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void train() throws IOException {
    Path config = Cli.corpus(folder, "joint", "");
    Path run = folder.resolve("run");
    Cli.Outcome trained =
        Cli.run("train", config.toString(), "--out", run.toString(), "--set", "training.epochs=1");
    assertEquals(0, trained.code(), trained.err());
    model = run.resolve("model.safetensors");
  }

  private static Cli.Outcome export(String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "export";
    arguments[1] = "--model";
    arguments[2] = model.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Cli.run(arguments);
  }

  @Test
  void theGraphIsWrittenBesideTheModelAndItsInputsAndOutputsAreShown() throws IOException {
    Cli.Outcome written = export("--format", "onnx");
    assertEquals(0, written.code(), written.err());
    Path file = folder.resolve("run/model.onnx");
    List<String> lines = written.out().lines().toList();
    assertTrue(lines.get(0).startsWith(file + ": "), written.out());
    assertTrue(lines.get(0).endsWith(" bytes, ONNX with operators of version 17"), written.out());
    assertEquals(
        List.of(
            "  in   ids.word int64 [batch, length]",
            "  in   lengths int64 [batch]",
            "  out  token_scores float [batch, length, 3]",
            "  out  sentence_scores float [batch, 2]"),
        lines.subList(1, lines.size()));
    byte[] first = Files.readAllBytes(file);
    assertEquals(0, export("--format", "onnx", "--output", folder + "/again.onnx").code());
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("again.onnx")));
  }

  @Test
  void theModelIsNeverWrittenOver() throws IOException {
    byte[] before = Files.readAllBytes(model);
    Cli.Outcome refused = export("--format", "onnx", "--output", model.toString());
    assertEquals(2, refused.code());
    assertTrue(refused.err().startsWith("error[CLI-029] "), refused.err());
    assertArrayEquals(before, Files.readAllBytes(model));
  }

  @Test
  void anotherFormatIsRefused() {
    Cli.Outcome refused = export("--format", "pmml");
    assertEquals(2, refused.code());
    assertTrue(refused.err().startsWith("error[CLI-003] "), refused.err());
  }
}
