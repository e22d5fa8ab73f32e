package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sluice score} and {@code sluice evaluate} print and with which code they exit. */
class ScoreCommandTest {
  private static final String BOTH = "a B-x B-x\nb I-x O\n\nc B-y B-y\n";

  @TempDir private Path temp;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void goldAndPredictionMayStandInTheLastTwoColumns() throws IOException {
    Path both = write("both.conll", BOTH);
    assertEquals(0, sluice("score", "--gold", both));
    assertTrue(text(out).contains("F1 50.00 on 2 sentences, 3 tokens\n"), text(out));
    assertTrue(text(out).startsWith("scheme of the gold tags: BIO, "), text(out));
  }

  private static final String CLASSIC =
      """
      processed 4 tokens with 2 phrases; found: 2 phrases; correct: 1.
      accuracy:  75.00%; precision:  50.00%; recall:  50.00%; FB1:  50.00
                      x: precision:   0.00%; recall:   0.00%; FB1:   0.00  1
                      y: precision: 100.00%; recall: 100.00%; FB1: 100.00  1
      """;

  /** The line of the document is a token to conlleval.pl, and so it is here. */
  @Test
  void theClassicOutputStandsAloneOnTheStandardOutput() throws IOException {
    Path both = write("both.conll", "-DOCSTART- O O\n\n" + BOTH);
    assertEquals(0, sluice("score", "--gold", both, "--report", "conlleval"));
    assertEquals(CLASSIC, text(out));
    assertTrue(text(err).startsWith("scheme of the gold tags: BIO"), text(err));
    Path gold = write("gold.csv", "-DOCSTART- O\n\na B-x\nb I-x\n\nc B-y\n");
    Path pred = write("pred.csv", "-DOCSTART- O\n\na B-x\nb O\n\nc B-y\n");
    assertEquals(0, sluice("score", "--gold", gold, "--pred", pred, "--format", "conlleval"));
    assertEquals(CLASSIC, text(out));
  }

  @Test
  void theClassicOutputIsAFormOfTheSavedScoresToo() throws IOException {
    Path both = write("both.conll", "-DOCSTART- O O\n\n" + BOTH), saved = temp.resolve("saved");
    assertEquals(0, sluice("score", "--gold", both, "--out", saved));
    assertEquals(0, sluice("report", saved, "--format", "conlleval"));
    assertEquals(CLASSIC, text(out));
    Path plain = write("plain.conll", "a X X\nb Y X\n"), tags = temp.resolve("tags");
    assertEquals(0, sluice("score", "--gold", plain, "--scheme", "plain", "--out", tags));
    assertEquals(2, sluice("report", tags, "--format", "conlleval"));
    assertTrue(text(err).startsWith("error[EVA-049]"), text(err));
  }

  @Test
  void theClassicOutputTakesTagsThatNoSchemeHas() throws IOException {
    Path both = write("both.conll", "a B-x B-x\nb o o\n");
    assertEquals(0, sluice("score", "--gold", both, "--format", "conlleval", "--scheme", "bio"));
    assertTrue(text(out).startsWith("processed 2 tokens with 2 phrases; "), text(out));
    assertEquals(2, sluice("score", "--gold", both, "--scheme", "bio"));
    assertTrue(text(err).startsWith("error[LAB-001]"), text(err));
  }

  @Test
  void theClassicOutputKnowsNoOtherNumbers() throws IOException {
    Path both = write("both.conll", BOTH);
    assertEquals(2, sluice("score", "--gold", both, "--report", "conlleval", "--json", "-"));
    assertTrue(text(err).startsWith("error[CLI-020]"), text(err));
    assertEquals(2, sluice("score", "--gold", both, "--report", "conll"));
    assertTrue(text(err).contains("expected one of tables, conlleval"), text(err));
  }

  @Test
  void aGateThatIsNotMetExitsWithOne() throws IOException {
    Path both = write("both.conll", BOTH);
    assertEquals(0, sluice("score", "--gold", both, "--gate", "micro.f1>=0.5"));
    assertEquals(
        1, sluice("score", "--gold", both, "--gate", "micro.f1>0.5", "--gate", "micro.f1<1"));
    assertTrue(
        text(out)
            .endsWith(
                "gate not met: micro.f1>0.5, found 0.5000\ngate met: micro.f1<1, found 0.5000\n"));
    assertEquals(2, sluice("score", "--gold", both, "--gate", "fast"));
    assertTrue(text(err).startsWith("error[EVA-020] command line: gate \"fast\" found"), text(err));
  }

  @Test
  void jsonOnTheStandardOutputStandsAlone() throws IOException {
    assertEquals(0, sluice("score", "--gold", write("both.conll", BOTH), "--json", "-"));
    assertTrue(text(out).startsWith("{\n  \"schemaVersion\": 1,\n"), text(out));
    assertTrue(text(out).endsWith("\n}\n"), text(out));
    assertTrue(text(err).startsWith("scheme of the gold tags: BIO"), text(err));
  }

  @Test
  void jsonInAFileComesBesideTheTables() throws IOException {
    Path file = temp.resolve("numbers.json");
    assertEquals(0, sluice("score", "--gold", write("both.conll", BOTH), "--json", file));
    assertTrue(Files.readString(file).contains("\"f1\": 0.5,"));
    assertTrue(text(out).contains("F1 50.00"), text(out));
  }

  @Test
  void csvIsTakenByItsNameAndItsUsualColumns() throws IOException {
    Path file =
        write(
            "done.csv",
            "tokens,tags,predicted_tags,confidence,mine\na b,B-x I-x,B-x O,0.5,B-x I-x\nc,B-y,B-y,0.5,B-y\n");
    assertEquals(0, sluice("score", "--gold", file));
    assertTrue(text(out).contains("F1 50.00"), text(out));
    assertEquals(0, sluice("score", "--gold", file, "--pred-tags", "mine"));
    assertTrue(text(out).contains("F1 100.00"), text(out));
  }

  @Test
  void otherTokensCanBeComparedByTheirCharacters() throws IOException {
    Path gold = write("g.conll", "a O\nb-c B-x\n"),
        other = write("p.conll", "a O\nb B-x\n-c I-x\n");
    assertEquals(2, sluice("score", "--gold", gold, "--pred", other));
    assertTrue(text(err).contains("or give --align characters to compare spans"), text(err));
    assertEquals(0, sluice("score", "--gold", gold, "--pred", other, "--align", "characters"));
    assertTrue(text(out).contains("\nF1 100.00 on 1 sentence, 2 tokens\n"), text(out));
    assertTrue(text(out).contains("|match=characters|"), text(out));
    assertEquals(2, sluice("score", "--gold", gold, "--align", "words"));
    assertTrue(text(err).contains("expected one of tokens, characters"), text(err));
  }

  @Test
  void rulesStandInTheSignature() throws IOException {
    Path both = write("both.conll", "a B-x O\nb O B-z\n");
    assertEquals(0, sluice("score", "--gold", both, "--zero-division", 0, "--ignore", "z,y"));
    assertTrue(text(out).contains("|zero=0|ignored=y,z|"), text(out));
    assertTrue(text(out).contains("spans of ignored types: 0 gold, 1 predicted\n"), text(out));
    assertTrue(text(out).matches("(?s).*\nmicro +0.00 +0.00 +0.00 +1\n.*"), text(out));
    assertEquals(2, sluice("score", "--gold", both, "--zero-division", 2));
    assertTrue(text(err).startsWith("error[CLI-003]"), text(err));
    assertEquals(2, sluice("score", "--gold", both, "--zero-division", "null"));
    assertTrue(text(err).contains("expected a whole number"), text(err));
    assertEquals(2, sluice("score", "--gold", both, "--ignore", "x,,y"));
    assertTrue(text(err).startsWith("error[CLI-003]"), text(err));
    assertEquals(2, sluice("score", "--gold", both, "--ignore", "x", "--scheme", "plain"));
    assertTrue(text(err).startsWith("error[EVA-006]"), text(err));
  }

  @Test
  void aRowPerSourceComesBeforeTheScoresOfAll() throws IOException {
    String rows = "a,O,O,web\nb,B-x,O,web\nc,B-x,B-x,news\n";
    Path file = write("sources.csv", "tokens,tags,predicted_tags,source\n" + rows);
    assertEquals(0, sluice("score", "--gold", file, "--by", "source"));
    List<String> lines = text(out).lines().map(line -> line.replaceAll(" +", " ")).toList();
    int header = lines.indexOf("source sentences tokens precision recall F1 95 % interval");
    assertEquals(
        "news 1 1 100.00 100.00 100.00 100.00 to 100.00", lines.get(header + 2), text(out));
    assertEquals("web 2 2 n/a 0.00 0.00 0.00 to 0.00", lines.get(header + 3), text(out));
    assertEquals("pooled 3 3 100.00 50.00 66.67 0.00 to 100.00", lines.get(header + 5), text(out));
    assertEquals(2, sluice("score", "--gold", file, "--by", "origin"));
    assertTrue(text(err).startsWith("error[DAT-010] " + file + ":1: no column \"origin\""));
    assertTrue(text(err).endsWith("Fix: name one of them\n"), text(err));
  }

  @Test
  void aFallBelowABaselineMayBeLimitedByAGate() throws IOException {
    Path both = write("both.conll", BOTH),
        better = write("better.conll", BOTH.replace("I-x O", "I-x I-x"));
    Path before = temp.resolve("before");
    assertEquals(0, sluice("score", "--gold", better, "--out", before));
    String gate = "baseline.micro.f1>=-0.5";
    assertEquals(0, sluice("score", "--gold", both, "--baseline", before, "--gate", gate));
    assertTrue(text(out).contains("\nbaseline: " + before + ", part pooled\n"), text(out));
    assertTrue(text(out).endsWith("gate met: " + gate + ", found -0.5000\n"), text(out));
    gate = "baseline.micro.f1>=-0.49";
    assertEquals(
        1,
        sluice(
            "score", "--gold", both, "--baseline", before.resolve("metrics.json"), "--gate", gate));
    assertEquals(2, sluice("score", "--gold", both, "--gate", gate));
    assertTrue(text(err).contains("name a run or a metrics.json with --baseline"), text(err));
    assertEquals(2, sluice("score", "--gold", both, "--baseline", temp.resolve("nothing")));
    assertTrue(text(err).startsWith("error[EVA-030] "), text(err));
  }

  @Test
  void errorsAreRankedWithTheirPlaces() throws IOException {
    Path out = temp.resolve("scored");
    assertEquals(0, sluice("score", "--gold", write("both.conll", BOTH), "--out", out));
    assertEquals(0, sluice("errors", out));
    String all = text(this.out);
    for (String expected : new String[] {"\nB:x:right-short ", "\na b ", "\nx "})
      assertTrue(all.contains(expected), all);
    assertTrue(all.contains("  B:x:right-short: " + temp.resolve("both.conll:1") + "\n"), all);
    assertEquals(0, sluice("errors", out.resolve("metrics.json"), "--by", "type", "--examples", 0));
    assertTrue(text(this.out).contains("confused with"), text(this.out));
    assertFalse(text(this.out).contains("right-short"), text(this.out));
    assertEquals(2, sluice("errors", out, "--top", 0));
    assertTrue(text(err).startsWith("error[CLI-003] command line: --top is 0"), text(err));
    assertEquals(2, sluice("errors", out, "--by", "colour"));
    assertTrue(text(err).contains("expected one of code, surface, type"), text(err));
    assertEquals(2, sluice("errors", out, "--part", "dev"));
    assertTrue(text(err).startsWith("error[EVA-032] "), text(err));
  }

  @Test
  void mistakesExitWithTwoAndSayWhere() throws IOException {
    Path gold = write("g.conll", "a O\nb O\n"), other = write("p.conll", "a O\nk O\n");
    assertEquals(2, sluice("score", "--gold", gold, "--pred", other));
    assertEquals(
        "error[EVA-010] "
            + other
            + ":2: token 2 is \"k\", expected \"b\" as at "
            + gold
            + ":2. Fix: predict on the tokens of the gold data, in their order, or give --align characters to compare spans in any tokens\n",
        text(err));
    assertEquals(2, sluice("score", "--gold", gold, "--scheme", "bies"));
    assertTrue(text(err).contains("ioe1, ioe2, bioes, bilou,"), text(err));
    assertEquals(2, sluice("score", "--gold", gold, "--layout", "tag"));
    assertTrue(text(err).startsWith("error[CLI-007]"), text(err));
    assertEquals(2, sluice("score", "--gold", temp.resolve("none.jsonl")));
    assertTrue(text(err).startsWith("error[CLI-009]"), text(err));
    assertEquals(2, sluice("score", "--gold", temp.resolve("none.conll")));
    assertTrue(text(err).startsWith("error[DAT-005]"), text(err));
    assertEquals(2, sluice("evaluate", "--data", gold));
    assertTrue(text(err).startsWith("error[CLI-002]"), text(err));
  }

  @Test
  void aFileThatIsNoModelExitsWithFour() throws IOException {
    Path file = write("model.safetensors", "no model");
    assertEquals(4, sluice("evaluate", "--model", file, "--data", file));
    assertTrue(text(err).startsWith("error[MOD-"), text(err));
  }

  @Test
  void schemesMayBeNamedInAnyCaseAndByTheirOtherNames() throws IOException {
    Path both = write("both.conll", BOTH);
    assertEquals(0, sluice("score", "--gold", both, "--scheme", "IOB2", "--pred-scheme", "Bio"));
    assertTrue(text(out).contains("|scheme=BIO|"), text(out));
  }

  private int sluice(Object... arguments) {
    out.reset();
    err.reset();
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) words.add(argument.toString());
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            out,
            Console.printer(out),
            Console.printer(err),
            false,
            false,
            Map.of());
    return Sluice.run(console, words.toArray(String[]::new));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(temp.resolve(name), content);
  }
}
