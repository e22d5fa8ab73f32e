package dev.sluice.model;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands in a model file beside the weights: the sizes of the network, what its inputs look at, what its labels mean, and how text becomes tokens. Sizes that follow
 * from a vocabulary are not written down.
 */
final class ModelDescription {
  private static final String SEPARATOR = "network.sentence.separator";
  private static final String TEMPERATURE = "temperature";
  private static final String SPAN_THRESHOLDS = "thresholds.spans";
  private static final String INTENT_THRESHOLDS = "thresholds.intents";
  private static final String INPUT = "network.input.";
  private static final String OF_INPUT = "vocabulary.input.";
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
    EncoderDescription.put(m, EncoderDescription.NETWORK, shape.encoder());
    int channel = 0, language = 0;
    for (int i = 0; i < shape.inputs().size(); i++) {
      Input input = shape.inputs().get(i);
      Attributes a = new Attributes().put("name", input.name());
      if (input.readsIds())
        a.put("source", model.inputs().channels().get(channel++).source().name());
      if (input instanceof Input.Table t) {
        a.put("dimension", t.dimension()).put("frozen", t.frozen()).put("added", t.added());
      } else if (input instanceof Input.Characters c) {
        a.put("reader", Attributes.name(c.reader())).put("dimension", c.dimension());
        a.put("size", c.size()).put("window", c.window());
      } else if (input instanceof Input.States states) {
        LanguageDescription.put(a, states, model.inputs().languages().get(language++));
        EncoderDescription.put(m, INPUT + i, states.encoder());
      }
      m.put(INPUT + i, a.toString());
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
    TextDescription.put(m, model.text());
    return m;
  }

  /** Vocabularies and whatever else is bytes, by the name of the tensor. */
  static Map<String, byte[]> tensors(Model model) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    bytes.put("vocabulary.words", model.words().toBytes());
    for (Channel c : model.inputs().channels()) {
      if (c.vocabulary() != model.words()) bytes.put(OF_INPUT + c.name(), c.vocabulary().toBytes());
      if (c.source() instanceof Source.Gazetteer g)
        bytes.put(Sources.tensor(c.name()), g.phrases().toBytes());
    }
    for (SymbolSource language : model.inputs().languages())
      bytes.put(OF_INPUT + language.name(), language.symbols().known().toBytes());
    model.inputs().letters().ifPresent(l -> bytes.put("vocabulary.letters", l.toBytes()));
    model.outputs().tokens().ifPresent(t -> bytes.put("vocabulary.labels", t.labels().toBytes()));
    model
        .outputs()
        .sentence()
        .ifPresent(s -> bytes.put("vocabulary.intents", s.labels().toBytes()));
    bytes.putAll(TextDescription.tensors(model.text()));
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
    TextPipeline text = TextDescription.read(file);
    Vocabulary words = vocabulary("vocabulary.words");
    List<Channel> channels = new ArrayList<>();
    List<SymbolSource> languages = new ArrayList<>();
    List<Input> found = new ArrayList<>();
    Optional<Letters> letters =
        file.tensors().containsKey("vocabulary.letters")
            ? Optional.of(Letters.fromBytes(bytes("vocabulary.letters"), where))
            : Optional.empty();
    for (int i = 0; file.metadata().containsKey(INPUT + i); i++) {
      if (i == MOST_INPUTS) throw damaged(file, "more than " + MOST_INPUTS + " inputs");
      String key = INPUT + i;
      Attributes a = attributes(key);
      if (a.has("source")) {
        Channel channel = channel(a, words);
        channels.add(channel);
        found.add(table(a, channel));
      } else if (LanguageDescription.isIn(a)) {
        Symbols symbols = new Symbols(vocabulary(OF_INPUT + a.text("name")));
        languages.add(LanguageDescription.source(file, key, a, symbols));
        found.add(checked(() -> LanguageDescription.states(file, key, a, symbols)));
      } else {
        found.add(characters(a, letters));
      }
    }
    inputs = new InputEncoder(text, words, channels, letters, languages);
    outputs = new Outputs(tokens(), sentence());
    shape = checked(() -> shape(found));
  }

  private Channel channel(Attributes a, Vocabulary words) {
    String name = a.text("name");
    Source source = Sources.named(a.text("source"), name, file);
    Vocabulary vocabulary = source instanceof Source.Word ? words : vocabulary(OF_INPUT + name);
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
    Encoder e = EncoderDescription.read(file, EncoderDescription.NETWORK);
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
