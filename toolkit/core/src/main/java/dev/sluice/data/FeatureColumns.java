package dev.sluice.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers the features of one sentence token by token: a list of values for each name. */
final class FeatureColumns {
  private final List<DataConfig.FeatureColumn> columns;
  private final List<List<String>> values = new ArrayList<>();

  FeatureColumns(List<DataConfig.FeatureColumn> columns) {
    this.columns = columns;
    for (int i = 0; i < columns.size(); i++) values.add(new ArrayList<>());
  }

  /** Adds the next token's value, or those of the whole sentence one by one. */
  void add(int column, String value) {
    values.get(column).add(value);
  }

  /** The sentence with these features. */
  Sentence addTo(Sentence sentence) {
    if (columns.isEmpty()) return sentence;
    Map<String, List<String>> features = new TreeMap<>();
    for (int i = 0; i < columns.size(); i++) features.put(columns.get(i).name(), values.get(i));
    return sentence.withFeatures(features);
  }
}
