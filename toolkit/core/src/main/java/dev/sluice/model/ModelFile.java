package dev.sluice.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.network.Block;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Parameters;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Tokenizers;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A model with what stands beside it in its file: the config it was trained with, where it comes from, and a few examples with the labels it gave when it was
 * saved, so that a file can be tested on any machine. {@code docs/model-file.md} describes the file.
 *
 * @param model the model, ready for use
 * @param config the resolved config, as YAML
 * @param provenance facts about its training, such as {@code score.dev} or {@code data.train.sha256}
 * @param examples the built-in examples
 */
public record ModelFile(
    Model model, String config, SortedMap<String, String> provenance, List<Sample> examples) {
  private static final String PROVENANCE = "provenance.";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A sentence and the labels that the model gave.
   *
   * @param tokens the tokens
   * @param labels a label per token, or one in all
   */
  public record Sample(List<String> tokens, List<String> labels) {
    /** Copies the lists. */
    public Sample {
      tokens = List.copyOf(tokens);
      labels = List.copyOf(labels);
    }
  }

  /** Writes the file's bytes; the same model gives the same bytes. */
  public void write(OutputStream out) throws IOException {
    TensorFile.write(out, tensors(), metadata());
  }

  private List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>(weights(model.network(), "weights."));
    tensors.add(
        Tensor.bytes("vocabulary.words", model.words().toBytes(), model.words().toBytes().length));
    tensors.add(
        Tensor.bytes(
            "vocabulary.labels", model.labels().toBytes(), model.labels().toBytes().length));
    model
        .text()
        .modelBytes()
        .ifPresent(b -> tensors.add(Tensor.bytes("tokenizer.model", b, b.length)));
    tensors.add(Tensor.text("config", config));
    try {
      tensors.add(Tensor.text("examples", JSON.writeValueAsString(examples)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lists of strings can always be written", e);
    }
    return tensors;
  }

  /** The weights of a network as tensors without padding. */
  public static List<Tensor> weights(Network network, String prefix) {
    List<Tensor> tensors = new ArrayList<>();
    Parameters p = network.parameters();
    for (Block b : p.blocks()) tensors.add(tensor(prefix, b, p.dense()));
    for (Parameters.Table t : p.tables()) tensors.add(tensor(prefix, t.block(), t.values()));
    return tensors;
  }

  private static Tensor tensor(String prefix, Block b, float[] values) {
    return Tensor.floats(
        prefix + b.name(), b.unpadded(values), b.rows(), (long) b.groups() * b.width());
  }

  /** Fills a network with weights from a file. */
  public static void readWeights(TensorFile file, Network network, String prefix) {
    Parameters p = network.parameters();
    for (Block b : p.blocks()) b.fill(p.dense(), floats(file, prefix, b));
    for (Parameters.Table t : p.tables())
      t.block().fill(t.values(), floats(file, prefix, t.block()));
  }

  private static float[] floats(TensorFile file, String prefix, Block b) {
    return file.require(prefix + b.name(), Dtype.F32, b.rows(), (long) b.groups() * b.width())
        .floats();
  }

  private SortedMap<String, String> metadata() {
    SortedMap<String, String> m = new TreeMap<>();
    NetworkShape s = model.network().shape();
    m.put("task", model.task());
    m.put("scheme", name(model.scheme()));
    m.put("network.cell", name(s.cell()));
    m.put("network.activation", name(s.activation()));
    m.put("network.widths", String.join(",", s.widths().stream().map(String::valueOf).toList()));
    m.put("network.bidirectional", String.valueOf(s.bidirectional()));
    m.put("network.pooling", s.pooling() == null ? "none" : name(s.pooling()));
    m.put(
        "network.inputs",
        String.join(",", s.inputs().stream().map(i -> i.name() + ":" + i.dimension()).toList()));
    TextConfig t = model.text().config();
    m.put(
        "text.tokenizer",
        model.text().modelBytes().isPresent() && Tokenizers.isPath(t.tokenizer())
            ? EMBEDDED
            : t.tokenizer());
    m.put("text.punctuation", name(t.punctuation()));
    m.put("text.normalize", String.join(",", t.normalize().stream().map(ModelFile::name).toList()));
    model.text().modelSha256().ifPresent(h -> m.put("tokenizer.sha256", h));
    provenance.forEach((k, v) -> m.put(PROVENANCE + k, v));
    return m;
  }

  /** A tokenizer that came from a path is known by its bytes, not by where they stood. */
  private static final String EMBEDDED = "tokenizer.bin";

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Opens a model file.
   *
   * @throws SluiceException when it cannot be read (IO) or is not exactly what was once saved (CORRUPT)
   */
  public static ModelFile read(Path path) {
    return read(TensorFile.read(path));
  }

  /** Makes the model of a file that has been opened. */
  public static ModelFile read(TensorFile file) {
    Location where = file.source();
    TextConfig textConfig =
        new TextConfig(
            file.require("text.tokenizer"),
            choice(file, "text.punctuation", TextConfig.Punctuation.class),
            list(
                file,
                "text.normalize",
                n -> constant(file, "text.normalize", n, TextConfig.Normalization.class)));
    Optional<byte[]> tokenizer =
        Optional.ofNullable(file.tensors().get("tokenizer.model")).map(Tensor::bytes);
    Optional<String> sha256 = Optional.ofNullable(file.metadata().get("tokenizer.sha256"));
    TextPipeline text = TextPipeline.restore(textConfig, tokenizer, sha256, where);
    Vocabulary words =
        Vocabulary.fromBytes(file.require("vocabulary.words", Dtype.U8, -1).bytes(), where);
    LabelVocabulary labels =
        LabelVocabulary.fromBytes(file.require("vocabulary.labels", Dtype.U8, -1).bytes(), where);
    NetworkShape shape = shape(file, words, labels);
    checkSizes(file, shape);
    Network network = new Network(shape);
    readWeights(file, network, "weights.");
    TagScheme scheme = choice(file, "scheme", TagScheme.class);
    Model model = new Model(file.require("task"), text, words, labels, scheme, network);
    for (String label : model.labels().labels()) {
      try {
        scheme.check(label);
      } catch (IllegalArgumentException e) {
        throw damaged(
            file,
            "label "
                + TensorFileProblem.shown(label)
                + " is not one of the scheme "
                + name(scheme));
      }
    }
    model.pack();
    SortedMap<String, String> provenance = new TreeMap<>();
    file.metadata()
        .forEach(
            (k, v) -> {
              if (k.startsWith(PROVENANCE)) provenance.put(k.substring(PROVENANCE.length()), v);
            });
    return new ModelFile(model, file.text("config"), provenance, samples(file));
  }

  private static NetworkShape shape(TensorFile file, Vocabulary words, LabelVocabulary labels) {
    List<NetworkShape.Input> inputs =
        list(
            file,
            "network.inputs",
            part -> {
              int colon = part.lastIndexOf(':');
              if (colon < 1)
                throw damaged(file, "network.inputs has " + TensorFileProblem.shown(part));
              return new NetworkShape.Input(
                  part.substring(0, colon),
                  words.size(),
                  number(file, "network.inputs", part.substring(colon + 1), 0));
            });
    String pooling = file.require("network.pooling");
    List<Integer> widths = list(file, "network.widths", w -> number(file, "network.widths", w, 1));
    if (inputs.isEmpty() || widths.isEmpty() || labels.size() < 1)
      throw damaged(file, "the network has no input, layer or label");
    String bidirectional = file.require("network.bidirectional");
    if (!bidirectional.equals("true") && !bidirectional.equals("false")) {
      throw damaged(file, "network.bidirectional is " + TensorFileProblem.shown(bidirectional));
    }
    return new NetworkShape(
        inputs,
        choice(file, "network.cell", EncoderConfig.Cell.class),
        choice(file, "network.activation", EncoderConfig.Activation.class),
        widths,
        bidirectional.equals("true"),
        pooling.equals("none")
            ? null
            : constant(file, "network.pooling", pooling, NetworkShape.Pooling.class),
        labels.size());
  }

  /** Before any memory is taken: the sizes that the metadata promises are those of the tensors in the file. */
  private static void checkSizes(TensorFile file, NetworkShape shape) {
    int gates =
        switch (shape.cell()) {
          case LSTM -> 4;
          case GRU -> 3;
          case RNN -> 1;
        };
    for (int l = 0; l < shape.widths().size(); l++) {
      long H = shape.widths().get(l);
      for (int d = 0; d < shape.directions(); d++) {
        file.require(
            "weights.encoder." + l + (d == 0 ? ".forward" : ".backward") + ".recurrent",
            Dtype.F32,
            H,
            gates * H);
      }
    }
    for (NetworkShape.Input input : shape.inputs()) {
      String table = input.oneHot() ? "encoder.0.forward.input." : "input.";
      long width = input.oneHot() ? (long) gates * shape.widths().get(0) : input.dimension();
      file.require("weights." + table + input.name(), Dtype.F32, input.vocabulary(), width);
    }
    file.require(
        "weights.output.weight",
        Dtype.F32,
        shape.outputWidth(shape.widths().size() - 1),
        shape.labels());
  }

  private static List<Sample> samples(TensorFile file) {
    try {
      return List.copyOf(
          JSON.readValue(file.text("examples"), new TypeReference<List<Sample>>() {}));
    } catch (JsonProcessingException | RuntimeException e) {
      if (e instanceof SluiceException s) throw s;
      throw damaged(file, "the built-in examples cannot be read");
    }
  }

  private static <E extends Enum<E>> E choice(TensorFile file, String key, Class<E> type) {
    return constant(file, key, file.require(key), type);
  }

  private static <E extends Enum<E>> E constant(
      TensorFile file, String key, String value, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(e -> name(e).equals(value))
        .findFirst()
        .orElseThrow(() -> damaged(file, key + " is " + TensorFileProblem.shown(value)));
  }

  private static <T> List<T> list(TensorFile file, String key, Function<String, T> read) {
    String value = file.require(key);
    return value.isEmpty() ? List.of() : Arrays.stream(value.split(",")).map(read).toList();
  }

  private static int number(TensorFile file, String key, String value, int least) {
    if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < least)
      throw damaged(file, key + " has " + TensorFileProblem.shown(value));
    return Integer.parseInt(value);
  }

  private static SluiceException damaged(TensorFile file, String what) {
    return TensorFileProblem.DESCRIPTION.in(
        file.source(), "the model's description does not hold together: %s", what);
  }

  /**
   * Runs the built-in examples again.
   *
   * @param where the file, for the problems
   * @return a problem for each that does not come out as it did when the file was saved; none when all is well
   */
  public List<Problem> checkExamples(Location where) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Sample sample = examples.get(i);
      List<String> found = run(model, sample.tokens());
      if (!found.equals(sample.labels())) {
        String words =
            "built-in example " + (i + 1) + " gave " + found + ", expected " + sample.labels();
        problems.add(TensorFileProblem.EXAMPLE.problem(where, words));
      }
    }
    return problems;
  }

  /** The labels a model gives to a sentence. */
  public static List<String> run(Model model, List<String> tokens) {
    return model.labels(model.predict(model.encode(0, tokens, new LookupCounts()), false));
  }
}
