package dev.sluice.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Items that somebody labelled, each with the probabilities that a model gives to the labels it knows: what {@link ConfidentJoint} is worked out from.
 * Different items may come from models with different labels. Not safe for use by several threads at once.
 */
public final class GivenLabels {
  /** What is less probable suggests nothing and is not kept, so that an item takes a few bytes rather than a number per label. */
  static final float LEAST = 1e-4f;

  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private int size;
  private long[] keys = new long[64];
  private int[] given = new int[64];
  private float[] confidences = new float[64];
  private int[] ends = new int[64]; // where the kept labels of an item end
  private int[] labels = new int[64]; // kept labels of all items, one after the other
  private float[] probabilities = new float[64]; // theirs
  private long unjudged;

  /** Reads an item's kept labels. */
  @FunctionalInterface
  interface Taker {
    void take(int label, float probability);
  }

  /**
   * Adds an item. When the model does not know its label it cannot be judged, and is only counted.
   *
   * @param key what the caller knows it by; no two are the same
   * @param label the label that it was given
   * @param known the labels that the model knows, none twice
   * @param p their probabilities, those of this item beginning at {@code from}
   * @return the probability of the label that it was given; NaN when it cannot be judged
   */
  public float add(long key, String label, List<String> known, float[] p, int from) {
    int place = known.indexOf(label);
    if (place < 0) {
      unjudged++;
      return Float.NaN;
    }
    if (size == keys.length) grow();
    int end = size == 0 ? 0 : ends[size - 1];
    for (int j = 0; j < known.size(); j++) {
      if (p[from + j] < LEAST) continue;
      if (end == labels.length) {
        labels = Arrays.copyOf(labels, 2 * end);
        probabilities = Arrays.copyOf(probabilities, 2 * end);
      }
      labels[end] = id(known.get(j));
      probabilities[end++] = p[from + j];
    }
    keys[size] = key;
    given[size] = id(label);
    confidences[size] = p[from + place];
    ends[size++] = end;
    return p[from + place];
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * size);
    given = Arrays.copyOf(given, 2 * size);
    confidences = Arrays.copyOf(confidences, 2 * size);
    ends = Arrays.copyOf(ends, 2 * size);
  }

  private int id(String label) {
    Integer id = ids.putIfAbsent(label, ids.size());
    return id == null ? ids.size() - 1 : id;
  }

  /** How many items can be judged. */
  public int size() {
    return size;
  }

  /** How many items have a label that their model does not know. */
  public long unjudged() {
    return unjudged;
  }

  /** The labels in the order of the ids that they have here. */
  List<String> labels() {
    return new ArrayList<>(ids.keySet());
  }

  long key(int item) {
    return keys[item];
  }

  int given(int item) {
    return given[item];
  }

  /** The probability of the given label. */
  float confidence(int item) {
    return confidences[item];
  }

  void probabilities(int item, Taker taker) {
    for (int at = item == 0 ? 0 : ends[item - 1]; at < ends[item]; at++)
      taker.take(labels[at], probabilities[at]);
  }
}
