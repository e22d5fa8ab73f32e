package dev.sluice.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.TextLayout.DocumentBorder;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A language model with what stands beside it in its file: the config it was trained with, where it comes from, and a few texts with the probability
 * it gave them when it was saved.
 *
 * @param model the model, ready for use
 * @param config the resolved config, as YAML
 * @param provenance facts about its training, such as {@code score.dev} or {@code data.train.sha256}
 * @param examples the built-in examples
 */
public record LanguageModelFile(
    SymbolModel model, String config, SortedMap<String, String> provenance, List<Sample> examples) {
  private static final String SYMBOLS = "vocabulary.symbols";
  private static final String JOINS = "symbols.joins";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A text and how probable it was.
   *
   * @param text a document
   * @param bits minus the log of its probability to base 2, exactly, as Java writes a double
   */
  public record Sample(String text, String bits) {
    /** A text with the probability that a model gives it now. */
    public static Sample of(SymbolModel model, String text) {
      double bits = 0;
      for (double log2 : TextScorer.log2(model, text)) bits -= log2;
      return new Sample(text, Double.toString(bits));
    }
  }

  /** Writes the file's bytes; the same model gives the same bytes. */
  public void write(OutputStream out) throws IOException {
    TensorFile.write(out, tensors(), metadata());
  }

  private List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>(ModelFile.weights(model.network(), ModelFile.WEIGHTS));
    byte[] words = model.symbols().known().toBytes();
    tensors.add(Tensor.bytes(SYMBOLS, words, words.length));
    model
        .joins()
        .ifPresent(j -> tensors.add(Tensor.floats(JOINS, j.weights(), model.symbols().read(), 2)));
    TextDescription.tensors(model.text())
        .forEach((name, bytes) -> tensors.add(Tensor.bytes(name, bytes, bytes.length)));
    tensors.add(Tensor.text("config", config));
    tensors.add(ModelFile.written(examples));
    return tensors;
  }

  private SortedMap<String, String> metadata() {
    SortedMap<String, String> m = new TreeMap<>();
    m.put("task", SymbolModel.TASK);
    NetworkShape shape = model.network().shape();
    EncoderDescription.put(m, EncoderDescription.NETWORK, shape.encoder());
    TextDescription.put(m, model.text());
    Attributes input = new Attributes().put("name", shape.inputs().get(0).name());
    if (shape.inputs().get(0) instanceof Input.Table t) input.put("dimension", t.dimension());
    m.put("network.input.0", input.toString());
    m.put(
        "network.next", new Attributes().put("tied", shape.next().orElseThrow().tied()).toString());
    m.put("language.unit", Attributes.name(model.unit()));
    m.put("language.document", Attributes.name(model.document()));
    provenance.forEach((k, v) -> m.put(ModelFile.PROVENANCE + k, v));
    return m;
  }

  /**
   * Opens a model file.
   *
   * @throws SluiceException when it cannot be read (IO), is not exactly what was once saved (CORRUPT), or holds another kind of model (MOD-030)
   */
  public static LanguageModelFile read(Path path) {
    return read(TensorFile.read(path));
  }

  /** Makes the model of a file that has been opened. */
  public static LanguageModelFile read(TensorFile file) {
    ModelKind.LANGUAGE.require(file);
    try {
      SymbolModel model = model(file);
      SortedMap<String, String> provenance = ModelFile.provenance(file);
      List<Sample> examples =
          List.copyOf(JSON.readValue(file.text("examples"), new TypeReference<List<Sample>>() {}));
      return new LanguageModelFile(model, file.text("config"), provenance, examples);
    } catch (IllegalArgumentException | JsonProcessingException | NullPointerException e) {
      throw ModelDescription.damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static SymbolModel model(TensorFile file) {
    TextPipeline text = TextDescription.read(file);
    byte[] words = file.require(SYMBOLS, Dtype.U8, -1).bytes();
    Symbols symbols = new Symbols(Vocabulary.fromBytes(words, file.source()));
    Attributes input = new Attributes(file, "network.input.0");
    String name = input.text("name");
    NetworkShape shape =
        NetworkShape.predictor(
            List.of(
                input.has("dimension")
                    ? new Input.Table(name, symbols.read(), input.number("dimension"))
                    : new Input.OneHot(name, symbols.read())),
            EncoderDescription.read(file, EncoderDescription.NETWORK),
            new NetworkShape.Next(
                symbols.predicted(), new Attributes(file, "network.next").flag("tied")));
    Network network = ModelFile.network(file, shape);
    Unit unit = Attributes.choice(file, "language.unit", file.require("language.unit"), Unit.class);
    DocumentBorder document =
        Attributes.choice(
            file, "language.document", file.require("language.document"), DocumentBorder.class);
    Optional<WordJoins> joins =
        unit == Unit.CHARACTER
            ? Optional.empty()
            : Optional.of(
                new WordJoins(file.require(JOINS, Dtype.F32, symbols.read(), 2).floats()));
    SymbolModel model = new SymbolModel(text, unit, document, symbols, joins, network);
    model.pack();
    return model;
  }

  /**
   * Scores the built-in examples again.
   *
   * @param where the file, for the problems
   * @return a problem for each that is not as probable as when the file was saved; none when all is well
   */
  public List<Problem> checkExamples(Location where) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Sample now = Sample.of(model, examples.get(i).text());
      if (now.equals(examples.get(i))) continue;
      String words =
          "built-in example "
              + (i + 1)
              + " took "
              + now.bits()
              + " bits, expected "
              + examples.get(i).bits();
      problems.add(TensorFileProblem.EXAMPLE.problem(where, words));
    }
    return problems;
  }
}
