package dev.sluice.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.compare.Comparison;
import dev.sluice.eval.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison takes any part of an evaluation, whose judged sentences stand in one file, with the scores that metrics.json has for it. */
class ComparedPartsTest {
  private static final String A =
      "tokens,from,tags\n"
          + "fly to Oslo today,web,O O B-city B-date\n"
          + "fly to New York,news,O O B-city O\n"
          + "fly to Rome,web,\n"
          + "rain in Rome tomorrow,news,O O B-city O\n";

  private static final String B =
      "tokens,from,tags\n"
          + "rain in Lima,web,O O B-city\n"
          + "fly from Lima to Oslo,web,O O O O B-city\n"
          + "rain in Oslo tomorrow,chat,O O B-city B-city\n";

  @TempDir private static Path temp;
  private static List<String> files;
  private static Path one;
  private static Path other;
  private static Path run;

  @BeforeAll
  static void evaluate() throws IOException {
    BatchEvaluation tagger = new BatchEvaluation(Models.tagger(temp.resolve("slots")));
    Path a = Files.writeString(temp.resolve("a.csv"), A);
    Path b = Files.writeString(temp.resolve("b.csv"), B);
    files = List.of(a.toString(), b.toString());
    one = temp.resolve("one");
    other = temp.resolve("other");
    for (Path out : List.of(one, other))
      tagger.run(
          List.of(a, b),
          tagger.trainingData(),
          EvaluationOptions.DEFAULT.withBy(Optional.of("from")).withOut(Optional.of(out)),
          (file, index, count, sentences) -> {});
    run = Files.createDirectory(temp.resolve("run"));
    ObjectNode splits = (ObjectNode) metrics();
    splits.putNull("pooled").putNull("groups");
    ((ObjectNode) splits.at("/parts/0")).put("name", "dev");
    ((ObjectNode) splits.at("/parts/1")).put("name", "test");
    Json.write(splits, run.resolve("metrics.json"));
  }

  private static JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(Files.readString(one.resolve("metrics.json")));
  }

  private static JsonNode compare(String part) {
    return Comparison.of(List.of(one, other), Optional.of(part), 1);
  }

  @Test
  void filesAndGroupsHaveTheSentencesAndTheScoresOfMetricsJson() throws IOException {
    JsonNode metrics = metrics();
    List<JsonNode> parts = new ArrayList<>();
    metrics.get("parts").forEach(parts::add);
    metrics.at("/groups/parts").forEach(parts::add);
    parts.add(metrics.get("pooled"));
    assertEquals(6, parts.size());
    for (JsonNode part : parts) {
      String name = part.path("name").asText("pooled");
      JsonNode json = compare(name), system = json.at("/systems/1");
      assertEquals(part.at("/scores/sentences").asLong(), json.get("sentences").asLong(), name);
      assertEquals(part.at("/scores/headline"), system.get("headline"), name);
      double f1 = part.at("/scores/headline/value").asDouble();
      assertTrue(system.at("/interval/low").asDouble() <= f1, name);
      assertTrue(system.at("/interval/high").asDouble() >= f1, name);
      assertTrue(json.at("/pairs/0/types").size() > 0, name);
      for (JsonNode type : json.at("/pairs/0/types"))
        assertEquals(
            part.at("/scores/types").get(type.get("type").asText()).get("f1"),
            type.get("second"),
            name + " " + type);
    }
  }

  @Test
  void whatIsLeftOutIsWhatWasPooled() {
    JsonNode json = Comparison.of(List.of(one, other), Optional.empty(), 1);
    assertEquals(6, json.get("sentences").asInt());
    assertEquals(json, compare("pooled"));
  }

  @Test
  void aPartThatIsNotThereNamesThoseThatAllHave() {
    Problem none = problem("dev", one, other);
    assertEquals("EVA-032", none.code());
    String all = files.get(0) + ", " + files.get(1) + ", pooled, chat, news, web";
    assertEquals("there is no part \"dev\", it has " + all, none.what());
    assertEquals("name a part that all of them have: " + all, none.fix());
    Problem apart = problem("dev", run, one);
    assertEquals(one.toString(), apart.where().toString());
    assertEquals("leave out --part, for no part has the same name in all of them", apart.fix());
  }

  /** An evaluation of an earlier version did not write down which group a sentence belongs to. */
  @Test
  void groupsThatSentencesDoNotTellAreRefused() throws IOException {
    Path old = temp.resolve("old");
    Files.createDirectories(old.resolve("sentences"));
    Files.copy(one.resolve("metrics.json"), old.resolve("metrics.json"));
    try (Stream<String> lines = Files.lines(one.resolve("sentences/pooled.jsonl"))) {
      Files.write(
          old.resolve("sentences/pooled.jsonl"),
          lines.map(line -> line.replaceAll(",\"group\":\"[a-z]*\"", "")).toList());
    }
    assertEquals("EVA-041", problem("web", old, one).code());
  }

  private static Problem problem(String part, Path... folders) {
    return assertThrows(
            SluiceException.class, () -> Comparison.of(List.of(folders), Optional.of(part), 1))
        .problems()
        .get(0);
  }
}
