package dev.sluice.network;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What makes the state of a token, whatever its width: an entry of {@code encoder.cell}. Formulas and sources stand in docs/cells.md. */
public sealed interface CellConfig
    permits CellConfig.Rnn, CellConfig.Lstm, CellConfig.Gru, CellConfig.Window {

  /** The state before the first token. */
  enum InitialState {
    /** Zeros. */
    ZERO,
    /** A learned vector, the same for every sentence. */
    LEARNED
  }

  /** The state before the first token. */
  default InitialState initialState() {
    return InitialState.ZERO;
  }

  /** The name that stands in {@code type}. */
  default String name() {
    return getClass().getAnnotation(Variant.class).value();
  }

  /** The name with what differs from the plain cell, such as {@code lstm with peepholes}. */
  default String description() {
    List<String> parts = new ArrayList<>(features());
    if (initialState() == InitialState.LEARNED) parts.add("a learned start");
    if (parts.isEmpty()) return name();
    String last = parts.remove(parts.size() - 1);
    return name() + " with " + (parts.isEmpty() ? "" : String.join(", ", parts) + " and ") + last;
  }

  /** What differs from the plain cell, the state before the first token aside. */
  List<String> features();

  /** The width of the state that a cell of H units hands on: H unless there is a projection. */
  default int outputs(int hidden) {
    return hidden;
  }

  /**
   * The simple recurrent network.
   *
   * @param activation the squashing function
   * @param recurrent the first values of the recurrent weights
   * @param order how many past states recur
   * @param initialState the states before the first token
   */
  @Variant(value = "rnn", about = "The simple recurrent network of Elman.")
  record Rnn(
      @Setting(value = "The activation.", byDefault = "tanh") Activation activation,
      @Setting(
              value =
                  "First values of the recurrent weights: an orthogonal matrix, or the identity, which with relu keeps states and gradients as they are at first.",
              byDefault = "orthogonal")
          Recurrent recurrent,
      @Setting(
              value = "How many of the last states recur, each through a matrix of its own.",
              byDefault = "1",
              min = 1,
              max = MOST_ORDER)
          int order,
      @Setting(
              value = "The states before the first token: zeros, or learned vectors.",
              byDefault = "zero")
          InitialState initialState)
      implements CellConfig {
    /** Checks the order. */
    public Rnn {
      if (order < 1 || order > MOST_ORDER)
        throw new IllegalArgumentException("an order of " + order);
    }

    /** The plain cell with an activation. */
    public Rnn(Activation activation) {
      this(activation, Recurrent.ORTHOGONAL, 1, InitialState.ZERO);
    }

    /** The plain cell, with tanh. */
    public Rnn() {
      this(Activation.TANH);
    }

    @Override
    public List<String> features() {
      List<String> features = new ArrayList<>();
      if (activation != Activation.TANH) features.add(lowerCase(activation));
      if (recurrent == Recurrent.IDENTITY) features.add("identity at first");
      if (order > 1) features.add("the last " + order + " states");
      return features;
    }
  }

  /** The most states that recur in a simple recurrent network. */
  int MOST_ORDER = 16;

  /** An activation of the simple recurrent network and of a window. */
  enum Activation {
    /** Hyperbolic tangent. */
    TANH,
    /** Logistic sigmoid. */
    SIGMOID,
    /** Rectified linear unit. */
    RELU
  }

  /** First values of the recurrent weights of a simple recurrent network. */
  enum Recurrent {
    /** A random orthogonal matrix (Saxe et al. 2014). */
    ORTHOGONAL,
    /** The identity (Le, Jaitly and Hinton 2015). */
    IDENTITY
  }

  /**
   * Long short-term memory.
   *
   * @param peepholes whether the gates see the memory
   * @param coupling whether one of input and forget gate is 1 minus the other
   * @param forgetBias the first value of the forget gate's bias
   * @param projection the width P of the state that is handed on; absent for that of the memory
   * @param initialState state and memory before the first token
   */
  @Variant(value = "lstm", about = "Long short-term memory.")
  record Lstm(
      @Setting(
              value =
                  "Whether the gates see the memory, each unit its own: input and forget gate the memory before the token, the output gate that after it.",
              byDefault = "false")
          boolean peepholes,
      @Setting(
              value =
                  "Whether input and forget gate are one: none, or which of the two is learned, the other being 1 minus it.",
              byDefault = "none")
          Coupling coupling,
      @Setting(
              value =
                  "First value of the forget gate's bias; where the input gate is the learned one, of minus its bias.",
              byDefault = "1.0",
              min = -MOST_BIAS,
              max = MOST_BIAS)
          double forgetBias,
      @Setting(
              value =
                  "Width of the state that is handed on, below that of the memory: the output goes through a learned matrix. Without it both have one width.",
              min = 1,
              max = 4095)
          Optional<Integer> projection,
      @Setting(
              value = "State and memory before the first token: zeros, or learned vectors.",
              byDefault = "zero")
          InitialState initialState)
      implements CellConfig {
    /** Checks the numbers. */
    public Lstm {
      if (!(Math.abs(forgetBias) <= MOST_BIAS))
        throw new IllegalArgumentException("a bias of " + forgetBias);
      if (projection.isPresent() && projection.get() < 1)
        throw new IllegalArgumentException("a projection to " + projection.get());
    }

    /** The plain cell. */
    public Lstm() {
      this(false, Coupling.NONE, 1, Optional.empty(), InitialState.ZERO);
    }

    /** With peepholes or coupled gates. */
    public Lstm(boolean peepholes, Coupling coupling) {
      this(peepholes, coupling, 1, Optional.empty(), InitialState.ZERO);
    }

    @Override
    public List<String> features() {
      List<String> features = new ArrayList<>();
      if (peepholes) features.add("peepholes");
      if (coupling != Coupling.NONE) features.add("a coupled " + lowerCase(coupling) + " gate");
      projection.ifPresent(p -> features.add("a projection to " + p));
      return features;
    }

    @Override
    public int outputs(int hidden) {
      if (projection.isPresent() && projection.get() >= hidden)
        throw new IllegalArgumentException(
            "a projection of " + hidden + " units to " + projection.get());
      return projection.isPresent()
          ? projection.get()
          : hidden; // asked for in every pass: no boxing
    }
  }

  /** The largest first value of a forget gate's bias, and minus the smallest. */
  int MOST_BIAS = 20;

  /** Which of input and forget gate is learned where they are coupled. */
  enum Coupling {
    /** Both: they are not coupled. */
    NONE,
    /** The input gate, f = 1 - i (Greff et al. 2017). */
    INPUT,
    /** The forget gate, i = 1 - f. */
    FORGET
  }

  /**
   * The gated recurrent unit.
   *
   * @param reset where the reset gate acts
   * @param initialState the state before the first token
   */
  @Variant(value = "gru", about = "The gated recurrent unit.")
  record Gru(
      @Setting(
              value =
                  "Where the reset gate acts: after the matrix product of the state or before it; with none there is no reset gate, the update gate alone.",
              byDefault = "after")
          Reset reset,
      @Setting(
              value = "The state before the first token: zeros, or a learned vector.",
              byDefault = "zero")
          InitialState initialState)
      implements CellConfig {

    /** The plain cell. */
    public Gru() {
      this(Reset.AFTER);
    }

    /** With the reset gate at another place. */
    public Gru(Reset reset) {
      this(reset, InitialState.ZERO);
    }

    @Override
    public List<String> features() {
      return switch (reset) {
        case AFTER -> List.of();
        case BEFORE -> List.of("its reset before the product");
        case NONE -> List.of("its update gate alone");
      };
    }
  }

  /** Where the reset gate acts. */
  enum Reset {
    /** After the matrix product: r·(h·U + b). */
    AFTER,
    /** Before it: (r·h)·U. */
    BEFORE,
    /** Nowhere: there is none. */
    NONE
  }

  /**
   * A token with its neighbours, and no memory.
   *
   * @param before how many tokens before it
   * @param after how many behind it
   * @param activation the squashing function
   */
  @Variant(
      value = "window",
      about =
          "The token with its neighbours and no memory, the baseline of the others; it looks to both sides by itself, so with bidirectional: false.")
  record Window(
      @Setting(
              value = "How many tokens before a token its state is made of.",
              byDefault = "2",
              min = 0,
              max = MOST_NEIGHBOURS)
          int before,
      @Setting(
              value =
                  "How many tokens behind it; 0 for a language model, and for a tagger that labels words while they arrive.",
              byDefault = "2",
              min = 0,
              max = MOST_NEIGHBOURS)
          int after,
      @Setting(value = "The activation.", byDefault = "tanh") Activation activation)
      implements CellConfig {
    /** Checks the numbers. */
    public Window {
      if (before < 0 || before > MOST_NEIGHBOURS || after < 0 || after > MOST_NEIGHBOURS)
        throw new IllegalArgumentException(
            "a window of " + before + " tokens before and " + after + " after");
    }

    /** With tanh. */
    public Window(int before, int after) {
      this(before, after, Activation.TANH);
    }

    /** With its tokens, such as {@code window of 2+1+2}. */
    @Override
    public String description() {
      String tokens = name() + " of " + before + "+1+" + after;
      return features().isEmpty() ? tokens : tokens + " with " + features().get(0);
    }

    @Override
    public List<String> features() {
      return activation == Activation.TANH ? List.of() : List.of(lowerCase(activation));
    }
  }

  /** The most tokens on one side of a window. */
  int MOST_NEIGHBOURS = 16;

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }
}
