package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Calibrations;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Reading;
import dev.sluice.metric.ThresholdSearch;
import dev.sluice.metric.ThresholdSearch.Choice;
import dev.sluice.metric.ThresholdSearch.Goal;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Prediction;
import dev.sluice.testing.UntrainedModels;
import dev.sluice.text.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is right to say of a sentence with several intents depends on what the model has learned to say. */
class ConfidencesTest {
  private static Model model(boolean several, String... labels) {
    Model made = UntrainedModels.of(labels).perSentence().build();
    Outputs.Sentence its = made.outputs().sentence().orElseThrow();
    return made.withOutputs(
        new Outputs(
            Optional.empty(),
            Optional.of(new Outputs.Sentence(its.labels(), several, Optional.of("#")))));
  }

  private static Sentence gold(String intent) {
    return new Sentence(
        "hi",
        List.of(new Token("hi", 0, 2)),
        List.of(),
        Optional.of(intent),
        Location.of("made up"));
  }

  private static Prediction says(Model model, double p, String... labels) {
    float[] probabilities = new float[model.sentenceLabels().size()];
    Arrays.fill(probabilities, (float) p);
    int[] ids = Arrays.stream(labels).mapToInt(model.sentenceLabels()::indexOf).toArray();
    return new Prediction(
        Optional.empty(), Optional.of(new Prediction.Sentence(ids, probabilities, true)));
  }

  private static Confidences confidences(Model model) {
    return new Confidences(model, Reading.of(TagScheme.PLAIN));
  }

  /** How many of the labels given of a sentence are right. */
  private static Ratio right(Model model, String gold, String... given) {
    Calibrations calibrations = new Calibrations();
    confidences(model).add(calibrations, gold(gold), says(model, 0.5, given));
    return calibrations.intents().accuracy();
  }

  private static List<Choice> choices(Model model, String... goldAndGiven) {
    ThresholdSearch search = new ThresholdSearch(Goal.RECALL, 0.5, 1);
    for (int i = 0; i < goldAndGiven.length; i += 2) {
      Prediction found = says(model, 0.9 - 0.1 * i, goldAndGiven[i + 1]);
      confidences(model).addIntents(search, gold(goldAndGiven[i]), found);
    }
    return confidences(model).chooseIntents(search);
  }

  @Test
  void aLabelOfSeveralIntentsIsRightInAnyOrder() {
    Model whole = model(false, "a", "b", "a#b");
    assertEquals(new Ratio(1, 1), right(whole, "b#a", "a#b"));
    assertEquals(new Ratio(0, 1), right(whole, "a#b", "a"));
    assertEquals(new Ratio(1, 1), right(whole, "b", "b"));
  }

  @Test
  void aModelThatLearnedTheFirstIntentIsRightWhenItGivesThat() {
    Model first = model(false, "a", "b");
    assertEquals(new Ratio(1, 1), right(first, "a#b", "a"));
    assertEquals(new Ratio(0, 1), right(first, "a#b", "b"), "among them but not the first");
    assertEquals(new Ratio(0, 1), right(first, "c#a", "a"));
  }

  @Test
  void eachOfSeveralLabelsIsRightWhenItIsAmongTheGoldOnes() {
    Model each = model(true, "a", "b", "c");
    assertEquals(new Ratio(2, 3), right(each, "c#a", "a", "b", "c"));
  }

  /** Of four sentences with a and b two are found, which takes the second one's 0.7. */
  @Test
  void recallCountsGoldLabelsOfTheSameIntentsTogether() {
    Model whole = model(false, "a", "a#b");
    List<Choice> choices =
        choices(whole, "b#a", "a#b", "a#b", "a#b", "b#a", "a", "a#b", "a", "a", "a");
    Choice both = choices.get(whole.sentenceLabels().indexOf("a#b"));
    assertEquals("a#b", both.label());
    assertEquals(4, both.examples());
    assertEquals(new Ratio(2, 4), both.recall());
    assertEquals(new Ratio(2, 2), both.precision());
    assertEquals(0.7, both.threshold(), 1e-5);
    assertEquals(1, choices.get(whole.sentenceLabels().indexOf("a")).examples());
  }

  @Test
  void labelsOfTheSameIntentsGetOneThreshold() {
    Model whole = model(false, "a#b", "b#a");
    List<Choice> choices = choices(whole, "b#a", "a#b", "a#b", "b#a", "a#b", "b#a", "b#a", "a#b");
    assertEquals(whole.sentenceLabels(), choices.stream().map(Choice::label).toList());
    for (Choice c : choices) {
      assertEquals(0.7, c.threshold(), 1e-5);
      assertEquals(new Ratio(2, 4), c.recall());
    }
  }

  @Test
  void theGoldLabelOfAModelThatLearnedTheFirstIntentIsTheFirst() {
    Model first = model(false, "a", "b");
    List<Choice> choices = choices(first, "a#b", "a", "a", "a", "b#a", "a", "b", "b");
    Choice a = choices.get(first.sentenceLabels().indexOf("a"));
    assertEquals(2, a.examples());
    assertEquals(0.9, a.threshold(), 1e-5);
    assertEquals(2, choices.get(first.sentenceLabels().indexOf("b")).examples());
  }
}
