package dev.sluice.network;

import dev.sluice.config.Consistent;
import dev.sluice.config.Setting;
import dev.sluice.config.Variant;
import java.util.Optional;

/** The {@code encoder.attention} section: what the outputs see of other tokens beside the state of their own. */
public sealed interface AttentionConfig {

  /** The sizes of the layer, if there is one. */
  Optional<NetworkShape.Attention> shape();

  /** The state alone. */
  @Variant(value = "none", about = "The outputs see the states of the last layer alone.")
  record None() implements AttentionConfig {
    @Override
    public Optional<NetworkShape.Attention> shape() {
      return Optional.empty();
    }
  }

  /**
   * The state beside what its token gathers from the whole sentence, see {@link SelfAttention}.
   *
   * @param width A, the length of what is gathered
   * @param heads how many times a token chooses what to gather from, each time A / heads numbers
   */
  @Variant(
      value = "self",
      about =
          "Beside its state, each token has a weighted mean over all tokens of its sentence (scaled dot-product attention). The time per sentence"
              + " grows with the square of its length.")
  record Self(
      @Setting(
              value = "Length of the weighted mean, all heads together.",
              byDefault = "64",
              min = 1,
              max = 4096)
          int width,
      @Setting(
              value = "Number of heads, each with weights of its own; divides the width.",
              byDefault = "1",
              min = 1,
              max = 64)
          int heads)
      implements AttentionConfig, Consistent {
    @Override
    public void check(Conflicts to) {
      if (width % heads == 0) return;
      to.conflict(
          "heads",
          "width",
          "a width of " + width + " cannot be cut into " + heads + " heads",
          "make the width a multiple of the heads, e.g. " + (width / heads + 1) * heads);
    }

    @Override
    public Optional<NetworkShape.Attention> shape() {
      return Optional.of(new NetworkShape.Attention(width, heads));
    }
  }
}
