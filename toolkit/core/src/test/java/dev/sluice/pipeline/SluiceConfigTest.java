package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sluice.config.Configs;
import dev.sluice.config.Schema;
import dev.sluice.config.SluiceException;
import dev.sluice.loss.OutputConfig;
import dev.sluice.loss.SentenceConfig;
import dev.sluice.network.AttentionConfig;
import dev.sluice.network.CellConfig.Coupling;
import dev.sluice.network.CellConfig.Gru;
import dev.sluice.network.CellConfig.Lstm;
import dev.sluice.network.CellConfig.Window;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.optimizer.OptimizerConfig;
import dev.sluice.optimizer.ScheduleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SluiceConfigTest {
  private static final String SMALLEST =
      "task: slots\ndata: {format: csv, train: a, dev: b, csv: {tokens: t, tags: g}}\n";

  private static SluiceConfig read(String yaml) {
    return Configs.parse(yaml, "test", SluiceConfig.class).value();
  }

  @TempDir Path folder;

  /** A file, which gets the defaults of its task. */
  private SluiceConfig load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
    return Configs.load(file, SluiceConfig.class, List.of(), Map.of()).value();
  }

  @Test
  void everyDefaultIsAllowedAndSurvivesBeingWritten() {
    SluiceConfig config = read(SMALLEST);
    Configs.check(config);
    assertEquals(config, read(Configs.toYaml(config)));
  }

  @Test
  void everyTypeNeedsNothingButItsName() {
    for (String type : List.of("sgd", "adagrad", "rmsprop", "adam", "adamw", "nadam")) {
      read(SMALLEST + "training: {optimizer: {type: " + type + "}}\n");
    }
    for (String type : List.of("constant", "step", "decay", "cosine", "plateau")) {
      read(SMALLEST + "training: {schedule: {type: " + type + "}}\n");
    }
    for (String type : List.of("none", "ema", "checkpoints")) {
      read(SMALLEST + "training: {average: {type: " + type + "}}\n");
    }
    for (String type : List.of("none", "self")) {
      read(SMALLEST + "encoder: {attention: {type: " + type + "}}\n");
    }
  }

  @Test
  void contradictionsNameTheSettingsAndTheirPlaces() {
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () ->
                read(SMALLEST + "encoder: {hidden: [1, 2], layers: 3, cell: [lstm, gru, rnn]}\n"));
    assertEquals(2, e.problems().size());
    assertTrue(
        e.getMessage()
            .startsWith(
                "error[CFG-011] test:3:19: encoder.hidden lists 2 widths but encoder.layers is 3"
                    + " (encoder.hidden: test:3:19; encoder.layers: test:3:35). Fix: "),
        e.getMessage());
  }

  @Test
  void aConnectionNeedsASecondLayer() {
    String message = refused(SMALLEST + "encoder: {connection: residual}\n");
    assertTrue(
        message.contains(
            "encoder.connection is residual, but a single layer has nothing to connect"),
        message);
    for (String connection : List.of("none", "residual", "highway"))
      read(SMALLEST + "encoder: {layers: 2, connection: " + connection + ", layerNorm: true}\n");
  }

  @Test
  void labelsAreFedBackToASoftmaxThatChoosesThem() {
    String jordan = SMALLEST + "output: {type: softmax, feedback: {previous: own";
    SluiceConfig config = read(jordan + "}}\n");
    assertTrue(config.output().feedback().orElseThrow().shape().distribution());
    String beam = refused(jordan + ", beam: 2}}\n");
    assertTrue(
        beam.contains("a beam keeps beginnings of label sequences, but own feeds back"), beam);
    String crf = refused(SMALLEST + "output: {type: crf, feedback: {hidden: 5}}\n");
    assertTrue(crf.contains("output.feedback feeds back the labels of a softmax, but a crf"), crf);
  }

  @Test
  void withoutALayerTokensAreLabelledFromVectorsAlone() {
    String none = SMALLEST + "encoder: {layers: 0";
    assertEquals(List.of(), read(none + "}\n").encoder().widths());
    String attention = refused(none + ", attention: {type: self}}\n");
    assertTrue(attention.contains("encoder.attention looks at states, but"), attention);
    String connection = refused(none + ", connection: residual}\n");
    assertTrue(connection.contains("residual, but there is no layer"), connection);
    String oneHot = refused(none + "}\ninputs: [{type: word, encoding: one-hot}]\n");
    assertTrue(oneHot.contains("inputs.0 is one-hot, which only a layer can read"), oneHot);
    String norm = refused(none + ", layerNorm: true}\n");
    assertTrue(norm.contains("encoder.layerNorm normalises cells, but encoder.layers is 0"), norm);
    String joint = refused((none + "}\n").replaceFirst("task: [a-z]+", "task: joint"));
    assertTrue(joint.contains("task joint needs states that have seen more than one"), joint);
  }

  @Test
  void headsOfAttentionDivideItsWidth() {
    String attention = "encoder: {attention: {type: self, width: 64, heads: ";
    SluiceConfig config = read(SMALLEST + attention + "8}}\n");
    assertEquals(new AttentionConfig.Self(64, 8), config.encoder().attention());
    assertEquals(config, read(Configs.toYaml(config)));
    String message = refused(SMALLEST + attention + "3}}\n");
    assertTrue(
        message.startsWith(
            "error[CFG-011] test:3:53: a width of 64 cannot be cut into 3 heads"
                + " (encoder.attention.heads: test:3:53; encoder.attention.width: test:3:42)."
                + " Fix: make the width a multiple of the heads, e.g. 66"),
        message);
    refused(SMALLEST + attention + "0}}\n");
    refused(SMALLEST + "encoder: {attention: {type: none, width: 64}}\n");
  }

  private static String refused(String yaml) {
    return assertThrows(SluiceException.class, () -> read(yaml)).getMessage();
  }

  private static void conflict(String yaml, String part) {
    String message = refused(yaml);
    assertTrue(message.startsWith("error[CFG-011] test:") && message.contains(part), message);
  }

  @Test
  void aFeatureThatAnInputReadsMustBeAColumnOfTheData() {
    String input = "inputs: [{type: feature, name: pos}]\n";
    conflict(SMALLEST + input, "reads the feature \"pos\", which data.features does not name");
    String data = SMALLEST.replace("csv: {", "features: [{name: part, column: p}], csv: {");
    conflict(data + input, "Fix: use one of part");
    read(data.replace("name: part", "name: pos") + input);
  }

  @Test
  void rawTextToShowIsNothingForInputsThatReadColumns() {
    String data =
        SMALLEST.replace("csv: {", "features: [{name: pos, column: p}], csv: {")
            + "inputs: [{type: feature, name: pos}]\n";
    conflict(data + "show: [to Oslo]\n", "show has raw text to be tagged");
    read(data);
    read(SMALLEST + "show: [to Oslo]\n");
  }

  @Test
  void theFirstOfSeveralLabelsNeedsASeparator() {
    String joint = SMALLEST.replace("slots", "joint");
    String first = "sentence: {several: first}\n";
    conflict(joint + first, "data.intentSeparator does not say");
    read(joint.replace("csv: {", "intentSeparator: '#', csv: {") + first);
  }

  @Test
  void onlyOneInputReadsTheLetters() {
    conflict(
        SMALLEST + "inputs: [{type: characters}, {type: word}, {type: characters, size: 9}]\n",
        "more than one input reads the characters");
  }

  /** What is missing stands nowhere, but the section where it is missing does. */
  @Test
  void aConflictOfWhatIsNotGivenIsPlacedAtItsSection() {
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> read("task: slots\ndata:\n  format: csv\n  train: a\n  csv: {tokens: t}\n"));
    assertTrue(
        e.getMessage()
            .startsWith(
                "error[CFG-011] test:3:3: neither dev nor holdOut says which sentences are dev"
                    + " (data.dev: not given; data.holdOut: not given). Fix: "),
        e.getMessage());
  }

  @Test
  void settingsThatWouldDoNothingAreRefused() {
    String classify = SMALLEST.replace("slots", "classify");
    for (String setting :
        List.of(
            "type: crf",
            "constraints: false",
            "scheme: bioes",
            "loss: squared-error",
            "smoothing: 0.1",
            "balance: 0.5",
            "classWeights: [{label: O, weight: 2}]"))
      conflict(
          classify + "output: {" + setting + "}\n",
          "output." + setting.split(":")[0] + " says nothing to task classify");
    for (String setting :
        List.of(
            "type: sigmoid",
            "pooling: max",
            "smoothing: 0.1",
            "balance: 0.5",
            "lossWeight: 2.0",
            "classWeights: [{label: x, weight: 2}]"))
      conflict(
          SMALLEST + "sentence: {" + setting + "}\n",
          "sentence." + setting.split(":")[0] + " says nothing to task slots");
    conflict(
        SMALLEST + "output: {type: crf, loss: squared-error}\n",
        "output.loss is what softmax learns by, but a crf learns by the likelihood");
    conflict(SMALLEST + "output: {lossWeight: 2.0}\n", "output.lossWeight says nothing");
    conflict(
        classify.replace("data: {", "data: {intentSeparator: \"#\", ")
            + "sentence: {type: sigmoid, several: first}\n",
        "sentence.several is what softmax learns");
    conflict(
        SMALLEST + "inputs: [{type: characters, encoder: lstm, window: 5}]\n",
        "inputs.0.window is what a filter of the cnn sees");
  }

  @Test
  void aConfigWithTheDefaultsOfItsTaskIsReadBackAsItWas() throws IOException {
    for (String more :
        List.of(
            "",
            "inputs: [{type: word, encoding: one-hot}]\n",
            "encoder: {cell: rnn, layers: 2}\n")) {
      SluiceConfig config = load(SMALLEST + more);
      assertEquals(config, read(Configs.toYaml(config)));
    }
  }

  @Test
  void cellsAreGivenForAllLayersOrEachAndTheLongestListDecidesTheDepth() throws IOException {
    EncoderConfig one = load(SMALLEST + "encoder: {cell: gru, layers: 2}\n").encoder();
    assertEquals(List.of(new Gru(), new Gru()), one.cells());
    assertEquals(List.of(100, 100), one.widths());
    EncoderConfig two =
        load(SMALLEST + "encoder: {cell: [{type: lstm, peepholes: true}, gru], hidden: 30}\n")
            .encoder();
    assertEquals(List.of(new Lstm(true, Coupling.NONE), new Gru()), two.cells());
    assertEquals(List.of(30, 30), two.widths());
    EncoderConfig merged = load(SMALLEST + "encoder: {cell: {forgetBias: 2}}\n").encoder();
    assertEquals(2, ((Lstm) merged.cells().get(0)).forgetBias());
    conflict(
        SMALLEST + "encoder: {cell: [lstm, gru], layers: 3}\n",
        "encoder.cell lists 2 cells but encoder.layers is 3");
    conflict(
        SMALLEST + "encoder: {cell: [lstm, gru], hidden: [1, 2, 3]}\n",
        "encoder.cell lists 2 cells but encoder.hidden 3 widths");
    conflict(
        SMALLEST + "encoder: {cell: {type: lstm, projection: 20}, hidden: [30, 20]}\n",
        "a projection to 20 is not below the 20 units of its layer");
    read(SMALLEST + "encoder: {cell: [{type: lstm, projection: 20}, gru], hidden: [30, 20]}\n");
  }

  @Test
  void aWindowLooksToBothSidesByItselfAndRecursNowhere() {
    String forward = "bidirectional: false, ";
    SluiceConfig config =
        read(SMALLEST + "encoder: {" + forward + "cell: [{type: window, after: 0}, lstm]}\n");
    assertEquals(List.of(new Window(2, 0), new Lstm()), config.encoder().cells());
    assertEquals(config, read(Configs.toYaml(config)));
    conflict(
        SMALLEST + "encoder: {cell: [window, lstm]}\n",
        "encoder.bidirectional is true, but a window looks to both sides by itself");
    String dropped = "dropout: {recurrent: 0.1}, cell: ";
    conflict(
        SMALLEST + "encoder: {" + forward + dropped + "window}\n",
        "encoder.dropout.recurrent is for states that recur, but in a window nothing recurs");
    read(SMALLEST + "encoder: {" + forward + dropped + "[window, lstm]}\n");
    refused(SMALLEST + "encoder: {" + forward + "cell: {type: window, before: 17}}\n");
    refused(SMALLEST + "encoder: {" + forward + "cell: {type: window, initialState: learned}}\n");
  }

  @Test
  void namesStandForSectionsOfAType() throws IOException {
    SluiceConfig config =
        load(
            SMALLEST
                + "output: softmax\nencoder: {attention: self}\n"
                + "training: {optimizer: sgd, schedule: cosine, average: ema}\n");
    assertEquals(OutputConfig.Type.SOFTMAX, config.output().type());
    assertEquals(new OptimizerConfig.Sgd(0.1, 0), config.training().optimizer());
    assertEquals(config, read(Configs.toYaml(config)));
  }

  /** A type of a section that is not chosen by type replaces nothing else. */
  @Test
  void defaultsOfATaskStayBesideWhatIsSaid() throws IOException {
    String joint = SMALLEST.replace("task: slots", "task: joint");
    SluiceConfig config = load(joint + "sentence: {type: sigmoid}\n");
    assertEquals(SentenceConfig.Type.SIGMOID, config.sentence().type());
    assertEquals(Pooling.ATTENTION, config.sentence().pooling());
    config = load(joint + "training: {optimizer: {type: sgd, rate: 0.1}}\n");
    assertEquals(new OptimizerConfig.Sgd(0.1, 0), config.training().optimizer());
    assertEquals(OutputConfig.Type.CRF, config.output().type());
    assertEquals(OutputConfig.Type.SOFTMAX, load(SMALLEST.replace("slots", "pos")).output().type());
  }

  @Test
  void intentMetricsAreForTasksWithIntents() {
    for (String metric : List.of("intent-accuracy", "intent-any-match", "sentence-any-match")) {
      String training = "training: {metric: " + metric + "}\n";
      conflict(SMALLEST + training, "says nothing about task slots");
      read(SMALLEST.replace("slots", "joint") + training);
      read(SMALLEST.replace("slots", "classify") + training);
    }
  }

  @Test
  void stagesAreReadInTheirOrderAndMustBeThere() {
    String stages = "[{epochs: 3, factor: 10}, {epochs: 2, factor: 5}]";
    SluiceConfig config =
        read(SMALLEST + "training: {schedule: {type: stages, stages: " + stages + "}}\n");
    assertEquals(
        new ScheduleConfig.Stages(
            List.of(new ScheduleConfig.Stage(3, 10), new ScheduleConfig.Stage(2, 5))),
        config.training().schedule());
    assertEquals(config, read(Configs.toYaml(config)));
    for (String wrong :
        List.of("[]", "[{epochs: 3}]", "[{factor: 3}]", "[{epochs: 0, factor: 1}]", "[3]")) {
      refused(SMALLEST + "training: {schedule: {type: stages, stages: " + wrong + "}}\n");
    }
    refused(SMALLEST + "training: {schedule: {type: stages}}\n");
  }

  @Test
  void aMetricThatDoesNotFitTheTaskIsAContradictionOfBoth() {
    String message = refused(SMALLEST + "training: {metric: intent-accuracy}\n");
    assertTrue(
        message.startsWith(
            "error[CFG-011] test:3:20: training.metric is intent-accuracy, which says nothing about"
                + " task slots (training.metric: test:3:20; task: test:1:7). Fix: use one of headline, f1,"),
        message);
    String pos = SMALLEST.replace("slots", "pos"), classify = SMALLEST.replace("slots", "classify");
    for (String metric : List.of("f1", "precision", "recall", "f-beta, beta: 2")) {
      read(SMALLEST + "training: {metric: " + metric + "}\n");
      refused(pos + "training: {metric: " + metric + "}\n");
      refused(classify + "training: {metric: " + metric + "}\n");
    }
    read(pos + "training: {metric: token-accuracy}\n");
    refused(classify + "training: {metric: token-accuracy}\n");
    read(classify + "training: {metric: intent-accuracy}\n");
    for (String task : List.of(SMALLEST, pos, classify))
      for (String metric : List.of("headline", "macro-f1", "sentence-accuracy"))
        read(task + "training: {metric: " + metric + "}\n");
  }

  @Test
  void betaBelongsToFBetaAndFBetaNeedsIt() {
    String message = refused(SMALLEST + "training: {metric: f-beta}\n");
    assertTrue(message.contains("training.beta is not given"), message);
    message = refused(SMALLEST + "training: {beta: 2}\n");
    assertTrue(message.contains("training.beta only applies to metric f-beta"), message);
    assertEquals(
        0.5,
        read(SMALLEST + "training: {metric: f-beta, beta: 0.5}\n").training().beta().orElseThrow());
  }

  @Test
  void aPlateauThatTrainingWouldNotLiveToSeeIsAContradiction() {
    String plateau = "training: {patience: 3, schedule: {type: plateau, patience: ";
    read(SMALLEST + plateau + "2}}\n");
    String message = refused(SMALLEST + plateau + "3}}\n");
    assertTrue(
        message.startsWith(
            "error[CFG-011] test:3:61: training.schedule.patience is 3, but training ends after 3"),
        message);
  }

  @Test
  void noneHasNoSettingsForTheBinderOrTheSchema() {
    String decay = SMALLEST + "training: {average: {decay: 0.9}}\n";
    refused(decay);
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schema.of(SluiceConfig.class));
    assertFalse(schema.validate(decay, InputFormat.YAML).isEmpty());
    assertEquals(
        List.of(), schema.validate(decay.replace("{decay", "{type: ema, decay"), InputFormat.YAML));
    assertEquals(
        List.of(), schema.validate(SMALLEST + "training: {average: {}}\n", InputFormat.YAML));
  }
}
