package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.eval.statistics.Bootstrap;
import dev.sluice.eval.statistics.Interval;
import dev.sluice.eval.statistics.Measure;
import dev.sluice.eval.statistics.Units;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.metric.TagPair;
import dev.sluice.text.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents are resampled where the data know enough of them, else sentences. */
class DocumentsTest {
  private static final Reading BIO = Reading.of(TagScheme.BIO);

  @TempDir private Path temp;

  /** A sentence of one token that is a span of type x, found or not. */
  private static Judged sentence(String file, int document, boolean found) {
    Sentence sentence =
        new Sentence(
                "a",
                List.of(new Token("a", 0, 1)),
                List.of("B-x"),
                Optional.empty(),
                Location.of(file, 1))
            .withDocument(document);
    List<String> tags = List.of(found ? "B-x" : "O");
    return Judged.tagged(
        sentence,
        TagPair.of(BIO, sentence.tags(), BIO, tags),
        List.of(),
        Map.of(),
        List.of(),
        Optional.empty());
  }

  /** So many documents, of 1 to 3 sentences; in every second document nothing is found. */
  private static List<Judged> documents(int count) {
    List<Judged> sentences = new ArrayList<>();
    for (int d = 1; d <= count; d++)
      for (int s = 0; s <= d % 3; s++) sentences.add(sentence("f", d, d % 2 == 0));
    return sentences;
  }

  private static JsonNode analysis(List<Judged> sentences) {
    Analysis analysis = new Analysis(Scores.Kind.SPANS, Knowledge.NONE, false, Optional.empty(), 1);
    sentences.forEach(analysis::add);
    return json(analysis);
  }

  private static JsonNode json(Analysis analysis) {
    return analysis.json(Scores.ofSpans(BIO, BIO));
  }

  @Test
  void intervalsAreThoseOfResampledDocuments() throws IOException {
    JsonNode json = analysis(documents(10));
    assertEquals("document", json.at("/unit/kind").asText());
    assertEquals(10, json.at("/unit/count").asInt());
    Units units = Units.ofSpans();
    for (int d = 1; d <= 10; d++) {
      int size = 1 + d % 3;
      units.add(d % 2 == 0 ? new Counts(size, 0, 0) : new Counts(0, 0, size));
    }
    Interval expected =
        Bootstrap.of(Analysis.SEED, 1).resample(units).interval(Measure.F1).orElseThrow();
    for (String place :
        List.of(
            "/intervals/scores/headline", "/intervals/types/x/f1", "/buckets/0/rows/0/interval")) {
      assertEquals(expected.low(), json.at(place + "/low").asDouble(), place);
      assertEquals(expected.high(), json.at(place + "/high").asDouble(), place);
    }
    JsonNode alone = analysis(documents(10).stream().map(DocumentsTest::withoutDocument).toList());
    assertEquals("sentence", alone.at("/unit/kind").asText());
    assertEquals(10, json.at("/unit/documents").asInt());
    assertTrue(alone.at("/unit/documents").isNull());
    double wide = json.at("/intervals/scores/headline/high").asDouble() - expected.low();
    double narrow =
        alone.at("/intervals/scores/headline/high").asDouble()
            - alone.at("/intervals/scores/headline/low").asDouble();
    assertTrue(wide > narrow, "sentences of a document are alike here: " + wide + " " + narrow);
  }

  private static Judged withoutDocument(Judged judged) {
    return new Judged(judged.sentence().withDocument(0), judged.tags(), judged.label());
  }

  @Test
  void fewOrUnknownDocumentsAreNotResampled() {
    List<Judged> few = documents(Documents.LEAST - 1);
    assertEquals("sentence", analysis(few).at("/unit/kind").asText());
    assertEquals(few.size(), analysis(few).at("/unit/count").asInt());
    assertEquals(Documents.LEAST - 1, analysis(few).at("/unit/documents").asInt());
    List<Judged> mixed = documents(20);
    mixed.add(sentence("f", 0, true));
    assertEquals("sentence", analysis(mixed).at("/unit/kind").asText());
    assertTrue(analysis(mixed).at("/unit/documents").isNull());
  }

  @Test
  void sentencesOutOfTheirDocumentsAreNotTakenForDocuments() {
    List<Judged> shuffled = documents(20);
    Collections.shuffle(shuffled, new Random(4));
    assertEquals("sentence", analysis(shuffled).at("/unit/kind").asText());
    List<Judged> files = new ArrayList<>();
    for (String file : List.of("f", "g", "f"))
      for (int d = 1; d <= 5; d++) files.add(sentence(file, d, true));
    assertEquals("sentence", analysis(files).at("/unit/kind").asText());
  }

  /** Of n documents there are C(2n-1, n) different resamples: from nine on at least as many as are drawn. */
  @Test
  void theLeastNumberIsThatWithEnoughResamples() {
    assertTrue(resamples(Documents.LEAST) >= Bootstrap.of(1, 1).resamples());
    assertTrue(resamples(Documents.LEAST - 1) < Bootstrap.of(1, 1).resamples());
  }

  private static long resamples(int n) {
    long c = 1;
    for (int i = 1; i <= n; i++) c = c * (n - 1 + i) / i;
    return c;
  }

  @Test
  void everyFileHasDocumentsOfItsOwn() {
    List<Judged> sentences = new ArrayList<>();
    for (String file : List.of("f", "g"))
      for (int d = 1; d <= 5; d++) sentences.add(sentence(file, d, true));
    assertEquals(10, analysis(sentences).at("/unit/count").asInt());
  }

  @Test
  void askingTwiceGivesTheSame() {
    Analysis analysis = new Analysis(Scores.Kind.SPANS, Knowledge.NONE, false, Optional.empty(), 1);
    documents(12).forEach(analysis::add);
    assertEquals(json(analysis), json(analysis));
  }

  @Test
  void judgedSentencesKeepTheirDocuments() throws IOException {
    Path file = temp.resolve("sentences.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      JudgedWriter writer = new JudgedWriter(out);
      for (int d : new int[] {4, 4, 5}) writer.accept(sentence("f", d, true));
      writer.accept(sentence("g", 5, false));
    }
    List<Integer> documents = new ArrayList<>();
    List<String> places = new ArrayList<>();
    try (JudgedReader reader = new JudgedReader(file)) {
      for (Judged j = reader.next(); j != null; j = reader.next()) {
        documents.add(j.sentence().document());
        places.add(j.sentence().where().source() + ":" + j.sentence().where().line());
      }
    }
    assertEquals(List.of(1, 1, 2, 3), documents);
    assertEquals(List.of("f:1", "f:1", "f:1", "g:1"), places);
    assertTrue(
        new ObjectMapper().readTree(Files.readAllLines(file).get(0)).get("document").isNumber());
  }
}
