package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classifier;
import dev.sluice.Tagger;
import dev.sluice.label.TagScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file format goes the whole way: read, trained on, scored, saved, loaded and used. */
class FormatsTest {
  @TempDir Path folder;

  private TrainingRun.Result run(
      String task, String format, String name, String train, String other, String... more)
      throws IOException {
    Path config =
        TinyRun.write(
            folder,
            Map.of("train" + name, train, "dev" + name, other, "test" + name, other),
            ("task: " + task + "\ndata:\n  format: " + format + "\n")
                + ("  train: train" + name + "\n  dev: dev" + name + "\n  test: test" + name + "\n")
                + "  overlap: ignore\n"
                + String.join("\n", more)
                + "\n"
                + TinyRun.NETWORK
                + TinyRun.ONE_EPOCH);
    return TinyRun.run(config);
  }

  private static void assertTagsAnything(TrainingRun.Result result) {
    Tagger tagger = Tagger.load(result.folder().resolve(TrainingRun.MODEL));
    assertEquals(3, tagger.tag(List.of("quite", "other", "words")).labels().size());
    assertEquals(1, tagger.tag(List.of("one")).labels().size());
    assertEquals(List.of(), tagger.tag("").labels());
  }

  @Test
  void conllColumnsInIob1AreLearnedAndAnsweredInBio() throws Exception {
    String train =
        "-DOCSTART- -X- O\n\nOslo NNP I-LOC\nRome NNP B-LOC\nis VBZ O\n\nto TO O\nNew NNP I-LOC\nDelhi NNP I-LOC\n\n";
    TrainingRun.Result result =
        run("ner", "conll", ".conll", train, train, "  conll: {token: 1, tag: 3}");
    assertEquals(TagScheme.BIO, result.model().scheme());
    assertEquals(List.of("B-LOC", "I-LOC", "O"), sorted(result.model().tokenLabels()));
    assertTagsAnything(result);
  }

  private static List<String> sorted(List<String> labels) {
    return labels.stream().sorted().toList();
  }

  @Test
  void conlluColumns() throws Exception {
    String train =
        "# text = Go on\n1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n2\ton\ton\tADV\tRB\t_\t1\tadvmod\t_\t_\n\n";
    TrainingRun.Result result =
        run("pos", "conllu", ".conllu", train, train, "  conllu: {column: upos}");
    assertEquals(List.of("ADV", "VERB"), sorted(result.model().tokenLabels()));
    assertEquals(TagScheme.PLAIN, result.model().scheme());
    assertTagsAnything(result);
  }

  @Test
  void jsonLinesWithCharacterOffsets() throws Exception {
    String train =
        "{\"text\": \"to New Delhi!\", \"spans\": [{\"start\": 3, \"end\": 12, \"label\": \"city\"}]}\n"
            + "{\"text\": \"now\", \"spans\": []}\n";
    TrainingRun.Result result =
        run("slots", "jsonl", ".jsonl", train, train, "text: {tokenizer: simple}");
    assertEquals(List.of("B-city", "I-city", "O"), sorted(result.model().tokenLabels()));
    assertEquals(4, Tagger.of(result.model()).tag("to New Delhi!").labels().size());
    assertTagsAnything(result);
  }

  @Test
  void triplesOfFiles() throws Exception {
    Map<String, String> files = new TreeMap<>();
    for (String split : List.of("train", "dev", "test")) {
      files.put(split + "/seq.in", "fly to Oslo\nstop\n");
      files.put(split + "/seq.out", "O O B-to\nO\n");
      files.put(split + "/label", "flight\nend\n");
    }
    String data =
        "data: {format: triples, train: train, dev: dev, test: test, overlap: ignore}\n"
            + TinyRun.NETWORK
            + TinyRun.ONE_EPOCH;
    assertTagsAnything(TinyRun.run(TinyRun.write(folder, files, "task: slots\n" + data)));
    TrainingRun.Result intents =
        TinyRun.run(TinyRun.write(folder, files, "task: classify\n" + data));
    assertEquals(List.of("end", "flight"), sorted(intents.model().sentenceLabels()));
    Classifier classifier = Classifier.load(intents.folder().resolve(TrainingRun.MODEL));
    assertEquals(2, classifier.classify("fly away").scores().size());
  }

  @Test
  void csvWithATokenPerRow() throws Exception {
    String train = "id,word,tag\n1,Go,V\n1,on,A\n2,Stop,V\n";
    TrainingRun.Result result =
        run("pos", "csv", ".csv", train, train, "  csv: {sentence: id, tokens: word, tags: tag}");
    assertEquals(List.of("A", "V"), sorted(result.model().tokenLabels()));
    assertTagsAnything(result);
  }

  @Test
  void csvWithRawText() throws Exception {
    String train = "text,tags\n\"to Oslo, now\",O B-city O O\n";
    TrainingRun.Result result =
        run(
            "slots",
            "csv",
            ".csv",
            train,
            train,
            "  csv: {text: text, tags: tags}",
            "text: {tokenizer: simple}");
    assertEquals(List.of("B-city", "O"), sorted(result.model().tokenLabels()));
    assertTagsAnything(result);
  }

  /** The tokenizer's own file may go: its bytes are in the model. */
  @Test
  void anOpenNlpTokenizerTravelsInTheModelByNameAndByPath() throws Exception {
    String train = "text,tags\n\"to Oslo, now\",O B-city O O\n";
    String[] data = {
      "  csv: {text: text, tags: tags}", "text: {tokenizer: 'opennlp:en', normalize: [lowercase]}"
    };
    TrainingRun.Result byName = run("slots", "csv", ".csv", train, train, data);
    Path tokenizer = folder.resolve("tokenizers/my.bin");
    Files.createDirectories(tokenizer.getParent());
    Files.write(tokenizer, byName.model().text().modelBytes().orElseThrow());
    data[1] = "text: {tokenizer: tokenizers/my.bin, normalize: [lowercase]}";
    TrainingRun.Result byPath = run("slots", "csv", ".csv", train, train, data);
    Path moved =
        folder.resolve("else where/config.yaml"); // the resolved config finds the tokenizer
    Files.createDirectories(moved.getParent());
    Files.copy(byPath.folder().resolve(TrainingRun.CONFIG), moved);
    assertEquals(TrainOnce.sha256(byPath.folder()), TrainOnce.sha256(TinyRun.run(moved).folder()));
    Files.delete(tokenizer);
    for (TrainingRun.Result result : List.of(byName, byPath)) {
      Path elsewhere = folder.resolve("moved.safetensors");
      Files.deleteIfExists(elsewhere);
      Files.move(result.folder().resolve(TrainingRun.MODEL), elsewhere);
      var tagged = Tagger.load(elsewhere).tag("We go to St. Louis!");
      assertEquals(
          List.of("We", "go", "to", "St.", "Louis", "!"),
          tagged.tokens().stream().map(t -> t.text()).toList());
    }
    assertTrue(byPath.model().text().name().endsWith("my.bin"));
  }
}
