package dev.sluice.model;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.LabelPath;
import dev.sluice.loss.Moves;
import dev.sluice.loss.SentenceDecoder;
import dev.sluice.loss.SpanQuery;
import dev.sluice.loss.TokenDecoder;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.model.Prediction.ScoredSpan;
import dev.sluice.network.Dropping;
import dev.sluice.network.Emissions;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelMisses;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;

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

  /** Floats that a chain keeps per token and label: eight arrays of doubles. */
  private static final long CHAIN = 16;

  private static final int[] NONE = {};

  private final String task;
  private final InputEncoder inputs;
  private final Outputs outputs;
  private final Network network;
  private final Moves moves; // null without labels of tokens
  private final SpanQuery spans; // null unless labels spell spans
  private final ArrayBlockingQueue<Desk> idle;

  /** What one thread works with. */
  private static final class Desk {
    final Workspace workspace;
    final TokenDecoder tokens; // null without labels of tokens
    final SentenceDecoder sentence; // null without labels of sentences
    long longest; // numbers that the chain's scratch has taken so far, in floats

    Desk(Model model) {
      workspace = model.network.workspace(false);
      tokens =
          model.moves == null
              ? null
              : TokenDecoder.of(
                  model.network,
                  model.moves,
                  model.spans,
                  model.outputs.tokens().orElseThrow().temperature(),
                  model.outputs.tokens().orElseThrow().beam());
      sentence =
          model
              .outputs
              .sentence()
              .map(s -> new SentenceDecoder(s.labels().size(), s.several()))
              .orElse(null);
    }
  }

  /**
   * Puts the parts together.
   *
   * @param task the task as the config names it
   * @throws IllegalArgumentException when the parts do not fit together
   * @throws dev.sluice.config.SluiceException LAB-102 when the scheme allows no sequence of these labels
   */
  public Model(String task, InputEncoder inputs, Outputs outputs, Network network) {
    this.task = task;
    this.inputs = inputs;
    this.outputs = outputs;
    this.network = network;
    int tokens = outputs.tokens().map(t -> t.labels().size()).orElse(0);
    int sentence = outputs.sentence().map(s -> s.labels().size()).orElse(0);
    requireSame("labels of tokens", network.shape().tokens().map(t -> t.labels()), tokens);
    requireSame("labels of sentences", network.shape().sentence().map(s -> s.labels()), sentence);
    requireSame("inputs", Optional.of(network.shape().channels()), inputs.channels().size());
    requireSame(
        "language models", Optional.of(network.shape().languages()), inputs.languages().size());
    moves = outputs.tokens().map(Model::moves).orElse(null);
    spans =
        outputs
            .tokens()
            .filter(t -> t.scheme().hasSpans())
            .map(t -> new SpanQuery(t.scheme(), t.labels().labels()))
            .orElse(null);
    idle = new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
  }

  private static Moves moves(Outputs.Tokens output) {
    return output.constrained()
        ? Moves.of(output.scheme(), output.labels().labels())
        : Moves.free(output.labels().size());
  }

  private static void requireSame(String what, Optional<Integer> inNetwork, int here) {
    if (inNetwork.orElse(0) == here) return;
    throw new IllegalArgumentException(
        "the network has " + inNetwork.orElse(0) + " " + what + ", but there are " + here);
  }

  /** The same weights, shared, with other outputs: temperatures or thresholds. */
  public Model withOutputs(Outputs other) {
    return new Model(task, inputs, other, network);
  }

  /** The task as the config names it. */
  public String task() {
    return task;
  }

  /** How tokens become numbers. */
  public InputEncoder inputs() {
    return inputs;
  }

  /** What the label ids mean. */
  public Outputs outputs() {
    return outputs;
  }

  /** How raw text becomes tokens. */
  public TextPipeline text() {
    return inputs.text();
  }

  /** The words of the training split. */
  public Vocabulary words() {
    return inputs.words();
  }

  /** Whether tokens get labels. */
  public boolean labelsTokens() {
    return outputs.tokens().isPresent();
  }

  /** Whether sentences get labels. */
  public boolean labelsSentences() {
    return outputs.sentence().isPresent();
  }

  /** The names of the labels of tokens in the order of their ids; none when tokens get no labels. */
  public List<String> tokenLabels() {
    return outputs.tokens().map(t -> t.labels().labels()).orElse(List.of());
  }

  /** The names of the labels of sentences in the order of their ids; none when sentences get no labels. */
  public List<String> sentenceLabels() {
    return outputs.sentence().map(s -> s.labels().labels()).orElse(List.of());
  }

  /** How the labels of tokens spell spans; PLAIN when they do not. */
  public TagScheme scheme() {
    return outputs.tokens().map(Outputs.Tokens::scheme).orElse(TagScheme.PLAIN);
  }

  /** Which label of a token may follow which; null when tokens get no labels. */
  public Moves moves() {
    return moves;
  }

  /** The network. */
  public Network network() {
    return network;
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
   * @param features further columns of the data by name, a value per token each
   * @param counts takes the step at which each word was found
   * @throws IllegalArgumentException when one of {@link InputEncoder#features} is not given, or not with a value for each token
   */
  public Example encode(
      long id, List<String> tokens, Map<String, List<String>> features, LookupCounts counts) {
    return encode(id, tokens, features, counts, true);
  }

  /**
   * The same of a part of a sentence, for a network that has read what is before it.
   *
   * @param begins whether the sentence begins with it
   */
  Example encode(
      long id,
      List<String> tokens,
      Map<String, List<String>> features,
      LookupCounts counts,
      boolean begins) {
    return new Example(
        id,
        inputs.ids(tokens, features, counts),
        inputs.spellings(tokens),
        inputs.passages(id, tokens, begins),
        NONE,
        NONE);
  }

  /**
   * The same sentence with the right answer; a label that the model does not know becomes -1 and is counted.
   *
   * @param tags a label per token in the model's scheme; of no interest when tokens get no labels
   * @param intents the labels of the sentence; of no interest when sentences get none
   */
  public Example withLabels(
      Example example, List<String> tags, Collection<String> intents, LabelMisses misses) {
    int[] tagIds = outputs.tokens().map(t -> ids(t.labels(), tags, misses)).orElse(NONE);
    int[] intentIds =
        outputs
            .sentence()
            .map(s -> Arrays.stream(ids(s.labels(), intents, misses)).filter(i -> i >= 0).toArray())
            .orElse(NONE);
    return new Example(
        example.id(), example.inputs(), example.spellings(), example.passages(), tagIds, intentIds);
  }

  private static int[] ids(LabelVocabulary labels, Collection<String> names, LabelMisses misses) {
    return names.stream().mapToInt(name -> labels.id(name, misses)).toArray();
  }

  /** Labels one sentence. */
  public Prediction predict(Example example, Detail detail) {
    return onDesk(new Example[] {example}, 0, 1, desk -> read(desk, 0, detail));
  }

  /**
   * Labels many sentences, in batches of similar length.
   *
   * @param workers the threads to use
   * @return a prediction per example, in their order
   */
  public Prediction[] predict(Example[] examples, Detail detail, Workers workers) {
    Prediction[] results = new Prediction[examples.length];
    each(examples, workers, (desk, i, example) -> results[example] = read(desk, i, detail));
    return results;
  }

  /** Reads what the network has made of a sentence. */
  @FunctionalInterface
  interface Reader<T> {
    /** Sentence i of the batch at hand is number {@code example} of those that were given. */
    void read(T from, int i, int example);
  }

  /** Sends many sentences through the network, in batches of similar length, and has the scores of each read; readers run on several threads at a time. */
  void score(Example[] examples, Workers workers, Reader<Workspace> reader) {
    each(examples, workers, (desk, i, example) -> reader.read(desk.workspace, i, example));
  }

  private void each(Example[] examples, Workers workers, Reader<Desk> reader) {
    Integer[] order = new Integer[examples.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt(i -> -examples[i].length()));
    Example[] sorted = new Example[examples.length];
    Arrays.setAll(sorted, i -> examples[order[i]]);
    int[] borders = borders(sorted);
    workers.run(
        borders.length - 1,
        b ->
            onDesk(
                sorted,
                borders[b],
                borders[b + 1],
                desk -> {
                  for (int i = 0; i < borders[b + 1] - borders[b]; i++)
                    reader.read(desk, i, order[borders[b] + desk.workspace.batch().place(i)]);
                  return null;
                }));
  }

  /** The label scores of the tokens of sentence i, [T,L]. */
  float[] tokenScores(Workspace ws, int i) {
    int T = ws.batch().length(i), L = tokenLabels().size();
    float[] scores = new float[T * L];
    for (int t = 0; t < T; t++) {
      int row = ws.batch().row(t, i) * ws.tokens().ld();
      System.arraycopy(ws.tokens().scores(), row, scores, t * L, L);
    }
    return scores;
  }

  /** The label scores of sentence i, [L]. */
  float[] sentenceScores(Workspace ws, int i) {
    int at = i * ws.sentence().ld();
    return Arrays.copyOfRange(ws.sentence().scores(), at, at + sentenceLabels().size());
  }

  /**
   * Labels one sentence given by its surface forms.
   *
   * @param tokens at least one, none of them empty
   * @param features further columns by name, a value per token each
   * @throws IllegalArgumentException as {@link #encode} does
   */
  public Prediction predict(
      List<String> tokens, Map<String, List<String>> features, Detail detail) {
    return predict(encode(0, tokens, features, new LookupCounts()), detail);
  }

  /**
   * Labels many sentences given by their surface forms, in batches of similar length.
   *
   * @param sentences at least one token each
   * @param features further columns of each sentence by name, a value per token each
   * @param threads how many threads to use, at least 1; the result does not depend on it
   * @return a prediction per sentence, in their order
   * @throws IllegalArgumentException as {@link #encode} does
   */
  public List<Prediction> predictAll(
      List<List<String>> sentences,
      List<Map<String, List<String>>> features,
      Detail detail,
      int threads) {
    if (threads < 1)
      throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
    Example[] examples = new Example[sentences.size()];
    Arrays.setAll(examples, i -> encode(i, sentences.get(i), features.get(i), new LookupCounts()));
    try (Workers workers = new Workers(threads)) {
      return List.of(predict(examples, detail, workers));
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

  /** Sends examples through the network and lets the results be read. */
  private <T> T onDesk(Example[] examples, int from, int to, Function<Desk, T> read) {
    Desk desk = idle.poll();
    if (desk == null) desk = new Desk(this);
    Workspace ws = desk.workspace;
    ws.batch().fill(examples, from, 1, to);
    ws.allowTwoThreads(examples.length == 1);
    network.forward(ws, Dropping.NONE);
    T result = read.apply(desk);
    // not in a finally: after a failure, or when abandoned, another thread may still write to the
    // desk
    if (ws.mayBeUsedAgain() && ws.size() + desk.longest <= KEPT) idle.offer(desk);
    return result;
  }

  private Prediction read(Desk desk, int sentence, Detail detail) {
    return new Prediction(
        outputs.tokens().map(t -> readTokens(desk, sentence, t, detail)),
        outputs.sentence().map(s -> readSentence(desk, sentence, s)));
  }

  private static Prediction.Tokens readTokens(
      Desk desk, int sentence, Outputs.Tokens output, Detail detail) {
    TokenDecoder decoder = desk.tokens;
    decoder.read(desk.workspace, sentence);
    int[] labels = decoder.best();
    desk.longest = Math.max(desk.longest, CHAIN * labels.length * output.labels().size());
    boolean holdsBack = !output.thresholds().isEmpty();
    if (detail == Detail.LABELS && !holdsBack) return labelsAlone(labels);
    List<ScoredSpan> spans = new ArrayList<>(), rejected = new ArrayList<>();
    for (Span span : output.scheme().spans(names(output.labels(), labels))) {
      double p = decoder.probability(span);
      boolean tooLow = holdsBack && !(p >= output.thresholds().get(span.type()));
      (tooLow ? rejected : spans).add(new ScoredSpan(span, p));
    }
    int outside = output.labels().id(Outputs.Tokens.OUTSIDE);
    for (ScoredSpan r : rejected)
      Arrays.fill(labels, r.span().start(), r.span().end(), outside); // others stay what they are
    if (detail == Detail.LABELS) return labelsAlone(labels);
    int T = labels.length, L = output.labels().size();
    float[] probabilities = new float[T];
    for (int t = 0; t < T; t++) probabilities[t] = (float) decoder.marginal(t, labels[t]);
    boolean everything = detail == Detail.ALL;
    float[] all = new float[everything ? T * L : 0];
    for (int at = 0; at < all.length; at++) all[at] = (float) decoder.marginal(at / L, at % L);
    return new Prediction.Tokens(
        labels,
        probabilities,
        all,
        spans,
        rejected,
        decoder.logProbability(labels),
        everything ? decoder.entropy() : OptionalDouble.empty());
  }

  private static Prediction.Tokens labelsAlone(int[] labels) {
    float[] none = {};
    return new Prediction.Tokens(
        labels, none, none, List.of(), List.of(), Double.NaN, OptionalDouble.empty());
  }

  /**
   * The k most probable label sequences of a sentence given by its surface forms, best first; fewer when there are not so many. No span is held back in them.
   *
   * @param features further columns by name, a value per token each
   * @throws IllegalStateException when tokens get no labels
   * @throws IllegalArgumentException as {@link #encode} does
   */
  public List<Prediction.Ranked> best(
      List<String> tokens, Map<String, List<String>> features, int k) {
    if (moves == null) throw new IllegalStateException("this model gives tokens no labels");
    Example[] one = {encode(0, tokens, features, new LookupCounts())};
    return onDesk(
        one,
        0,
        1,
        desk -> {
          desk.tokens.read(desk.workspace, 0);
          List<Prediction.Ranked> ranked = new ArrayList<>();
          for (LabelPath path : desk.tokens.best(k)) {
            double[] conditionals = desk.tokens.conditionals(path.labels());
            ranked.add(new Prediction.Ranked(path.labels(), conditionals, path.logProbability()));
          }
          return ranked;
        });
  }

  private static Prediction.Sentence readSentence(
      Desk desk, int sentence, Outputs.Sentence output) {
    Emissions emissions = desk.workspace.sentence();
    float[] p = new float[output.labels().size()];
    desk.sentence.probabilities(emissions, sentence, output.temperature(), p);
    int at = sentence * emissions.ld();
    float[] scores = emissions.scores(); // they decide: no temperature makes two of them equal
    int best = 0;
    for (int j = 1; j < p.length; j++) if (scores[at + j] > scores[at + best]) best = j;
    List<Integer> given = new ArrayList<>();
    for (int j = 0; output.several() && j < p.length; j++) if (scores[at + j] >= 0) given.add(j);
    if (given.isEmpty()) given.add(best);
    given.sort(Comparator.comparingDouble((Integer j) -> -scores[at + j]));
    List<Integer> accepted = given.stream().filter(j -> accepts(output, j, p[j])).toList();
    List<Integer> labels = accepted.isEmpty() ? given : accepted;
    return new Prediction.Sentence(
        labels.stream().mapToInt(Integer::intValue).toArray(), p, !accepted.isEmpty());
  }

  private static boolean accepts(Outputs.Sentence output, int label, float p) {
    return output.thresholds().isEmpty()
        || p >= output.thresholds().get(output.labels().label(label));
  }

  /** The labels of the tokens in words; none when tokens get no labels. */
  public List<String> tags(Prediction prediction) {
    return prediction
        .tokens()
        .map(t -> names(outputs.tokens().orElseThrow().labels(), t.labels()))
        .orElse(List.of());
  }

  /** The labels of the sentence in words, the most probable first, also when they are rejected; none when sentences get no labels. */
  public List<String> intents(Prediction prediction) {
    return prediction
        .sentence()
        .map(s -> names(outputs.sentence().orElseThrow().labels(), s.labels()))
        .orElse(List.of());
  }

  /**
   * The intents of a sentence, each with its own probability, in the order of its labels. A label that names several intents, such as {@code flight#fare}, is taken
   * apart, and each of them is as probable as all labels together that name it.
   */
  public Map<String, Double> intentProbabilities(Prediction.Sentence found) {
    return IntentProbabilities.of(outputs.sentence().orElseThrow(), found);
  }

  /** The labels of the sentence as one label of the data, with the separator between several; empty when there is none. */
  public String intent(Prediction prediction) {
    return intent(intents(prediction));
  }

  /** Labels of a sentence as one label of the data, with the separator between several; empty when there is none. */
  public String intent(List<String> intents) {
    return String.join(
        outputs.sentence().flatMap(Outputs.Sentence::separator).orElse(" "), intents);
  }

  private static List<String> names(LabelVocabulary labels, int[] ids) {
    return Arrays.stream(ids).mapToObj(labels::label).toList();
  }
}
