package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message names what the user can change: the option of the command at work, the place in the file, the names there are. */
class MessagesTest {
  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static void refused(int code, String start, String... arguments) {
    Cli.Outcome outcome = Cli.run(arguments);
    assertTrue(outcome.err().startsWith(start), outcome.err());
    assertEquals(code, outcome.code(), outcome.err());
  }

  @Test
  void checkNamesTheLineAndTheColumnOfAnIllegalTagAndCountsItsWarnings() throws IOException {
    String tags = "in O\noslo I-city\n\n" + "from O\nbern B-city\nand O\nrome B-city\n\n".repeat(3);
    String data = file("x.conll", tags);
    String out = Cli.run("check", data).out();
    assertTrue(out.contains("\n  " + data + ":2:6, token 2: \"I-city\" cannot follow"), out);
    assertTrue(out.endsWith("\n\n" + data + ": usable, with 2 warnings\n"), out);
    assertFalse(out.contains("\n\n\n"), out);
    String clean = file("y.conll", "in O\nbern B-city\n");
    assertTrue(Cli.run("check", clean).out().endsWith("\n\n" + clean + ": no mistakes\n"));
  }

  @Test
  void aLabelThatCannotBeReadHasItsLineAndColumnInEveryCommand() throws IOException {
    String good = file("good.conll", "in O\noslo B-city\n\n".repeat(20));
    String bad = file("bad.conll", "in O\noslo B-city\n\n".repeat(20) + "in O\nrome B_city\n");
    refused(2, "error[LAB-001] " + bad + ":62:6: token 2: ", "check", bad);
    refused(2, "error[LAB-001] " + bad + ":62:6: token 2: ", "score", "--gold", bad, "--pred", bad);
    String config =
        file(
            "c.yaml",
            "task: slots\ndata: {format: conll, train: good.conll, dev: bad.conll, overlap: ignore}\n");
    assertTrue(Files.exists(Path.of(good)));
    refused(2, "error[LAB-001] " + bad + ":62:6: token 2: ", "check", config);
    refused(
        2, "error[LAB-001] " + bad + ":62:6: token 2: ", "train", config, "--out", folder + "/run");
  }

  @Test
  void anOptionWithoutItsValueIsNamedWithWhatItCanBe() {
    String help = "; see sluice repair --help\n";
    refused(
        2,
        "error[CLI-002] command line: --repair has no value, expected one of conlleval, discard. Fix: e.g. sluice repair output.conll",
        "repair",
        "x.conll",
        "--output",
        "y",
        "--repair");
    assertTrue(Cli.run("repair", "x", "--output", "y", "--repair").err().endsWith(help));
    refused(
        2,
        "error[CLI-002] command line: CONFIG|MODEL|DATA is missing, expected CONFIG|MODEL|DATA (files to check). Fix: e.g. sluice check ",
        "check");
    refused(
        2,
        "error[CLI-003] command line: --model was given twice. Fix: give it once; ",
        "tag",
        "--model",
        "a",
        "--model",
        "b");
    refused(
        2,
        "error[CLI-001] command line: \"b.yaml\" is one argument too many. Fix: ",
        "train",
        "a.yaml",
        "b.yaml");
  }

  @Test
  void unknownNamesAreAnsweredWithThoseThatThereAre() throws IOException {
    String gold = file("x.conll", "in O\noslo B-city\n");
    String start = "error[CLI-003] command line: ";
    String[] score = {"score", "--gold", gold, "--pred", gold, "", ""};
    String[][] mistakes = {
      {"--format", "xml", "expected one of csv, conll, conllu, triples, jsonl, conlleval. Fix: "},
      {"--scheme", "iob3", "expected one of auto, io, bio, "},
      {"--pred-scheme", "iob3", "expected one of auto, io, bio, "},
      {"--repair", "fix", "expected one of conlleval, discard, error. Fix: "}
    };
    for (String[] mistake : mistakes) {
      score[5] = mistake[0];
      score[6] = mistake[1];
      refused(2, start + score[5] + " is \"" + score[6] + "\", " + mistake[2], score);
    }
    score[5] = "--layout";
    score[6] = "foo=1";
    refused(
        2,
        "error[CLI-007] command line: --layout has no setting \"foo\", expected one of csv.text, csv.tokens,",
        score);
    score[6] = "conll.tag=x";
    refused(2, "error[CLI-007] command line: --layout conll.tag is x, expected a whole ", score);
    refused(
        2, start + "--format is \"xml\", expected one of csv, ", "check", "--format", "xml", gold);
    String csv = file("x.csv", "tokens,labels\na,O\n");
    Cli.Outcome noColumn = Cli.run("score", "--gold", csv);
    assertTrue(noColumn.err().contains("--pred-tags or --pred-intent"), noColumn.err());
  }

  @Test
  void findingsOfValidateNameTheOptionOfTheCommand() throws IOException {
    String tags = file("x.conll", "in O\noslo B-city\nnow S-date\n");
    String out = Cli.run("validate", tags, "--scheme", "bio").out();
    assertTrue(out.contains(":3:5: ") && out.contains("give --scheme to one with S-"), out);
    assertFalse(out.contains("data.scheme"), out);
  }

  @Test
  void ignoringATypeThatIsNowhereIsAWarningWithTheTypesThereAre() throws IOException {
    String gold = file("x.conll", "in O\noslo B-city\nnow B-date\n");
    Cli.Outcome scored =
        Cli.run("score", "--gold", gold, "--pred", gold, "--ignore", "nosuch,date");
    assertEquals(0, scored.code(), scored.err());
    String line = scored.err().replaceAll("\\s+", " ");
    assertTrue(
        line.startsWith(
            "warning: --ignore names nosuch, of which there is no span in the data; the types there are: city, date"),
        line);
    assertEquals("", Cli.run("score", "--gold", gold, "--pred", gold, "--ignore", "date").err());
  }

  @Test
  void aColumnOfPredictedIntentsAloneHasIntentsScored() throws IOException {
    String csv =
        file(
            "x.csv", "tokens,intent,guess,tags,predicted_tags\na b,x,x,O O,O O\nc d,y,x,O O,O O\n");
    Cli.Outcome scored = Cli.run("score", "--gold", csv, "--pred-intent", "guess");
    assertEquals(0, scored.code(), scored.err());
    assertTrue(scored.out().contains("50.00"), scored.out());
    Cli.Outcome both =
        Cli.run("score", "--gold", csv, "--pred-intent", "guess", "--pred-tags", "predicted_tags");
    assertEquals(0, both.code(), both.err());
    assertTrue(both.out().contains("whole frames"), both.out());
  }

  @Test
  void quietScoresPrintTheHeadlineAndTheGatesAlone() throws IOException {
    String gold = file("x.conll", "in O\noslo B-city\n");
    Cli.Outcome quiet =
        Cli.run("score", "--gold", gold, "--pred", gold, "--quiet", "--gate", "micro.f1>=0.5");
    assertEquals(0, quiet.code(), quiet.err());
    assertEquals(2, quiet.out().lines().count(), quiet.out());
    assertTrue(quiet.out().startsWith("F1 100.00\n"), quiet.out());
  }

  @Test
  void aFileWhereAFolderIsWantedIsNamed() throws IOException {
    String gold = file("x.conll", "in O\noslo B-city\n");
    refused(
        3,
        "error[IOX-001] " + gold + ": a file found, expected a folder to write results to. Fix: ",
        "score",
        "--gold",
        gold,
        "--pred",
        gold,
        "--out",
        gold);
  }

  @Test
  void aMetricsFileWithAPartMissingOrOfAnotherKindIsRefusedWithItsPath() throws IOException {
    String gold = file("x.conll", "in O\noslo B-city\n");
    String out = folder.resolve("out").toString();
    assertEquals(0, Cli.run("score", "--gold", gold, "--pred", gold, "--out", out).code());
    Path metrics = Path.of(out, "metrics.json");
    String good = Files.readString(metrics);
    String[][] broken = {
      {"\"truePositives\"", "\"true\"", "micro.truePositives is missing"},
      {"\"headline\": {", "\"headline\": 5, \"x\": {", "headline.name is missing"},
      {"\"kind\": \"spans\"", "\"kind\": \"spam\"", "scores.kind is a text, expected spans"},
      {"\"types\": {", "\"types\": [], \"x\": {", "scores.types is a list, expected an object"},
      {"\"skipped\": {", "\"skipped\": 3, \"x\": {", "skipped is a number, expected an object"},
      {"\"inputs\": [", "\"inputs\": 3, \"x\": [", "inputs is a number, expected a list"}
    };
    for (String[] change : broken) {
      String text = good.replace(change[0], change[1]);
      assertFalse(text.equals(good), change[0]);
      Files.writeString(metrics, text);
      for (String[] command :
          new String[][] {
            {"report", out},
            {"errors", out},
            {"score", "--gold", gold, "--pred", gold, "--baseline", out}
          }) {
        Cli.Outcome outcome = Cli.run(command);
        assertEquals(2, outcome.code(), outcome.err());
        assertTrue(outcome.err().startsWith("error[EVA-031] " + metrics + ": "), outcome.err());
        assertTrue(outcome.err().contains(change[2]), outcome.err());
      }
    }
  }
}
