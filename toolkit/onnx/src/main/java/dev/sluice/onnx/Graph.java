package dev.sluice.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A graph under construction: each operator is added behind those whose results it takes, and each result has one name. The body of a loop is a graph of its
 * own; its constants stand in the graph around it, which it may see.
 */
final class Graph {
  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final Graph around; // null for the outermost
  private final Set<String> names; // of the outermost graph and of all bodies

  Graph(String name) {
    proto.setName(name);
    around = null;
    names = new HashSet<>();
  }

  private Graph(String name, Graph around) {
    proto.setName(name);
    this.around = around;
    names = around.names;
  }

  /** The body of a loop. */
  Graph body(String name) {
    return new Graph(name, this);
  }

  GraphProto build() {
    return proto.build();
  }

  private String unique(String name) {
    if (!names.add(name)) throw new IllegalStateException("two values are called " + name);
    return name;
  }

  /** Declares an input; each dimension is a number or the name of a size that is known at run time. */
  String input(String name, DataType type, Object... dimensions) {
    proto.addInput(value(unique(name), type, dimensions));
    return name;
  }

  /** Declares a result that the graph gives. */
  void output(String name, DataType type, Object... dimensions) {
    proto.addOutput(value(name, type, dimensions));
  }

  private static ValueInfoProto value(String name, DataType type, Object... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dimension : dimensions) {
      TensorShapeProto.Dimension.Builder d = shape.addDimBuilder();
      if (dimension instanceof Number n) d.setDimValue(n.longValue());
      else d.setDimParam((String) dimension);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Adds an operator with one result, which has the name of the operator. */
  String add(String operator, String name, List<String> inputs, AttributeProto... attributes) {
    return add(operator, List.of(name), inputs, List.of(attributes)).get(0);
  }

  /** Adds an operator with several results; it has the name of the first. */
  List<String> add(
      String operator, List<String> results, List<String> inputs, List<AttributeProto> attributes) {
    results.forEach(this::unique);
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(results.get(0))
            .addAllInput(inputs)
            .addAllOutput(results)
            .addAllAttribute(attributes));
    return results;
  }

  /** Adds weights, row by row. */
  String weights(String name, float[] values, long... dimensions) {
    if (around != null) return around.weights(name, values, dimensions);
    if (LongStream.of(dimensions).reduce(1, (a, b) -> a * b) != values.length)
      throw new IllegalArgumentException(name + " has " + values.length + " numbers");
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    initializer(unique(name), DataType.FLOAT, UnsafeByteOperations.unsafeWrap(bytes), dimensions);
    return name;
  }

  /** A list of whole numbers; equal ones are kept once. */
  String numbers(long... values) {
    if (around != null) return around.numbers(values);
    StringBuilder name = new StringBuilder("constant");
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      name.append('/').append(value);
      bytes.putLong(value);
    }
    if (names.add(name.toString()))
      initializer(
          name.toString(), DataType.INT64, ByteString.copyFrom(bytes.flip()), values.length);
    return name.toString();
  }

  /** A whole number without dimensions. */
  String number(long value) {
    if (around != null) return around.number(value);
    String name = "constant-scalar/" + value;
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    if (names.add(name)) initializer(name, DataType.INT64, ByteString.copyFrom(bytes.flip()));
    return name;
  }

  /** A decimal number without dimensions. */
  String decimal(float value) {
    if (around != null) return around.decimal(value);
    String name = "constant-decimal/" + Integer.toHexString(Float.floatToIntBits(value));
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    if (names.add(name)) initializer(name, DataType.FLOAT, ByteString.copyFrom(bytes.flip()));
    return name;
  }

  private void initializer(String name, DataType type, ByteString bytes, long... dimensions) {
    TensorProto.Builder tensor = proto.addInitializerBuilder();
    tensor.setName(name).setDataType(type.getNumber()).setRawData(bytes);
    for (long dimension : dimensions) tensor.addDims(dimension);
  }

  // --- operators that many parts use

  String transposed(String name, String x, long... order) {
    return add("Transpose", name, List.of(x), Attribute.numbers("perm", order));
  }

  /** With other dimensions: 0 keeps the one at its place, -1 takes what is left. */
  String reshaped(String name, String x, long... dimensions) {
    return add("Reshape", name, List.of(x, numbers(dimensions)));
  }

  /** Several values side by side along an axis; one alone is given as it is. */
  String joined(String name, List<String> parts, int axis) {
    return parts.size() == 1
        ? parts.get(0)
        : add("Concat", name, parts, Attribute.number("axis", axis));
  }

  /** Columns {@code from} to {@code to}, exclusive, of the last axis of x with so many axes. */
  String columns(String name, String x, int axes, long from, long to) {
    return add("Slice", name, List.of(x, numbers(from), numbers(to), numbers(axes - 1)));
  }

  /** The rows of a table that ids name. */
  String rows(String name, String table, String ids) {
    return add("Gather", name, List.of(table, ids), Attribute.number("axis", 0));
  }
}
