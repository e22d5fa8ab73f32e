package dev.sluice.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.network.CellConfig;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Decoder;
import dev.sluice.network.NetworkShape.Looking;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A transducer with what stands beside it in its file: the config it was trained with, where it comes from, and a few sources with what it wrote of them when it was saved.
 *
 * @param model the model, ready for use
 * @param config the resolved config, as YAML
 * @param provenance facts about its training, such as {@code score.dev} or {@code data.train.sha256}
 * @param examples the built-in examples
 */
public record TransducerFile(
    TransducerModel model,
    String config,
    SortedMap<String, String> provenance,
    List<Sample> examples) {
  private static final String SYMBOLS = "vocabulary.symbols";
  private static final String JOINS = "symbols.joins";
  private static final String DECODER = "network.decoder";
  private static final String SEARCH = "transduction.search";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A source and what was written of it.
   *
   * @param source a source
   * @param target what was written
   */
  public record Sample(String source, String target) {
    /** Checks that both are there. */
    public Sample {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(target, "target");
    }

    /** A source with what a model writes of it now. */
    public static Sample of(TransducerModel model, String source) {
      var best = new SequenceDecoder(model).best(source, model.search().beam(), 1);
      return new Sample(source, best.isEmpty() ? "" : model.written(best.get(0).symbols()));
    }
  }

  /** Writes the file's bytes; the same model gives the same bytes. */
  public void write(OutputStream out) throws IOException {
    TensorFile.write(out, tensors(), metadata());
  }

  private List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>(ModelFile.weights(model.network(), ModelFile.WEIGHTS));
    byte[] known = model.symbols().known().toBytes();
    tensors.add(Tensor.bytes(SYMBOLS, known, known.length));
    model
        .joins()
        .ifPresent(j -> tensors.add(Tensor.floats(JOINS, j.weights(), model.symbols().read(), 2)));
    for (Map<String, byte[]> parts :
        List.of(
            InputDescription.tensors(model.inputs()),
            TextDescription.tensors(model.inputs().text())))
      parts.forEach((name, bytes) -> tensors.add(Tensor.bytes(name, bytes, bytes.length)));
    tensors.add(Tensor.text("config", config));
    tensors.add(ModelFile.written(examples));
    return tensors;
  }

  private SortedMap<String, String> metadata() {
    SortedMap<String, String> m = new TreeMap<>();
    m.put("task", TransducerModel.TASK);
    NetworkShape shape = model.network().shape();
    EncoderDescription.put(m, EncoderDescription.NETWORK, shape.encoder());
    InputDescription.put(m, shape.inputs(), model.inputs());
    TextDescription.put(m, model.inputs().text());
    Decoder d = shape.decoder().orElseThrow();
    m.put(
        DECODER,
        new Attributes()
            .put("layers", d.layers())
            .put("dimension", d.dimension())
            .put("attention", Attributes.name(d.looking()))
            .toString());
    for (int l = 0; l < d.layers(); l++) {
      m.put(cell(l), Cells.text(d.cells().get(l)));
      m.put(width(l), String.valueOf(d.widths().get(l)));
    }
    m.put("transduction.source", Attributes.name(model.source()));
    m.put("transduction.target", Attributes.name(model.target()));
    m.put(
        SEARCH,
        new Attributes()
            .put("beam", model.search().beam())
            .put(
                "lengthPenalty", BigDecimal.valueOf(model.search().lengthPenalty()).toPlainString())
            .put("longest", model.search().longest())
            .toString());
    provenance.forEach((k, v) -> m.put(ModelFile.PROVENANCE + k, v));
    return m;
  }

  private static String cell(int layer) {
    return DECODER + ".cell." + layer;
  }

  private static String width(int layer) {
    return DECODER + ".width." + layer;
  }

  /**
   * Opens a model file.
   *
   * @throws SluiceException when it cannot be read (IO), is not exactly what was once saved (CORRUPT), or holds another kind of model (MOD-030)
   */
  public static TransducerFile read(Path path) {
    return read(TensorFile.read(path));
  }

  /** Makes the model of a file that has been opened. */
  public static TransducerFile read(TensorFile file) {
    ModelKind.TRANSDUCER.require(file);
    try {
      TransducerModel model = model(file);
      List<Sample> examples =
          List.copyOf(JSON.readValue(file.text("examples"), new TypeReference<List<Sample>>() {}));
      return new TransducerFile(model, file.text("config"), ModelFile.provenance(file), examples);
    } catch (IllegalArgumentException | JsonProcessingException | NullPointerException e) {
      throw ModelDescription.damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static TransducerModel model(TensorFile file) {
    InputDescription inputs = new InputDescription(file);
    Symbols symbols =
        new Symbols(
            Vocabulary.fromBytes(file.require(SYMBOLS, Dtype.U8, -1).bytes(), file.source()));
    NetworkShape shape =
        NetworkShape.transducer(
            inputs.shapes(),
            EncoderDescription.read(file, EncoderDescription.NETWORK),
            decoder(file, symbols));
    Unit target = unit(file, "transduction.target");
    Optional<WordJoins> joins =
        target == Unit.CHARACTER
            ? Optional.empty()
            : Optional.of(
                new WordJoins(file.require(JOINS, Dtype.F32, symbols.read(), 2).floats()));
    Attributes search = new Attributes(file, SEARCH);
    TransducerModel model =
        new TransducerModel(
            inputs.encoder(),
            unit(file, "transduction.source"),
            target,
            symbols,
            joins,
            new TransducerModel.Search(
                search.number("beam"),
                search.anyDecimal("lengthPenalty"),
                search.number("longest")),
            ModelFile.network(file, shape));
    model.pack();
    return model;
  }

  private static Decoder decoder(TensorFile file, Symbols symbols) {
    Attributes a = new Attributes(file, DECODER);
    List<CellConfig> cells = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    for (int l = 0; l < a.number("layers"); l++) {
      cells.add(Cells.read(new Attributes(file, cell(l))));
      widths.add(Attributes.number(file, width(l), file.require(width(l))));
    }
    return new Decoder(
        symbols.predicted(),
        a.number("dimension"),
        cells,
        widths,
        a.choice("attention", Looking.class));
  }

  private static Unit unit(TensorFile file, String key) {
    return Attributes.choice(file, key, file.require(key), Unit.class);
  }

  /**
   * Writes the targets of the built-in examples again.
   *
   * @param where the file, for the problems
   * @return a problem for each that does not come out as it did when the file was saved; none when all is well
   */
  public List<Problem> checkExamples(Location where) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Sample now = Sample.of(model, examples.get(i).source());
      if (now.equals(examples.get(i))) continue;
      String words =
          "built-in example "
              + (i + 1)
              + " gave "
              + TensorFileProblem.shown(now.target())
              + ", expected "
              + TensorFileProblem.shown(examples.get(i).target());
      problems.add(TensorFileProblem.EXAMPLE.problem(where, words));
    }
    return problems;
  }
}
