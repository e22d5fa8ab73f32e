package dev.sluice.network;

import dev.sluice.batch.Spellings;
import dev.sluice.kernel.Kernels;

/** Turns the letters of a word into a vector; each distinct word of a batch is read once. */
interface CharacterEncoder {

  /** The numbers of one batch. */
  abstract class State {
    /** The vectors of the distinct words, [words, padded width]. */
    float[] out = new float[0];

    /** Their gradient. */
    float[] dOut = new float[0];

    /** How many numbers the words of the batch take here, the vectors aside. */
    abstract long numbers(Spellings words, boolean training);

    /** The length of the longest array that the words of the batch take here, the vectors aside. */
    abstract long longest(Spellings words);
  }

  /** F, the length of a word's vector. */
  int width();

  /** Room for a batch. */
  State state();

  /** Brings derived forms up to date with the weights. */
  void pack(Kernels k, float[] dense, boolean training);

  /** First values. */
  void initialise(Parameters p, Recurrent.Initial initial);

  /** Fills {@code s.out}. */
  void forward(Kernels k, float[] dense, Spellings words, State s, boolean training);

  /** From {@code s.dOut}, adds the gradient of the weights to {@code g}. */
  void backward(Kernels k, float[] dense, Spellings words, State s, float[] g);

  /** The encoder of a shape. */
  static CharacterEncoder of(Parameters.Layout layout, NetworkShape.Input.Characters shape) {
    return switch (shape.reader()) {
      case CNN -> new CharacterCnn(layout, shape);
      case LSTM, GRU -> new CharacterRnn(layout, shape);
    };
  }
}
