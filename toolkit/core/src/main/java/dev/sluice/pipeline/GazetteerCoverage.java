package dev.sluice.pipeline;

import dev.sluice.data.Sentence;
import dev.sluice.feature.Gazetteer;
import dev.sluice.label.Span;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.SpanCoverage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What the gazetteer of an input finds in the training split.
 *
 * @param input the number of the input in the config, counted from 0
 * @param file the file of the gazetteer as the config names it
 * @param phrases how many of its phrases are found, of all
 * @param tokens how many tokens lie in a phrase, of all
 * @param spans the gold spans that coincide with a phrase; none when the task has no spans
 */
public record GazetteerCoverage(
    int input, Path file, Ratio phrases, Ratio tokens, SpanCoverage spans) {

  /**
   * Looks for the phrases in the training split.
   *
   * @param gold the gold spans of a sentence by its place in the split
   */
  static GazetteerCoverage of(
      int input,
      Path file,
      Gazetteer gazetteer,
      List<Sentence> train,
      IntFunction<List<Span>> gold) {
    Set<String> found = new HashSet<>();
    SpanCoverage spans = new SpanCoverage();
    long covered = 0, tokens = 0;
    for (int i = 0; i < train.size(); i++) {
      List<String> words = train.get(i).words();
      List<Span> matches = gazetteer.matches(words);
      for (Span match : matches) {
        found.add(gazetteer.form(words.subList(match.start(), match.end())));
        covered += match.end() - match.start();
      }
      tokens += words.size();
      spans.add(gold.apply(i), matches);
    }
    return new GazetteerCoverage(
        input, file, new Ratio(found.size(), gazetteer.size()), new Ratio(covered, tokens), spans);
  }

  /** The counts as a model keeps them. */
  SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    put(facts, "phrases", phrases);
    put(facts, "tokens", tokens);
    put(facts, "spans", spans.covered());
    return facts;
  }

  private void put(SortedMap<String, String> facts, String what, Ratio ratio) {
    String key = "inputs." + input + "." + what;
    facts.put(key, String.valueOf(ratio.whole()));
    facts.put(key + ".found", String.valueOf(ratio.part()));
  }
}
