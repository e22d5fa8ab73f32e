package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.Configs;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New tags stand where the old ones stood, and nothing else is another byte. */
class TagRewriterTest {
  private static final TagRewriter.Change BRACED =
      (sentence, places) -> sentence.tags().stream().map(tag -> "{" + tag + "}").toList();

  private static final String CSV = "format: csv\ncsv: {tokens: tokens, tags: tags}";

  @TempDir private Path folder;

  private static DataConfig config(String settings) {
    return Configs.parse("train: t\ndev: d\n" + settings, "test", DataConfig.class).value();
  }

  private String rewritten(String content, String settings, TagRewriter.Change change)
      throws IOException {
    Path file = Files.writeString(folder.resolve("file"), content);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TagRewriter(config(settings), TestData.BLANKS).rewrite(file, out, change);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void columnsSeparatedByBlanksStayAsTheyAre() throws IOException {
    String file = "\uFEFF-DOCSTART- O\n\n\n  a   B-x  \nb\tO\r\n \r\n𠮷 B-y\rlast O";
    assertEquals(
        "\uFEFF-DOCSTART- O\n\n\n  a   {B-x}  \nb\t{O}\r\n \r\n𠮷 {B-y}\rlast {O}",
        rewritten(file, "format: conll", BRACED));
  }

  @Test
  void theTagMayStandInAnyColumnBetweenTabs() throws IOException {
    String file = "# c 1\na b\tB x\t\t1\r\n# c\nc\tO\t𠮷\t2\n\n\n";
    String settings = "format: conll\nconll: {separator: tab, tag: 2, comment: '#'}";
    assertEquals(
        "# c 1\na b\t{B x}\t\t1\r\n# c\nc\t{O}\t𠮷\t2\n\n\n", rewritten(file, settings, BRACED));
    String first = "B-x 1 a\r\nO 2 b\r\n";
    String tagFirst = "format: conll\nconll: {token: 3, tag: 1}";
    assertEquals("{B-x} 1 a\r\n{O} 2 b\r\n", rewritten(first, tagFirst, BRACED));
  }

  @Test
  void cellsOfCsvKeepTheirQuotes() throws IOException {
    String file =
        "note,tokens,tags\r\n\"two\r\nlines, \"\"so\"\"\",a b,\"B-x  O\"\r\n\r\n𠮷,\"c\",O\nlast,d,\n,e,B-y";
    assertEquals(
        "note,tokens,tags\r\n\"two\r\nlines, \"\"so\"\"\",a b,\"{B-x} {O}\"\r\n\r\n𠮷,\"c\",{O}\nlast,d,\n,e,{B-y}",
        rewritten(file, CSV, BRACED));
  }

  @Test
  void cellsOfATokenPerRowAreRewrittenOneByOne() throws IOException {
    String file = "tag;id;word\n\"B-x\" ;1;a\nO;;b\n\nB-y;2;c\n";
    String settings = "format: csv\ncsv: {tokens: word, tags: tag, sentence: id, delimiter: ';'}";
    TagRewriter.Change awkward =
        (sentence, places) -> sentence.tags().stream().map(t -> t.replace("B-", "a;\"-")).toList();
    assertEquals(
        "tag;id;word\n\"a;\"\"-x\" ;1;a\nO;;b\n\n\"a;\"\"-y\";2;c\n",
        rewritten(file, settings, awkward));
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () ->
                rewritten(
                    "tag;id;word\nB-x;1;a\n", settings.replace("';'", "';', quote: ''"), awkward));
    assertEquals("DAT-070", e.problems().get(0).code());
  }

  @Test
  void everyTagHasItsPlace() throws IOException {
    List<String> seen = new ArrayList<>();
    TagRewriter.Change noted =
        (sentence, places) -> {
          for (Location place : places) seen.add(place.line() + ":" + place.column());
          return sentence.tags();
        };
    rewritten("a O\n\n𠮷  B-x\n", "format: conll", noted);
    rewritten("tokens,tags\n\"a\nb\",\"O O\"\n", CSV, noted);
    assertEquals(List.of("1:3", "3:4", "3:4"), seen);
  }

  @Test
  void otherFormatsAreRefused() {
    for (String format : List.of("jsonl", "conllu", "triples"))
      assertThrows(
          IllegalArgumentException.class, () -> rewritten("", "format: " + format, BRACED));
  }

  /** What is changed and changed back is the file it was. */
  @RepeatedTest(200)
  void changesCanBeUndone() throws IOException {
    SplittableRandom random = Seeds.next();
    boolean csv = random.nextBoolean();
    StringBuilder file = new StringBuilder(csv ? "note,tokens,tags\n" : "");
    for (int line = random.nextInt(20); line >= 0; line--) {
      String tag = List.of("O", "B-x", "I-long.type").get(random.nextInt(3));
      String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
      String note = List.of("n", "\"a,\nb\"", "\"\"\"\"", "", "日本").get(random.nextInt(5));
      String blanks = List.of(" ", "\t", "   ").get(random.nextInt(3));
      if (random.nextInt(4) == 0) file.append(end);
      file.append(csv ? note + ",w," + tag : "w" + blanks + tag).append(end);
    }
    if (random.nextBoolean()) file.setLength(file.length() - 1); // perhaps in the middle of \r\n
    String settings = csv ? CSV : "format: conll\nconll: {separator: blank}";
    TagRewriter.Change unbraced =
        (sentence, places) ->
            sentence.tags().stream().map(t -> t.substring(1, t.length() - 1)).toList();
    String original = file.toString();
    String there = rewritten(original, settings, BRACED);
    assertEquals(original.replaceAll("O|B-x|I-long.type", "{$0}"), there, Seeds::describe);
    assertArrayEquals(
        original.getBytes(StandardCharsets.UTF_8),
        rewritten(there, settings, unbraced).getBytes(StandardCharsets.UTF_8),
        Seeds::describe);
  }
}
