package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Training;
import dev.sluice.testing.TinyCorpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong labels put into right data are found by models that had not seen them. */
class SuspectsTest {
  private static final String[] SETTINGS = {
    "encoder: {hidden: 16}",
    "inputs: [{type: word, dimension: 16}]",
    "training: {optimizer: {type: adam, rate: 0.02}, epochs: 12, batch: 8, threads: 2, seed: 5}"
  };

  @TempDir Path temp;

  private FoldRuns.Result folds(String task) throws Exception {
    Path config = TinyCorpus.write(temp, task, SETTINGS);
    List<String> lines = new ArrayList<>(Files.readAllLines(temp.resolve("train.csv")));
    for (int n = 5; n < lines.size(); n += 12) lines.set(n, wrong(lines.get(n)));
    Files.write(temp.resolve("train.csv"), lines);
    return Training.from(config).out(temp.resolve("out")).folds(3);
  }

  /** A city to which a flight goes is one from which it comes, a city with a temperature is a date; and the intents change places. */
  private static String wrong(String line) {
    return line.endsWith(",flight")
        ? line.replace("-to", "-from").replace(",flight", ",weather")
        : line.replace("-city", "-date").replace(",weather", ",flight");
  }

  private static boolean planted(Suspects.Suspect suspect) {
    return suspect.number() % 12 == 5;
  }

  private static long sentences(List<Suspects.Suspect> suspects) {
    return suspects.stream().map(Suspects.Suspect::number).distinct().count();
  }

  /** In ten of 120 sentences a span has a wrong type: most of them are suspects, and they come before all others. */
  @Test
  void wrongLabelsOfTokensStandNearTheTop() throws Exception {
    FoldRuns.Result result = folds("slots");
    List<Suspects.Suspect> found = result.suspects().all();
    List<Suspects.Suspect> planted = found.stream().filter(SuspectsTest::planted).toList();
    assertTrue(sentences(planted) >= 7, found::toString);
    assertEquals(planted, found.subList(0, planted.size()));
    assertTrue(found.size() <= planted.size() + 5, found::toString);
    assertTrue(result.suspects().tokens().orElseThrow().estimate() >= found.size());
    assertTrue(result.suspects().sentences().isEmpty());
    Suspects.Suspect first = found.get(0);
    String given = first.found().given();
    assertEquals(
        given.endsWith("from") ? given.charAt(0) + "-to" : given.charAt(0) + "-city",
        first.found().suggested());
    List<String> rows = Files.readAllLines(temp.resolve("out").resolve(FoldRuns.SUSPECTS));
    assertEquals(
        "file,line,sentence,token_number,text,given,suggested,given_probability,"
            + "suggested_probability,sentence_score",
        rows.get(0));
    assertEquals(1 + found.size(), rows.size());
    int token = first.token().orElseThrow();
    String begin =
        temp.resolve("train.csv")
            + ","
            + (first.number() + 1)
            + ","
            + first.number()
            + ","
            + (token + 1)
            + ","
            + first.sentence().tokens().get(token).text()
            + ",";
    assertTrue(rows.get(1).startsWith(begin), rows.get(1));
    assertEquals(
        found.size(), result.suspects().forms().stream().mapToLong(Suspects.Form::count).sum());
  }

  @Test
  void wrongLabelsOfSentencesStandAtTheTop() throws Exception {
    Suspects suspects = folds("classify").suspects();
    assertTrue(suspects.tokens().isEmpty());
    List<Suspects.Suspect> planted = suspects.all().stream().filter(SuspectsTest::planted).toList();
    assertTrue(planted.size() >= 7, suspects::toString);
    assertEquals(planted, suspects.all().subList(0, planted.size()));
    for (Suspects.Suspect s : planted) {
      assertTrue(s.token().isEmpty());
      assertEquals(s.found().confidence(), s.sentenceScore());
    }
  }

  /** Both kinds stand in one ranking. */
  @Test
  void slotsAndIntentsAreJudgedTogetherWhereBothAreLearned() throws Exception {
    Suspects suspects = folds("joint").suspects();
    assertTrue(suspects.tokens().isPresent() && suspects.sentences().isPresent());
    assertTrue(suspects.all().stream().anyMatch(s -> s.token().isPresent()));
    assertTrue(suspects.all().stream().anyMatch(s -> s.token().isEmpty()));
    for (int i = 1; i < suspects.all().size(); i++)
      assertTrue(
          suspects.all().get(i - 1).found().confidence()
              <= suspects.all().get(i).found().confidence());
    assertTrue(
        Files.readString(temp.resolve("out").resolve(FoldRuns.SUSPECTS)).contains(",,"),
        "the label of a sentence has no number of a token");
  }
}
