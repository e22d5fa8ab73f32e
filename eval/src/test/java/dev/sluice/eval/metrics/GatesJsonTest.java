package dev.sluice.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.Training;
import dev.sluice.batch.Example;
import dev.sluice.data.Sentence;
import dev.sluice.eval.RunResults;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.picture.FreshCells;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.network.GateTrace;
import dev.sluice.network.GradientReach;
import dev.sluice.pipeline.FinishedRun;
import dev.sluice.pipeline.TrainingRun;
import dev.sluice.vocabulary.LookupCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the document is what the network did, of the sentence that it should be. */
class GatesJsonTest {
  private static final String DATA =
      """
      tokens,kinds,tags
      fly to Oslo,v p n,O O B-city
      rain in Rome today,v p n d,O O B-city B-date
      fly from Lima to Oslo today,v p n p n d,O O B-city O B-city B-date
      fly from Rome to Lima tomorrow please,v p n p n d x,O O B-city O B-city B-date O
      """;

  @TempDir private static Path temp;
  private static FinishedRun run;
  private static ModelFile file;

  @BeforeAll
  static void train() throws IOException {
    run =
        FinishedRun.of(
            "run", trained("plain", "", "word, dimension: 6}]", "show: [' ', fly to Rome]"));
    file = ModelFile.read(run.model());
  }

  private static TrainingRun.Result trained(String name, String data, String input, String last)
      throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    Files.writeString(folder.resolve("all.csv"), DATA);
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        task: slots
        data:
          format: csv
          train: all.csv
          dev: all.csv
          csv: {tokens: tokens, tags: tags}
          overlap: ignore
        """
            + data
            + """
            vocabulary: {unknownRate: 0}
            encoder: {hidden: 7, layers: 2, cell: gru}
            training: {epochs: 2, batch: 2, seed: 3, threads: 1}
            """
            + "inputs: [{type: "
            + input
            + "\n"
            + last
            + "\n");
    return Training.from(config).out(folder.resolve("run")).run();
  }

  @Test
  void theNumbersAreThoseOfTheTraceToSixDigits() {
    JsonNode json = GatesJson.of(file, dev());
    Model model = file.model();
    List<String> words = List.of("fly", "to", "Rome");
    Example example = model.encode(0, words, Map.of(), new LookupCounts());
    List<GateTrace> traces = GateTrace.of(model.network(), example);
    List<GradientReach> reach = GradientReach.of(model.network(), example);
    assertEquals(4, json.get("layers").size());
    for (int i = 0; i < traces.size(); i++) {
      JsonNode layer = json.get("layers").get(i);
      GateTrace trace = traces.get(i);
      assertEquals(1 + i / 2, layer.get("layer").asInt());
      assertEquals(i % 2 == 0 ? "forward" : "backward", layer.get("direction").asText());
      assertEquals("gru", layer.get("cell").asText());
      assertEquals(7, layer.get("units").asInt());
      assertEquals(3, layer.get("gates").size());
      for (int g = 0; g < 3; g++)
        assertNumbers(trace.gates().get(g).sizes(), layer.get("gates").get(g).get("values"));
      double[] states = trace.hiddenNorms();
      for (int t = 0; t < states.length; t++) states[t] /= Math.sqrt(7);
      assertNumbers(states, layer.at("/state/values"));
      assertNumbers(reach.get(i).norms(), layer.at("/reach/norms"));
      assertNumbers(
          new double[] {reach.get(i).perStep()}, Json.array().add(layer.at("/reach/perStep")));
    }
    assertEquals("r", json.at("/layers/0/gates/0/symbol").asText());
    assertEquals("|n|", json.at("/layers/0/gates/2/symbol").asText());
    assertEquals("size of the candidate", json.at("/layers/0/gates/2/name").asText());
  }

  private static void assertNumbers(double[] expected, JsonNode found) {
    assertEquals(expected.length, found.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found.get(i).doubleValue(), 5.01e-6 * Math.abs(expected[i]));
      String digits = found.get(i).decimalValue().stripTrailingZeros().unscaledValue().toString();
      assertTrue(digits.replace("-", "").length() <= 6, digits);
    }
  }

  @Test
  void freshCellsAreThoseOfThePicture() {
    JsonNode fresh = GatesJson.of(file, dev()).get("fresh");
    List<GradientReach> cells = FreshCells.reach();
    assertEquals(64, fresh.get("units").asInt());
    assertEquals(50, fresh.get("steps").asInt());
    assertEquals(1, fresh.get("seed").asInt());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      names.add(fresh.get("cells").get(i).get("cell").asText());
      assertNumbers(cells.get(i).norms(), fresh.get("cells").get(i).at("/reach/norms"));
    }
    assertEquals(List.of("rnn", "lstm", "gru"), names);
  }

  @Test
  void theSentenceIsTheFirstThatIsShownWithAnyWord() {
    assertSentence("show", "fly to Rome", 0, GatesJson.of(file, dev()));
  }

  @Test
  void withoutOneToShowItIsTheFirstOfDevThatIsLongEnough() {
    ModelFile silent = withShow("[]");
    assertSentence("dev", "fly from Lima to Oslo today", 0, GatesJson.of(silent, dev()));
    assertSentence("dev", "rain in Rome today", 0, GatesJson.of(silent, dev().subList(0, 2)));
    assertSentence("dev", "fly to Oslo", 0, GatesJson.of(silent, dev().subList(0, 1)));
  }

  @Test
  void ofALongSentenceTheBeginningIsRead() {
    String long45 = "fly to Oslo" + " to Rome".repeat(21);
    JsonNode json = GatesJson.of(withShow("['" + long45 + "']"), dev());
    assertSentence("show", "fly to Oslo" + " to Rome".repeat(18) + " to", 5, json);
    assertEquals(40, json.at("/layers/3/reach/norms").size());
    assertEquals(40, json.at("/layers/3/gates/2/values").size());
  }

  /** A model that reads a column beside the words cannot read raw text, and of dev it gets that column, as far as the sentence is read. */
  @Test
  void aModelThatReadsAFeatureIsShownWithASentenceOfDev() throws IOException {
    TrainingRun.Result result =
        trained(
            "feature",
            "  features: [{name: kind, column: kinds}]\n",
            "word, dimension: 6}, {type: feature, name: kind, dimension: 3}]",
            "");
    ModelFile reads = ModelFile.read(FinishedRun.of("run", result).model());
    List<Sentence> dev = result.splits().dev().sentences();
    JsonNode json = GatesJson.of(reads, dev);
    assertSentence("dev", "fly from Lima to Oslo today", 0, json);
    Sentence third = dev.get(2);
    Example example = reads.model().encode(0, third.words(), third.features(), new LookupCounts());
    assertNumbers(
        GateTrace.of(reads.model().network(), example).get(3).gates().get(1).means(),
        json.at("/layers/3/gates/1/values"));
  }

  @Test
  void oneTokenHasNoFactorPerStep() {
    JsonNode json = GatesJson.of(withShow("[Oslo]"), dev());
    assertTrue(json.at("/layers/0/reach/perStep").isNull());
    assertEquals("[1.0]", json.at("/layers/0/reach/norms").toString());
  }

  @Test
  void aRunHasTheSameBytesWhoeverElseWorksMeanwhile() throws IOException {
    RunResults.write(run);
    JsonNode written =
        new ObjectMapper().readTree(run.folder().resolve(MetricsJson.FILE).toFile()).get("gates");
    String expected = GatesJson.of(file, dev()).toString();
    assertEquals(expected, written.toString());
    assertEquals(
        Set.of(expected),
        new TreeSet<>(
            IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> GatesJson.of(file, dev()).toString())
                .toList()));
  }

  @Test
  void thePageNamesEveryKey() throws IOException {
    Set<String> keys = new TreeSet<>();
    collect(GatesJson.of(file, dev()), keys);
    String page = Files.readString(Path.of("../docs/metrics-json.md"));
    for (String key : keys) assertTrue(page.contains("`" + key + "`"), key);
  }

  private static void collect(JsonNode node, Set<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    node.forEach(child -> collect(child, keys));
  }

  private static void assertSentence(String from, String words, int omitted, JsonNode json) {
    JsonNode sentence = json.get("sentence");
    List<String> found = new ArrayList<>();
    sentence.get("words").forEach(word -> found.add(word.asText()));
    assertEquals(words, String.join(" ", found));
    assertEquals(from, sentence.get("from").asText());
    assertEquals(omitted, sentence.get("omitted").asInt());
  }

  private static List<Sentence> dev() {
    return run.splits().dev().sentences();
  }

  /** The model as if its config had another list. */
  private static ModelFile withShow(String show) {
    String config = file.config();
    int at = config.indexOf("\nshow:");
    assertTrue(at > 0 && config.indexOf('\n', at + 1) == config.length() - 1, config);
    return new ModelFile(
        file.model(),
        config.substring(0, at) + "\nshow: " + show + "\n",
        file.provenance(),
        file.examples());
  }
}
