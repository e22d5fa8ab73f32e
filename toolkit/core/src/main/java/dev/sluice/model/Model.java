package dev.sluice.model;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.network.Dropping;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelMisses;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The trained artefact: how text becomes ids, the network, and what its label ids mean. Once its weights are final it is immutable and safe for many
 * threads; each call borrows a workspace from a bounded pool.
 */
public final class Model {
  /** Sentences that go through the network at a time when many are tagged. */
  public static final int BATCH = 32;

  /** Tokens that go through the network at a time when many sentences are tagged; a longer sentence goes alone. */
  private static final int ROWS = 2048;

  /** Numbers in a workspace that may stay in the pool; a larger one, made for a very long sentence, is let go. */
  private static final long KEPT = 1 << 24;

  private final String task;
  private final TextPipeline text;
  private final Vocabulary words;
  private final LabelVocabulary labels;
  private final TagScheme scheme;
  private final Network network;
  private final ArrayBlockingQueue<Desk> idle;

  /** What one thread works with. */
  private static final class Desk {
    final Workspace workspace;
    final SoftmaxLoss loss;
    final float[] scores; // of one row

    Desk(Network network) {
      scores = new float[network.shape().labels()];
      workspace = network.workspace(false);
      loss = new SoftmaxLoss(network);
    }
  }

  /**
   * Label ids of a sentence, one per token or one in all, with the probability of each and, when asked for, of every label.
   *
   * @param labels the chosen label ids
   * @param probabilities the probability of each chosen label
   * @param all the probability of every label, [labels.length, L]; empty unless asked for
   */
  public record Prediction(int[] labels, float[] probabilities, float[] all) {}

  /**
   * Puts the parts together.
   *
   * @param task the task as the config names it
   * @param scheme how labels spell spans; PLAIN when they do not
   */
  public Model(
      String task,
      TextPipeline text,
      Vocabulary words,
      LabelVocabulary labels,
      TagScheme scheme,
      Network network) {
    this.task = task;
    this.text = text;
    this.words = words;
    this.labels = labels;
    this.scheme = scheme;
    this.network = network;
    if (network.shape().labels() != labels.size()) {
      throw new IllegalArgumentException(
          "the network gives "
              + network.shape().labels()
              + " scores but there are "
              + labels.size()
              + " labels");
    }
    idle = new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
  }

  /** The task as the config names it. */
  public String task() {
    return task;
  }

  /** How raw text becomes tokens. */
  public TextPipeline text() {
    return text;
  }

  /** The words that are known. */
  public Vocabulary words() {
    return words;
  }

  /** The labels. */
  public LabelVocabulary labels() {
    return labels;
  }

  /** The names of the labels in the order of their ids. */
  public List<String> labelNames() {
    return labels.labels();
  }

  /** How labels spell spans. */
  public TagScheme scheme() {
    return scheme;
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** Whether it gives one label per sentence. */
  public boolean perSentence() {
    return network.shape().pooling() != null;
  }

  /** Brings the network's packed weights up to date; needed after every change of the weights and before the first use. */
  public void pack() {
    network.pack(Kernels.create(), false);
  }

  /**
   * A sentence as ids.
   *
   * @param id which sentence of its data set it is
   * @param tokens the surface forms, at least one
   * @param counts takes the step at which each word was found
   */
  public Example encode(long id, List<String> tokens, LookupCounts counts) {
    return encode(id, tokens, List.of(), Optional.empty(), counts, new LabelMisses());
  }

  /** The same with the right answer; a label that the model does not know becomes -1 and is counted. */
  public Example encode(
      long id,
      List<String> tokens,
      List<String> tags,
      Optional<String> intent,
      LookupCounts counts,
      LabelMisses misses) {
    int[] ids = new int[tokens.size()];
    for (int t = 0; t < ids.length; t++) ids[t] = words.id(text.normalize(tokens.get(t)), counts);
    int[][] inputs = new int[network.shape().inputs().size()][];
    Arrays.fill(inputs, ids);
    int[] tagIds = new int[perSentence() ? 0 : tags.size()];
    for (int t = 0; t < tagIds.length; t++) tagIds[t] = labels.id(tags.get(t), misses);
    int label =
        perSentence() && intent.isPresent()
            ? labels.id(intent.get(), misses)
            : LabelVocabulary.MISSING;
    return new Example(id, inputs, tagIds, label);
  }

  /** Labels one sentence. */
  public Prediction predict(Example example, boolean all) {
    Prediction[] results = new Prediction[1];
    predict(new Example[] {example}, 0, 1, all, results);
    return results[0];
  }

  /**
   * Labels many sentences, in batches of similar length.
   *
   * @param workers the threads to use
   * @return a prediction per example, in their order
   */
  public Prediction[] predict(Example[] examples, boolean all, Workers workers) {
    Integer[] order = new Integer[examples.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt(i -> -examples[i].length()));
    Example[] sorted = new Example[examples.length];
    Arrays.setAll(sorted, i -> examples[order[i]]);
    Prediction[] found = new Prediction[examples.length];
    int[] borders = borders(sorted);
    workers.run(borders.length - 1, b -> predict(sorted, borders[b], borders[b + 1], all, found));
    Prediction[] results = new Prediction[examples.length];
    for (int i = 0; i < order.length; i++) results[order[i]] = found[i];
    return results;
  }

  /**
   * Labels one sentence given by its surface forms.
   *
   * @param tokens at least one, none of them empty
   * @param all whether the probability of every label is wanted
   */
  public Prediction predict(List<String> tokens, boolean all) {
    return predict(encode(0, tokens, new LookupCounts()), all);
  }

  /**
   * Labels many sentences given by their surface forms, in batches of similar length.
   *
   * @param sentences at least one token each
   * @param threads how many threads to use, at least 1; the result does not depend on it
   * @return a prediction per sentence, in their order
   */
  public List<Prediction> predictAll(List<List<String>> sentences, boolean all, int threads) {
    if (threads < 1)
      throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
    Example[] examples = new Example[sentences.size()];
    Arrays.setAll(examples, i -> encode(i, sentences.get(i), new LookupCounts()));
    try (Workers workers = new Workers(threads)) {
      return List.of(predict(examples, all, workers));
    }
  }

  /** Where batches begin and end: each has at most {@link #BATCH} sentences and, unless it is a single one, at most {@link #ROWS} tokens. */
  private static int[] borders(Example[] sorted) {
    int[] borders = new int[sorted.length + 1];
    int batches = 0;
    long rows = 0;
    for (int i = 0; i < sorted.length; i++) {
      rows += sorted[i].length();
      if (i > 0 && (i - borders[batches] == BATCH || rows > ROWS)) {
        borders[++batches] = i;
        rows = sorted[i].length();
      }
    }
    if (sorted.length > 0) borders[++batches] = sorted.length;
    return Arrays.copyOf(borders, batches + 1);
  }

  private void predict(Example[] examples, int from, int to, boolean all, Prediction[] results) {
    Desk desk = idle.poll();
    if (desk == null) desk = new Desk(network);
    Workspace ws = desk.workspace;
    ws.batch().fill(examples, from, 1, to);
    ws.allowTwoThreads(examples.length == 1);
    network.forward(ws, Dropping.NONE);
    for (int i = 0; i < to - from; i++) results[from + ws.batch().place(i)] = read(desk, i, all);
    // not in a finally: after a failure, or when abandoned, another thread may still write to the
    // desk
    if (ws.mayBeUsedAgain() && ws.size() <= KEPT) idle.offer(desk);
  }

  private Prediction read(Desk desk, int sentence, boolean all) {
    Workspace ws = desk.workspace;
    int n = perSentence() ? 1 : ws.batch().length(sentence), L = labels.size();
    int[] chosen = new int[n];
    float[] probabilities = new float[n];
    float[] every = all ? new float[n * L] : desk.scores;
    for (int t = 0; t < n; t++) {
      int row = perSentence() ? sentence : ws.batch().start(t) + sentence, at = all ? t * L : 0;
      chosen[t] = desk.loss.best(ws, row);
      desk.loss.probabilities(ws, row, every, at);
      probabilities[t] = every[at + chosen[t]];
    }
    return new Prediction(chosen, probabilities, all ? every : new float[0]);
  }

  /** The labels of a prediction in words. */
  public List<String> labels(Prediction prediction) {
    return Arrays.stream(prediction.labels()).mapToObj(labels::label).toList();
  }
}
