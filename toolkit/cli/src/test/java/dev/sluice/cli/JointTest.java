package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that gives slots and one or several intents at once, through every command that sees them. */
class JointTest {
  private static final String[] PLACES = {"oslo", "rome", "bern", "lima"};
  private static final String[] ASKED = {"a flight", "the price", "flight and price"};
  private static final String[] INTENTS = {"flight", "fare", "flight#fare"};

  @TempDir static Path folder;
  private static String model;
  private static String one;
  private static Cli.Outcome trained;

  @BeforeAll
  static void train() throws IOException {
    for (String split : List.of("train", "dev", "test"))
      Files.writeString(folder.resolve(split + ".csv"), rows());
    trained = train("several", "sentence: {type: sigmoid, pooling: mean}");
    assertEquals(0, trained.code(), trained.err());
    model = folder.resolve("several/model.safetensors").toString();
    Cli.Outcome other = train("one", "output: {type: crf}");
    assertEquals(0, other.code(), other.err());
    one = folder.resolve("one/model.safetensors").toString();
  }

  private static String rows() {
    StringBuilder csv = new StringBuilder("tokens,tags,intent\n");
    for (int i = 0; i < 48; i++) {
      String tags = "O ".repeat(ASKED[i % 3].split(" ").length);
      csv.append(ASKED[i % 3] + " from " + PLACES[i % 4] + " to " + PLACES[(i / 4 + i + 1) % 4]);
      csv.append("," + tags + "O B-from O B-to," + INTENTS[i % 3] + "\n");
    }
    return csv.toString();
  }

  private static Cli.Outcome train(String name, String more) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            task: joint
            data:
              format: csv
              train: train.csv
              dev: dev.csv
              test: test.csv
              csv: {tokens: tokens, tags: tags, intent: intent}
              intentSeparator: '#'
              overlap: ignore
            inputs: [{type: word, dimension: 8}]
            encoder: {hidden: 12}
            training: {optimizer: {type: adam, rate: 0.03}, epochs: 20, patience: 20, batch: 8, seed: 1, threads: 2, metric: sentence-accuracy}
            show: [the price from lima to rome]
            """
                + more
                + "\n");
    return Cli.run("train", config.toString(), "--out", folder.resolve(name).toString());
  }

  private static String tag(String format) {
    return tag(model, format, "a flight from bern to oslo\n\nflight and price from rome to lima\n");
  }

  private static String tag(String path, String format, String text) {
    Cli.Outcome tagged = Cli.runWith(text, "tag", "--model", path, "--format", format);
    assertEquals(0, tagged.code(), tagged.err());
    return tagged.out();
  }

  @Test
  void trainShowsBothAndReportsWholeFrames() {
    String out = trained.out();
    assertTrue(out.contains("intents    2: fare, flight"), out);
    assertTrue(out.contains(" %): the price from [lima](from) to [rome](to)\n"), out);
    assertTrue(out.contains("whole frames: 100.00\n"), out);
    assertTrue(out.contains("intent accuracy, any intent: 100.00 of 48\n"), out);
    assertTrue(out.contains("whole frames, any intent: 100.00\n"), out);
    assertTrue(out.contains("intent       precision  recall      F1  support\n"), out);
    assertTrue(out.contains("epoch 20 of 20  loss ") && out.contains("dev whole frames "), out);
    assertTrue(out.contains("of 20: dev whole frames "), out);
    for (String other : List.of("sentence accuracy", "frames right"))
      assertFalse(out.contains(other), other + " in " + out);
    String scores = "F1 100.00, intent accuracy 100.00, whole frames 100.00";
    assertTrue(out.contains("\ndev " + scores + "\ntest " + scores + ", model "), out);
    assertEquals(1, out.substring(out.indexOf("\ntest " + scores) + 1).lines().count(), out);
  }

  @Test
  void textHasTheIntentBeforeTheSentence() {
    List<String> lines = tag("text").lines().toList();
    assertEquals(3, lines.size());
    assertEquals("flight\ta flight from [bern](from) to [oslo](to)", lines.get(0));
    assertEquals("", lines.get(1));
    assertTrue(
        List.of("flight#fare", "fare#flight").contains(lines.get(2).split("\t")[0]), lines.get(2));
    assertTrue(lines.get(2).endsWith("\tflight and price from [rome](from) to [lima](to)"));
    assertEquals(
        "flight#fare\tflight and price from [rome](from) to [lima](to)\n",
        tag(one, "text", "flight and price from rome to lima\n"),
        "a combination that is a label of its own");
  }

  @Test
  void conllHasTheIntentInACommentThatReadersCanSkip() throws IOException {
    String out = tag("conll");
    assertTrue(out.startsWith("# intent = flight\na\tO\nflight\tO\nfrom\tO\nbern\tB-from\n"), out);
    assertTrue(out.contains("oslo\tB-to\n\n\n# intent = "), out);
    Path file = Files.writeString(folder.resolve("tagged.conll"), out);
    Cli.Outcome scored =
        Cli.run(
            "score",
            "--gold",
            file.toString(),
            "--pred",
            file.toString(),
            "--layout",
            "conll.comment='# intent ='");
    assertEquals(0, scored.code(), scored.err());
    assertTrue(scored.out().contains("F1 100.00 on 2 sentences"), scored.out());
  }

  @Test
  void jsonLinesHaveTheIntentAndEachOfSeveral() throws IOException {
    List<String> lines = tag("jsonl").lines().toList();
    JsonNode first = json(lines.get(0)), empty = json(lines.get(1)), last = json(lines.get(2));
    assertEquals("flight", first.get("intent").asText());
    assertTrue(first.get("confidence").asDouble() > 0.5);
    assertEquals(1, first.get("intents").size());
    assertEquals(2, first.get("spans").size());
    assertTrue(empty.get("intent").isNull());
    assertEquals(0, empty.get("intents").size());
    assertEquals(2, last.get("intents").size());
    assertEquals(last.at("/intents/0/confidence").asDouble(), last.get("confidence").asDouble(), 0);
    assertTrue(
        last.at("/intents/0/confidence").asDouble() >= last.at("/intents/1/confidence").asDouble());
    JsonNode joined = json(tag(one, "jsonl", "flight and price from rome to lima\n"));
    assertEquals("flight#fare", joined.get("intent").asText());
    assertEquals("flight", joined.at("/intents/0/label").asText());
    assertEquals("fare", joined.at("/intents/1/label").asText());
    for (JsonNode intent : joined.get("intents"))
      assertTrue(
          intent.get("confidence").asDouble() > joined.get("confidence").asDouble(),
          "also in other labels: " + joined);
  }

  @Test
  void csvGetsColumnsOfBoth() throws IOException {
    Cli.Outcome tagged =
        Cli.runWith(
            "id,text\n7,the price from lima to bern\n8,\n",
            "tag",
            "--model",
            model,
            "--format",
            "csv");
    List<String> lines = tagged.out().lines().toList();
    assertEquals(
        "id,text,predicted_tokens,predicted_tags,predicted_slots,predicted_intent,intent_confidence",
        lines.get(0));
    assertTrue(
        lines
            .get(1)
            .matches(
                "7,the price from lima to bern,the price from lima to bern,O O O B-from O B-to,"
                    + "from=lima; to=bern,fare,[01]\\.[0-9]{4}"),
        lines.get(1));
    assertEquals("8,,,,,,", lines.get(2));
    for (String path : List.of(model, one)) {
      String csv =
          Cli.runWith(
                  "text\nflight and price from rome to lima\n",
                  "tag",
                  "--model",
                  path,
                  "--format",
                  "csv")
              .out();
      assertTrue(
          csv.matches("(?s).*,(fare#flight|flight#fare),[01]\\.\\d{4} [01]\\.\\d{4}\n"), csv);
    }
  }

  /** One intent of two is half right: a miss by the strict count, a hit by the lenient one; an empty row is copied. */
  @Test
  void evaluateScoresSlotsIntentsAndFramesAndItsCopyCanBeScoredAgain() throws IOException {
    String head = "tokens,tags,intent\n";
    Path data = folder.resolve("judged.csv");
    Files.writeString(
        data,
        head
            + "a flight from bern to oslo,O O O B-from O B-to,fare # flight\n"
            + ",,\n"
            + "flight and price from rome to lima,O O O O B-from O B-to,fare#flight\n"
            + "the price from rome to lima,O O O B-to O B-to,fare\n");
    Path out = folder.resolve("evaluation");
    Cli.Outcome evaluated =
        Cli.run("evaluate", "--model", model, "--data", data.toString(), "--out", out.toString());
    assertEquals(0, evaluated.code(), evaluated.err());
    String report = evaluated.out();
    for (String line :
        List.of(
            "intent accuracy: 66.67 of 3",
            "intent accuracy, any intent: 100.00 of 3",
            "whole frames: 33.33",
            "whole frames, any intent: 66.67"))
      assertTrue(report.contains(line + "\n"), line + " in " + report);
    Path copy = out.resolve("predictions/judged.csv");
    List<String> lines = Files.readAllLines(copy);
    assertEquals(
        head.strip() + ",predicted_tags,confidence,predicted_intent,intent_confidence",
        lines.get(0));
    assertEquals("\"\",,,,,,", lines.get(2));
    assertTrue(lines.get(3).matches(".*#[a-z]+,[01]\\.\\d{6} [01]\\.\\d{6}"), lines.get(3));
    Cli.Outcome scored =
        Cli.run(
            "score",
            "--gold",
            copy.toString(),
            "--tags",
            "tags",
            "--intent",
            "intent",
            "--intent-separator",
            "#");
    assertEquals(0, scored.code(), scored.err());
    assertTrue(report.startsWith(scored.out()), report); // what follows only a model can say
  }

  @Test
  void severalFilesHaveARowEachWithIntentsAndFrames() {
    String test = folder.resolve("test.csv").toString(), dev = folder.resolve("dev.csv").toString();
    Cli.Outcome evaluated = Cli.run("evaluate", "--model", one, "--data", test, dev);
    assertEquals(0, evaluated.code(), evaluated.err());
    assertTrue(
        evaluated.out().contains("95 % interval  intent accuracy  whole frames\n"),
        evaluated.out());
  }

  @Test
  void aSentenceWithoutAGoldIntentIsScoredByItsSlots() throws IOException {
    Path data = folder.resolve("partly.csv");
    Files.writeString(
        data,
        "tokens,tags,intent\na flight from bern to oslo,O O O B-from O B-to,\n"
            + "a flight from bern to oslo,O O O B-from O B-to,flight\n");
    Cli.Outcome evaluated =
        Cli.run("evaluate", "--model", model, "--data", data.toString(), "--json", "-");
    JsonNode scores = json(evaluated.out()).at("/pooled/scores");
    assertEquals(2, scores.get("sentences").asInt());
    assertEquals(1, scores.at("/intentAccuracy/of").asInt());
    assertEquals(4, scores.at("/micro/support").asInt());
  }

  /** What {@code tag} writes is what {@code score} reads. */
  @Test
  void scoreTakesIntentsFromJsonLines() throws IOException {
    Path gold = folder.resolve("gold.jsonl"), found = folder.resolve("found.jsonl");
    Files.writeString(found, tag("jsonl").replaceAll("(?m)^.*\"text\":\"\".*\n", ""));
    Files.writeString(
        gold,
        """
        {"text":"a flight from bern to oslo","spans":[{"start":14,"end":18,"label":"from"},{"start":22,"end":26,"label":"to"}],"intent":"flight#fare"}
        {"text":"flight and price from rome to lima","spans":[{"start":22,"end":26,"label":"from"},{"start":30,"end":34,"label":"to"}],"intent":"fare#flight"}
        """);
    Cli.Outcome scored =
        Cli.run(
            "score",
            "--gold",
            gold.toString(),
            "--pred",
            found.toString(),
            "--intent-separator",
            "#",
            "--gate",
            "sentenceAnyMatch>=1",
            "--gate",
            "intentAccuracy<=0.5");
    assertEquals(0, scored.code(), scored.err() + scored.out());
    assertTrue(scored.out().contains("whole frames, any intent: 100.00\n"));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
