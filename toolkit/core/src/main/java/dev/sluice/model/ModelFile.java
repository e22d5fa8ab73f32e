package dev.sluice.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.network.Block;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Parameters;
import dev.sluice.vocabulary.LookupCounts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
  static final String PROVENANCE = "provenance.";
  static final String WEIGHTS = "weights.";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A sentence and the labels that the model gave.
   *
   * @param tokens the tokens
   * @param features what else the model reads of each token, by name; not written when there is nothing
   * @param labels a label per token if the model gives any, then those of the sentence
   */
  public record Sample(
      List<String> tokens,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, List<String>> features,
      List<String> labels) {
    /** Copies the lists. */
    public Sample {
      tokens = List.copyOf(tokens);
      SortedMap<String, List<String>> copy = new TreeMap<>();
      if (features != null) features.forEach((name, values) -> copy.put(name, List.copyOf(values)));
      features = Collections.unmodifiableSortedMap(copy);
      labels = List.copyOf(labels);
    }

    /** A sentence with the labels that a model gives it now. */
    public static Sample of(Model model, List<String> tokens, Map<String, List<String>> features) {
      SortedMap<String, List<String>> read = new TreeMap<>(features);
      read.keySet().retainAll(model.inputs().features());
      return new Sample(tokens, read, run(model, tokens, read));
    }
  }

  /** Writes the file's bytes; the same model gives the same bytes. */
  public void write(OutputStream out) throws IOException {
    TensorFile.write(out, tensors(), metadata());
  }

  private List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>(weights(model.network(), WEIGHTS));
    ModelDescription.tensors(model)
        .forEach((name, b) -> tensors.add(Tensor.bytes(name, b, b.length)));
    tensors.addAll(ModelDescription.thresholds(model));
    tensors.add(Tensor.text("config", config));
    tensors.add(written(examples));
    return tensors;
  }

  /** The built-in examples as a tensor. */
  static Tensor written(List<?> examples) {
    try {
      return Tensor.text("examples", JSON.writeValueAsString(examples));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lists of strings can always be written", e);
    }
  }

  /** The weights of a network as tensors without padding. */
  static List<Tensor> weights(Network network, String prefix) {
    return tensors(network.parameters().all(), prefix);
  }

  /** Those weights that training changes. */
  public static List<Tensor> trainedWeights(Network network, String prefix) {
    return tensors(trained(network), prefix);
  }

  private static List<Parameters.Table> trained(Network network) {
    List<Parameters.Table> all = new ArrayList<>(network.parameters().all());
    all.removeAll(network.parameters().frozen());
    return all;
  }

  private static List<Tensor> tensors(List<Parameters.Table> matrices, String prefix) {
    List<Tensor> tensors = new ArrayList<>();
    for (Parameters.Table m : matrices) {
      Block b = m.block();
      long columns = (long) b.groups() * b.width();
      tensors.add(Tensor.floats(prefix + b.name(), b.unpadded(m.values()), b.rows(), columns));
    }
    return tensors;
  }

  /** Fills a network with those of its weights that training changes. */
  public static void readTrainedWeights(TensorFile file, Network network, String prefix) {
    read(file, trained(network), prefix);
  }

  private static void read(TensorFile file, List<Parameters.Table> matrices, String prefix) {
    for (Parameters.Table m : matrices)
      m.block().fill(m.values(), matrix(file, prefix, m.block()).floats());
  }

  private static Tensor matrix(TensorFile file, String prefix, Block b) {
    return file.require(prefix + b.name(), Dtype.F32, b.rows(), (long) b.groups() * b.width());
  }

  private SortedMap<String, String> metadata() {
    SortedMap<String, String> m = ModelDescription.metadata(model);
    provenance.forEach((k, v) -> m.put(PROVENANCE + k, v));
    return m;
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
    ModelKind.LABELS.require(file);
    ModelDescription description = new ModelDescription(file);
    Network network = network(file, description.shape());
    Model model = model(file, description, network);
    model.pack();
    return new ModelFile(model, file.text("config"), provenance(file), samples(file, model));
  }

  /** The facts about training that stand in a file. */
  static SortedMap<String, String> provenance(TensorFile file) {
    SortedMap<String, String> provenance = new TreeMap<>();
    file.metadata()
        .forEach(
            (k, v) -> {
              if (k.startsWith(PROVENANCE)) provenance.put(k.substring(PROVENANCE.length()), v);
            });
    return provenance;
  }

  /** The network of a file, every matrix of which must have its place in it. */
  static Network network(TensorFile file, NetworkShape shape) {
    Network network;
    try {
      List<Block> blocks = Network.blocks(shape);
      for (Block b : blocks) matrix(file, WEIGHTS, b); // before any memory is taken
      requireNoOthers(file, blocks);
      network = new Network(shape);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw ModelDescription.damaged(file, "the network is larger than any");
    }
    read(file, network.parameters().all(), WEIGHTS);
    return network;
  }

  /** Weights that nobody reads belong to a part of the description that is missing. */
  private static void requireNoOthers(TensorFile file, List<Block> blocks) {
    Set<String> names = new HashSet<>();
    for (Block b : blocks) names.add(WEIGHTS + b.name());
    for (String name : file.tensors().keySet()) {
      if (name.startsWith(WEIGHTS) && !names.contains(name))
        throw ModelDescription.damaged(
            file, "the network has no use for " + TensorFileProblem.shown(name));
    }
  }

  /** What a model refuses in its training data is a fault of the file here. */
  private static Model model(TensorFile file, ModelDescription description, Network network) {
    try {
      return new Model(description.task(), description.inputs(), description.outputs(), network);
    } catch (SluiceException e) {
      throw ModelDescription.damaged(file, e.problems().get(0).what());
    }
  }

  private static List<Sample> samples(TensorFile file, Model model) {
    try {
      List<Sample> samples =
          List.copyOf(JSON.readValue(file.text("examples"), new TypeReference<List<Sample>>() {}));
      for (Sample s : samples) model.encode(0, s.tokens(), s.features(), new LookupCounts());
      return samples;
    } catch (JsonProcessingException | RuntimeException e) {
      if (e instanceof SluiceException s) throw s;
      throw ModelDescription.damaged(file, "the built-in examples cannot be read");
    }
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
      List<String> found = run(model, sample.tokens(), sample.features());
      if (!found.equals(sample.labels())) {
        String words =
            "built-in example " + (i + 1) + " gave " + found + ", expected " + sample.labels();
        problems.add(TensorFileProblem.EXAMPLE.problem(where, words));
      }
    }
    return problems;
  }

  /** The labels a model gives to a sentence: those of its tokens, then its own. */
  private static List<String> run(
      Model model, List<String> tokens, Map<String, List<String>> features) {
    Prediction found = model.predict(tokens, features, Prediction.Detail.LABELS);
    List<String> labels = new ArrayList<>(model.tags(found));
    labels.addAll(model.intents(found));
    return labels;
  }
}
