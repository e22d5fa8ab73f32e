package dev.sluice.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Configs;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.metric.Counts;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import dev.sluice.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of another system against gold data, with the numbers worked out by hand. */
class PairedFilesTest {
  private static final String STRICT = "scheme: bio\nrepair: error";

  @TempDir private Path temp;

  /** Of four gold spans one is found; two more are predicted with wrong types. */
  @Test
  void aMixedSentenceScoresAsByHand() throws IOException {
    String[] gold = "B-PER I-PER O B-LOC O B-ORG I-ORG I-ORG O B-DATE".split(" ");
    String[] predicted = "B-PER I-PER O B-ORG O B-ORG I-ORG O O O".split(" ");
    StringBuilder both = new StringBuilder();
    for (int t = 0; t < gold.length; t++)
      both.append("w")
          .append(t)
          .append(' ')
          .append(gold[t])
          .append(' ')
          .append(predicted[t])
          .append('\n');
    Path file = write("both.conll", both.toString());
    Scores scores = score(side(file, "conll: {tag: -2}"), side(file, "")).pooled().scores();
    assertEquals(new Counts(1, 2, 3), scores.byType().micro());
    assertEquals("28.57", scores.headline().percent());
    assertEquals(new Ratio(7, 10), scores.tokenAccuracy());
  }

  @Test
  void predictionsMayFollowAnotherScheme() throws IOException {
    Side gold = side(write("g", "a I-x\nb I-x\nc B-x\nd O\n"), "");
    Side predicted = side(write("p", "a B-x\nb I-x\nc B-x\nd O\n"), "scheme: bio");
    Evaluation evaluation = score(gold, predicted);
    assertEquals(new Ratio(4, 4), evaluation.pooled().scores().headline());
    assertTrue(evaluation.metrics().toString().contains("scheme=IOB1/BIO|"));
  }

  @Test
  void anotherTokenIsShownWithBothPlaces() throws IOException {
    Side gold = side(write("g.conll", "a O\n\nb O\nc B-x\n"), "");
    refused(
        gold,
        "a O\n\nb O\nk B-x\n",
        "EVA-010",
        "p.conll:4: token 2 is \"k\", expected \"c\" as at ",
        "g.conll:4");
    refused(
        gold,
        "a O\n\nb O\n",
        "EVA-010",
        "p.conll:3: token 2 is nothing more, expected \"c\" as at ",
        "g.conll:4");
    refused(
        gold,
        "a O\n\nb O\nc O\nd O\n",
        "EVA-010",
        "p.conll:5: token 3 is \"d\", expected nothing more",
        "");
  }

  @Test
  void anotherNumberOfSentencesIsRefused() throws IOException {
    Side gold = side(write("g.conll", "a O\n\nb O\n"), "");
    refused(
        gold,
        "a O\n",
        "EVA-011",
        "g.conll:3: sentence 2 begins here, but ",
        "p.conll ends after 1");
    refused(
        gold,
        "a O\n\nb O\n\nc O\n",
        "EVA-011",
        "p.conll:5: sentence 3 begins here",
        "g.conll ends after 2");
    refused(side(write("e.conll", "\n"), ""), "\n", "EVA-002", "0 usable examples", "");
  }

  @Test
  void aTagThatCannotBeReadIsBlamedOnItsFile() throws IOException {
    Side gold = side(write("g.conll", "a O\nb B-x\n"), "scheme: bio");
    refused(gold, "a O\nb S-x\n", "LAB-001", "p.conll:2: token 2", "");
    Side strict = side(gold.file(), STRICT);
    refused(strict, "a O\nb I-x\n", "LAB-002", "p.conll:2: token 2", "");
  }

  @Test
  void illegalPredictionsAreRepairedAndCounted() throws IOException {
    Side gold = side(write("g", "a B-x\nb O\nc O\n"), "scheme: bio");
    Scores scores = score(gold, side(write("p", "a B-x\nb O\nc I-x\n"), "")).pooled().scores();
    assertEquals(new Counts(1, 1, 0), scores.byType().micro());
    assertEquals(new Counts(1, 0, 0), scores.strict().micro());
    assertEquals(1, scores.illegalPredicted().values().stream().mapToLong(n -> n).sum());
  }

  @Test
  void partsOfSpeechAreScoredByAccuracy() throws IOException {
    Side gold = side(write("g", "a DET\nb NOUN\nc VERB\n"), "");
    Scores scores = score(gold, side(write("p", "a DET\nb NOUN\nc NOUN\n"), "")).pooled().scores();
    assertEquals(new Ratio(2, 3), scores.headline());
    assertEquals("accuracy", scores.headlineName());
  }

  @Test
  void labelsOfSentencesAreScoredAloneAndWithTags() throws IOException {
    String gold = "tokens,tags,intent\na b,O B-x,go\nc,O,stay\n";
    String predicted = "tokens,tags,intent\na b,O B-x,go\nc,O,go\n";
    Path g = write("g.csv", gold), p = write("p.csv", predicted);
    Scores alone = score(csv(g, "intent: intent"), csv(p, "intent: intent")).pooled().scores();
    assertEquals(new Ratio(1, 2), alone.headline());
    assertEquals(Scores.Kind.SENTENCES, alone.kind());
    String joint = "tags: tags, intent: intent";
    Scores both = score(csv(g, joint), csv(p, joint)).pooled().scores();
    assertEquals(new Ratio(2, 2), both.headline());
    assertEquals(new Ratio(1, 2), both.intentAccuracy());
    assertEquals(new Ratio(1, 2), both.sentenceAccuracy());
    assertEquals(
        Map.of("go", new Counts(1, 1, 0), "stay", new Counts(0, 0, 1)), both.byIntent().rows());
  }

  @Test
  void aRowWithoutAPredictionIsRefused() throws IOException {
    Path g = write("g.csv", "tokens,tags\na,O\nb,B-x\n");
    Path p = write("p.csv", "tokens,tags\na,O\nb,\n");
    SluiceException e =
        assertThrows(
            SluiceException.class, () -> score(csv(g, "tags: tags"), csv(p, "tags: tags")));
    assertTrue(e.getMessage().contains("p.csv:3: no predicted tags here"), e.getMessage());
  }

  private void refused(Side gold, String predicted, String code, String... words)
      throws IOException {
    Side side =
        side(
            write("p.conll", predicted),
            gold.config().repair() == DataConfig.RepairChoice.ERROR ? STRICT : "");
    SluiceException e = assertThrows(SluiceException.class, () -> score(gold, side));
    assertEquals(code, e.problems().get(0).code(), e.getMessage());
    for (String expected : words)
      assertTrue(e.getMessage().contains(expected), e.getMessage() + " / " + expected);
  }

  private static Evaluation score(Side gold, Side predicted) {
    return PairedFiles.score(
        gold,
        predicted,
        Tokenizers.of("whitespace"),
        new PairedFiles.Options(Optional.empty(), Optional.empty(), 1));
  }

  private static Side side(Path file, String settings) {
    return side(file, "conll", settings);
  }

  private static Side csv(Path file, String columns) {
    return side(file, "csv", "csv: {tokens: tokens, " + columns + "}");
  }

  private static Side side(Path file, String format, String settings) {
    String yaml = "format: " + format + "\ntrain: t\ndev: d\n" + settings + "\n";
    return new Side(file, Configs.parse(yaml, "test", DataConfig.class).value());
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(temp.resolve(name), content);
  }
}
