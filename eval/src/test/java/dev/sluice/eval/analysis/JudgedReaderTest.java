package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.SluiceException;
import dev.sluice.label.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written is read again. */
class JudgedReaderTest {
  @TempDir private Path temp;

  @Test
  void aJudgedSentenceComesBack() throws IOException {
    Judged spans =
        Tagged.bio(
            "to \"Oslo\" \u2028 now",
            "O B-city O O",
            "O B-city O B-x",
            Map.of(new Span("city", 1, 2), 0.25));
    Judged labels = Tagged.plain("a b", "X Y", "X X");
    Judged.Label intent =
        Judged.Label.of("a#b", "b#a", true, OptionalDouble.of(0.5), Optional.of("#"));
    Judged sentence = new Judged(labels.sentence(), Optional.empty(), Optional.of(intent));
    List<Judged> all = List.of(spans, labels, sentence);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JudgedWriter writer = new JudgedWriter(out);
    all.forEach(writer);
    Path file = Files.write(temp.resolve("s.jsonl"), out.toByteArray());
    try (JudgedReader reader = new JudgedReader(file)) {
      for (Judged one : all) {
        Judged again = reader.next();
        assertEquals(one.sentence().words(), again.sentence().words());
        assertEquals(one.sentence().where().toString(), again.sentence().where().toString());
        assertEquals(one.tags().map(Judged.Tags::found), again.tags().map(Judged.Tags::found));
        assertEquals(one.tags().map(Judged.Tags::gold), again.tags().map(Judged.Tags::gold));
        assertEquals(
            one.tags().map(t -> t.pair().predicted()), again.tags().map(t -> t.pair().predicted()));
        assertEquals(one.label(), again.label());
        assertEquals(one.right(), again.right());
        assertEquals(one.confidence(), again.confidence());
      }
      assertNull(reader.next());
    }
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("s.jsonl"), "{\"words\": []}\n");
    try (JudgedReader reader = new JudgedReader(file)) {
      SluiceException e = assertThrows(SluiceException.class, reader::next);
      assertEquals("EVA-040", e.problems().get(0).code());
      assertEquals(1, e.problems().get(0).where().line());
    }
  }
}
