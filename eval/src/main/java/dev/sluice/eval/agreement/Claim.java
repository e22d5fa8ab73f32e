package dev.sluice.eval.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that textbooks say, beside what was measured. It holds when every seed of the side that should be larger is above every seed of the other, it
 * is contradicted when every one is below, and open otherwise or with one seed.
 *
 * @param text what is said
 * @param verdict what the measurement says of it
 * @param larger what should be larger
 * @param smaller what should be smaller
 */
record Claim(String text, Verdict verdict, String larger, String smaller) {
  /** What a measurement says of a claim. */
  enum Verdict {
    /** Every seed agrees. */
    HOLDS,
    /** Some do, or there is one seed alone. */
    OPEN,
    /** Every seed says the contrary. */
    CONTRADICTED;

    static Verdict of(Spread larger, Spread smaller) {
      if (larger.count() < 2 || smaller.count() < 2) return OPEN;
      if (larger.least() > smaller.most()) return HOLDS;
      return larger.most() < smaller.least() ? CONTRADICTED : OPEN;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The claims in the order in which books tell the story. */
  static List<Claim> of(AgreementResults results) {
    List<Claim> claims = new ArrayList<>();
    int far = StudySettings.FAR;
    String before = "before/gradient/" + far, after = "after/gradient/" + far;
    String alone = "alone/" + far + "/accuracy", mixed = "after/accuracy/" + far;
    String near = "alone/" + StudySettings.NEAR + "/accuracy";
    Builder to = new Builder(results, claims);
    to.add(
        "The gradient of a plain network falls with distance",
        StudiedCell.RNN,
        "after/gradient/5",
        StudiedCell.RNN,
        after);
    to.add(
        "At first less of the gradient reaches far in a plain network than in an LSTM",
        StudiedCell.LSTM,
        before,
        StudiedCell.RNN,
        before);
    to.add("So it is after training", StudiedCell.LSTM, after, StudiedCell.RNN, after);
    to.add(
        "Rectified units that begin with the identity keep the gradient better than a plain network at first",
        StudiedCell.RNN_RELU,
        before,
        StudiedCell.RNN,
        before);
    to.add(
        "States further back as inputs keep it better than a plain network at first",
        StudiedCell.RNN_ORDER_3,
        before,
        StudiedCell.RNN,
        before);
    to.add(
        "Where no activation squashes the state, gradients explode: the largest norm in training",
        StudiedCell.RNN_RELU,
        "largestNorm",
        StudiedCell.RNN,
        "largestNorm");
    to.add(
        "A plain network taught at one distance learns near agreement better than far",
        StudiedCell.RNN,
        near,
        StudiedCell.RNN,
        alone);
    to.add(
        "An LSTM taught far agreement alone learns it better than a plain network",
        StudiedCell.LSTM,
        alone,
        StudiedCell.RNN,
        alone);
    to.add("So does a GRU", StudiedCell.GRU_AFTER, alone, StudiedCell.RNN, alone);
    to.add(
        "So do rectified units that begin with the identity",
        StudiedCell.RNN_RELU,
        alone,
        StudiedCell.RNN,
        alone);
    to.add("So does a network of order 3", StudiedCell.RNN_ORDER_3, alone, StudiedCell.RNN, alone);
    to.add(
        "A window, which has no memory, learns the agreement that it can see better than one beyond it",
        StudiedCell.WINDOW,
        near,
        StudiedCell.WINDOW,
        "alone/" + StudySettings.distances()[1] + "/accuracy");
    to.add(
        "An LSTM taught far agreement alone learns it better than a window",
        StudiedCell.LSTM,
        alone,
        StudiedCell.WINDOW,
        alone);
    to.add(
        "Taught all distances, an LSTM agrees better at the largest than a plain network",
        StudiedCell.LSTM,
        mixed,
        StudiedCell.RNN,
        mixed);
    for (String when : List.of("before", "after")) {
      to.add(
          "The error surface of a plain network is rougher than that of an LSTM, "
              + when
              + " training, 99th percentile of factors",
          StudiedCell.RNN,
          when + "/surface/percentile99",
          StudiedCell.LSTM,
          when + "/surface/percentile99");
      to.add(
          "So it is by the largest step in nats",
          StudiedCell.RNN,
          when + "/surface/largestStep",
          StudiedCell.LSTM,
          when + "/surface/largestStep");
    }
    return claims;
  }

  /** Collects claims that one number of a cell is above another. */
  private record Builder(AgreementResults results, List<Claim> claims) {
    void add(String text, StudiedCell high, String highPath, StudiedCell low, String lowPath) {
      Spread larger = results.spread(high, highPath), smaller = results.spread(low, lowPath);
      Verdict verdict = Verdict.of(larger, smaller);
      claims.add(new Claim(text, verdict, told(high, larger), told(low, smaller)));
    }

    private static String told(StudiedCell cell, Spread spread) {
      return cell.title() + " " + AgreementPage.range(spread);
    }
  }
}
