package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Configs;
import dev.sluice.text.Tokenizer;
import dev.sluice.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a tag stands is found again in the file, to the column where the format has one for each. */
class TagPlacesTest {
  private static final Tokenizer BLANKS = Tokenizers.of("whitespace");

  @TempDir Path folder;

  /** The place of the second tag of the second sentence, then that of the second tag of the first. */
  private String places(Path path, String layout) {
    DataConfig config =
        Configs.parse(layout + "\ntrain: a\ndev: a\n", "test", DataConfig.class).value();
    List<Sentence> sentences = Dataset.read("train", path, config, BLANKS).sentences();
    try (TagPlaces places = new TagPlaces(path, config, BLANKS)) {
      String second = places.of(sentences.get(1), 1).toString();
      String first = places.of(sentences.get(0), 1).toString();
      return (second + " " + first).replace(folder + "/", "");
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aColumnFileHasALineAndAColumnForEachTag() throws IOException {
    Path conll = file("a.conll", "# x\na O\nbc B-x\n\n# y\nd O\n# z\n\u4e2d\ud83d\ude00e  I-x\n");
    assertEquals("a.conll:8:6 a.conll:3:4", places(conll, "format: conll\nconll: {comment: '#'}"));
    String row = "\t_\tX\t_\t_\t0\t_\t_\t_\n";
    Path conllu =
        file(
            "b.conllu",
            "# c\n1\ta"
                + row
                + "2\tbcd"
                + row
                + "\n1-2\tx\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta"
                + row
                + "2\tb"
                + row
                + "\n");
    assertEquals("b.conllu:7:7 b.conllu:3:9", places(conllu, "format: conllu"));
  }

  @Test
  void aTokenPerRowHasItsCellAndASentencePerRowTheCellOfAllItsTags() throws IOException {
    Path rows = file("a.csv", "s,w,t\n1,a,O\n1,\"b\n c\",B-x\n2,d,O\n2,ef,O\n");
    String layout = "format: csv\ncsv: {tokens: w, tags: t, sentence: s}";
    assertEquals("a.csv:6:6 a.csv:4:5", places(rows, layout));
    Path cells = file("b.csv", "w,t\na b,O O\nc d,O B-x\n");
    assertEquals("b.csv:3:5 b.csv:2:5", places(cells, "format: csv\ncsv: {tokens: w, tags: t}"));
  }

  @Test
  void triplesHaveTheirPlacesInTheFileOfTags() throws IOException {
    Path triples = Files.createDirectory(folder.resolve("t"));
    Files.writeString(triples.resolve("seq.in"), "a b\n\nc d\n");
    Files.writeString(triples.resolve("seq.out"), "O B-x\n\nO  O\n");
    assertEquals("t/seq.out:3:4 t/seq.out:1:3", places(triples, "format: triples"));
  }

  @Test
  void theBeginningOfTheSentenceIsSaidWhereNothingMoreIsKnown() throws IOException {
    Path json =
        file("a.jsonl", "{\"text\": \"a b\", \"spans\": []}\n{\"text\": \"c d\", \"spans\": []}\n");
    assertEquals("a.jsonl:2 a.jsonl:1", places(json, "format: jsonl"));
    Path conll = file("b.conll", "a O\nb O\n\nc O\nd O\n");
    DataConfig config =
        Configs.parse("format: conll\ntrain: a\ndev: a\n", "test", DataConfig.class).value();
    Sentence second = Dataset.read("train", conll, config, BLANKS).sentences().get(1);
    Files.writeString(conll, "gone\n");
    assertEquals(conll + ":4", TagPlaces.of(conll, config, BLANKS, second, 1).toString());
    Files.delete(conll);
    assertEquals(conll + ":4", TagPlaces.of(conll, config, BLANKS, second, 1).toString());
  }
}
