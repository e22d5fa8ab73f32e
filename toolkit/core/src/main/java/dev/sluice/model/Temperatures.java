package dev.sluice.model;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Workers;
import dev.sluice.loss.LabelLikelihood;
import dev.sluice.loss.Likelihood;
import dev.sluice.loss.PrefixLikelihood;
import dev.sluice.loss.SequenceLikelihood;
import dev.sluice.loss.TemperatureFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Temperatures fitted on labelled sentences, one for the labels of tokens and one for those of sentences. The network runs once; its scores are kept in memory, at most
 * {@link #MOST} of them: where there are more, every n-th sentence is taken, with the smallest n that will do.
 *
 * @param tokens that of the labels of tokens, if the model gives any
 * @param sentence that of the labels of sentences, if the model gives any
 */
public record Temperatures(Optional<TemperatureFit> tokens, Optional<TemperatureFit> sentence) {
  /** The most scores that are kept, 64 MiB of them; one number needs no more. */
  static final long MOST = 1 << 24;

  /**
   * Fits them.
   *
   * @param gold sentences with a label id per token, -1 where the model does not know the label, and with their own label ids, none where it does not know one of them
   * @param workers the threads to use; the result does not depend on their number
   */
  public static Temperatures fit(Model model, Example[] gold, Workers workers) {
    return new Temperatures(
        model.outputs().tokens().map(t -> ofTokens(model, gold, workers)),
        model.outputs().sentence().map(s -> ofSentences(model, s, gold, workers)));
  }

  private static TemperatureFit ofTokens(Model model, Example[] gold, Workers workers) {
    List<Example> usable = new ArrayList<>();
    long scores = 0;
    for (Example e : gold) {
      boolean known = Arrays.stream(e.labels()).allMatch(id -> id >= 0);
      if (!known || !model.moves().legal(e.labels(), e.length())) continue;
      usable.add(e);
      scores += (long) e.length() * model.tokenLabels().size();
    }
    Example[] taken = some(usable, scores, MOST);
    float[][] emissions = new float[taken.length][];
    model.score(taken, workers, (ws, i, n) -> emissions[n] = model.tokenScores(ws, i));
    int[][] labels = Arrays.stream(taken).map(Example::labels).toArray(int[][]::new);
    Likelihood likelihood =
        model.network().followsLabels()
            ? new PrefixLikelihood(model.moves(), emissions, labels)
            : new SequenceLikelihood(model.network(), model.moves(), emissions, labels);
    return TemperatureFit.of(likelihood, gold.length - usable.size(), workers);
  }

  private static TemperatureFit ofSentences(
      Model model, Outputs.Sentence output, Example[] gold, Workers workers) {
    List<Example> usable = Arrays.stream(gold).filter(e -> e.intents().length > 0).toList();
    Example[] taken = some(usable, (long) usable.size() * output.labels().size(), MOST);
    float[][] scores = new float[taken.length][];
    model.score(taken, workers, (ws, i, n) -> scores[n] = model.sentenceScores(ws, i));
    int[][] labels = Arrays.stream(taken).map(Example::intents).toArray(int[][]::new);
    return TemperatureFit.of(
        new LabelLikelihood(output.several(), scores, labels),
        gold.length - usable.size(),
        workers);
  }

  /** Every n-th example, so that at most so many of all scores are left, or one example. */
  static Example[] some(List<Example> all, long scores, long most) {
    int n = (int) Math.max(1, Math.min(Integer.MAX_VALUE, (scores + most - 1) / most));
    List<Example> taken = new ArrayList<>();
    for (long i = 0; i < all.size(); i += n) taken.add(all.get((int) i));
    return taken.toArray(Example[]::new);
  }

  /** What the temperatures are, 1 where there is none. */
  public Outputs in(Outputs outputs) {
    return outputs.withTemperatures(
        tokens.map(TemperatureFit::temperature).orElse(1.0),
        sentence.map(TemperatureFit::temperature).orElse(1.0));
  }
}
