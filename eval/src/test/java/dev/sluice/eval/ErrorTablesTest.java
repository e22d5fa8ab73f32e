package dev.sluice.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Configs;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.eval.ErrorTables.By;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.eval.metrics.MetricsFile;
import dev.sluice.metric.TextLines;
import dev.sluice.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed of errors, on the sentence with one error of every kind. */
class ErrorTablesTest {
  private static final String GOLD = "O B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE";
  private static final String PREDICTED = "O B-PER I-PER O B-ORG O B-ORG I-ORG O B-MISC O";

  @TempDir private Path temp;

  @Test
  void codesHaveTheGainOfBeingFixed() throws IOException {
    List<String> lines = lines(tables(spans(1)).text(Optional.of(By.CODE)));
    assertEquals(
        "pooled: F1 25.00, 4 gold spans, 4 predicted, 4 errors", afterFolder(lines.get(0)));
    assertEquals(
        List.of(
            "code count gain if fixed",
            "B:ORG:right-short 1 25.00",
            "M:DATE 1 19.44",
            "R:LOC>ORG 1 25.00",
            "U:MISC 1 3.57"),
        table(lines));
    assertTrue(
        lines.stream().anyMatch(line -> line.matches(" M:DATE: \\S+g\\.conll:1")), lines::toString);
  }

  @Test
  void surfaceFormsStandBesideTheirCodes() throws IOException {
    assertEquals(
        List.of(
            "surface form code count",
            "w10 M:DATE 1",
            "w4 R:LOC>ORG 1",
            "w6 w7 w8 B:ORG:right-short 1",
            "w9 U:MISC 1"),
        table(lines(tables(spans(1)).text(Optional.of(By.SURFACE)))));
  }

  @Test
  void typesSayWhatTheyAreConfusedWith() throws IOException {
    assertEquals(
        List.of(
            "type errors missing unnecessary borders confused with",
            "DATE 1 1 0 0",
            "LOC 1 0 0 0 ORG 1",
            "MISC 1 0 1 0",
            "ORG 1 0 0 1"),
        table(lines(tables(spans(1)).text(Optional.of(By.TYPE)))));
  }

  @Test
  void aTableHasNoMoreRowsAndPlacesThanAskedFor() throws IOException {
    Path file = spans(5);
    String text =
        ErrorTables.of(MetricsFile.read(file), Optional.empty(), 2, 1).text(Optional.of(By.CODE));
    assertEquals(3, table(lines(text)).size(), text);
    assertTrue(text.contains("\nand 2 more\n"), text);
    assertTrue(text.contains("M:DATE: ") && !text.contains(".conll:13"), text);
    text =
        ErrorTables.of(MetricsFile.read(file), Optional.empty(), 2, 3).text(Optional.of(By.CODE));
    assertTrue(text.contains(".conll:1, ") && text.contains(".conll:25"), text);
    assertFalse(text.contains(".conll:37"), text);
    text = ErrorTables.of(MetricsFile.read(file), Optional.empty(), 9, 0).text(Optional.empty());
    assertFalse(text.contains(".conll:1"), text);
  }

  @Test
  void longNamesStayWithinTheWidthOfALine() throws IOException {
    String type = "a_type_with_a_name_that_is_much_longer_than_others";
    String gold = GOLD.replace("LOC", type + "_1").replace("DATE", type + "_2");
    String predicted = PREDICTED.replace("ORG", type + "_3").replace("MISC", type + "_4");
    String text =
        tables(score(sentences(gold, 2), sentences(predicted, 2), "bio")).text(Optional.empty());
    for (String line : text.split("\n"))
      if (!line.contains(".conll")) assertTrue(line.length() <= TextLines.WIDTH, line);
  }

  @Test
  void ofPlainLabelsThoseTakenForEachOtherAreShown() throws IOException {
    String gold = sentences("DET NOUN VERB", 3), predicted = sentences("DET VERB VERB", 3);
    ErrorTables tables = tables(score(gold, predicted, "plain"));
    assertFalse(tables.ofSpans());
    List<String> lines = lines(tables.text(Optional.empty()));
    assertEquals(List.of("gold tag predicted tag count", "NOUN VERB 3"), table(lines));
    assertTrue(lines.get(5).startsWith(" NOUN / VERB: "), lines::toString);
    assertTrue(tables(score(gold, gold, "plain")).text(Optional.empty()).contains("no tag taken"));
  }

  @Test
  void withoutErrorsOrWithoutAnAnalysisItIsSaid() throws IOException {
    Path right = score(sentences(GOLD, 1), sentences(GOLD, 1), "bio");
    assertTrue(tables(right).text(Optional.empty()).contains("\nno errors in spans\n"));
    refused(right, "nothing", "EVA-032", "name one of ");
    String json = Files.readString(right.resolve("metrics.json"));
    Path older = temp.resolve("older.json");
    Files.writeString(older, json.replace("\"analysis\": {", "\"analysis\": null, \"x\": {"));
    refused(older, null, "EVA-035", "write the file once more");
    refused(
        right, temp.resolve("g.conll").toString(), "EVA-035", "name another with --part: pooled");
  }

  private static void refused(Path file, String part, String code, String fix) {
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> ErrorTables.of(MetricsFile.read(file), Optional.ofNullable(part), 1, 1));
    assertEquals(code, e.problems().get(0).code(), e.getMessage());
    assertTrue(e.getMessage().contains(fix), e.getMessage());
  }

  private static ErrorTables tables(Path file) {
    return ErrorTables.of(MetricsFile.read(file), Optional.empty(), 20, 3);
  }

  private static List<String> lines(String text) {
    return text.lines().map(line -> line.replaceAll(" +", " ").stripTrailing()).toList();
  }

  /** The first table: its header and its rows. */
  private static List<String> table(List<String> lines) {
    return lines.stream()
        .skip(2)
        .takeWhile(line -> !line.startsWith(" ") && !line.startsWith("and "))
        .filter(line -> !line.startsWith("--"))
        .toList();
  }

  private static String afterFolder(String line) {
    return line.substring(line.lastIndexOf('/') + 1);
  }

  private Path spans(int times) throws IOException {
    return score(sentences(GOLD, times), sentences(PREDICTED, times), "bio");
  }

  private static String sentences(String tags, int times) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < times; n++) {
      int t = 0;
      for (String tag : tags.split(" "))
        text.append('w').append(t++).append(' ').append(tag).append('\n');
      text.append('\n');
    }
    return text.toString();
  }

  private Path score(String gold, String predicted, String scheme) throws IOException {
    Path out = temp.resolve("out");
    PairedFiles.score(
        side("g.conll", gold, scheme),
        side("p.conll", predicted, scheme),
        Tokenizers.of("whitespace"),
        EvaluationOptions.DEFAULT.withOut(Optional.of(out)));
    return out;
  }

  private Side side(String name, String content, String scheme) throws IOException {
    String yaml = "{format: conll, train: t, dev: d, scheme: " + scheme + "}";
    return new Side(
        Files.writeString(temp.resolve(name), content),
        Configs.parse(yaml, "test", DataConfig.class).value());
  }
}
