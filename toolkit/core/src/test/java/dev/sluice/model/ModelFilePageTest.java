package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that describes the format lists every code, once and in order. */
class ModelFilePageTest {
  @Test
  void thePageListsEveryCode() throws IOException {
    String page = Files.readString(Path.of("../../docs/model-file.md"));
    List<String> listed =
        Pattern.compile("(?m)^\\| (MOD-\\d{3}) \\|")
            .matcher(page)
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();
    assertEquals(
        Arrays.stream(TensorFileProblem.values()).map(TensorFileProblem::code).toList(), listed);
  }
}
