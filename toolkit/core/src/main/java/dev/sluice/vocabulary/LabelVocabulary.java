package dev.sluice.vocabulary;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The labels of the training split and their ids from 0: {@code O} first if it is there, then by code point, so that the order in
 * which sentences come makes no difference. Immutable and safe for many threads.
 */
public final class LabelVocabulary {
  /** What {@link #id(String)} gives for a label that was not in the training split. */
  public static final int MISSING = -1;

  private static final String OUTSIDE = "O";

  private final List<String> labels;
  private final Map<String, Integer> ids = new HashMap<>();

  private LabelVocabulary(List<String> labels) {
    this.labels = List.copyOf(labels);
    for (String label : labels) ids.put(label, ids.size());
  }

  /**
   * The different ones among these labels.
   *
   * @throws SluiceException LAB-101 for a label that is empty, longer than 1,000 characters or no valid Unicode
   */
  public static LabelVocabulary of(Collection<String> labels) {
    List<String> different = new ArrayList<>(new LinkedHashSet<>(labels));
    for (String label : different) {
      if (!Entries.canHold(label)) {
        throw SluiceException.usage(
            "LAB-101",
            Location.of("training split"),
            "a label of %d characters, expected 1 to %d, all valid Unicode"
                .formatted(label.length(), Entries.LONGEST),
            "check which column or field holds the labels");
      }
    }
    different.sort(LabelVocabulary::order);
    return new LabelVocabulary(different);
  }

  private static int order(String a, String b) {
    int outsideFirst = Boolean.compare(b.equals(OUTSIDE), a.equals(OUTSIDE));
    return outsideFirst != 0 ? outsideFirst : CodePointOrder.compare(a, b);
  }

  /** The number of labels. */
  public int size() {
    return labels.size();
  }

  /** The labels in the order of their ids. */
  public List<String> labels() {
    return labels;
  }

  /** The label of an id from 0 to {@link #size} - 1. */
  public String label(int id) {
    return labels.get(id);
  }

  /** The id of a label, or {@link #MISSING}. */
  public int id(String label) {
    return ids.getOrDefault(label, MISSING);
  }

  /** The id of a label, or {@link #MISSING}, which is counted. */
  public int id(String label, LabelMisses misses) {
    int id = id(label);
    if (id == MISSING) misses.add(label);
    return id;
  }

  /** The labels as they stand in a model file; equal vocabularies give equal bytes. */
  public byte[] toBytes() {
    return Entries.write(labels.stream().map(label -> new Entries.Entry(label, 0)).toList());
  }

  /**
   * The labels that gave these bytes.
   *
   * @param where the part of the model file, for messages
   * @throws SluiceException MOD-101 to MOD-106: cut off, damaged, or not in order
   */
  public static LabelVocabulary fromBytes(byte[] bytes, Location where) {
    List<String> labels = new ArrayList<>();
    for (Entries.Entry entry : Entries.read(bytes, where)) {
      int id = labels.size();
      if (entry.number() != 0) {
        throw Entries.corrupt("MOD-102", where, "the label of id %d has a count".formatted(id));
      }
      if (id > 0 && order(labels.get(id - 1), entry.text()) >= 0) {
        throw Entries.corrupt(
            "MOD-106", where, "the labels of ids %d and %d are not in order".formatted(id - 1, id));
      }
      labels.add(entry.text());
    }
    return new LabelVocabulary(labels);
  }
}
