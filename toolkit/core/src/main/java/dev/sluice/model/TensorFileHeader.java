package dev.sluice.model;

import dev.sluice.model.Tensor.Dtype;
import java.util.List;
import java.util.SortedMap;

/**
 * What the header of a model file says, checked except for the checksums.
 *
 * @param metadata every metadata entry, those of the format itself included
 * @param sections the tensors in the order of their bytes
 * @param digestAt where in the file the digits of the SHA-256 stand
 * @param dataLength the bytes of all sections together
 */
record TensorFileHeader(
    SortedMap<String, String> metadata, List<Section> sections, int digestAt, long dataLength) {

  /**
   * One tensor.
   *
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  record Section(String name, Dtype dtype, long[] shape, long begin, long end) {}
}
