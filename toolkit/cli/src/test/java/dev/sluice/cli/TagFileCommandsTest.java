package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sluice validate}, {@code convert} and {@code repair} print and write, and with which code they exit. */
class TagFileCommandsTest {
  private static final String ILLEGAL = "# told\na B-x\nb\tI-y\r\n\nc I-x\nd O\n";

  @TempDir private Path temp;

  private Path write(String name, String content) throws IOException {
    return Files.writeString(temp.resolve(name), content);
  }

  private Path out() {
    return temp.resolve("out.conll");
  }

  @Test
  void everyIllegalMoveIsListedWithItsPlace() throws IOException {
    Path file = write("f.conll", ILLEGAL);
    Cli.Outcome found =
        Cli.run("validate", file.toString(), "--scheme", "bio", "--layout", "conll.comment='#'");
    assertEquals(1, found.code(), found.err());
    assertEquals(
        """
        F:3:3: "I-y" cannot follow "B-x" under BIO: changes the type within a span
        F:5:3: "I-x" cannot begin a sentence under BIO: continues no span

        scheme: BIO, as the settings say
        F: 2 sentences with 4 tags, mistakes in 2 of the sentences
        illegal move                    count
        -------------------------------------
        continues no span                   1
        changes the type within a span      1
        -------------------------------------
        all                                 2
        """,
        lines(found.out(), file));
  }

  private static String lines(String text, Path file) {
    return text.replace(System.lineSeparator(), "\n")
        .replaceAll("F:\n +", "F: ")
        .replace(file.toString(), "F")
        .replaceAll("F:\n +", "F: ");
  }

  @Test
  void aCleanFileExitsWithZero() throws IOException {
    Path file = write("f.csv", "tokens,tags\na b,B-x I-x\nc,O\nd,\n");
    Cli.Outcome found = Cli.run("validate", file.toString());
    assertEquals(0, found.code(), found.err());
    assertTrue(
        lines(found.out(), file).endsWith("F: 2 sentences with 3 tags, no illegal move\n"),
        found.out());
  }

  @Test
  void labelsOfAnotherSchemeAreListedToo() throws IOException {
    Path file = write("f.conll", "a B-x\nb S-x\n\nc o\n");
    Cli.Outcome found = Cli.run("validate", file.toString(), "--scheme", "bio");
    assertEquals(1, found.code());
    String text = lines(found.out(), file);
    assertTrue(
        text.startsWith("F:2:3: \"S-x\" is no label of BIO, expected O, B-TYPE or I-TYPE; "), text);
    assertTrue(text.contains("\nF:4:3: \"o\" is no label of BIO"), text);
    assertTrue(text.contains("\nsentences with a label of another scheme      2\n"), text);
  }

  @Test
  void jsonLinesAndPlainLabelsAreTakenForWhatTheyAre() throws IOException {
    Path json =
        write(
            "f.jsonl",
            "{\"text\":\"to Oslo\",\"spans\":[{\"start\":3,\"end\":7,\"label\":\"x\"}]}\n");
    assertEquals(0, Cli.run("validate", json.toString()).code());
    Cli.Outcome plain = Cli.run("validate", write("p.conll", "a DET\nb NOUN\n").toString());
    assertEquals(2, plain.code());
    assertTrue(plain.err().startsWith("error[EVA-015] "), plain.err());
    Cli.Outcome empty = Cli.run("validate", write("e.conll", "\n").toString());
    assertTrue(empty.err().startsWith("error[EVA-002] "), empty.err());
  }

  @Test
  void aConvertedFileKeepsAllButItsTags() throws IOException {
    Path file =
        write(
            "f.conll", "-DOCSTART- -X- O\r\n\r\na  DT B-x \r\nb\tNN I-x\r\nc NN B-x\r\n\r\nd VB O");
    String[] there = {"convert", file.toString(), "--to", "IOBES", "--output", out().toString()};
    Cli.Outcome done = Cli.run(there);
    assertEquals(0, done.code(), done.err());
    assertEquals(
        "-DOCSTART- -X- O\r\n\r\na  DT B-x \r\nb\tNN E-x\r\nc NN S-x\r\n\r\nd VB O",
        Files.readString(out()));
    assertTrue(
        done.out()
            .replaceAll("\\s+", " ")
            .contains("2 sentences in BIOES, 2 of 4 tags changed, no illegal move found"),
        done.out());
    Path back = temp.resolve("back.conll");
    assertEquals(
        0, Cli.run("convert", out().toString(), "--to", "bio", "--output", back.toString()).code());
    assertEquals(Files.readString(file), Files.readString(back));
  }

  @Test
  void whatTheSchemeCannotSpellIsRefusedAndNothingIsWritten() throws IOException {
    Path file = write("f.csv", "tokens,tags\na,O\na b c,B-x B-x O\n");
    Cli.Outcome io =
        Cli.run("convert", file.toString(), "--to", "io", "--output", out().toString());
    assertEquals(2, io.code());
    String expected =
        "error[EVA-015] "
            + file
            + ":3:7: two spans of type \"x\" side by side, which IO would make one";
    assertTrue(io.err().startsWith(expected), io.err());
    Cli.Outcome plain =
        Cli.run("convert", file.toString(), "--to", "plain", "--output", out().toString());
    assertTrue(plain.err().startsWith("error[CLI-003] "), plain.err());
    assertFalse(Files.exists(out()));
    Cli.Outcome same =
        Cli.run("convert", file.toString(), "--to", "bioes", "--output", file.toString());
    assertTrue(same.err().startsWith("error[EVA-004] "), same.err());
    Path json = write("f.jsonl", "{}");
    Cli.Outcome format =
        Cli.run("convert", json.toString(), "--to", "bio", "--output", out().toString());
    assertTrue(format.err().startsWith("error[CLI-024] "), format.err());
  }

  @Test
  void illegalTagsAreConvertedOnlyWhenTheyAreToBeRepaired() throws IOException {
    Path file = write("f.conll", "a O\nb I-x\n");
    String[] options = {
      "convert", file.toString(), "--scheme", "bio", "--to", "bioes", "--output", out().toString()
    };
    Cli.Outcome refused = Cli.run(options);
    assertEquals(
        "error[LAB-002] "
            + file
            + ":2:3: \"I-x\" cannot follow \"O\" under BIO. Fix: give --repair conlleval or discard, another --scheme, or correct the line\n",
        refused.err().replace(System.lineSeparator(), "\n"));
    assertFalse(Files.exists(out()));
    String[] repairing = java.util.Arrays.copyOf(options, options.length + 2);
    repairing[options.length] = "--repair";
    repairing[options.length + 1] = "conlleval";
    assertEquals(0, Cli.run(repairing).code());
    assertEquals("a O\nb S-x\n", Files.readString(out()));
  }

  @Test
  void repairsAreThoseOfTheScorer() throws IOException {
    Path file = write("f.conll", "a B-x\nb\tI-y\r\n\nc I-x\nd O\n");
    String[] options = {
      "repair", file.toString(), "--scheme", "bio", "--output", out().toString(), "--repair", ""
    };
    options[7] = "conlleval";
    Cli.Outcome done = Cli.run(options);
    assertEquals(0, done.code(), done.err());
    assertEquals("a B-x\nb\tB-y\r\n\nc B-x\nd O\n", Files.readString(out()));
    assertTrue(
        done.out()
            .replaceAll("\\s+", " ")
            .contains(
                "2 of 4 tags changed, 2 illegal moves repaired (continues no span 1, changes the type within a span 1)"),
        done.out());
    assertEquals(0, Cli.run("validate", out().toString(), "--scheme", "bio").code());
    options[7] = "discard";
    assertEquals(0, Cli.run(options).code());
    assertEquals("a B-x\nb\tO\r\n\nc O\nd O\n", Files.readString(out()));
    options[7] = "error";
    assertTrue(Cli.run(options).err().contains("expected one of conlleval, discard"));
  }
}
