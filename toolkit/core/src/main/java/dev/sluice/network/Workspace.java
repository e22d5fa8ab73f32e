package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.kernel.Kernels;
import java.util.Arrays;
import java.util.Locale;

/**
 * The numbers of one batch on its way through a network, reused from batch to batch. It serves one thread at a time; the network it belongs to
 * serves any number of workspaces.
 * <pre>
 *   x [rows,D] inputs    out[l] [rows,W] output of layer l
 * </pre>
 * Widths are padded to {@link Kernels#LANE}; a gradient has the same shape as what it belongs to.
 */
public final class Workspace {
  final Network network;
  final Kernels kernels;
  final Batch batch = new Batch();
  final Layer.State[][] states; // [layer][direction]
  final Shortcut.State[] shortcuts; // [layer]
  final boolean training;
  private long size;
  private boolean twoThreads;
  private double patience = 2;
  private SideBySide sideBySide;

  /** Whether a thread that was too slow may still write to this workspace. */
  boolean abandoned;

  float[] x = new float[0];
  float[] dx = new float[0];
  final float[][] out;
  float[] dOut = new float[0];
  float[] scratch = new float[0];
  float[] inputMask = new float[0];

  /** Which rows' tokens are dropped as a whole; of no meaning unless {@code dropsWords}. */
  boolean[] droppedWords = new boolean[0];

  boolean dropsWords;
  final float[][] layerMask;

  /** The letters of words; null when no input reads them. */
  final CharacterEncoder.State letters;

  /** What each language model among the inputs reads. */
  final LanguageReader.State[] languages;

  /** Contexts beside states; null without attention. */
  final SelfAttention.State attention;

  /** Scores of the labels of tokens; null without such labels. */
  final Emissions tokens;

  /** What is fed back from label to label; null when nothing is. */
  final LabelFeedback.State feedback;

  /** Scores of the labels of sentences, with what pooling leaves; null without such labels. */
  final SentenceHead.State sentence;

  /** Scores of the symbols that may come next; null unless they are predicted. */
  final NextScores next;

  /** What is written; null unless something is. */
  final DecoderState decoder;

  /** Gradient of the dense weights from this workspace's batch. */
  final float[] gradient;

  Workspace(Network network, Kernels kernels, boolean training) {
    this.network = network;
    this.kernels = kernels;
    this.training = training;
    NetworkShape.Encoder encoder = network.shape().encoder();
    int layers = encoder.layers(), directions = encoder.directions();
    CharacterEncoder characters = network.input().characters();
    letters = characters == null ? null : characters.state();
    languages = new LanguageReader.State[network.input().languages()];
    Arrays.setAll(languages, n -> network.input().language(n).state(training));
    attention = encoder.attention().map(SelfAttention.State::new).orElse(null);
    tokens = network.shape().tokens().map(t -> new Emissions(t.labels())).orElse(null);
    feedback = network.feedback() == null ? null : network.feedback().state();
    sentence = network.shape().sentence().map(t -> new SentenceHead.State(t.labels())).orElse(null);
    next = network.next() == null ? null : network.next().scores();
    decoder = network.decoder() == null ? null : network.decoder().state();
    states = new Layer.State[layers][directions];
    for (int l = 0; l < layers; l++) {
      for (int d = 0; d < directions; d++) {
        states[l][d] = network.layer(l, d).state();
      }
    }
    shortcuts = new Shortcut.State[layers];
    Arrays.setAll(shortcuts, l -> new Shortcut.State());
    out = new float[layers][0];
    layerMask = new float[layers][0];
    gradient = new float[training ? network.parameters().dense().length : 0];
  }

  /** The batch to fill. */
  public Batch batch() {
    return batch;
  }

  /** The kernels that work here. */
  public Kernels kernels() {
    return kernels;
  }

  /** Scores of the labels of tokens; null without such labels. */
  public Emissions tokens() {
    return tokens;
  }

  /** Scores of the labels of sentences, a row per sentence in the order of the batch; null without such labels. */
  public Emissions sentence() {
    return sentence == null ? null : sentence.emissions;
  }

  /** Scores of the symbols that may come next, a row per token; null unless they are predicted. */
  public NextScores next() {
    return next;
  }

  /** What is written of the sentences; null unless something is. */
  public DecoderState decoder() {
    return decoder;
  }

  /** The gradient of the dense weights after a backward pass, in the layout of {@link Parameters#dense}. */
  public float[] gradient() {
    return gradient;
  }

  /**
   * Whether the two directions of a layer may run on two threads, which makes a single sentence faster. Afterwards {@link #mayBeUsedAgain} says whether the workspace is
   * still the caller's alone.
   */
  public void allowTwoThreads(boolean allowed) {
    twoThreads = allowed && !training && states.length > 0 && states[0].length == 2;
  }

  /** The same with another patience: how many times its own time the caller waits for the other thread. */
  void allowTwoThreads(double newPatience) {
    allowTwoThreads(true);
    patience = newPatience;
  }

  /** Whether no other thread can still write to this workspace. */
  public boolean mayBeUsedAgain() {
    return !abandoned;
  }

  SideBySide beside(Layer direction) {
    if (!twoThreads || abandoned || !SideBySide.pays(batch, direction)) return null;
    if (sideBySide == null) sideBySide = new SideBySide(this, network.parameters(), patience);
    return sideBySide;
  }

  /** How many numbers the largest batch so far took, weights' gradients aside. */
  public long size() {
    return size;
  }

  /**
   * Makes room for the batch.
   *
   * @throws SluiceException RUN-010 when that is more than Java can hold
   */
  void reserve() {
    requireRoom();
    NetworkShape shape = network.shape();
    NetworkShape.Encoder encoder = shape.encoder();
    int rows = batch.rows(), widest = widest();
    x = room(x, rows * Kernels.padded(shape.inputWidth()));
    for (int l = 0; l < out.length; l++) {
      out[l] = room(out[l], rows * Kernels.padded(encoder.width(l)));
      for (Layer.State s : states[l]) s.reserve(rows, batch.sentences(), training);
      Shortcut shortcut = network.shortcut(l);
      if (shortcut != null) shortcut.reserve(shortcuts[l], rows, training);
    }
    if (attention != null) network.attention().reserve(attention, rows, batch.steps(), training);
    if (tokens != null) tokens.reserve(rows, training);
    if (feedback != null) network.feedback().reserve(feedback, rows, training);
    if (sentence != null) network.sentence().reserve(sentence, batch, training);
    if (next != null) next.reserve(rows, training);
    if (decoder != null) network.decoder().reserve(decoder, batch, training);
    if (!training) return;
    dx = room(dx, rows * widest);
    dOut = room(dOut, rows * widest);
    scratch = room(scratch, batch.sentences() * widest);
  }

  /**
   * How many numbers the batch takes here, weights' gradients aside and before any is taken; in training with the masks of dropout. Packed weights are the network's.
   */
  public long needed() {
    NetworkShape shape = network.shape();
    NetworkShape.Encoder encoder = shape.encoder();
    long rows = batch.rows(), passes = training ? 2 : 1, numbers = 0;
    long perRow = Kernels.padded(shape.inputWidth()), perSentence = perRow;
    if (tokens != null) perRow += passes * tokens.ld();
    if (feedback != null) perRow += network.feedback().perRow(training);
    if (next != null) perRow += next.perRow(training);
    for (int l = 0; l < out.length; l++) {
      int width = Kernels.padded(encoder.width(l));
      perRow += width;
      perSentence += width;
      Shortcut shortcut = network.shortcut(l);
      if (shortcut != null) perRow += shortcut.perRow(training);
      for (Layer.State s : states[l]) {
        perRow += s.perRow(training);
        numbers += batch.sentences() * (long) s.perSentence(training);
        perSentence += s.masks();
      }
    }
    if (attention != null) {
      numbers += network.attention().numbers(rows, batch.steps(), training);
      perSentence += encoder.attention().orElseThrow().width();
    }
    if (sentence != null) numbers += network.sentence().numbers(sentence, batch, training);
    if (next != null) numbers += next.numbers(training);
    if (decoder != null) numbers += network.decoder().numbers(decoder, batch, training);
    if (letters != null) {
      long wide = Kernels.padded(network.input().characters().width());
      numbers += letters.numbers(batch.spellings(), training);
      numbers += batch.spellings().count() * wide * passes;
    }
    for (int n = 0; n < languages.length; n++) numbers += languages[n].numbers(batch.passages(n));
    if (training) {
      long widest = widest();
      perRow += 2 * widest;
      perSentence += widest;
      numbers += batch.sentences() * perSentence;
    }
    return numbers + rows * perRow;
  }

  /** The largest width of what stands in a row of inputs or outputs. */
  private int widest() {
    NetworkShape.Encoder encoder = network.shape().encoder();
    int widest = Kernels.padded(network.shape().inputWidth());
    for (int l = 0; l < out.length; l++)
      widest = Math.max(widest, Kernels.padded(encoder.width(l)));
    return Math.max(widest, Kernels.padded(network.shape().topWidth()));
  }

  /** The length of the longest array that the batch takes. */
  private long longest() {
    long rows = batch.rows(), perRow = widest();
    if (tokens != null) perRow = Math.max(perRow, tokens.ld());
    if (feedback != null) perRow = Math.max(perRow, network.feedback().ld());
    if (sentence != null) perRow = Math.max(perRow, sentence.emissions.ld());
    if (next != null) perRow = Math.max(perRow, next.ld());
    for (Layer.State[] layer : states) {
      for (Layer.State s : layer) perRow = Math.max(perRow, s.wide());
    }
    long longest = rows * perRow;
    if (attention != null) longest = Math.max(longest, network.attention().longest(rows));
    if (decoder != null) longest = Math.max(longest, decoder.longest(DecoderState.rows(batch)));
    if (letters != null) {
      long wide = Kernels.padded(network.input().characters().width());
      longest = Math.max(longest, batch.spellings().count() * wide);
      longest = Math.max(longest, letters.longest(batch.spellings()));
    }
    for (int n = 0; n < languages.length; n++)
      longest = Math.max(longest, languages[n].longest(batch.passages(n)));
    return longest;
  }

  /** Before memory is taken: no array is longer than Java allows, and all together fit in the heap. */
  private void requireRoom() {
    long numbers = needed(), heap = Runtime.getRuntime().maxMemory();
    if (longest() <= Integer.MAX_VALUE - 8 && numbers * Float.BYTES <= heap) {
      size = Math.max(size, numbers);
      return;
    }
    throw SluiceException.io(
        "RUN-010",
        Location.of("memory"),
        String.format(
            Locale.ROOT,
            "%,d tokens at a time, the longest sentence of %,d, need about %,d MB; Java may use %,d MB",
            batch.rows(),
            batch.steps(),
            numbers * Float.BYTES >> 20,
            heap >> 20),
        "split the sentence, lower training.batch, or give Java more memory, e.g. -Xmx8g");
  }

  static float[] room(float[] array, int size) {
    return array.length >= size ? array : new float[size];
  }
}
