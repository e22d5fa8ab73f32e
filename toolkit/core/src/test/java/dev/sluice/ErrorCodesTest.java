package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of error codes lists the codes of the sources, each once, and no others. */
class ErrorCodesTest {
  private static final Path PROJECT = Path.of("../..");
  private static final Pattern IN_SOURCE = Pattern.compile("\"(?!SHA-)([A-Z]{3}-[0-9]{3})\"");
  private static final Pattern IN_TABLE =
      Pattern.compile("^\\| ([A-Z]{3}-[0-9]{3}) \\| \\S.* \\|$");

  @Test
  void thePageListsEveryCodeOfTheSourcesAndNoOther() throws IOException {
    SortedSet<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(PROJECT.resolve("docs/error-codes.md"))) {
      Matcher row = IN_TABLE.matcher(line);
      if (row.matches()) assertTrue(listed.add(row.group(1)), row.group(1) + " is listed twice");
    }
    assertEquals(String.join("\n", used()), String.join("\n", listed));
  }

  private static SortedSet<String> used() throws IOException {
    SortedSet<String> used = new TreeSet<>();
    for (String module : List.of("toolkit/core", "toolkit/onnx", "toolkit/cli", "eval")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/main"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher code = IN_SOURCE.matcher(Files.readString(file));
          while (code.find()) used.add(code.group(1));
        }
      }
    }
    return used;
  }
}
