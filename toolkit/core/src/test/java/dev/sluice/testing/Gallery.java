package dev.sluice.testing;

import dev.sluice.batch.Example;
import dev.sluice.batch.Passage;
import dev.sluice.batch.Spelling;
import dev.sluice.network.CellConfig;
import dev.sluice.network.CellConfig.Activation;
import dev.sluice.network.CellConfig.Coupling;
import dev.sluice.network.CellConfig.Gru;
import dev.sluice.network.CellConfig.InitialState;
import dev.sluice.network.CellConfig.Lstm;
import dev.sluice.network.CellConfig.Reset;
import dev.sluice.network.CellConfig.Rnn;
import dev.sluice.network.CellConfig.Window;
import dev.sluice.network.Dropping;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.NetworkShape.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small networks of every kind, and ragged sentences for them. */
public final class Gallery {
  /** Size of the vocabulary of every input. */
  public static final int WORDS = 7;

  /** Number of labels. */
  public static final int LABELS = 3;

  /** Number of labels of a sentence. */
  public static final int INTENTS = 4;

  private static final int LETTERS = 5;
  private static final int[] WIDTHS = {3, 1, 17};

  /** What a network labels: tokens, the sentence by each pooling, or both. */
  private record Heads(boolean tokens, Pooling pooling) {}

  private static final List<Heads> HEADS =
      List.of(
          new Heads(true, null),
          new Heads(false, Pooling.LAST),
          new Heads(false, Pooling.MEAN),
          new Heads(true, Pooling.ATTENTION),
          new Heads(false, Pooling.MAX),
          new Heads(true, Pooling.LAST));

  private static final List<Optional<Attention>> ATTENTIONS =
      List.of(
          Optional.empty(),
          Optional.of(new Attention(5, 1)),
          Optional.empty(),
          Optional.of(new Attention(36, 2)),
          Optional.of(new Attention(6, 3)));

  private Gallery() {}

  /**
   * None under a maximum: contexts of a sentence resemble each other, and hardly any weights keep all of them away from the kink between two rivals. None above rectified
   * states either: these have no bound, and from products of hundreds no arithmetic in float gives shares to five digits.
   */
  private static Optional<Attention> attention(int n, CellConfig cell, Heads heads) {
    return heads.pooling == Pooling.MAX
            || cell instanceof Rnn rnn && rnn.activation() == Activation.RELU
            || cell instanceof Window w && w.activation() == Activation.RELU
        ? Optional.empty()
        : ATTENTIONS.get(n % ATTENTIONS.size());
  }

  /**
   * Every cell and activation, in one and two directions, 1 to 3 layers deep, labelling tokens with and without a chain, sentences by every pooling, and both, for every kind of input and several at
   * once; layer widths 1, 3 and 17 in turn; then the same cells with layer normalisation, some with attention, and with every connection between layers of one width and of several; then every
   * variant of a cell, networks that read with language models, stacks of different cells, and windows alone and among them; then label feedback of every kind above layers, and above none.
   */
  public static List<NetworkShape> shapes() {
    List<NetworkShape> shapes = plain();
    shapes.addAll(normalized());
    shapes.addAll(connected());
    shapes.addAll(varied());
    shapes.addAll(reading());
    shapes.addAll(mixed());
    shapes.addAll(windowed());
    shapes.addAll(fedBack());
    return shapes;
  }

  private static List<NetworkShape> normalized() {
    List<NetworkShape> shapes = new ArrayList<>();
    for (CellConfig cell : kinds()) {
      for (List<Integer> widths : List.of(List.of(3), List.of(17), List.of(1, 4), List.of(17, 3))) {
        int n = shapes.size();
        Encoder encoder =
            new Encoder(cell, widths, n % 3 > 0, Connection.NONE, true, Optional.empty());
        shapes.add(NetworkShape.tagger(INPUTS.get(n % INPUTS.size()), encoder, LABELS));
      }
    }
    return shapes;
  }

  private static List<NetworkShape> connected() {
    List<NetworkShape> shapes = new ArrayList<>();
    for (Connection connection : List.of(Connection.RESIDUAL, Connection.HIGHWAY)) {
      for (List<Integer> widths : List.of(List.of(3, 3), List.of(17, 17, 3), List.of(1, 17, 17))) {
        for (CellConfig cell : kinds()) {
          int n = shapes.size();
          Encoder encoder =
              new Encoder(cell, widths, n % 2 == 0, connection, n % 4 == 0, Optional.empty());
          shapes.add(NetworkShape.tagger(INPUTS.get(n % INPUTS.size()), encoder, LABELS));
        }
      }
    }
    return shapes;
  }

  private static List<NetworkShape> plain() {
    List<NetworkShape> shapes = new ArrayList<>();
    for (CellConfig cell : kinds()) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        for (int depth = 1; depth <= 3; depth++) {
          for (int head = 0; head < 3; head++) {
            int n = shapes.size();
            Heads heads = HEADS.get((head + 3 * (depth % 2)) % HEADS.size());
            List<Integer> widths = new ArrayList<>();
            for (int l = 0; l < depth; l++) widths.add(WIDTHS[(n + l) % WIDTHS.length]);
            List<Input> inputs = INPUTS.get((n + n / 3) % INPUTS.size());
            shapes.add(
                new NetworkShape(
                    inputs,
                    new Encoder(
                        cell,
                        widths,
                        bidirectional,
                        Connection.NONE,
                        false,
                        attention(n, cell, heads)),
                    heads.tokens
                        ? Optional.of(new NetworkShape.Tokens(LABELS, n / 9 % 2 == 1))
                        : Optional.empty(),
                    Optional.ofNullable(heads.pooling)
                        .map(pooling -> new NetworkShape.Sentence(INTENTS, pooling))));
          }
        }
      }
    }
    return shapes;
  }

  /** Every plain cell, with every activation it can have. */
  public static List<CellConfig> kinds() {
    List<CellConfig> kinds = new ArrayList<>();
    for (Activation a : Activation.values()) kinds.add(new Rnn(a));
    kinds.add(new Lstm());
    kinds.add(new Gru());
    return kinds;
  }

  /** Every cell with something beside the plain one, and most pairs of such things. */
  public static List<CellConfig> variants() {
    Optional<Integer> none = Optional.empty(), two = Optional.of(2);
    CellConfig.Recurrent orthogonal = CellConfig.Recurrent.ORTHOGONAL;
    CellConfig.Recurrent identity = CellConfig.Recurrent.IDENTITY;
    InitialState zero = InitialState.ZERO, learned = InitialState.LEARNED;
    return List.of(
        new Rnn(Activation.TANH, orthogonal, 3, zero),
        new Rnn(Activation.SIGMOID, orthogonal, 2, learned),
        new Rnn(Activation.RELU, identity, 1, learned),
        new Lstm(true, Coupling.NONE),
        new Lstm(false, Coupling.INPUT),
        new Lstm(false, Coupling.FORGET),
        new Lstm(true, Coupling.INPUT, 0.5, none, learned),
        new Lstm(true, Coupling.FORGET, -1, two, zero),
        new Lstm(false, Coupling.NONE, 2, two, learned),
        new Lstm(true, Coupling.NONE, 1, two, learned),
        new Gru(Reset.BEFORE),
        new Gru(Reset.BEFORE, learned),
        new Gru(Reset.NONE),
        new Gru(Reset.NONE, learned),
        new Gru(Reset.AFTER, learned));
  }

  /** Every variant in one and two directions, 1 and 2 layers deep, with layer normalisation and past connections, for all kinds of labels and inputs in turn. */
  private static List<NetworkShape> varied() {
    List<NetworkShape> shapes = new ArrayList<>();
    List<List<Integer>> depths = List.of(List.of(3), List.of(17), List.of(4, 3), List.of(3, 17));
    for (CellConfig cell : variants()) {
      for (int depth = 0; depth < depths.size(); depth++) {
        for (boolean bidirectional : new boolean[] {false, true}) {
          shapes.add(varied(shapes.size(), cell, depths.get(depth), bidirectional));
        }
      }
    }
    return shapes;
  }

  private static NetworkShape varied(
      int n, CellConfig cell, List<Integer> widths, boolean bidirectional) {
    boolean connected = widths.size() > 1 && n % 3 == 0;
    Heads heads = HEADS.get((n + n / 4) % HEADS.size());
    Encoder encoder =
        new Encoder(
            cell,
            widths,
            bidirectional,
            connected ? Connection.HIGHWAY : Connection.NONE,
            n % 4 > 1 && heads.pooling != Pooling.MAX,
            Optional.empty());
    return new NetworkShape(
        INPUTS.get((n + n / 7) % INPUTS.size()),
        encoder,
        heads.tokens ? Optional.of(new NetworkShape.Tokens(LABELS, n % 2 == 1)) : Optional.empty(),
        Optional.ofNullable(heads.pooling)
            .map(pooling -> new NetworkShape.Sentence(INTENTS, pooling)));
  }

  /** Language models among the inputs, tuned and frozen, one and two, of one and several layers, of vectors and one-hot, with variants of cells and everything that may stand around layers. */
  private static List<NetworkShape> reading() {
    Encoder one = new Encoder(new Lstm(), List.of(4), false);
    Encoder wide = new Encoder(new Gru(), List.of(17), false);
    Encoder connected =
        new Encoder(
            List.of(new Lstm(), new Gru(Reset.BEFORE), new Lstm()),
            List.of(3, 3, 5),
            false,
            Connection.HIGHWAY,
            false,
            Optional.empty());
    Encoder normalized =
        new Encoder(
            List.of(
                new Lstm(true, Coupling.NONE, 1, Optional.of(3), InitialState.LEARNED), new Gru()),
            List.of(17, 8),
            false,
            Connection.RESIDUAL,
            true,
            Optional.empty());
    Input table = new Input.Table("word", WORDS, 3), oneHot = new Input.OneHot("word", WORDS);
    Input word = new Input.Table("word", WORDS, 5);
    List<List<Input>> inputs =
        List.of(
            List.of(new Input.States("language", table, one, true)),
            List.of(word, new Input.States("language", oneHot, wide, true)),
            List.of(
                new Input.States("language", oneHot, connected, true),
                new Input.OneHot("shape", WORDS),
                new Input.States("other", table, wide, false)),
            List.of(
                new Input.Characters("letters", LETTERS, Reader.CNN, 3, 6, 3),
                new Input.States("language", table, normalized, true),
                word),
            List.of(word, new Input.States("language", oneHot, connected, false)),
            List.of(
                new Input.States("language", table, connected, true),
                new Input.States("other", oneHot, one, true)));
    List<NetworkShape> shapes = new ArrayList<>();
    for (int n = 0; n < 2 * inputs.size(); n++) {
      Encoder encoder = new Encoder(new Lstm(), List.of(n < inputs.size() ? 3 : 17), n % 2 == 0);
      shapes.add(
          new NetworkShape(
              inputs.get(n % inputs.size()),
              encoder,
              Optional.of(new NetworkShape.Tokens(LABELS, n % 3 == 0)),
              n % 4 == 1
                  ? Optional.of(new NetworkShape.Sentence(INTENTS, Pooling.MEAN))
                  : Optional.empty()));
    }
    return shapes;
  }

  /** Layers of different cells on top of each other. */
  private static List<NetworkShape> mixed() {
    List<NetworkShape> shapes = new ArrayList<>();
    List<List<CellConfig>> stacks =
        List.of(
            List.of(new Lstm(), new Gru()),
            List.of(new Gru(Reset.BEFORE), new Lstm(true, Coupling.INPUT), new Rnn()),
            List.of(
                new Lstm(false, Coupling.NONE, 1, Optional.of(2), InitialState.LEARNED),
                new Rnn(Activation.TANH, CellConfig.Recurrent.IDENTITY, 2, InitialState.LEARNED)));
    for (List<CellConfig> cells : stacks) {
      for (boolean layerNorm : new boolean[] {false, true}) {
        Encoder encoder =
            new Encoder(
                cells,
                List.of(3, 17, 4).subList(0, cells.size()),
                true,
                layerNorm ? Connection.RESIDUAL : Connection.NONE,
                layerNorm,
                Optional.empty());
        shapes.add(NetworkShape.tagger(INPUTS.get(shapes.size()), encoder, LABELS));
      }
    }
    return shapes;
  }

  /** Windows to both sides and to one, wider than sentences, of the token alone, and with every activation. */
  public static List<CellConfig> windows() {
    return List.of(
        new Window(2, 2),
        new Window(1, 0),
        new Window(3, 0, Activation.SIGMOID),
        new Window(0, 2, Activation.RELU),
        new Window(0, 0),
        new Window(4, 9));
  }

  /** Those that see no token behind their own. */
  public static List<CellConfig> causalWindows() {
    return windows().stream().filter(c -> c instanceof Window w && w.after() == 0).toList();
  }

  /** Windows in all layers, and in each layer of a stack between other cells, with layer normalisation, connections and attention in turn, for all kinds of labels and inputs. */
  private static List<NetworkShape> windowed() {
    List<NetworkShape> shapes = new ArrayList<>();
    for (CellConfig window : windows()) {
      List<List<CellConfig>> stacks =
          List.of(
              List.of(window),
              List.of(window, window),
              List.of(window, new Lstm()),
              List.of(new Gru(), window),
              List.of(new Lstm(), window, new Rnn()));
      for (List<CellConfig> cells : stacks) shapes.add(windowed(shapes.size(), window, cells));
    }
    return shapes;
  }

  private static NetworkShape windowed(int n, CellConfig window, List<CellConfig> cells) {
    Heads heads = HEADS.get((n + n / 6) % HEADS.size());
    boolean layerNorm = n % 2 == 1 && heads.pooling != Pooling.MAX;
    Connection connection = Connection.values()[cells.size() == 1 ? 0 : n % 3];
    List<Integer> widths = List.of(3, 17, 4).subList(0, cells.size());
    Encoder encoder =
        new Encoder(
            cells,
            cells.size() == 2 && n % 3 == 0 ? List.of(17, 3) : widths,
            false,
            connection,
            layerNorm,
            attention(n, window, heads));
    return new NetworkShape(
        INPUTS.get((n + n / 7) % INPUTS.size()),
        encoder,
        heads.tokens ? Optional.of(new NetworkShape.Tokens(LABELS, n % 2 == 1)) : Optional.empty(),
        Optional.ofNullable(heads.pooling)
            .map(pooling -> new NetworkShape.Sentence(INTENTS, pooling)));
  }

  /** Labels and distributions fed back, with and without a recurrence, by every activation, above no layer and above one in one and two directions, beside labels of the sentence too. */
  private static List<NetworkShape> fedBack() {
    List<NetworkShape> shapes = new ArrayList<>();
    for (boolean distribution : new boolean[] {false, true}) {
      for (boolean recurrent : new boolean[] {false, true}) {
        for (Activation activation : Activation.values()) {
          for (int layers = 0; layers < 3; layers++) {
            int n = shapes.size();
            Encoder encoder =
                new Encoder(new Gru(), List.of(4, 3).subList(0, layers), layers > 0 && n % 2 == 0);
            List<Input> inputs = INPUTS.get(layers == 0 ? 5 * (n % 2) : n % INPUTS.size());
            NetworkShape.Feedback feedback =
                new NetworkShape.Feedback(
                    WIDTHS[n % WIDTHS.length], activation, recurrent, distribution);
            shapes.add(
                new NetworkShape(
                    inputs,
                    encoder,
                    Optional.of(new NetworkShape.Tokens(LABELS, false, Optional.of(feedback))),
                    layers == 2 && activation != Activation.RELU
                        ? Optional.of(new NetworkShape.Sentence(INTENTS, Pooling.MEAN))
                        : Optional.empty()));
          }
        }
      }
    }
    return shapes;
  }

  /**
   * Learned vectors; one-hot; two of one and one of the other; frozen vectors with a learned difference, letters, and a one-hot input; letters alone; letters read by an
   * LSTM, and by a GRU.
   */
  public static final List<List<Input>> INPUTS =
      List.of(
          List.of(new Input.Table("word", WORDS, 5)),
          List.of(new Input.OneHot("word", WORDS)),
          List.of(
              new Input.Table("word", WORDS, 4),
              new Input.OneHot("shape", WORDS),
              new Input.Table("ending", WORDS, 18)),
          List.of(
              new Input.Table("glove", WORDS, 4, true, false),
              new Input.Table("delta", WORDS, 4, false, true),
              new Input.Characters("letters", LETTERS, Reader.CNN, 3, 6, 3),
              new Input.OneHot("shape", WORDS)),
          List.of(new Input.Characters("letters", LETTERS, Reader.CNN, 17, 18, 4)),
          List.of(
              new Input.Characters("letters", LETTERS, Reader.LSTM, 3, 5, 1),
              new Input.Table("word", WORDS, 5)),
          List.of(
              new Input.OneHot("shape", WORDS),
              new Input.Characters("letters", LETTERS, Reader.GRU, 17, 9, 1)));

  /** Sentences of the given lengths with random words, letters and labels; those of tokens are legal under BIO, and every sentence has one or two of its own. */
  public static List<Example> examples(
      SplittableRandom random, NetworkShape shape, int... lengths) {
    List<Example> examples = new ArrayList<>();
    for (int length : lengths) {
      int[][] ids = new int[shape.channels()][length];
      for (int[] row : ids) Arrays.setAll(row, t -> random.nextInt(WORDS));
      boolean spelled = shape.inputs().stream().anyMatch(i -> i instanceof Input.Characters);
      Spelling[] spellings = new Spelling[spelled ? length : 0];
      Arrays.setAll(
          spellings, t -> new Spelling(random.ints(1 + random.nextInt(5), 0, LETTERS).toArray()));
      int[] labels = new int[shape.tokens().isPresent() ? length : 0];
      for (int t = 0; t < labels.length; t++) {
        int label = random.nextInt(LABELS);
        labels[t] =
            label == 2 && (t == 0 || labels[t - 1] == 0) ? 1 : label; // nothing to go on with
      }
      int[] intents = random.ints(1 + random.nextInt(2), 0, INTENTS).distinct().toArray();
      long id = 1000 + examples.size();
      Passage[] passages = new Passage[shape.languages()];
      for (int n = 0; n < passages.length; n++) passages[n] = passage(random, id, length);
      examples.add(new Example(id, ids, spellings, passages, labels, intents));
    }
    return examples;
  }

  /** Random symbols, one or more for each token, so that passages are in another order by length than their sentences. */
  private static Passage passage(SplittableRandom random, long id, int tokens) {
    int[] ends = new int[tokens];
    for (int t = 0, end = 0; t < tokens; t++)
      ends[t] = end += random.nextInt(4) == 0 ? 1 + random.nextInt(9) : 1;
    int[] symbols = random.ints(ends[tokens - 1] + 1L, 0, WORDS).toArray();
    return new Passage(Example.unlabelled(id, symbols), ends);
  }

  /** Dropout everywhere. */
  public static Dropping dropping(SplittableRandom random) {
    return new Dropping(0.1, 0.3, 0.4, 0.25, 0.4, 0, random.nextLong(), random.nextInt(100));
  }

  /** A reference with random weights under which no rectifier and no maximum stands at its kink, where a derivative would mean nothing. */
  public static ReferenceNetwork reference(
      NetworkShape shape, SplittableRandom random, List<Example> examples, Dropping drop) {
    return reference(shape, Teaching.PLAIN, random, examples, drop);
  }

  /** The same with another teaching. */
  public static ReferenceNetwork reference(
      NetworkShape shape,
      Teaching teaching,
      SplittableRandom random,
      List<Example> examples,
      Dropping drop) {
    ReferenceNetwork network = new ReferenceNetwork(shape, teaching);
    do network.randomise(random, 0.9);
    while (network.distanceToKink(examples, drop) < 3 * GradientCheck.REACH);
    return network;
  }
}
