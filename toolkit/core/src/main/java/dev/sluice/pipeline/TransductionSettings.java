package dev.sluice.pipeline;

import dev.sluice.config.Consistent.Conflicts;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.PairLayout;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.metric.Criterion;
import dev.sluice.network.AttentionConfig;
import dev.sluice.network.CellConfig;
import dev.sluice.network.DecoderConfig;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.InputConfig;
import dev.sluice.network.NetworkShape.Looking;
import dev.sluice.text.TextConfig;
import java.util.List;
import java.util.Set;

/** What a config must and must not say for the task transduction. */
final class TransductionSettings {
  private static final Set<Criterion> METRICS =
      Set.of(Criterion.HEADLINE, Criterion.SENTENCE_ACCURACY, Criterion.PERPLEXITY);

  private final SluiceConfig config;
  private final Conflicts to;

  private TransductionSettings(SluiceConfig config, Conflicts to) {
    this.config = config;
    this.to = to;
  }

  static void check(SluiceConfig config, Conflicts to) {
    TransductionSettings settings = new TransductionSettings(config, to);
    settings.data();
    settings.text();
    settings.network();
    settings.training();
  }

  private void data() {
    DataConfig d = config.data();
    if (d.format() != DataConfig.Format.CSV) {
      to.conflict(
          "data.format",
          "task",
          "task transduction reads pairs from csv, but data.format is " + d.format().inConfig(),
          "give the pairs as csv, with a column for each side");
    }
    if (d.pairs().isEmpty()) {
      to.conflict(
          "data",
          "task",
          "task transduction needs data.pairs, the columns of what is read and what is written",
          "add pairs: {source: {column: NAME}, target: {column: NAME}}");
    }
    if (d.pairs().isPresent() && oneColumn(d.pairs().get())) {
      to.conflict(
          "data.pairs.target.column",
          "data.pairs.source.column",
          "data.pairs names one column for both sides",
          "name the column of the target");
    }
    idle("data.csv.text", d.csv().text().isPresent());
    idle("data.csv.tokens", d.csv().tokens().isPresent());
    idle("data.csv.tags", d.csv().tags().isPresent());
    idle("data.csv.intent", d.csv().intent().isPresent());
    idle("data.csv.sentence", d.csv().sentence().isPresent());
    idle("data.holdOut", d.holdOut().isPresent());
    idle("data.scheme", d.scheme() != DataConfig.SchemeChoice.AUTO);
    idle("data.repair", d.repair() != DataConfig.RepairChoice.CONLLEVAL);
    idle("data.features", !d.features().isEmpty());
    idle("data.intentSeparator", d.intentSeparator().isPresent());
  }

  private static boolean oneColumn(PairLayout pairs) {
    return pairs.source().column().equals(pairs.target().column());
  }

  /** Where no side has words, nothing says how they are found. */
  private void text() {
    if (config.data().pairs().isEmpty()) return;
    PairLayout pairs = config.data().pairs().get();
    boolean words = pairs.source().unit() == Unit.WORD || pairs.target().unit() == Unit.WORD;
    TextConfig text = config.text();
    boolean splits =
        !text.tokenizer().equals("whitespace") || text.punctuation() != TextConfig.Punctuation.KEEP;
    if (words || !splits) return;
    to.conflict(
        "text",
        "data.pairs",
        "text.tokenizer and text.punctuation say how words are found, but both sides of data.pairs are characters",
        "remove them, or set unit: word for a side");
  }

  private void network() {
    List<InputConfig> inputs = config.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      refuse(
          "inputs." + i,
          inputs.get(i) instanceof InputConfig.Feature,
          "an input reads a feature, which a side of a pair does not have",
          "remove the input");
      refuse(
          "inputs." + i,
          inputs.get(i) instanceof InputConfig.LanguageModel,
          "an input of type language-model is for tasks that label",
          "remove the input");
    }
    DecoderConfig d = config.decoder();
    refuse(
        "decoder.cell",
        d.cell().stream().anyMatch(c -> c.initialState() == CellConfig.InitialState.LEARNED),
        "the states of a decoder begin with what the encoder ends with, and a learned first state would not be learned",
        "remove initialState");
    boolean readsAtAll = !config.encoder().widths().isEmpty();
    if (d.attention() != Looking.DOT || !readsAtAll || !sound()) return;
    int own = last(d.cells(), d.widths()), states = states(config.encoder());
    if (own == states) return;
    to.conflict(
        "decoder.attention",
        "decoder.hidden",
        "decoder.attention dot multiplies the states of both sides, but those of the decoder have a width of "
            + own
            + " and those of the encoder one of "
            + states,
        "set decoder.hidden: " + states + ", or decoder.attention: general");
  }

  /** The width of what the decoder sees of a token. */
  private static int states(EncoderConfig encoder) {
    int state = last(encoder.cells(), encoder.widths());
    int context = encoder.attention() instanceof AttentionConfig.Self self ? self.width() : 0;
    return (encoder.bidirectional() ? 2 : 1) * state + context;
  }

  private static int last(List<CellConfig> cells, List<Integer> widths) {
    int l = widths.size() - 1;
    return cells.get(l).outputs(widths.get(l));
  }

  /** Whether the lists of layers fit together, so that widths can be asked for. */
  private boolean sound() {
    boolean[] found = {true};
    Conflicts any = (key, other, what, fix) -> found[0] = false;
    LayerSettings.of(config.encoder()).check(any);
    LayerSettings.of(config.decoder()).check(any);
    return found[0];
  }

  private void training() {
    Criterion metric = config.training().metric();
    refuse(
        "training.metric",
        !METRICS.contains(metric),
        "training.metric is "
            + Preparation.name(metric)
            + ", which says nothing about task transduction",
        "use one of headline, sentence-accuracy, perplexity");
    idle("training.calibrate", config.training().calibrate());
    idle("samples.prompt", !config.samples().prompt().isEmpty());
    idle("samples.length", config.samples().length() != SamplesConfig.DEFAULT.length());
    SamplesConfig samples = config.samples();
    boolean chosen =
        samples.temperature() != SamplesConfig.DEFAULT.temperature()
            || samples.topK().isPresent()
            || samples.topP().isPresent();
    if (samples.count() == 0 && chosen) {
      to.conflict(
          "samples",
          "samples.count",
          "samples says how targets are drawn, but samples.count is 0, so none is",
          "set samples.count: 3");
    }
    boolean unseen = config.samples().count() > 0 && config.show().isEmpty();
    if (unseen) {
      to.conflict(
          "samples.count",
          "show",
          "samples.count targets are drawn of each source of show, which has none",
          "add show: [SOURCE], or remove samples");
    }
  }

  private void idle(String key, boolean set) {
    refuse(key, set, key + " says nothing to task transduction", "remove it");
  }

  private void refuse(String key, boolean wrong, String what, String fix) {
    if (wrong) to.conflict(key, "task", what, fix);
  }
}
