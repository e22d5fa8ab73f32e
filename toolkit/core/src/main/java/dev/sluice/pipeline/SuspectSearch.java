package dev.sluice.pipeline;

import dev.sluice.data.Dataset;
import dev.sluice.loss.SentenceConfig;
import dev.sluice.metric.ConfidentJoint;
import dev.sluice.metric.GivenLabels;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Collects what models say of sentences that they had not seen, and finds the labels among them that may be wrong. */
final class SuspectSearch {
  private final SluiceConfig config;
  private final Dataset data;
  private final GivenLabels tokens = new GivenLabels();
  private final GivenLabels sentences = new GivenLabels();
  private final double[] lowest; // probability of a given label of a token, by sentence

  SuspectSearch(SluiceConfig config, Dataset data) {
    this.config = config;
    this.data = data;
    lowest = new double[data.size()];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
  }

  /** Whether a sentence has a label that stands for itself; where it may have several at a time, no label excludes another. */
  private boolean oneIntent() {
    return config.task().labelsSentences()
        && config.sentence().type() == SentenceConfig.Type.SOFTMAX;
  }

  /**
   * Adds a sentence.
   *
   * @param place its place in the data
   * @param gold its labels, those of tokens spelled as the model spells them
   * @param found what the model says, with the probability of every label
   */
  void add(int place, HeldOut gold, Model model, Prediction found) {
    if (found.tokens().isPresent()) {
      List<String> known = model.tokenLabels();
      float[] p = found.tokens().get().all();
      for (int t = 0; t < gold.tokens().size(); t++) {
        String label = gold.tokens().get(t).gold();
        float confidence = tokens.add(key(place, t), label, known, p, t * known.size());
        if (confidence < lowest[place]) lowest[place] = confidence;
      }
    }
    if (found.sentence().isPresent() && oneIntent()) {
      String label = Preparation.learnedIntents(config, gold.sentence()).get(0);
      float[] p = found.sentence().get().probabilities();
      sentences.add(key(place, 0), label, model.sentenceLabels(), p, 0);
    }
  }

  private static long key(int place, int token) {
    return ((long) place << Integer.SIZE) | token;
  }

  Suspects result() {
    Optional<ConfidentJoint> ofTokens =
        config.task().labelsTokens() ? Optional.of(ConfidentJoint.of(tokens)) : Optional.empty();
    Optional<ConfidentJoint> ofSentences =
        oneIntent() ? Optional.of(ConfidentJoint.of(sentences)) : Optional.empty();
    List<Suspects.Suspect> all = new ArrayList<>();
    ofTokens.ifPresent(
        joint -> {
          for (ConfidentJoint.Suspect found : joint.suspects()) {
            int place = (int) (found.key() >> Integer.SIZE);
            all.add(suspect(place, OptionalInt.of((int) found.key()), found, lowest[place]));
          }
        });
    ofSentences.ifPresent(
        joint -> {
          for (ConfidentJoint.Suspect found : joint.suspects()) {
            int place = (int) (found.key() >> Integer.SIZE);
            all.add(suspect(place, OptionalInt.empty(), found, found.confidence()));
          }
        });
    all.sort(Comparator.comparingDouble(suspect -> suspect.found().confidence())); // stable
    return new Suspects(ofTokens, ofSentences, all);
  }

  private Suspects.Suspect suspect(
      int place, OptionalInt token, ConfidentJoint.Suspect found, double score) {
    return new Suspects.Suspect(place + 1, data.sentences().get(place), token, found, score);
  }
}
