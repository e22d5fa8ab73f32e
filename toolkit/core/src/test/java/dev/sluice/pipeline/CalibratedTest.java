package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Classified;
import dev.sluice.Classifier;
import dev.sluice.Training;
import dev.sluice.config.SluiceException;
import dev.sluice.loss.TemperatureFit;
import dev.sluice.metric.Calibration;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.ThresholdSearch.Basis;
import dev.sluice.metric.ThresholdSearch.Choice;
import dev.sluice.model.ModelFile;
import dev.sluice.model.Outputs;
import dev.sluice.testing.TinyCorpus;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What training does to probabilities when it is over. */
class CalibratedTest {
  @TempDir Path temp;
  private Path slots;
  private Path intents;

  @BeforeEach
  void corpora() throws Exception {
    String small =
        "training: {epochs: 4, batch: 16, seed: 5, threads: 1, optimizer: {type: adam, rate: 0.02}}";
    String network = "encoder: {hidden: 8}\ninputs: [{type: word, dimension: 6}]";
    slots = TinyCorpus.write(temp.resolve("slots"), "slots", network, small);
    intents =
        TinyCorpus.write(
            temp.resolve("joint"),
            "joint",
            network,
            small.replace("epochs: 4", "epochs: 1").replace("0.02", "0.001"));
  }

  private static TrainingRun.Result run(Path config, String... settings) {
    return TinyRun.run(config, settings);
  }

  private static Outputs.Tokens tokens(TrainingRun.Result result) {
    return result.model().outputs().tokens().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "crf"})
  void probabilitiesOfDevGetMoreHonestAndLabelsStay(String type) {
    TrainingRun.Result honest = run(slots, "output.type=" + type);
    TrainingRun.Result plain = run(slots, "output.type=" + type, "training.calibrate=false");
    TemperatureFit fit = honest.calibrated().temperatures().orElseThrow().tokens().orElseThrow();
    assertNotEquals(1, fit.temperature());
    assertTrue(fit.after() < fit.before());
    assertEquals(fit.temperature(), tokens(honest).temperature());
    assertEquals(1, tokens(plain).temperature());
    assertTrue(plain.calibrated().temperatures().isEmpty());
    assertEquals(plain.dev().headline(), honest.dev().headline());
    assertEquals(plain.test().orElseThrow().headline(), honest.test().orElseThrow().headline());
    Calibration before = honest.calibrated().dev().before().orElseThrow().tokens();
    assertEquals(plain.calibrated().dev().after().tokens().bins(), before.bins());
    assertEquals(honest.dev().tokens(), before.cases());
    Ratio precision = honest.dev().byType().micro().precision();
    assertEquals(precision, honest.calibrated().dev().after().spans().accuracy());
  }

  @Test
  void theModelSaysWhatWasFitted() {
    TrainingRun.Result result = run(intents);
    ModelFile file = ModelFile.read(result.folder().resolve(TrainingRun.MODEL));
    for (String what : List.of("tokens", "sentence")) {
      Map<String, String> facts = file.provenance();
      assertEquals("30", facts.get("calibration." + what + ".cases"));
      assertEquals("0", facts.get("calibration." + what + ".left-out"));
      double before = Double.parseDouble(facts.get("calibration." + what + ".nll.before"));
      double after = Double.parseDouble(facts.get("calibration." + what + ".nll.after"));
      assertTrue(after <= before);
    }
    assertEquals(
        Double.parseDouble(file.provenance().get("calibration.tokens.temperature")),
        file.model().outputs().tokens().orElseThrow().temperature());
    assertEquals(result.model().outputs(), sameLabels(file, result));
  }

  /** Vocabularies have no equals: those of the file must have the same labels. */
  private static Outputs sameLabels(ModelFile file, TrainingRun.Result result) {
    Outputs read = file.model().outputs(), trained = result.model().outputs();
    assertEquals(result.model().tokenLabels(), file.model().tokenLabels());
    assertEquals(result.model().sentenceLabels(), file.model().sentenceLabels());
    return new Outputs(
        read.tokens()
            .map(
                t ->
                    new Outputs.Tokens(
                        trained.tokens().orElseThrow().labels(),
                        t.scheme(),
                        t.constrained(),
                        t.beam(),
                        t.temperature(),
                        t.thresholds())),
        read.sentence()
            .map(
                s ->
                    new Outputs.Sentence(
                        trained.sentence().orElseThrow().labels(),
                        s.several(),
                        s.separator(),
                        s.temperature(),
                        s.thresholds())));
  }

  @Test
  void aDevThatSaysNothingLeavesProbabilitiesAsTheyAre() throws Exception {
    Files.writeString(
        slots.resolveSibling("dev.csv"), "tokens,tags,intent\nin May,O B-month,weather\n");
    TrainingRun.Result result = run(slots);
    TemperatureFit fit = result.calibrated().temperatures().orElseThrow().tokens().orElseThrow();
    assertEquals(0, fit.cases());
    assertEquals(1, fit.leftOut());
    assertEquals(1, tokens(result).temperature());
    Files.writeString(slots.resolveSibling("dev.csv"), "tokens,tags,intent\na flight,O O,flight\n");
    fit = run(slots).calibrated().temperatures().orElseThrow().tokens().orElseThrow();
    assertEquals(1, fit.cases());
    assertEquals(0, fit.mistakes());
    assertEquals(1, fit.temperature());
  }

  private static final String NO_DROPOUT =
      "encoder.dropout={word: 0.0, input: 0.0, layer: 0.0, recurrent: 0.0}";

  private static String[] with(String[] settings, String more) {
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = more;
    return all;
  }

  @Test
  void aPrecisionThatIsWantedOfSpansIsReachedOnDev() {
    String[] plain = {
      "training.epochs=2", "training.average.type=none", "output.type=softmax", NO_DROPOUT
    };
    TrainingRun.Result all = run(slots, plain);
    Ratio before = all.dev().byType().micro().precision();
    assertTrue(before.orElse(0) < 0.95, before.percent());
    TrainingRun.Result result =
        run(slots, with(plain, "output.thresholds={precision: 0.95, least: 1000}"));
    Ratio after = result.dev().byType().micro().precision();
    assertTrue(after.orElse(1) >= 0.95, after.percent());
    assertEquals(4, result.calibrated().spans().size());
    double threshold = result.calibrated().spans().get(0).threshold();
    assertTrue(threshold > 0);
    for (Choice c : result.calibrated().spans()) assertEquals(threshold, c.threshold());
    assertEquals(
        all.calibrated().dev().after().spans().bins(),
        result.calibrated().dev().after().spans().bins(),
        "held back or not");
  }

  @Test
  void thresholdsMayBeGiven() {
    TrainingRun.Result result =
        run(
            slots,
            "training.epochs=2",
            "output.thresholds={threshold: 0.25, labels: [{label: date, threshold: 1}]}");
    assertEquals(
        Map.of("city", 0.25, "date", 1.0, "from", 0.25, "to", 0.25), tokens(result).thresholds());
    assertEquals(0, result.dev().byType().rows().get("date").truePositives());
    assertEquals(List.of(), result.calibrated().spans());
  }

  @Test
  void sentencesBelowTheThresholdAreRejectedAndCountAsWrong() {
    TrainingRun.Result all = run(intents);
    TrainingRun.Result none = run(intents, "sentence.reject={threshold: 1}");
    assertEquals(new Ratio(0, 30), none.dev().intentCoverage());
    assertEquals(new Ratio(0, 30), none.dev().intentAccuracy());
    assertEquals(new Ratio(0, 0), none.dev().acceptedIntentAccuracy());
    Classified rejected = Classifier.of(none.model()).classify("a flight to Rome");
    assertFalse(rejected.accepted());
    assertEquals(Classifier.of(all.model()).classify("a flight to Rome").label(), rejected.label());
    TrainingRun.Result some = run(intents, "sentence.reject={recall: 0.5, least: 1}");
    for (Choice c : some.calibrated().intents())
      assertTrue(c.basis() == Basis.MISSED || c.recall().orElse(0) >= 0.5, c.toString());
    assertEquals(2, some.calibrated().intents().size());
    assertEquals(new Ratio(30, 30), all.dev().intentCoverage());
  }

  @Test
  void aStoppedRunThatGoesOnGivesTheSameBytesWithThresholdsToo() throws Exception {
    String[] settings = {
      "output.thresholds={precision: 0.8, least: 5}", "sentence.reject={recall: 0.7}"
    };
    Path whole = temp.resolve("whole"), stopped = temp.resolve("stopped");
    training(whole, settings).run();
    AtomicReference<Trainer> trainer = new AtomicReference<>();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void epoch(EpochReport report) {
            if (report.epoch() == 1) trainer.get().stop();
          }
        };
    assertTrue(
        training(stopped, settings).listener(stopper).run(trainer::set, run -> {}).isEmpty());
    training(stopped, settings).resume().set("training.threads=3").run();
    assertEquals(TrainOnce.sha256(whole), TrainOnce.sha256(stopped));
  }

  private Training training(Path folder, String... settings) {
    Training training =
        Training.from(intents).environment(Map.of()).out(folder).set("training.epochs=2");
    for (String setting : settings) training.set(setting);
    return training;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slots | output.thresholds={} | CFG-011 | none of precision, recall, threshold and labels is given",
        "slots | output.thresholds={precision: 0.9, recall: 0.9} | CFG-011 | precision and recall are both given",
        "slots | output.thresholds={precision: 0.9, threshold: 0.9} | CFG-011 | threshold gives thresholds",
        "slots | output.thresholds={recall: 0} | CFG-009 | output.thresholds.recall is 0",
        "slots | sentence.reject={threshold: 0.5} | CFG-011 | sentence.reject is for labels of sentences",
        "pos | output.thresholds={threshold: 0.5} | CFG-011 | output.thresholds is for spans",
        "slots | output.thresholds={labels: [{label: B-date, threshold: 0.5}]} | TRN-015 | use one of city, date, from, to",
        "joint | sentence.reject={labels: [{label: book, threshold: 0.5}]} | TRN-015 | use one of flight, weather"
      })
  void whatMakesNoSenseIsRefused(String task, String setting, String code, String part) {
    SluiceException refused =
        assertThrows(SluiceException.class, () -> run(slots, "task=" + task, setting));
    assertTrue(refused.getMessage().contains(code), refused.getMessage());
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  @Test
  void spansCannotBeHeldBackWithoutTheLabelO() throws Exception {
    Path config =
        TinyRun.csv(
            temp.resolve("full"),
            "new Oslo,B-a I-a,x\nOslo,B-b,y\n",
            "Oslo,B-b,y\n",
            "Oslo,B-b,y\n",
            "task: slots",
            TinyRun.ONE_EPOCH);
    SluiceException refused =
        assertThrows(
            SluiceException.class, () -> run(config, "output.thresholds={threshold: 0.5}"));
    assertEquals("TRN-016", refused.problems().get(0).code());
  }
}
