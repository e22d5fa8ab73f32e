package dev.sluice.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Configs;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.eval.metrics.Gate;
import dev.sluice.eval.metrics.Grouped;
import dev.sluice.eval.metrics.Part;
import dev.sluice.eval.metrics.ScoresJson;
import dev.sluice.eval.report.CsvReport;
import dev.sluice.eval.report.HtmlReport;
import dev.sluice.eval.report.LatexTable;
import dev.sluice.eval.report.MarkdownReport;
import dev.sluice.eval.report.ReportData;
import dev.sluice.eval.report.TextReport;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import dev.sluice.metric.ScoringRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of known predictions on small files whose scores were worked out by hand. */
class BatchEvaluationTest {
  /** One sentence right; one city too long; a day that training never saw, with a city too many. */
  private static final String FIRST =
      "tokens,tags\n"
          + "fly to Oslo today,O O B-city B-date\n"
          + "fly to New York,O O B-city O\n"
          + "rain in Rome tomorrow,O O O B-day\n";

  /** One sentence right, one that nobody labelled. */
  private static final String SECOND = "tokens,tags\nrain in Lima,O O B-city\nfly to Rome,\n";

  @TempDir private static Path models;
  private static BatchEvaluation tagger;
  private static BatchEvaluation classifier;

  @TempDir private Path temp;

  @BeforeAll
  static void train() throws IOException {
    tagger = new BatchEvaluation(Models.tagger(models.resolve("slots")));
    classifier = new BatchEvaluation(Models.classifier(models.resolve("classify")));
  }

  @Test
  void scoresAreThoseWorkedOutByHand() throws IOException {
    Scores scores = evaluate(write("a.csv", FIRST)).pooled().scores();
    assertEquals(
        Map.of(
            "city", new Counts(1, 2, 1), "date", new Counts(1, 1, 0), "day", new Counts(0, 0, 1)),
        scores.byType().rows());
    assertEquals(new Ratio(4, 9), scores.headline());
    assertEquals((0.4 + 2 / 3.0) / 3, scores.byType().macroF1().getAsDouble(), 1e-15);
    assertEquals(new Counts(3, 2, 1), scores.boundaries());
    assertEquals(new Ratio(2, 3), scores.typeAccuracy());
    assertEquals(new Ratio(9, 12), scores.tokenAccuracy());
    assertEquals(new Ratio(1, 3), scores.sentenceAccuracy());
  }

  /** The confidences of spans are judged without them too. */
  @Test
  void ignoredTypesAreInNoTable() throws IOException {
    Path file = write("a.csv", FIRST);
    ScoringRules rules = ScoringRules.of(OptionalInt.of(0), List.of("city", "day"));
    EvaluationOptions options = EvaluationOptions.DEFAULT.withRules(rules);
    Part found =
        tagger
            .run(List.of(file), tagger.trainingData(), options, BatchEvaluationTest::ignore)
            .pooled();
    assertEquals(Map.of("date", new Counts(1, 1, 0)), found.scores().byType().rows());
    assertEquals(3, found.scores().ignoredGold());
    assertEquals(new Ratio(1, 2), found.calibration().orElseThrow().spans().accuracy());
    Part all = evaluate(file).pooled();
    assertEquals(new Ratio(2, 5), all.calibration().orElseThrow().spans().accuracy());
    assertEquals(12, all.calibration().orElseThrow().tokens().cases());
    assertEquals(8, found.calibration().orElseThrow().tokens().cases());
  }

  /** The tokenizer of the model splits at blanks alone, so the city in "Oslo!" cannot be found. */
  @Test
  void goldSpansThatNoTokenBordersFitAreMissesAndBoundTheRecall() throws IOException {
    Path file =
        write(
            "j.jsonl",
            """
            {"text": "fly to Oslo today", "spans": [{"start": 7, "end": 11, "label": "city"}, {"start": 12, "end": 17, "label": "date"}]}
            {"text": "fly to Oslo!", "spans": [{"start": 7, "end": 11, "label": "city"}]}
            """);
    DataConfig data =
        Configs.parse("format: jsonl\ntrain: t\ndev: d\n", "test", DataConfig.class).value();
    EvaluationOptions options = EvaluationOptions.DEFAULT;
    Evaluation found = tagger.run(List.of(file), data, options, BatchEvaluationTest::ignore);
    Scores scores = found.pooled().scores();
    assertEquals(new Ratio(2, 3), scores.reachable());
    assertEquals(3, scores.byType().micro().gold());
    assertEquals(3, scores.strict().micro().gold());
    assertEquals(3, scores.boundaries().gold());
    assertEquals(3, scores.slotValues().orElseThrow().gold());
    assertEquals(new Ratio(1, 2), scores.sentenceAccuracy());
    String line = "gold spans that no token borders fit: 1 of 3, so recall is 66.67 at most\n";
    assertTrue(found.report().contains(line), found.report());
    var rules = ScoringRules.of(OptionalInt.empty(), List.of("city"));
    options = EvaluationOptions.DEFAULT.withRules(rules);
    Scores dates =
        tagger.run(List.of(file), data, options, BatchEvaluationTest::ignore).pooled().scores();
    assertEquals(new Ratio(1, 1), dates.reachable());
    assertEquals(2, dates.ignoredGold());
  }

  @Test
  void typesCannotBeIgnoredWhereThereAreNoSpans() throws IOException {
    ScoringRules rules = ScoringRules.of(OptionalInt.empty(), List.of("weather"));
    EvaluationOptions options = EvaluationOptions.DEFAULT.withRules(rules);
    Path file = write("i.csv", "tokens,intent\nrain in Oslo,weather\n");
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () ->
                classifier.run(
                    List.of(file),
                    classifier.trainingData(),
                    options,
                    BatchEvaluationTest::ignore));
    assertEquals("EVA-006", e.problems().get(0).code());
  }

  @Test
  void aLabelNeverSeenInTrainingIsAMissThatIsCounted() throws IOException {
    Evaluation evaluation = evaluate(write("a.csv", FIRST));
    assertEquals(Map.of("B-day", 1L), evaluation.pooled().scores().unseenLabels());
    assertTrue(evaluation.report().contains("B-day"), evaluation.report());
  }

  @Test
  void severalFilesPooledAreTheirCountsAddedUp() throws IOException {
    Evaluation evaluation = evaluate(write("a.csv", FIRST), write("b.csv", SECOND));
    assertEquals(new Ratio(6, 11), evaluation.pooled().scores().headline());
    assertEquals(2, evaluation.parts().size());
    assertEquals(new Ratio(2, 2), evaluation.parts().get(1).scores().headline());
    assertEquals(
        List.of(
            "file",
            "sentences",
            "tokens",
            "precision",
            "recall",
            "F1",
            "95 % interval",
            "unlabelled"),
        List.of(evaluation.fileTable().lines().findFirst().orElseThrow().split("  +")));
  }

  @Test
  void sentencesWithoutGoldTagsAreTaggedAndCountedButNotScored() throws IOException {
    Path out = temp.resolve("out");
    Evaluation evaluation =
        tagger.run(
            List.of(write("b.csv", SECOND)),
            tagger.trainingData(),
            options(out, 1),
            BatchEvaluationTest::ignore);
    assertEquals(1, evaluation.pooled().unlabelled());
    assertEquals(1, evaluation.pooled().scores().sentences());
    assertEquals(2, evaluation.pooled().sentences());
    assertTrue(evaluation.report().contains("without gold labels, not scored: 1"));
    List<String> copy = Files.readAllLines(out.resolve("predictions/b.csv"));
    assertEquals("tokens,tags,predicted_tags,confidence", copy.get(0));
    assertTrue(copy.get(2).matches("fly to Rome,,O O B-city,0\\.\\d{6}"), copy.get(2));
  }

  @Test
  void anEvaluationInWhichNothingIsScoredIsAnError() throws IOException {
    refused(
        "EVA-047",
        "sentences with gold tags: 0 of 1",
        write("c.csv", "tokens,tags\nfly to Rome,\n"));
    Path file = write("d.csv", "tokens,intent\nfly to Rome,\nrain,\n");
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () ->
                classifier.run(
                    List.of(file),
                    classifier.trainingData(),
                    EvaluationOptions.DEFAULT,
                    BatchEvaluationTest::ignore));
    assertTrue(e.getMessage().contains("sentences with gold labels of sentences: 0 of 2"));
    assertEquals(2, e.kind().exitCode());
  }

  /** All-O data are labelled; that nothing was to be found is a result. */
  @Test
  void withoutAnySpanTheScoreIsUndefinedAndNotZero() throws IOException {
    DataConfig data =
        Configs.parse(
                "{format: csv, train: t, dev: d, scheme: bio, csv: {tokens: tokens, tags: tags}}",
                "test",
                DataConfig.class)
            .value();
    Evaluation evaluation =
        tagger.run(
            List.of(write("c.csv", "tokens,tags\nto,O\n")),
            data,
            EvaluationOptions.DEFAULT,
            BatchEvaluationTest::ignore);
    assertTrue(evaluation.report().contains("F1 n/a"), evaluation.report());
    assertTrue(evaluation.metrics().toString().contains("\"f1\": null"));
    assertFalse(Gate.parse("micro.f1>=0").check(evaluation.metrics()).met());
  }

  @Test
  void aFileThatIsNamedTwiceIsRefusedUnderWhateverNames() throws IOException {
    Path file = write("in/a.csv", FIRST), other = write("in/b.csv", SECOND);
    Path dotted = temp.resolve("in/../in/a.csv");
    for (List<Path> named :
        List.of(
            List.of(file, other, file),
            List.of(dotted, file),
            List.of(temp.resolve("in"), other))) {
      SluiceException e =
          assertThrows(SluiceException.class, () -> evaluate(named.toArray(Path[]::new)));
      assertEquals("EVA-046", e.problems().get(0).code());
      assertEquals(2, e.kind().exitCode());
      assertTrue(e.getMessage().contains("named before, as "), e.getMessage());
    }
    assertEquals(2, evaluate(temp.resolve("in")).parts().size());
  }

  @Test
  void anEmptyFileIsCalledEmpty() throws IOException {
    refused("EVA-048", "none.csv: the file is empty", write("none.csv", ""));
    refused("EVA-002", "0 usable examples, the file is empty", write("head.csv", "tokens,tags\n"));
    Path none = write("none.csv", ""), good = write("good.csv", SECOND);
    SluiceException e = assertThrows(SluiceException.class, () -> evaluate(good, none));
    assertEquals("EVA-048", e.problems().get(0).code());
  }

  /** A part has the interval that it has when it is evaluated alone. */
  @Test
  void everyHeadlineHasItsInterval() throws IOException {
    Path a = write("a.csv", "tokens,tags\n" + FIRST.substring(12).repeat(3));
    Path b = write("b.csv", SECOND + "fly to York,O O B-city\n");
    JsonNode both = json(evaluate(a, b));
    assertEquals(json(evaluate(a)).at("/pooled/interval"), both.at("/parts/0/interval"));
    assertEquals(json(evaluate(b)).at("/pooled/interval"), both.at("/parts/1/interval"));
    JsonNode pooled = both.at("/pooled");
    for (String end : List.of("low", "high", "undefined"))
      assertEquals(
          pooled.at("/analysis/intervals/scores/headline/" + end), pooled.at("/interval/" + end));
    assertEquals("sentence", pooled.at("/interval/unit").asText());
    assertEquals(9, both.at("/parts/0/interval/count").asInt());
    Path c =
        write(
            "c.csv",
            "from,tokens,tags\nx,fly to Oslo today,O O B-city O\ny,fly to York,O O B-city\n");
    Evaluation groups =
        tagger.run(List.of(c), tagger.trainingData(), by("from"), BatchEvaluationTest::ignore);
    for (JsonNode part : json(groups).at("/groups/parts"))
      assertTrue(part.at("/interval/low").isNumber(), part.toString());
    assertTrue(groups.report().contains("95 % interval"), groups.report());
  }

  @Test
  void filesAndValuesOfAColumnAreBuckets() throws IOException {
    Path a =
        write(
            "a.csv",
            "from,tokens,tags\nx,fly to Oslo today,O O B-city O\n,fly to York,O O B-city\n");
    Path b = write("b.csv", "from,tokens,tags\nx,rain in Lima,O O B-city\n");
    Evaluation found =
        tagger.run(List.of(a, b), tagger.trainingData(), by("from"), BatchEvaluationTest::ignore);
    List<String> names = new ArrayList<>();
    for (JsonNode set : json(found).at("/pooled/analysis/buckets")) {
      String name = set.get("name").asText();
      if (!List.of("file", "column").contains(name)) continue;
      for (JsonNode row : set.get("rows"))
        names.add(
            name + " " + Path.of(row.get("name").asText()).getFileName() + " " + row.get("gold"));
    }
    assertEquals(List.of("file a.csv 2", "file b.csv 1", "column x 2", "column (empty) 1"), names);
  }

  private static JsonNode json(Evaluation evaluation) throws IOException {
    return new ObjectMapper().readTree(evaluation.metrics().toString());
  }

  @Test
  void resultsAreTheSameBytesForAnyNumberOfThreads() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    String[] words = {"fly", "to", "Oslo", "New", "York", "today", "rain", "in", "unknown"};
    StringBuilder csv = new StringBuilder("tokens,tags\n");
    for (int n = 0; n < 2500; n++) {
      int length = 1 + random.nextInt(12);
      for (int t = 0; t < length; t++) csv.append(words[random.nextInt(words.length)]).append(' ');
      csv.append(',').append("O ".repeat(length)).append('\n');
    }
    Path file = write("many.csv", csv.toString());
    Map<String, String> expected = null;
    for (int threads : new int[] {1, 2, 4}) {
      Path out = temp.resolve("out" + threads);
      tagger.run(
          List.of(file, write("a.csv", FIRST)),
          tagger.trainingData(),
          options(out, threads),
          BatchEvaluationTest::ignore);
      Map<String, String> found = content(out);
      assertEquals(5, found.size());
      if (expected == null) expected = found;
      assertEquals(expected, found, threads + " threads");
    }
  }

  /** Turkish has two kinds of i, and Arabic digits of its own. */
  @Test
  void resultsAreTheSameBytesInAnyLocale() throws IOException {
    Locale usual = Locale.getDefault();
    Map<String, String> expected = null;
    try {
      for (String tag : List.of("en", "tr-TR", "ar-EG-u-nu-arab", "de-DE")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        Path out = temp.resolve(tag);
        tagger.run(
            List.of(write("a.csv", FIRST), write("b.csv", SECOND)),
            tagger.trainingData(),
            options(out, 1),
            BatchEvaluationTest::ignore);
        Map<String, String> found = content(out);
        ReportData data =
            ReportData.of("run", new ObjectMapper().readTree(found.get("metrics.json")));
        found.put("html", HtmlReport.of(data));
        found.put("markdown", MarkdownReport.of(data));
        found.put("latex", LatexTable.of(data));
        found.put("csv", CsvReport.of(data));
        found.put("text", TextReport.of(data, 100));
        if (expected == null) expected = found;
        assertEquals(expected, found, tag);
      }
    } finally {
      Locale.setDefault(usual);
    }
  }

  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        content.put(folder.relativize(file).toString(), Files.readString(file));
    }
    return content;
  }

  @Test
  void scoresBySourceAddUpToThePooledOnes() throws IOException {
    SplittableRandom random = new SplittableRandom(12);
    String[] words = {"fly", "to", "Oslo", "New", "York", "today", "rain", "in"};
    String[] tags = {"O", "B-city", "I-city", "B-date", "B-day"};
    List<Path> files = new ArrayList<>();
    for (String name : List.of("a.csv", "b.csv")) {
      StringBuilder csv = new StringBuilder("tokens,from,tags\n");
      for (int n = 0; n < 200; n++) {
        StringBuilder tokens = new StringBuilder(), labels = new StringBuilder();
        boolean labelled = random.nextInt(9) > 0;
        for (int t = random.nextInt(8); t >= 0; t--) {
          tokens.append(words[random.nextInt(words.length)]).append(' ');
          if (labelled) labels.append(tags[random.nextInt(tags.length)]).append(' ');
        }
        String source = List.of("web", "news", "", "Zeit").get(random.nextInt(4));
        csv.append(tokens).append(',').append(source).append(',').append(labels).append('\n');
      }
      files.add(write(name, csv.toString()));
    }
    Evaluation evaluation =
        tagger.run(files, tagger.trainingData(), by("from"), BatchEvaluationTest::ignore);
    Part pooled = evaluation.pooled();
    Grouped grouped = evaluation.groups().orElseThrow();
    assertEquals(
        List.of("", "Zeit", "news", "web"), grouped.parts().stream().map(Part::name).toList());
    Part sum = Part.pooled(grouped.parts(), tagger.emptyScores(), Optional.empty());
    assertEquals(ScoresJson.of(pooled.scores()), ScoresJson.of(sum.scores()));
    assertEquals(pooled.unlabelled(), sum.unlabelled());
    assertEquals(
        ScoresJson.lookups(pooled.lookups().orElseThrow()),
        ScoresJson.lookups(sum.lookups().orElseThrow()));
    JsonNode json = new ObjectMapper().readTree(evaluation.metrics().toString());
    assertEquals("from", json.at("/groups/by").asText());
    assertEquals("news", json.at("/groups/parts/2/name").asText());
    assertTrue(json.at("/groups/parts/2/analysis").isNull());
    assertTrue(evaluation.report().contains("\n(empty) "), evaluation.report());
    assertEquals(
        evaluate(files.toArray(Path[]::new)).pooled().scores().headline(),
        pooled.scores().headline());
  }

  @Test
  void aColumnThatIsNotThereOrHasTooManyValuesIsRefused() throws IOException {
    StringBuilder csv = new StringBuilder("id,tokens,tags\n");
    for (int n = 0; n <= Groups.MOST; n++) csv.append(n).append(",fly to Rome,O O B-city\n");
    Path file = write("ids.csv", csv.toString());
    for (String[] expected :
        new String[][] {
          {"id", "EVA-007", "ids.csv:1002: column \"id\" has more than 1,000 different values"},
          {"ids", "DAT-010", "did you mean \"id\""}
        }) {
      SluiceException e =
          assertThrows(
              SluiceException.class,
              () ->
                  tagger.run(
                      List.of(file),
                      tagger.trainingData(),
                      by(expected[0]),
                      BatchEvaluationTest::ignore));
      assertEquals(expected[1], e.problems().get(0).code(), e.getMessage());
      assertTrue(e.getMessage().contains(expected[2]), e.getMessage());
    }
  }

  private static EvaluationOptions by(String column) {
    return EvaluationOptions.DEFAULT.withThreads(2).withBy(Optional.of(column));
  }

  @Test
  void aFolderStandsForItsCsvFilesByName() throws IOException {
    Files.createDirectories(temp.resolve("in"));
    for (String name : List.of("b.csv", "a.csv", "B.CSV", "notes.txt", ".hidden.csv"))
      write("in/" + name, name.endsWith("t") ? "no data" : SECOND);
    Evaluation evaluation =
        tagger.run(
            List.of(temp.resolve("in")),
            tagger.trainingData(),
            options(temp.resolve("out"), 1),
            BatchEvaluationTest::ignore);
    assertEquals(
        List.of("B.CSV", "a.csv", "b.csv"),
        evaluation.parts().stream()
            .map(part -> Path.of(part.name()).getFileName().toString())
            .toList());
    assertTrue(Files.exists(temp.resolve("out/predictions/B.CSV")));
    assertTrue(Files.exists(temp.resolve("out/predictions/b-2.csv")), "also where case is one");
  }

  @Test
  void aByteOrderMarkAndQuotedLineEndsAreRead() throws IOException {
    Path file =
        write(
            "bom.csv",
            "\ufefftokens,note,tags\r\n\"fly to\nOslo\",\"two\r\nlines\",O O B-city\r\nrain in Rome,,O O B-city\r\n");
    Path out = temp.resolve("out");
    Evaluation evaluation =
        tagger.run(
            List.of(file), tagger.trainingData(), options(out, 1), BatchEvaluationTest::ignore);
    assertEquals(new Ratio(4, 4), evaluation.pooled().scores().headline());
    String copy = Files.readString(out.resolve("predictions/bom.csv"));
    assertTrue(copy.contains("\"fly to\nOslo\",\"two\r\nlines\",O O B-city,O O B-city,0."), copy);
  }

  @Test
  void aPredictionIsNoFormulaInASpreadsheetUnlessAskedFor() throws IOException {
    Path file = write("i.csv", "tokens,intent\nfly to Oslo,=1+1\nrain in Rome,weather\n");
    DataConfig data = classifier.trainingData();
    for (boolean raw : new boolean[] {false, true}) {
      Path out = temp.resolve("out" + raw);
      Evaluation evaluation =
          classifier.run(
              List.of(file),
              data,
              EvaluationOptions.DEFAULT.withOut(Optional.of(out)).withRaw(raw),
              BatchEvaluationTest::ignore);
      assertEquals(new Ratio(2, 2), evaluation.pooled().scores().headline());
      List<String> copy = Files.readAllLines(out.resolve("predictions/i.csv"));
      assertEquals("tokens,intent,predicted_intent,confidence", copy.get(0));
      assertTrue(copy.get(1).startsWith("fly to Oslo,=1+1," + (raw ? "=1+1," : "'=1+1,")));
    }
  }

  @Test
  void aTokenPerRowGetsATagPerRow() throws IOException {
    Path file =
        write("rows.csv", "id;word;slot\n1;fly;O\n1;to;O\n\n1;Oslo;B-city\n2;Rome;B-city\n");
    DataConfig data =
        Configs.parse(
                "{format: csv, train: t, dev: d, csv: {tokens: word, tags: slot, sentence: id, delimiter: ';'}}",
                "test",
                DataConfig.class)
            .value();
    Path out = temp.resolve("out");
    Evaluation evaluation =
        tagger.run(
            List.of(file),
            data,
            EvaluationOptions.DEFAULT.withOut(Optional.of(out)),
            BatchEvaluationTest::ignore);
    assertEquals(2, evaluation.pooled().scores().sentences());
    List<String> copy = Files.readAllLines(out.resolve("predictions/rows.csv"));
    assertEquals("id;word;slot;predicted_tag;confidence", copy.get(0));
    assertTrue(copy.get(1).startsWith("1;fly;O;O;0."), copy.get(1));
    assertTrue(copy.get(4).startsWith("1;Oslo;B-city;B-city;0."), copy.get(4));
  }

  @Test
  void otherFormatsAreScoredToo() throws IOException {
    Path file =
        write("a.conll", "fly O\nto O\nOslo I-city\n\nrain O\nin O\nNew I-city\nYork I-city");
    DataConfig data =
        Configs.parse("{format: conll, train: t, dev: d}", "test", DataConfig.class).value();
    Evaluation evaluation =
        tagger.run(List.of(file), data, EvaluationOptions.DEFAULT, BatchEvaluationTest::ignore);
    assertEquals(new Ratio(4, 4), evaluation.pooled().scores().headline());
    assertTrue(evaluation.note().startsWith("scheme of the gold tags: IO"), evaluation.note());
  }

  @Test
  void complaintsNameTheirPlace() throws IOException {
    refused("EVA-002", "0 usable examples", write("empty.csv", "tokens,tags\n"));
    refused(
        "DAT-020",
        "ragged.csv:2:8: 2 tokens but 1 tag",
        write("ragged.csv", "tokens,tags\nfly to,O\n"));
    refused("EVA-003", "plain labels", write("pos.csv", "tokens,tags\nfly to,VERB ADP\n"));
    refused(
        "LAB-001",
        "mixed.csv:4",
        write(
            "mixed.csv",
            FIRST
                .replace("O O B-city O", "O O B-city B_x")
                .replace("tokens,tags\n", "tokens,tags\nfly to Rome today,O O B-city B-date\n")));
    Files.createDirectories(temp.resolve("nothing"));
    refused("EVA-001", "no file whose name ends in .csv", temp.resolve("nothing"));
  }

  @Test
  void aCopyNeverTakesThePlaceOfAnInput() throws IOException {
    Path file = write("out/predictions/a.csv", FIRST);
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () ->
                tagger.run(
                    List.of(file),
                    tagger.trainingData(),
                    options(temp.resolve("out"), 1),
                    BatchEvaluationTest::ignore));
    assertEquals("EVA-004", e.problems().get(0).code());
    assertEquals(FIRST, Files.readString(file));
  }

  private static void refused(String code, String words, Path file) {
    SluiceException e = assertThrows(SluiceException.class, () -> evaluate(file));
    assertEquals(code, e.problems().get(0).code(), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertEquals(2, e.kind().exitCode());
  }

  private static Evaluation evaluate(Path... files) {
    return tagger.run(
        List.of(files),
        tagger.trainingData(),
        EvaluationOptions.DEFAULT,
        BatchEvaluationTest::ignore);
  }

  private static EvaluationOptions options(Path out, int threads) {
    return EvaluationOptions.DEFAULT.withOut(Optional.of(out)).withThreads(threads);
  }

  private static void ignore(Path file, int index, int files, long sentences) {}

  private Path write(String name, String content) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
