package dev.sluice.network;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides the sizes of a network's weights.
 *
 * @param inputs the inputs, in order; their vectors stand side by side
 * @param encoder the layers
 * @param tokens what gives a label per token, if anything
 * @param sentence what gives labels of the sentence, if anything
 * @param next what predicts the next symbol, if anything
 * @param decoder what writes another sequence, if anything
 */
public record NetworkShape(
    List<Input> inputs,
    Encoder encoder,
    Optional<Tokens> tokens,
    Optional<Sentence> sentence,
    Optional<Next> next,
    Optional<Decoder> decoder) {

  /** An input: what becomes of one kind of ids, of the letters of a word, or of the sentence in a language model. */
  public sealed interface Input {
    /** Its name among the weights. */
    String name();

    /** V, the number of ids. */
    int vocabulary();

    /** The columns it takes in the input vector. */
    int width();

    /** Whether it reads an id of each token, a row of {@link dev.sluice.batch.Example#inputs}. */
    default boolean readsIds() {
      return true;
    }

    /**
     * A vector per id.
     *
     * @param dimension D, the length of the vector
     * @param frozen whether training leaves it alone
     * @param added whether it is added to the vector of the input before it, which has the same length, instead of standing beside it
     */
    record Table(String name, int vocabulary, int dimension, boolean frozen, boolean added)
        implements Input {
      /** Checks the sizes. */
      public Table {
        requirePositive(vocabulary, dimension);
      }

      /** A learned vector that stands beside the others. */
      public Table(String name, int vocabulary, int dimension) {
        this(name, vocabulary, dimension, false, false);
      }

      @Override
      public int width() {
        return added ? 0 : dimension;
      }
    }

    /** The id as a one-hot vector, read as a row of the first layer's input weights. */
    record OneHot(String name, int vocabulary) implements Input {
      /** Checks the size. */
      public OneHot {
        requirePositive(vocabulary);
      }

      @Override
      public int width() {
        return 0;
      }
    }

    /**
     * The letters of a word.
     *
     * @param vocabulary the number of letters, marks for begin and end among them
     * @param reader how they are read
     * @param dimension D, the length of a letter's vector
     * @param size filters of the convolution, or the hidden width per direction
     * @param window letters that a filter sees; 1 for recurrent readers
     */
    record Characters(
        String name, int vocabulary, Reader reader, int dimension, int size, int window)
        implements Input {
      /** Checks the sizes. */
      public Characters {
        requirePositive(vocabulary, dimension, size, window);
        if ((long) vocabulary * window * size > MOST_PRODUCTS)
          throw new IllegalArgumentException(
              vocabulary + " letters times " + window + " times " + size + " filters are too many");
      }

      @Override
      public int width() {
        return reader == Reader.CNN ? size : 2 * size;
      }

      @Override
      public boolean readsIds() {
        return false;
      }
    }

    /**
     * The states of a language model that reads the sentence.
     *
     * @param symbols how its symbols are read: a learned vector each, or one-hot
     * @param encoder its recurrent layers, which read forward
     * @param tuned whether training changes its weights
     */
    record States(String name, Input symbols, Encoder encoder, boolean tuned) implements Input {
      /** Checks that the layers are those of a language model. */
      public States {
        boolean plain =
            symbols instanceof OneHot || symbols instanceof Table t && !t.frozen() && !t.added();
        if (!plain
            || encoder.layers() == 0
            || encoder.lookahead() > 0
            || encoder.bidirectional()
            || encoder.attention().isPresent())
          throw new IllegalArgumentException(name + " has layers that no language model has");
      }

      @Override
      public int vocabulary() {
        return symbols.vocabulary();
      }

      @Override
      public int width() {
        return encoder.width();
      }

      @Override
      public boolean readsIds() {
        return false;
      }
    }
  }

  /** What reads the letters of a word. */
  public enum Reader {
    /** A convolution and the maximum over the word. */
    CNN,
    /** A bidirectional LSTM. */
    LSTM,
    /** A bidirectional GRU. */
    GRU
  }

  /**
   * The layers.
   *
   * @param cells what makes the state of a token, layer by layer; nothing where the outputs see the inputs alone
   * @param widths the hidden width per direction, layer by layer
   * @param bidirectional whether each layer reads both ways
   * @param connection what goes past each layer but the first
   * @param layerNorm whether the sums and the memory of a cell are normalised
   * @param attention what stands beside the states of the last layer, if anything
   */
  public record Encoder(
      List<CellConfig> cells,
      List<Integer> widths,
      boolean bidirectional,
      EncoderConfig.Connection connection,
      boolean layerNorm,
      Optional<Attention> attention) {
    /** Copies the lists and checks that they fit together. */
    public Encoder {
      cells = List.copyOf(cells);
      widths = List.copyOf(widths);
      if (cells.size() != widths.size())
        throw new IllegalArgumentException(
            cells.size() + " cells for " + widths.size() + " layers");
      for (int l = 0; l < cells.size(); l++) cells.get(l).outputs(widths.get(l));
      if (bidirectional && cells.stream().anyMatch(c -> c instanceof CellConfig.Window))
        throw new IllegalArgumentException("a window looks to both sides by itself");
      if (widths.size() < 2 && connection != EncoderConfig.Connection.NONE)
        throw new IllegalArgumentException(widths.size() + " layers have nothing to connect");
    }

    /** One cell in all layers. */
    public Encoder(
        CellConfig cell,
        List<Integer> widths,
        boolean bidirectional,
        EncoderConfig.Connection connection,
        boolean layerNorm,
        Optional<Attention> attention) {
      this(
          Collections.nCopies(widths.size(), cell),
          widths,
          bidirectional,
          connection,
          layerNorm,
          attention);
    }

    /** Layers of one cell and nothing else. */
    public Encoder(CellConfig cell, List<Integer> widths, boolean bidirectional) {
      this(cell, widths, bidirectional, EncoderConfig.Connection.NONE, false, Optional.empty());
    }

    /** The number of directions. */
    public int directions() {
      return bidirectional ? 2 : 1;
    }

    /** How many tokens behind a token its last state depends on through windows: those of all layers add up. */
    public int lookahead() {
      int tokens = 0;
      for (CellConfig cell : cells) if (cell instanceof CellConfig.Window w) tokens += w.after();
      return tokens;
    }

    /** The number of layers. */
    public int layers() {
      return widths.size();
    }

    /** The width of the state that one direction of a layer hands on. */
    public int outputs(int layer) {
      return cells.get(layer).outputs(widths.get(layer));
    }

    /** The width of a layer's output: both directions side by side. */
    public int width(int layer) {
      return directions() * outputs(layer);
    }

    /** The width of what the outputs see: the last layer's output, with attention the context beside it; of no meaning without a layer. */
    public int width() {
      return width(layers() - 1) + (attention.isPresent() ? attention.get().width() : 0);
    }
  }

  /**
   * Self-attention: beside each state a weighted mean over the tokens of its sentence.
   *
   * @param width A, the length of the mean, all heads together
   * @param heads the number of heads, each of A / heads columns
   */
  public record Attention(int width, int heads) {
    /** Checks the sizes. */
    public Attention {
      requirePositive(width, heads);
      if (width % heads != 0)
        throw new IllegalArgumentException(
            "a width of " + width + " cannot be cut into " + heads + " heads");
    }
  }

  /** A convolution keeps this many products of letters and filters at most. */
  private static final long MOST_PRODUCTS = 1 << 25;

  /** The most labels of tokens: moves from label to label are kept in tables of their square. */
  public static final int MOST_LABELS = 4096;

  /**
   * A label per token.
   *
   * @param labels L, the number of labels
   * @param chain whether scores of moves from label to label are learned: a linear-chain CRF
   * @param feedback what sees the label of the token before, if anything; not with a chain
   */
  public record Tokens(int labels, boolean chain, Optional<Feedback> feedback) {
    /** Checks the number. */
    public Tokens {
      requirePositive(labels);
      if (labels > MOST_LABELS)
        throw new IllegalArgumentException(labels + " labels, expected at most " + MOST_LABELS);
      if (chain && feedback.isPresent())
        throw new IllegalArgumentException("labels are fed back, or their moves are scored");
    }

    /** Labels that depend on the states alone. */
    public Tokens(int labels, boolean chain) {
      this(labels, chain, Optional.empty());
    }

    /** Whether the scores of a token depend on the label that was chosen for the token before. */
    public boolean followsLabels() {
      return feedback.isPresent() && !feedback.get().distribution();
    }
  }

  /**
   * A hidden layer below the label scores that sees what was said of the token before, see {@link LabelFeedback}.
   *
   * @param hidden H, its width
   * @param activation its squashing function
   * @param recurrent whether it sees its own state of the token before, too
   * @param distribution whether it sees the distribution over the labels of the token before instead of one label
   */
  public record Feedback(
      int hidden, CellConfig.Activation activation, boolean recurrent, boolean distribution) {
    /** Checks the size. */
    public Feedback {
      requirePositive(hidden);
    }
  }

  /**
   * Labels of the sentence.
   *
   * @param labels the number of labels
   * @param pooling how the states of a sentence become one vector
   */
  public record Sentence(int labels, Pooling pooling) {
    /** Checks the number. */
    public Sentence {
      requirePositive(labels);
    }
  }

  /**
   * The next symbol of a text.
   *
   * @param symbols V, the number of symbols that can come next
   * @param tied whether their vectors are the first V rows of the table of the first input, which is a learned one; where its length is not the width
   *     of the states, a
   *     learned projection stands between
   */
  public record Next(int symbols, boolean tied) {
    /** Checks the number. */
    public Next {
      requirePositive(symbols);
    }
  }

  /**
   * What writes another sequence, symbol by symbol.
   *
   * @param symbols V, the number of symbols that can be written; the one with which every sequence begins is read alone and has the id V
   * @param dimension E, the length of the vector of a symbol that was written before
   * @param cells the recurrent cell, layer by layer
   * @param widths the width, layer by layer
   * @param looking how it looks at the states of the encoder
   */
  public record Decoder(
      int symbols, int dimension, List<CellConfig> cells, List<Integer> widths, Looking looking) {
    /** Copies the lists and checks that they fit together. */
    public Decoder {
      requirePositive(symbols, dimension);
      cells = List.copyOf(cells);
      widths = List.copyOf(widths);
      if (widths.isEmpty() || cells.size() != widths.size())
        throw new IllegalArgumentException(
            cells.size() + " cells for " + widths.size() + " layers of a decoder");
      for (CellConfig cell : cells)
        if (cell.initialState() == CellConfig.InitialState.LEARNED)
          throw new IllegalArgumentException("the states of a decoder begin with the encoder's");
    }

    /** The number of layers. */
    public int layers() {
      return widths.size();
    }

    /** The width of the state that a layer hands on. */
    public int outputs(int layer) {
      return cells.get(layer).outputs(widths.get(layer));
    }

    /** The width of the state that the last layer hands on. */
    public int width() {
      return outputs(layers() - 1);
    }
  }

  /** How a decoder looks at the states of the encoder. */
  public enum Looking {
    /** Not at all: the states it begins with are all it knows. */
    NONE,
    /** Attention whose scores are products of both states, which have one width. */
    DOT,
    /** Attention whose scores are products with a learned matrix between. */
    GENERAL,
    /** Attention whose scores come from a layer of their own. */
    ADDITIVE
  }

  /** How the states of a sentence become one vector. */
  public enum Pooling {
    /** The state after the last token, and for the other direction after the first; with attention also the context of the last token. */
    LAST,
    /** The mean over all tokens. */
    MEAN,
    /** The largest value of each element over all tokens. */
    MAX,
    /** A weighted mean, the weights learned from the states (Yang et al. 2016). */
    ATTENTION
  }

  /** Copies the list and checks the parts. */
  public NetworkShape {
    inputs = List.copyOf(inputs);
    boolean idle = tokens.isEmpty() && sentence.isEmpty() && next.isEmpty() && decoder.isEmpty();
    if (inputs.isEmpty() || idle)
      throw new IllegalArgumentException("a network needs an input and labels");
    if (next.isPresent()) requirePredictor(inputs, encoder, next.get());
    if (encoder.layers() == 0) requireVectors(inputs, encoder, sentence, next, decoder);
    if (decoder.isPresent()
        && decoder.get().looking() == Looking.DOT
        && decoder.get().width() != encoder.width())
      throw new IllegalArgumentException(
          "a decoder of "
              + decoder.get().width()
              + " cannot be multiplied with states of "
              + encoder.width());
    int before = 0;
    for (Input input : inputs) {
      if (input instanceof Input.Table t && t.added() && t.dimension() != before)
        throw new IllegalArgumentException(
            t.name() + " of " + t.dimension() + " cannot be added to " + before);
      if (!(input instanceof Input.Table t && t.added())) before = input.width();
    }
    if (inputs.stream().filter(i -> i instanceof Input.Characters).count() > 1)
      throw new IllegalArgumentException("more than one input reads letters");
    if (inputs.stream().map(Input::name).distinct().count() < inputs.size())
      throw new IllegalArgumentException("two inputs have one name");
  }

  /** Without a recurrent layer, labels of tokens are all there can be, and only vectors can be read. */
  private static void requireVectors(
      List<Input> inputs,
      Encoder encoder,
      Optional<Sentence> sentence,
      Optional<Next> next,
      Optional<Decoder> decoder) {
    if (encoder.bidirectional() || encoder.attention().isPresent())
      throw new IllegalArgumentException("no layer to read both ways or to attend to");
    if (sentence.isPresent() || next.isPresent() || decoder.isPresent())
      throw new IllegalArgumentException("only labels of tokens can do without a layer");
    if (inputs.stream().anyMatch(i -> i instanceof Input.OneHot))
      throw new IllegalArgumentException("a one-hot input needs a layer");
  }

  /** Who predicts the next symbol must not have seen it. */
  private static void requirePredictor(List<Input> inputs, Encoder encoder, Next next) {
    if (encoder.bidirectional() || encoder.lookahead() > 0 || encoder.attention().isPresent())
      throw new IllegalArgumentException("the next symbol is predicted from those before it alone");
    if (!next.tied()) return;
    boolean learned = inputs.get(0) instanceof Input.Table t && !t.frozen() && !t.added();
    if (!learned || inputs.get(0).vocabulary() < next.symbols())
      throw new IllegalArgumentException("tied weights need a learned vector for every symbol");
  }

  /** Labels of tokens, of sentences, or both. */
  public NetworkShape(
      List<Input> inputs, Encoder encoder, Optional<Tokens> tokens, Optional<Sentence> sentence) {
    this(inputs, encoder, tokens, sentence, Optional.empty(), Optional.empty());
  }

  /** A network that predicts the next symbol. */
  public static NetworkShape predictor(List<Input> inputs, Encoder encoder, Next next) {
    return new NetworkShape(
        inputs, encoder, Optional.empty(), Optional.empty(), Optional.of(next), Optional.empty());
  }

  /** A network that writes another sequence. */
  public static NetworkShape transducer(List<Input> inputs, Encoder encoder, Decoder decoder) {
    return new NetworkShape(
        inputs,
        encoder,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(decoder));
  }

  /** A network with a label per token and none of the sentence. */
  public static NetworkShape tagger(List<Input> inputs, Encoder encoder, int labels) {
    return new NetworkShape(
        inputs, encoder, Optional.of(new Tokens(labels, false)), Optional.empty());
  }

  /** A network with a label per sentence and none per token. */
  public static NetworkShape classifier(
      List<Input> inputs, Encoder encoder, Pooling pooling, int labels) {
    return new NetworkShape(
        inputs, encoder, Optional.empty(), Optional.of(new Sentence(labels, pooling)));
  }

  private static void requirePositive(int... sizes) {
    for (int size : sizes) {
      if (size < 1) throw new IllegalArgumentException("a size of " + size);
    }
  }

  /** The width of the concatenated vectors. */
  public int inputWidth() {
    int width = 0; // asked for in every pass: a loop allocates nothing
    for (int i = 0; i < inputs.size(); i++) width += inputs.get(i).width();
    return width;
  }

  /** The width of what the outputs see: the last layer's output, with attention the context beside it; the inputs where there is no layer. */
  public int topWidth() {
    if (encoder.layers() == 0) return inputWidth();
    return encoder.width();
  }

  /** The number of inputs that are ids, one row each in {@link dev.sluice.batch.Example#inputs}. */
  public int channels() {
    return (int) inputs.stream().filter(Input::readsIds).count();
  }

  /** The number of language models among the inputs, one each in {@link dev.sluice.batch.Example#passages}. */
  public int languages() {
    return (int) inputs.stream().filter(Input.States.class::isInstance).count();
  }
}
