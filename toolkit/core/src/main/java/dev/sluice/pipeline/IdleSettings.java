package dev.sluice.pipeline;

import dev.sluice.config.Consistent.Conflicts;
import dev.sluice.data.DataConfig;
import dev.sluice.loss.OutputConfig;
import dev.sluice.loss.PredictionConfig;
import dev.sluice.loss.SentenceConfig;
import dev.sluice.network.DecoderConfig;
import dev.sluice.network.InputConfig;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.pipeline.SluiceConfig.Task;

/** Refuses settings that are not at their default and would do nothing, since the task or another setting leaves them without meaning. */
final class IdleSettings {
  private final SluiceConfig config;
  private final Conflicts to;

  private IdleSettings(SluiceConfig config, Conflicts to) {
    this.config = config;
    this.to = to;
  }

  static void refuse(SluiceConfig config, Conflicts to) {
    IdleSettings idle = new IdleSettings(config, to);
    if (config.task().labelsTokens()) idle.chain(config.output());
    else idle.outputs(config.output());
    if (!config.task().labelsSentences()) idle.sentences(config.sentence());
    if (config.task() != Task.LANGUAGE_MODEL) idle.language();
    if (config.task() != Task.TRANSDUCTION) idle.transduction();
    idle.weights();
    for (int i = 0; i < config.inputs().size(); i++) idle.window(i);
  }

  private void outputs(OutputConfig o) {
    noTask("output.type", o.type() != OutputConfig.Type.SOFTMAX);
    noTask("output.loss", o.loss() != OutputConfig.TokenLoss.CROSS_ENTROPY);
    noTask("output.feedback", o.feedback().isPresent());
    noTask("output.constraints", !o.constraints());
    noTask("output.scheme", o.scheme() != OutputConfig.Scheme.DATA);
    noTask("output.smoothing", o.smoothing() != 0);
    noTask("output.balance", o.balance() != 0);
    noTask("output.classWeights", !o.classWeights().isEmpty());
  }

  private void chain(OutputConfig o) {
    if (o.type() != OutputConfig.Type.CRF) return;
    if (o.feedback().isPresent()) {
      to.conflict(
          "output.feedback",
          "output.type",
          "output.feedback feeds back the labels of a softmax, but a crf weighs the labels of a sentence as a whole",
          "set output.type: softmax, or remove output.feedback");
    }
    if (o.loss() == OutputConfig.TokenLoss.CROSS_ENTROPY) return;
    to.conflict(
        "output.loss",
        "output.type",
        "output.loss is what softmax learns by, but a crf learns by the likelihood of its sequences",
        "remove output.loss, or set output.type: softmax");
  }

  private void sentences(SentenceConfig s) {
    noTask("sentence.type", s.type() != SentenceConfig.Type.SOFTMAX);
    noTask("sentence.pooling", s.pooling() != Pooling.LAST);
    noTask("sentence.several", s.several() != SentenceConfig.Several.WHOLE);
    noTask("sentence.smoothing", s.smoothing() != 0);
    noTask("sentence.balance", s.balance() != 0);
    noTask("sentence.classWeights", !s.classWeights().isEmpty());
  }

  private void language() {
    DataConfig.TextLayout text = config.data().text();
    noTask("data.text.unit", text.unit() != DataConfig.TextLayout.Unit.CHARACTER);
    noTask("data.text.document", text.document() != DataConfig.TextLayout.DocumentBorder.LINE);
    noTask("prediction.tied", config.prediction().tied());
    noTask(
        "prediction.softmax",
        !(config.prediction().softmax() instanceof PredictionConfig.SoftmaxConfig.Full));
    noTask("training.steps", config.training().steps() != 100);
    if (config.task() != Task.TRANSDUCTION)
      noTask("samples", !config.samples().equals(SamplesConfig.DEFAULT));
  }

  private void transduction() {
    noTask("data.pairs", config.data().pairs().isPresent());
    noTask("decoder", !config.decoder().equals(DecoderConfig.DEFAULT));
  }

  private void weights() {
    boolean joint = config.task() == Task.JOINT;
    noTask("output.lossWeight", !joint && config.output().lossWeight() != 1);
    noTask("sentence.lossWeight", !joint && config.sentence().lossWeight() != 1);
    if (config.sentence().type() == SentenceConfig.Type.SIGMOID
        && config.sentence().several() != SentenceConfig.Several.WHOLE) {
      to.conflict(
          "sentence.several",
          "sentence.type",
          "sentence.several is what softmax learns, but sigmoid learns every label",
          "remove sentence.several");
    }
  }

  private void window(int i) {
    if (!(config.inputs().get(i) instanceof InputConfig.Characters c)) return;
    if (c.encoder() == NetworkShape.Reader.CNN || c.window() == 3) return;
    String key = "inputs." + i;
    to.conflict(
        key + ".window",
        key + ".encoder",
        key
            + ".window is what a filter of the cnn sees, but the letters are read by another encoder",
        "remove window, or set encoder: cnn");
  }

  private void noTask(String key, boolean set) {
    if (!set) return;
    to.conflict(
        key,
        "task",
        key + " says nothing to task " + Preparation.name(config.task()),
        "remove it, or choose another task");
  }
}
