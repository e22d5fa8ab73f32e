package dev.sluice.network;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides the sizes of a network's weights.
 *
 * @param inputs the inputs, in order; their vectors stand side by side
 * @param encoder the recurrent layers
 * @param tokens what gives a label per token, if anything
 * @param sentence what gives labels of the sentence, if anything
 * @param next what predicts the next symbol, if anything
 */
public record NetworkShape(
    List<Input> inputs,
    Encoder encoder,
    Optional<Tokens> tokens,
    Optional<Sentence> sentence,
    Optional<Next> next) {

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
        if (!plain || encoder.bidirectional() || encoder.attention().isPresent())
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
   * The recurrent layers.
   *
   * @param cells the recurrent cell, layer by layer
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
      if (widths.isEmpty()) throw new IllegalArgumentException("a network needs a layer");
      if (cells.size() != widths.size())
        throw new IllegalArgumentException(
            cells.size() + " cells for " + widths.size() + " layers");
      for (int l = 0; l < cells.size(); l++) cells.get(l).outputs(widths.get(l));
      if (widths.size() == 1 && connection != EncoderConfig.Connection.NONE)
        throw new IllegalArgumentException("a single layer has nothing to connect");
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

    /** Recurrent layers of one cell and nothing else. */
    public Encoder(CellConfig cell, List<Integer> widths, boolean bidirectional) {
      this(cell, widths, bidirectional, EncoderConfig.Connection.NONE, false, Optional.empty());
    }

    /** The number of directions. */
    public int directions() {
      return bidirectional ? 2 : 1;
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

    /** The width of what the outputs see: the last layer's output, with attention the context beside it. */
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
   */
  public record Tokens(int labels, boolean chain) {
    /** Checks the number. */
    public Tokens {
      requirePositive(labels);
      if (labels > MOST_LABELS)
        throw new IllegalArgumentException(labels + " labels, expected at most " + MOST_LABELS);
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
    if (inputs.isEmpty() || tokens.isEmpty() && sentence.isEmpty() && next.isEmpty())
      throw new IllegalArgumentException("a network needs an input and labels");
    if (next.isPresent()) requirePredictor(inputs, encoder, next.get());
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

  /** Who predicts the next symbol must not have seen it. */
  private static void requirePredictor(List<Input> inputs, Encoder encoder, Next next) {
    if (encoder.bidirectional() || encoder.attention().isPresent())
      throw new IllegalArgumentException("the next symbol is predicted from those before it alone");
    if (!next.tied()) return;
    boolean learned = inputs.get(0) instanceof Input.Table t && !t.frozen() && !t.added();
    if (!learned || inputs.get(0).vocabulary() < next.symbols())
      throw new IllegalArgumentException("tied weights need a learned vector for every symbol");
  }

  /** Labels of tokens, of sentences, or both. */
  public NetworkShape(
      List<Input> inputs, Encoder encoder, Optional<Tokens> tokens, Optional<Sentence> sentence) {
    this(inputs, encoder, tokens, sentence, Optional.empty());
  }

  /** A network that predicts the next symbol. */
  public static NetworkShape predictor(List<Input> inputs, Encoder encoder, Next next) {
    return new NetworkShape(inputs, encoder, Optional.empty(), Optional.empty(), Optional.of(next));
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

  /** The number of inputs that are ids, one row each in {@link dev.sluice.batch.Example#inputs}. */
  public int channels() {
    return (int) inputs.stream().filter(Input::readsIds).count();
  }

  /** The number of language models among the inputs, one each in {@link dev.sluice.batch.Example#passages}. */
  public int languages() {
    return (int) inputs.stream().filter(Input.States.class::isInstance).count();
  }
}
