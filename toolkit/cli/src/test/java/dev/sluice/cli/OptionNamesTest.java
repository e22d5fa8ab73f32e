package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has no config is never sent to one. */
class OptionNamesTest {
  @TempDir Path folder;

  private static String fix(String command, String code, String fix) {
    return OptionNames.in(command, new Problem(code, Location.of("f"), "wrong", fix)).fix();
  }

  @Test
  void settingsOfDataBecomeTheOptionsOfTheCommand() {
    assertEquals(
        "give --tokens or --text", fix("score", "DAT-006", "set data.csv.tokens or data.csv.text"));
    assertEquals("give --delimiter ';'", fix("tag", "DAT-012", "set data.csv.delimiter: ';'"));
    assertEquals(
        "name one of them with --column or --tokens",
        fix("tag", "DAT-010", "name one of them under data.csv"));
    assertEquals(
        "give --scheme io for types", fix("evaluate", "LAB-001", "set data.scheme: io for types"));
    assertEquals(
        "correct the line, or give --layout conll.separator=...",
        fix("evaluate", "DAT-030", "correct the line, or set data.conll.separator"));
    assertEquals(
        "close it", fix("tag", "DAT-014", "close it, or set data.csv.quote"), "no such option");
  }

  @Test
  void namesOfTheUserAndOtherCommandsAndCodesAreLeftAlone() {
    String named = "did you mean \"data.csv\"";
    assertEquals(named, fix("score", "DAT-010", named));
    for (String command : new String[] {"train", "check"})
      assertEquals("set data.csv.text", fix(command, "DAT-006", "set data.csv.text"));
    assertEquals("set data.scheme", fix("score", "TRN-012", "set data.scheme"));
  }

  /** The messages themselves, as score gives them. */
  @Test
  void messagesOfScoreNameNoSetting() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "words;tags\nx;O\n");
    Path tags = Files.writeString(folder.resolve("b.conll"), "a S-x\nb O\n");
    Path open = Files.writeString(folder.resolve("c.csv"), "tokens,tags\n\"x,O\n");
    Path json = Files.writeString(folder.resolve("d.jsonl"), "{\"body\":\"x\"}\n");
    Path narrow = Files.writeString(folder.resolve("e.conll"), "a\nb\n");
    says("give --delimiter ';'", csv, "--tokens", "words");
    says(
        "name one of them with --tokens, --text, --tags, --intent, --sentence, --pred-tags or --pred-intent",
        csv);
    says("give --scheme to one with S-: bioes, bmes", tags, "--scheme", "bio");
    says("or give --layout csv.quote=...", open);
    says("add it, or name the field with --layout jsonl", json);
    says("give --layout conll.separator=..., --layout conll.token=... or", narrow);
  }

  private static void says(String fix, Path gold, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(
        new String[] {"score", "--gold", gold.toString(), "--pred", gold.toString()},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    Cli.Outcome outcome = Cli.run(arguments);
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(fix), outcome.err());
    assertFalse(outcome.err().contains(" data."), outcome.err());
  }
}
