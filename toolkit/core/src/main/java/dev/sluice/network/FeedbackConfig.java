package dev.sluice.network;

import dev.sluice.config.Consistent;
import dev.sluice.config.Setting;
import dev.sluice.config.Variant;

/**
 * The {@code output.feedback} section: a hidden layer that also sees the label of the token before, see {@link LabelFeedback}.
 *
 * @param hidden its width
 * @param activation its squashing function
 * @param recurrent whether it sees its own state of the token before, too
 * @param previous which label is fed back in training
 * @param beam how many beginnings of a label sequence are kept while a sentence is labelled
 */
public record FeedbackConfig(
    @Setting(
            value = "Width of the layer that sees the label before.",
            byDefault = "100",
            min = 1,
            max = 4096)
        int hidden,
    @Setting(value = "Its activation.", byDefault = "tanh") CellConfig.Activation activation,
    @Setting(
            value =
                "Whether it sees its own state of the token before as well: the recurrence of Jordan and that of Elman in one.",
            byDefault = "false")
        boolean recurrent,
    @Setting(
            value =
                "What is fed back while the network learns: the right label, more and more often the network's own label, or always the distribution that it gives.",
            byDefault = "{type: gold}")
        Previous previous,
    @Setting(
            value =
                "Beam search: how many beginnings of a label sequence are kept while a sentence is labelled. 1 takes the best label of each token (greedy).",
            byDefault = "1",
            min = 1,
            max = MOST_BEAM)
        int beam)
    implements Consistent {
  /** The widest beam. */
  public static final int MOST_BEAM = 64;

  /** What stands for the label of the token before in training. */
  public sealed interface Previous {
    /** The share of tokens before which the network's own label is fed back instead of the right one, in an epoch counted from 1. */
    double ownShare(int epoch);

    /** The right label. */
    @Variant(
        value = "gold",
        about =
            "The right label (teacher forcing); when a sentence is labelled, the label that was given.")
    record Gold() implements Previous {
      @Override
      public double ownShare(int epoch) {
        return 0;
      }
    }

    /**
     * The right label or the network's own: scheduled sampling with a linear decay (Bengio et al. 2015, arXiv:1506.03099, section 2.4).
     *
     * @param fall how much the share of right labels falls from epoch to epoch
     * @param least the share at which it stays
     */
    @Variant(
        value = "scheduled",
        about =
            "The right label in the first epoch, then more and more often the best one by the network's own scores (scheduled sampling); when a sentence is labelled, the label that was given.")
    record Scheduled(
        @Setting(
                value = "How much the share of right labels falls from epoch to epoch.",
                byDefault = "0.05",
                min = 0,
                max = 1,
                aboveMin = true)
            double fall,
        @Setting(
                value = "The share of right labels at which it stays.",
                byDefault = "0.5",
                min = 0,
                max = 1,
                belowMax = true)
            double least)
        implements Previous {
      @Override
      public double ownShare(int epoch) {
        return 1 - Math.max(least, 1 - fall * (epoch - 1));
      }
    }

    /** The distribution over the labels that the network gives the token before. */
    @Variant(
        value = "own",
        about =
            "The distribution over the labels that the network gives the token before, in training and when a sentence is labelled: the network of Jordan.")
    record Own() implements Previous {
      @Override
      public double ownShare(int epoch) {
        return 0; // no label is chosen
      }
    }
  }

  @Override
  public void check(Conflicts to) {
    if (beam == 1 || !(previous instanceof Previous.Own)) return;
    to.conflict(
        "beam",
        "previous",
        "a beam keeps beginnings of label sequences, but own feeds back distributions, which no label changes",
        "remove beam, or set previous: gold");
  }

  /** The sizes of the layer. */
  public NetworkShape.Feedback shape() {
    return new NetworkShape.Feedback(
        hidden, activation, recurrent, previous instanceof Previous.Own);
  }
}
