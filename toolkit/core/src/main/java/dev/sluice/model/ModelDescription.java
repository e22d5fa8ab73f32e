package dev.sluice.model;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.network.CellConfig;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.vocabulary.LabelVocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What stands in a model file beside the weights: the sizes of the network, what its inputs look at, what its labels mean, and how text becomes tokens. Sizes that follow
 * from a vocabulary are not written down.
 */
final class ModelDescription {
  private static final String TOKENS = "network.tokens";
  private static final String FEEDBACK = "network.tokens.feedback";
  private static final String SEPARATOR = "network.sentence.separator";
  private static final String TEMPERATURE = "temperature";
  private static final String SPAN_THRESHOLDS = "thresholds.spans";
  private static final String INTENT_THRESHOLDS = "thresholds.intents";

  private final TensorFile file;
  private final Location where;
  private final InputDescription inputs;
  private final Outputs outputs;
  private final NetworkShape shape;

  /** The metadata of a model. */
  static SortedMap<String, String> metadata(Model model) {
    SortedMap<String, String> m = new TreeMap<>();
    m.put("task", model.task());
    NetworkShape shape = model.network().shape();
    EncoderDescription.put(m, EncoderDescription.NETWORK, shape.encoder());
    InputDescription.put(m, shape.inputs(), model.inputs());
    model.outputs().tokens().ifPresent(t -> putTokens(m, t, shape.tokens().orElseThrow()));
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

  private static void putTokens(
      SortedMap<String, String> m, Outputs.Tokens output, NetworkShape.Tokens shape) {
    Attributes a =
        new Attributes()
            .put("scheme", Attributes.name(output.scheme()))
            .put("constrained", output.constrained())
            .put("chain", shape.chain())
            .put(TEMPERATURE, Attributes.decimal(output.temperature()));
    m.put(TOKENS, a.toString());
    if (shape.feedback().isEmpty()) return;
    NetworkShape.Feedback f = shape.feedback().get();
    Attributes feedback =
        new Attributes()
            .put("hidden", f.hidden())
            .put("activation", Attributes.name(f.activation()))
            .put("recurrent", f.recurrent())
            .put("distribution", f.distribution())
            .put("beam", output.beam());
    m.put(FEEDBACK, feedback.toString());
  }

  private Optional<NetworkShape.Feedback> feedback() {
    if (!file.metadata().containsKey(FEEDBACK)) return Optional.empty();
    Attributes a = attributes(FEEDBACK);
    return Optional.of(
        new NetworkShape.Feedback(
            a.number("hidden"),
            a.choice("activation", CellConfig.Activation.class),
            a.flag("recurrent"),
            a.flag("distribution")));
  }

  private int beam() {
    return file.metadata().containsKey(FEEDBACK) ? attributes(FEEDBACK).number("beam") : 1;
  }

  /** Vocabularies and whatever else is bytes, by the name of the tensor. */
  static Map<String, byte[]> tensors(Model model) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    bytes.putAll(InputDescription.tensors(model.inputs()));
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
    inputs = new InputDescription(file);
    outputs = new Outputs(tokens(), sentence());
    shape = checked(file, () -> shape(inputs.shapes()));
  }

  private Optional<Outputs.Tokens> tokens() {
    if (!file.metadata().containsKey(TOKENS)) return Optional.empty();
    Attributes a = attributes(TOKENS);
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
            file,
            () -> {
              Outputs.Tokens plain =
                  new Outputs.Tokens(labels, scheme, a.flag("constrained"), beam());
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
            file,
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
                        t.labels().size(), attributes(TOKENS).flag("chain"), feedback())),
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
  static <T> T checked(TensorFile file, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw damaged(file, e.getMessage());
    }
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
    return inputs.encoder();
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
