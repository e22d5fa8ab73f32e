package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.model.Model;
import dev.sluice.network.Block;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model as an ONNX graph: ids, letters and lengths of padded sentences in, label scores out; what makes ids of words and labels of scores stands in the
 * metadata. The page {@code toolkit/onnx/README.md} describes both. The same model gives the same bytes.
 */
public final class OnnxModel {
  /** The version of the operators: the first that has layer normalisation. */
  public static final int OPSET = 17;

  /** The version of the file format that belongs to it. */
  public static final int IR = 8;

  /** The most bytes of weights and metadata: what protobuf writes at most, less some room for operators and names. */
  private static final long MOST = Integer.MAX_VALUE - (1 << 22);

  private final ModelProto proto;

  private OnnxModel(ModelProto proto) {
    this.proto = proto;
  }

  /**
   * The graph and metadata of a model.
   *
   * @throws SluiceException ONX-001 when weights and vocabularies are more than an ONNX file can hold, ONX-002 when a cell, ONX-003 when an input is not exported
   */
  public static OnnxModel of(Model model) {
    requireFits(model.network().shape());
    GraphProto graph = graph(model);
    ModelProto.Builder proto =
        ModelProto.newBuilder()
            .setIrVersion(IR)
            .setProducerName("sluice")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph);
    long bytes = graph.getInitializerList().stream().mapToLong(t -> t.getRawData().size()).sum();
    for (Map.Entry<String, String> e : new Metadata(model).entries().entrySet()) {
      bytes += e.getValue().length(); // ASCII
      proto.addMetadataProps(
          StringStringEntryProto.newBuilder().setKey(e.getKey()).setValue(e.getValue()));
    }
    if (bytes > MOST) throw tooLarge(bytes);
    return new OnnxModel(proto.build());
  }

  private static GraphProto graph(Model model) {
    try {
      return NetworkGraph.of(model.network(), model.moves());
    } catch (ArithmeticException e) { // a matrix of more numbers than an array can have
      throw tooLarge(Float.BYTES * (1L << 31));
    }
  }

  /** Refuses a network of more weights than fit, before any memory is taken for them. */
  static void requireFits(NetworkShape shape) {
    long bytes = 0;
    for (Block b : Network.blocks(shape)) bytes += Float.BYTES * b.weights();
    if (bytes > MOST) throw tooLarge(bytes);
  }

  private static SluiceException tooLarge(long bytes) {
    return SluiceException.usage(
        "ONX-001",
        Location.of("model"),
        String.format(
            Locale.ROOT,
            "at least %,d bytes of weights and vocabularies, expected less than 2 GiB in an ONNX file",
            bytes),
        "train with fewer words, pretrained vectors or units");
  }

  /** The file's bytes. */
  public byte[] toBytes() {
    return proto.toByteArray();
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @throws SluiceException IOX-001 when it cannot be written
   */
  public void write(Path file) {
    AtomicFile.at(file).write(proto::writeTo);
  }

  /**
   * An input or output of the graph.
   *
   * @param name its name
   * @param type the type of its elements, such as {@code int64}
   * @param dimensions its dimensions, a number or the name of a size that is known at run time
   */
  public record Value(String name, String type, List<String> dimensions) {
    /** Copies the list. */
    public Value {
      dimensions = List.copyOf(dimensions);
    }

    /** {@code ids.word int64 [batch, length]}. */
    @Override
    public String toString() {
      return name + " " + type + " " + dimensions;
    }

    private static Value of(ValueInfoProto value) {
      DataType type = DataType.forNumber(value.getType().getTensorType().getElemType());
      List<String> dimensions = new ArrayList<>();
      for (TensorShapeProto.Dimension d : value.getType().getTensorType().getShape().getDimList())
        dimensions.add(d.hasDimParam() ? d.getDimParam() : String.valueOf(d.getDimValue()));
      return new Value(value.getName(), type.name().toLowerCase(Locale.ROOT), dimensions);
    }
  }

  /** What the graph takes. */
  public List<Value> inputs() {
    return proto.getGraph().getInputList().stream().map(Value::of).toList();
  }

  /** What the graph gives. */
  public List<Value> outputs() {
    return proto.getGraph().getOutputList().stream().map(Value::of).toList();
  }
}
