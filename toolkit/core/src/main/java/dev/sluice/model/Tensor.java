package dev.sluice.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A named array of numbers with a shape, as it lies in a {@link TensorFile}. Elements are in row-major order: the last
 * dimension runs fastest. The array is not copied, neither on the way in nor on the way out, so whoever shares it must not
 * change it.
 */
public final class Tensor {

  /** The kind of number; the names are those of the safetensors format. */
  public enum Dtype {
    /** 32-bit float. */
    F32(4),
    /** 64-bit float. */
    F64(8),
    /** 32-bit signed integer. */
    I32(4),
    /** 64-bit signed integer. */
    I64(8),
    /** Bytes: 0 to 255 in the file, Java's {@code byte} in memory. */
    U8(1);

    private final int bytes;

    Dtype(int bytes) {
      this.bytes = bytes;
    }

    /** The width of one element in bytes. */
    public int bytes() {
      return bytes;
    }
  }

  static final int MAX_NAME = 256;
  static final int MAX_RANK = 8;

  private final String name;
  private final Dtype dtype;
  private final long[] shape;
  private final Object data;
  private final int size;

  private Tensor(String name, Dtype dtype, Object data, int size, long[] shape) {
    if (!isName(name)) throw new IllegalArgumentException("tensor name \"" + name + "\"");
    if (shape.length > MAX_RANK) {
      throw new IllegalArgumentException(
          name + " has " + shape.length + " dimensions, at most " + MAX_RANK + " are allowed");
    }
    if (elements(shape) != size) {
      throw new IllegalArgumentException(
          name + " has " + size + " elements, its shape is " + Arrays.toString(shape));
    }
    this.name = name;
    this.dtype = dtype;
    this.data = data;
    this.size = size;
    this.shape = shape.clone();
  }

  /** A tensor of 32-bit floats. No shape at all means a single number. */
  public static Tensor floats(String name, float[] data, long... shape) {
    return new Tensor(name, Dtype.F32, data, data.length, shape);
  }

  /** A tensor of 64-bit floats. */
  public static Tensor doubles(String name, double[] data, long... shape) {
    return new Tensor(name, Dtype.F64, data, data.length, shape);
  }

  /** A tensor of 32-bit integers. */
  public static Tensor ints(String name, int[] data, long... shape) {
    return new Tensor(name, Dtype.I32, data, data.length, shape);
  }

  /** A tensor of 64-bit integers. */
  public static Tensor longs(String name, long[] data, long... shape) {
    return new Tensor(name, Dtype.I64, data, data.length, shape);
  }

  /** A tensor of bytes. */
  public static Tensor bytes(String name, byte[] data, long... shape) {
    return new Tensor(name, Dtype.U8, data, data.length, shape);
  }

  /** Text as a one-dimensional tensor of its UTF-8 bytes; {@link TensorFile#text} reads it back. */
  public static Tensor text(String name, String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(name + " holds half of a surrogate pair");
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes(name, utf8, utf8.length);
  }

  /** Zeros, to be filled by {@link #decode}; the caller has checked name and shape. */
  static Tensor zeros(String name, Dtype dtype, long[] shape) {
    int size = Math.toIntExact(elements(shape));
    Object data =
        switch (dtype) {
          case F32 -> new float[size];
          case F64 -> new double[size];
          case I32 -> new int[size];
          case I64 -> new long[size];
          case U8 -> new byte[size];
        };
    return new Tensor(name, dtype, data, size, shape);
  }

  /**
   * The product of the dimensions; 1 when there is none.
   *
   * @throws ArithmeticException when it does not fit a long
   */
  static long elements(long[] shape) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0) throw new ArithmeticException("negative dimension " + dimension);
      product = Math.multiplyExact(product, dimension);
    }
    return product;
  }

  /** Whether a tensor may have this name: 1 to 256 characters, none of them a control character. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && !name.equals(TensorFileFormat.METADATA)
        && name.chars().noneMatch(Character::isISOControl)
        && isWellFormed(name);
  }

  /** Whether every surrogate has its partner, so that the text has a UTF-8 form. */
  static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** The name, unique within a file. */
  public String name() {
    return name;
  }

  /** The kind of number. */
  public Dtype dtype() {
    return dtype;
  }

  /** The dimensions, as a copy. */
  public long[] shape() {
    return shape.clone();
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The elements of an F32 tensor, not copied. */
  public float[] floats() {
    return (float[]) only(Dtype.F32);
  }

  /** The elements of an F64 tensor, not copied. */
  public double[] doubles() {
    return (double[]) only(Dtype.F64);
  }

  /** The elements of an I32 tensor, not copied. */
  public int[] ints() {
    return (int[]) only(Dtype.I32);
  }

  /** The elements of an I64 tensor, not copied. */
  public long[] longs() {
    return (long[]) only(Dtype.I64);
  }

  /** The elements of a U8 tensor, not copied. */
  public byte[] bytes() {
    return (byte[]) only(Dtype.U8);
  }

  private Object only(Dtype wanted) {
    if (dtype != wanted) throw new IllegalStateException(name + " is " + dtype + ", not " + wanted);
    return data;
  }

  /** Puts {@code count} elements from index {@code from} on into a little-endian buffer. */
  void encode(int from, int count, ByteBuffer to) {
    switch (dtype) {
      case F32 -> to.asFloatBuffer().put((float[]) data, from, count);
      case F64 -> to.asDoubleBuffer().put((double[]) data, from, count);
      case I32 -> to.asIntBuffer().put((int[]) data, from, count);
      case I64 -> to.asLongBuffer().put((long[]) data, from, count);
      case U8 -> to.duplicate().put((byte[]) data, from, count);
    }
  }

  /** Takes {@code count} elements for the indices from {@code from} on out of a little-endian buffer. */
  void decode(int from, int count, ByteBuffer source) {
    switch (dtype) {
      case F32 -> source.asFloatBuffer().get((float[]) data, from, count);
      case F64 -> source.asDoubleBuffer().get((double[]) data, from, count);
      case I32 -> source.asIntBuffer().get((int[]) data, from, count);
      case I64 -> source.asLongBuffer().get((long[]) data, from, count);
      case U8 -> source.duplicate().get((byte[]) data, from, count);
    }
  }

  /** The index of the first NaN or infinity, or -1. */
  int firstNonFinite() {
    if (data instanceof float[] floats) {
      for (int i = 0; i < floats.length; i++) if (!Float.isFinite(floats[i])) return i;
    } else if (data instanceof double[] doubles) {
      for (int i = 0; i < doubles.length; i++) if (!Double.isFinite(doubles[i])) return i;
    }
    return -1;
  }

  /** Name, type and shape, not the numbers. */
  @Override
  public String toString() {
    return name + " " + dtype + Arrays.toString(shape);
  }
}
