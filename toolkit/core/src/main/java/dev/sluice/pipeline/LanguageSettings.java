package dev.sluice.pipeline;

import dev.sluice.config.Consistent.Conflicts;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.metric.Criterion;
import dev.sluice.network.AttentionConfig;
import dev.sluice.network.CellConfig;
import dev.sluice.network.InputConfig;
import dev.sluice.text.TextConfig;

/** What a config must and must not say for the task language-model. */
final class LanguageSettings {
  private final SluiceConfig config;
  private final Conflicts to;

  private LanguageSettings(SluiceConfig config, Conflicts to) {
    this.config = config;
    this.to = to;
  }

  static void check(SluiceConfig config, Conflicts to) {
    LanguageSettings settings = new LanguageSettings(config, to);
    settings.data();
    settings.network();
    settings.training();
  }

  private void data() {
    DataConfig d = config.data();
    boolean plain = d.format() == DataConfig.Format.TEXT;
    boolean cuts =
        d.text().document() != DataConfig.TextLayout.DocumentBorder.LINE
            || !d.text().split().isEmpty();
    if (!plain && cuts) {
      to.conflict(
          "data.text",
          "data.format",
          "data.text.document and data.text.split are for plain text, but data.format is "
              + d.format().inConfig(),
          "remove them, or set data.format: text");
    }
    idle("data.holdOut", d.holdOut().isPresent());
    idle("data.scheme", d.scheme() != DataConfig.SchemeChoice.AUTO);
    idle("data.repair", d.repair() != DataConfig.RepairChoice.CONLLEVAL);
    idle("data.overlap", d.overlap() != DataConfig.Overlap.WARN);
    idle("data.intentSeparator", d.intentSeparator().isPresent());
    idle("show", !config.show().isEmpty());
    idle("vocabulary.unknownRate", config.vocabulary().unknownRate() != 0);
    if (d.text().unit() == Unit.WORD) return;
    boolean splits =
        !config.text().tokenizer().equals("whitespace")
            || config.text().punctuation() != TextConfig.Punctuation.KEEP;
    if (!splits) return;
    to.conflict(
        "text",
        "data.text.unit",
        "text.tokenizer and text.punctuation say how words are found, but data.text.unit is character",
        "remove them, or set data.text.unit: word");
  }

  private void network() {
    boolean wordAlone =
        config.inputs().size() == 1 && config.inputs().get(0) instanceof InputConfig.Word;
    refuse(
        "inputs",
        !wordAlone,
        "a language model reads its symbols alone",
        "write inputs: [{type: word, dimension: 200}]");
    refuse(
        "encoder.bidirectional",
        config.encoder().bidirectional(),
        "encoder.bidirectional would show a language model what it is to predict",
        "set encoder.bidirectional: false");
    refuse(
        "encoder.attention",
        !(config.encoder().attention() instanceof AttentionConfig.None),
        "encoder.attention would show a language model what it is to predict",
        "remove encoder.attention");
    refuse(
        "encoder.cell",
        config.encoder().cell().stream()
            .anyMatch(c -> c.initialState() == CellConfig.InitialState.LEARNED),
        "a language model carries states on, and a learned first state would not be learned",
        "remove initialState");
    refuse(
        "encoder.cell",
        config.encoder().cell().stream()
            .anyMatch(c -> c instanceof CellConfig.Window w && w.after() > 0),
        "a window with tokens after its own would show a language model what it is to predict",
        "set after: 0");
    boolean oneHot =
        wordAlone
            && ((InputConfig.Word) config.inputs().get(0)).encoding()
                == InputConfig.Encoding.ONE_HOT;
    if (oneHot && config.prediction().tied()) {
      to.conflict(
          "prediction.tied",
          "inputs",
          "prediction.tied shares the vectors of the input, but a one-hot input has none",
          "remove prediction.tied, or set encoding: embedding");
    }
  }

  private void training() {
    idle("training.metric", config.training().metric() != Criterion.HEADLINE);
    idle("training.calibrate", config.training().calibrate());
  }

  private void idle(String key, boolean set) {
    refuse(key, set, key + " says nothing to task language-model", "remove it");
  }

  private void refuse(String key, boolean wrong, String what, String fix) {
    if (wrong) to.conflict(key, "task", what, fix);
  }
}
