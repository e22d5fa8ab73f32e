package dev.sluice.model;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Tokenizers;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What stands in a model file beside the weights: the sizes of the network, what its inputs look at, what its labels mean, and how text becomes tokens. Sizes that follow
 * from a vocabulary are not written down.
 */
final class ModelDescription {
  /** A tokenizer that came from a path is known by its bytes, not by where they stood. */
  private static final String EMBEDDED = "tokenizer.bin";

  private static final String SEPARATOR = "network.sentence.separator";
  private static final String TEMPERATURE = "temperature";
  private static final String SPAN_THRESHOLDS = "thresholds.spans";
  private static final String INTENT_THRESHOLDS = "thresholds.intents";
  private static final int MOST_INPUTS = 64;

  private final TensorFile file;
  private final Location where;
  private final InputEncoder inputs;
  private final Outputs outputs;
  private final NetworkShape shape;

  /** The metadata of a model. */
  static SortedMap<String, String> metadata(Model model) {
    SortedMap<String, String> m = new TreeMap<>();
    m.put("task", model.task());
    NetworkShape shape = model.network().shape();
    Encoder e = shape.encoder();
    for (int l = 0; l < e.layers(); l++) m.put("network.cell." + l, Cells.text(e.cells().get(l)));
    m.put("network.widths", String.join(",", e.widths().stream().map(String::valueOf).toList()));
    m.put("network.bidirectional", String.valueOf(e.bidirectional()));
    m.put("network.connection", Attributes.name(e.connection()));
    m.put("network.layerNorm", String.valueOf(e.layerNorm()));
    e.attention()
        .ifPresent(
            a ->
                m.put(
                    "network.attention",
                    new Attributes().put("width", a.width()).put("heads", a.heads()).toString()));
    int channel = 0;
    for (int i = 0; i < shape.inputs().size(); i++) {
      Input input = shape.inputs().get(i);
      Attributes a = new Attributes().put("name", input.name());
      if (!(input instanceof Input.Characters))
        a.put("source", model.inputs().channels().get(channel++).source().name());
      if (input instanceof Input.Table t) {
        a.put("dimension", t.dimension()).put("frozen", t.frozen()).put("added", t.added());
      } else if (input instanceof Input.Characters c) {
        a.put("reader", Attributes.name(c.reader())).put("dimension", c.dimension());
        a.put("size", c.size()).put("window", c.window());
      }
      m.put("network.input." + i, a.toString());
    }
    model
        .outputs()
        .tokens()
        .ifPresent(
            t ->
                m.put(
                    "network.tokens",
                    new Attributes()
                        .put("scheme", Attributes.name(t.scheme()))
                        .put("constrained", t.constrained())
                        .put("chain", shape.tokens().orElseThrow().chain())
                        .put(TEMPERATURE, Attributes.decimal(t.temperature()))
                        .toString()));
    model
        .outputs()
        .sentence()
        .ifPresent(
            s ->
                m.put(
                    "network.sentence",
                    new Attributes()
                        .put("pooling", Attributes.name(shape.sentence().orElseThrow().pooling()))
                        .put("several", s.several())
                        .put(TEMPERATURE, Attributes.decimal(s.temperature()))
                        .toString()));
    model
        .outputs()
        .sentence()
        .flatMap(Outputs.Sentence::separator)
        .ifPresent(separator -> m.put(SEPARATOR, separator));
    TextConfig t = model.text().config();
    boolean embedded = model.text().modelBytes().isPresent() && Tokenizers.isPath(t.tokenizer());
    m.put("text.tokenizer", embedded ? EMBEDDED : t.tokenizer());
    m.put("text.punctuation", Attributes.name(t.punctuation()));
    m.put(
        "text.normalize", String.join(",", t.normalize().stream().map(Attributes::name).toList()));
    model.text().modelSha256().ifPresent(h -> m.put("tokenizer.sha256", h));
    return m;
  }

  /** Vocabularies and whatever else is bytes, by the name of the tensor. */
  static Map<String, byte[]> tensors(Model model) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    bytes.put("vocabulary.words", model.words().toBytes());
    for (Channel c : model.inputs().channels()) {
      if (c.vocabulary() != model.words())
        bytes.put("vocabulary.input." + c.name(), c.vocabulary().toBytes());
      if (c.source() instanceof Source.Gazetteer g)
        bytes.put(Sources.tensor(c.name()), g.phrases().toBytes());
    }
    model.inputs().letters().ifPresent(l -> bytes.put("vocabulary.letters", l.toBytes()));
    model.outputs().tokens().ifPresent(t -> bytes.put("vocabulary.labels", t.labels().toBytes()));
    model
        .outputs()
        .sentence()
        .ifPresent(s -> bytes.put("vocabulary.intents", s.labels().toBytes()));
    model.text().modelBytes().ifPresent(b -> bytes.put("tokenizer.model", b));
    return bytes;
  }

  /** Thresholds: those of spans in the order of the types' names, those of sentences in the order of the label ids. */
  static List<Tensor> thresholds(Model model) {
    List<Tensor> tensors = new ArrayList<>();
    model
        .outputs()
        .tokens()
        .ifPresent(t -> add(tensors, SPAN_THRESHOLDS, t.thresholds(), t.thresholds().keySet()));
    model
        .outputs()
        .sentence()
        .ifPresent(s -> add(tensors, INTENT_THRESHOLDS, s.thresholds(), s.labels().labels()));
    return tensors;
  }

  private static void add(
      List<Tensor> to, String name, Map<String, Double> thresholds, Collection<String> order) {
    if (thresholds.isEmpty()) return;
    double[] values = order.stream().mapToDouble(thresholds::get).toArray();
    to.add(Tensor.doubles(name, values, values.length));
  }

  private SortedMap<String, Double> thresholds(String name, Collection<String> order) {
    SortedMap<String, Double> thresholds = new TreeMap<>();
    if (!file.tensors().containsKey(name)) return thresholds;
    double[] values = file.require(name, Dtype.F64, order.size()).doubles();
    int i = 0;
    for (String label : order) thresholds.put(label, values[i++]);
    return thresholds;
  }

  private static double temperature(Attributes a) {
    return a.has(TEMPERATURE) ? a.decimal(TEMPERATURE) : 1; // before there was calibration
  }

  /**
   * Reads a description.
   *
   * @throws SluiceException CORRUPT when its parts do not fit together
   */
  ModelDescription(TensorFile file) {
    this.file = file;
    where = file.source();
    TextPipeline text = text();
    Vocabulary words = vocabulary("vocabulary.words");
    List<Channel> channels = new ArrayList<>();
    List<Input> found = new ArrayList<>();
    Optional<Letters> letters =
        file.tensors().containsKey("vocabulary.letters")
            ? Optional.of(Letters.fromBytes(bytes("vocabulary.letters"), where))
            : Optional.empty();
    for (int i = 0; file.metadata().containsKey("network.input." + i); i++) {
      if (i == MOST_INPUTS) throw damaged(file, "more than " + MOST_INPUTS + " inputs");
      Attributes a = attributes("network.input." + i);
      if (a.has("source")) {
        Channel channel = channel(a, words);
        channels.add(channel);
        found.add(table(a, channel));
      } else {
        found.add(characters(a, letters));
      }
    }
    inputs = new InputEncoder(text, words, channels, letters);
    outputs = new Outputs(tokens(), sentence());
    shape = checked(() -> shape(found));
  }

  private TextPipeline text() {
    TextConfig config =
        new TextConfig(
            file.require("text.tokenizer"),
            Attributes.choice(
                file,
                "text.punctuation",
                file.require("text.punctuation"),
                TextConfig.Punctuation.class),
            list(
                "text.normalize",
                n -> Attributes.choice(file, "text.normalize", n, TextConfig.Normalization.class)));
    Optional<byte[]> tokenizer =
        Optional.ofNullable(file.tensors().get("tokenizer.model")).map(Tensor::bytes);
    Optional<String> sha256 = Optional.ofNullable(file.metadata().get("tokenizer.sha256"));
    return TextPipeline.restore(config, tokenizer, sha256, where);
  }

  private Channel channel(Attributes a, Vocabulary words) {
    String name = a.text("name");
    Source source = Sources.named(a.text("source"), name, file);
    Vocabulary vocabulary =
        source instanceof Source.Word ? words : vocabulary("vocabulary.input." + name);
    return new Channel(name, source, vocabulary);
  }

  private Input table(Attributes a, Channel channel) {
    int V = channel.vocabulary().size();
    if (!a.has("dimension")) return new Input.OneHot(channel.name(), V);
    return checked(
        () ->
            new Input.Table(
                channel.name(), V, a.number("dimension"), a.flag("frozen"), a.flag("added")));
  }

  private Input characters(Attributes a, Optional<Letters> letters) {
    Letters l = letters.orElseThrow(() -> damaged(file, "letters are read, but there are none"));
    return checked(
        () ->
            new Input.Characters(
                a.text("name"),
                l.size(),
                a.choice("reader", NetworkShape.Reader.class),
                a.number("dimension"),
                a.number("size"),
                a.number("window")));
  }

  private Optional<Outputs.Tokens> tokens() {
    if (!file.metadata().containsKey("network.tokens")) return Optional.empty();
    Attributes a = attributes("network.tokens");
    LabelVocabulary labels = LabelVocabulary.fromBytes(bytes("vocabulary.labels"), where);
    TagScheme scheme = a.choice("scheme", TagScheme.class);
    for (String label : labels.labels()) {
      try {
        scheme.check(label);
      } catch (IllegalArgumentException e) {
        throw damaged(
            file,
            "label "
                + TensorFileProblem.shown(label)
                + " is not one of the scheme "
                + Attributes.name(scheme));
      }
    }
    return Optional.of(
        checked(
            () -> {
              Outputs.Tokens plain = new Outputs.Tokens(labels, scheme, a.flag("constrained"));
              return plain
                  .withTemperature(temperature(a))
                  .withThresholds(thresholds(SPAN_THRESHOLDS, plain.types()));
            }));
  }

  private Optional<Outputs.Sentence> sentence() {
    if (!file.metadata().containsKey("network.sentence")) return Optional.empty();
    LabelVocabulary labels = LabelVocabulary.fromBytes(bytes("vocabulary.intents"), where);
    Attributes a = attributes("network.sentence");
    return Optional.of(
        checked(
            () ->
                new Outputs.Sentence(
                    labels,
                    a.flag("several"),
                    Optional.ofNullable(file.metadata().get(SEPARATOR)).filter(s -> !s.isEmpty()),
                    temperature(a),
                    thresholds(INTENT_THRESHOLDS, labels.labels()))));
  }

  private NetworkShape shape(List<Input> found) {
    List<Integer> widths =
        list("network.widths", w -> Attributes.number(file, "network.widths", w));
    List<CellConfig> cells = new ArrayList<>();
    for (int l = 0; l < widths.size(); l++) cells.add(Cells.read(attributes("network.cell." + l)));
    Encoder e =
        new Encoder(
            cells,
            widths,
            Attributes.flag(file, "network.bidirectional", file.require("network.bidirectional")),
            Attributes.choice(
                file,
                "network.connection",
                file.require("network.connection"),
                EncoderConfig.Connection.class),
            Attributes.flag(file, "network.layerNorm", file.require("network.layerNorm")),
            attention());
    return new NetworkShape(
        found,
        e,
        outputs
            .tokens()
            .map(
                t ->
                    new NetworkShape.Tokens(
                        t.labels().size(), attributes("network.tokens").flag("chain"))),
        outputs
            .sentence()
            .map(
                s ->
                    new NetworkShape.Sentence(
                        s.labels().size(),
                        attributes("network.sentence")
                            .choice("pooling", NetworkShape.Pooling.class))));
  }

  private Optional<NetworkShape.Attention> attention() {
    if (!file.metadata().containsKey("network.attention")) return Optional.empty();
    Attributes a = attributes("network.attention");
    return Optional.of(new NetworkShape.Attention(a.number("width"), a.number("heads")));
  }

  /** What a record refuses is a fault of the file here. */
  private <T> T checked(java.util.function.Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw damaged(file, e.getMessage());
    }
  }

  private Vocabulary vocabulary(String name) {
    return Vocabulary.fromBytes(bytes(name), where);
  }

  private byte[] bytes(String name) {
    return file.require(name, Dtype.U8, -1).bytes();
  }

  private Attributes attributes(String key) {
    return new Attributes(file, key);
  }

  private <T> List<T> list(String key, Function<String, T> read) {
    String value = file.require(key);
    return value.isEmpty() ? List.of() : Arrays.stream(value.split(",", -1)).map(read).toList();
  }

  String task() {
    return file.require("task");
  }

  InputEncoder inputs() {
    return inputs;
  }

  Outputs outputs() {
    return outputs;
  }

  NetworkShape shape() {
    return shape;
  }

  static SluiceException damaged(TensorFile file, String what) {
    return TensorFileProblem.DESCRIPTION.in(
        file.source(), "the model's description does not hold together: %s", what);
  }
}
