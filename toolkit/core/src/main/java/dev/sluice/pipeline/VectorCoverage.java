package dev.sluice.pipeline;

import dev.sluice.embedding.Coverage;
import dev.sluice.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the words of the training split were found among the pretrained vectors of an input.
 *
 * @param input the number of the input in the config, counted from 0
 * @param file the vector file as the config names it
 * @param words how the words were found
 */
public record VectorCoverage(int input, Path file, Coverage words) {

  /** The running words by the form in which they were found, as a model keeps them. */
  SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    for (Vocabulary.Step step : Vocabulary.Step.values())
      facts.put(
          "inputs." + input + ".words." + Preparation.name(step),
          String.valueOf(words.tokens().count(step)));
    return facts;
  }
}
