package dev.sluice.model;

import static dev.sluice.model.TensorFileProblem.*;

import dev.sluice.config.IoReason;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.model.Tensor.Dtype;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The container of models and checkpoints: named tensors and named texts in one inert file that is also a valid safetensors file.
 * docs/model-file.md describes every byte. A file is untrusted: it either gives exactly what was saved or is refused with one
 * {@link SluiceException} that says why; no other file is opened and no class is chosen by it.
 *
 * @param source where it was read from, for messages
 * @param metadata the texts, without the entries the format itself adds
 * @param tensors the tensors by name
 * @param sha256 the digest written in the file as 64 hexadecimal digits, which identifies its content; not the digest of the
 *     finished file, in which the digits themselves stand
 */
public record TensorFile(
    Location source,
    SortedMap<String, String> metadata,
    SortedMap<String, Tensor> tensors,
    String sha256) {

  /** Keeps read-only copies of the maps; the arrays of the tensors are shared. */
  public TensorFile {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  /**
   * Writes a file; the same content always gives the same bytes. Saving so that a crash does no harm is the caller's business.
   *
   * @param tensors at most 4,096, with different names and finite values
   * @param metadata texts of at most 2^20 characters, longer ones belong into {@link Tensor#text}; together with the tensors at
   *     most 8,188
   * @throws IllegalArgumentException when the content breaks a rule of the format
   */
  public static void write(
      OutputStream out, Collection<Tensor> tensors, SortedMap<String, String> metadata)
      throws IOException {
    new TensorFileWriter(tensors, metadata).write(out);
  }

  /** The bytes of a file, as {@link #write} gives them. */
  public static byte[] toBytes(Collection<Tensor> tensors, SortedMap<String, String> metadata) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(out, tensors, metadata);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Reads a file.
   *
   * @throws SluiceException of kind CORRUPT when it is damaged, no model or from an incompatible version, of kind IO when it
   *     cannot be read
   */
  public static TensorFile read(Path path) {
    Location file = Location.of(path.toString());
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw NOT_REGULAR.in(
            file, "not a regular file but %s", attributes.isDirectory() ? "a folder" : "a device");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return new TensorFileReader(in, attributes.size(), file).read();
      }
    } catch (NoSuchFileException e) {
      throw UNREADABLE.in(file, "no such file (looked for %s)", path.toAbsolutePath());
    } catch (AccessDeniedException e) {
      throw UNREADABLE.in(file, "reading it is not permitted");
    } catch (IOException e) {
      if (Files.isSymbolicLink(path)) {
        throw NOT_REGULAR.in(file, "not a regular file but a link that leads to none");
      }
      throw UNREADABLE.in(file, "it cannot be read: %s", shown(IoReason.of(e)));
    }
  }

  /**
   * Reads a file that is in memory already.
   *
   * @throws SluiceException of kind CORRUPT when it is damaged, no model or from an incompatible version
   */
  public static TensorFile parse(byte[] bytes, Location source) {
    try {
      return new TensorFileReader(new ByteArrayInputStream(bytes), bytes.length, source).read();
    } catch (IOException e) {
      throw new IllegalStateException("an array in memory cannot fail to be read", e);
    }
  }

  /**
   * The tensor of this name, dtype and shape; a dimension of -1 fits any size.
   *
   * @throws SluiceException of kind CORRUPT when there is none
   */
  public Tensor require(String name, Dtype dtype, long... shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) throw MISSING.in(source, "the file has no tensor %s", shown(name));
    long[] found = tensor.shape();
    boolean fits = tensor.dtype() == dtype && found.length == shape.length;
    for (int i = 0; fits && i < shape.length; i++) fits = shape[i] == -1 || shape[i] == found[i];
    if (!fits) {
      throw UNEXPECTED.in(
          source,
          "tensor %s is %s%s, expected %s%s",
          shown(name),
          tensor.dtype(),
          Arrays.toString(found),
          dtype,
          Arrays.toString(shape));
    }
    return tensor;
  }

  /**
   * The text of a one-dimensional U8 tensor.
   *
   * @throws SluiceException of kind CORRUPT when there is none or it is not UTF-8
   */
  public String text(String name) {
    byte[] utf8 = require(name, Dtype.U8, -1).bytes();
    ByteBuffer in = ByteBuffer.wrap(utf8);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      throw TEXT.in(source, "tensor %s is not UTF-8 at its byte %,d", shown(name), in.position());
    }
  }

  /**
   * The metadata entry of this name.
   *
   * @throws SluiceException of kind CORRUPT when there is none
   */
  public String require(String key) {
    String value = metadata.get(key);
    if (value == null) throw MISSING.in(source, "the file has no metadata entry %s", shown(key));
    return value;
  }
}
