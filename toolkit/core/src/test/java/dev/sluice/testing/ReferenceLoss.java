package dev.sluice.testing;

import dev.sluice.batch.Example;
import dev.sluice.loss.Moves;
import dev.sluice.network.NetworkShape;
import java.util.Arrays;

/** The losses in double, from their formulas; the chain by the textbook's backward recursion in logarithms, differentiated step by step. */
final class ReferenceLoss {
  private static final String TRANSITION = "tokens.transition";
  private static final String START = "tokens.start";
  private static final String STOP = "tokens.stop";

  private final ReferenceWeights weights;
  private final Teaching teaching;
  private final boolean chain;
  private final double tokenShare, sentenceShare;

  ReferenceLoss(ReferenceWeights weights, NetworkShape shape, Teaching teaching) {
    this.weights = weights;
    this.teaching = teaching;
    boolean both = shape.tokens().isPresent() && shape.sentence().isPresent();
    tokenShare = both ? teaching.tokenShare() : 1;
    sentenceShare = both ? teaching.sentenceShare() : 1;
    chain = shape.tokens().map(NetworkShape.Tokens::chain).orElse(false);
    if (!chain) return;
    int L = Gallery.LABELS;
    weights.add(TRANSITION, L, L);
    weights.add(START, 1, L);
    weights.add(STOP, 1, L);
  }

  /** The loss of a sentence, without any gradient. */
  double loss(Example e, double[][] emit, double[] intents) {
    int L = Gallery.LABELS;
    Moved nowhere = new Moved(new double[L][L], new double[L], new double[L]);
    double[][] dEmit = new double[emit.length][L];
    return loss(e, emit, intents, dEmit, new double[Gallery.INTENTS], nowhere);
  }

  /**
   * The loss of a sentence; adds the gradient of its scores, and that of the moves to the weights' gradients.
   *
   * @param emit scores of the labels of tokens, [T][L]; without rows when tokens have none
   * @param intents scores of the labels of the sentence; null when it has none
   * @param dEmit as {@code emit}, added to
   * @param dIntents as {@code intents}, added to
   */
  double gradient(
      Example e, double[][] emit, double[] intents, double[][] dEmit, double[] dIntents) {
    Moved moved =
        chain
            ? new Moved(
                weights.gradient(TRANSITION), weights.gradient(START)[0], weights.gradient(STOP)[0])
            : null;
    return loss(e, emit, intents, dEmit, dIntents, moved);
  }

  private double loss(
      Example e,
      double[][] emit,
      double[] intents,
      double[][] dEmit,
      double[] dIntents,
      Moved moved) {
    double loss = 0;
    if (emit.length > 0 && chain) loss += chain(e.labels(), emit, dEmit, moved);
    for (int t = 0; t < emit.length && !chain; t++)
      loss += tokenShare * token(emit[t], e.labels()[t], dEmit[t]);
    if (intents == null) return loss;
    float[] w = teaching.sentenceWeights();
    double smoothing = teaching.sentenceSmoothing();
    return loss
        + sentenceShare
            * (teaching.several()
                ? sigmoid(intents, e.intents(), w, smoothing, sentenceShare, dIntents)
                : softmax(intents, e.intents()[0], w, smoothing, sentenceShare, dIntents));
  }

  private double token(double[] emit, int label, double[] dEmit) {
    float[] w = teaching.tokenWeights();
    double smoothing = teaching.tokenSmoothing();
    return teaching.squared()
        ? squaredError(emit, label, w, smoothing, tokenShare, dEmit)
        : softmax(emit, label, w, smoothing, tokenShare, dEmit);
  }

  private static double weight(float[] weights, int label) {
    return weights == null ? 1 : weights[label];
  }

  private static double softmax(
      double[] x, int label, float[] weights, double smoothing, double factor, double[] dx) {
    if (label < 0) return 0;
    double w = weight(weights, label), logZ = logSumExp(x), loss = 0;
    for (int j = 0; j < x.length; j++) {
      double target = smoothing / x.length + (j == label ? 1 - smoothing : 0);
      loss -= w * target * (x[j] - logZ);
      dx[j] += factor * w * (Math.exp(x[j] - logZ) - target);
    }
    return loss;
  }

  /** The gradient by the Jacobian of the softmax, element by element. */
  private static double squaredError(
      double[] x, int label, float[] weights, double smoothing, double factor, double[] dx) {
    if (label < 0) return 0;
    double w = weight(weights, label), logZ = logSumExp(x), loss = 0;
    double[] p = new double[x.length];
    for (int j = 0; j < x.length; j++) p[j] = Math.exp(x[j] - logZ);
    for (int k = 0; k < x.length; k++) {
      double target = smoothing / x.length + (k == label ? 1 - smoothing : 0);
      loss += w * 0.5 * (p[k] - target) * (p[k] - target);
      for (int j = 0; j < x.length; j++)
        dx[j] += factor * w * (p[k] - target) * p[k] * ((j == k ? 1 : 0) - p[j]);
    }
    return loss;
  }

  private static double sigmoid(
      double[] x, int[] labels, float[] weights, double smoothing, double factor, double[] dx) {
    if (labels.length == 0) return 0;
    double loss = 0;
    for (int j = 0; j < x.length; j++) {
      int label = j;
      boolean has = Arrays.stream(labels).anyMatch(l -> l == label);
      double y = (1 - smoothing) * (has ? 1 : 0) + smoothing / 2;
      double p = 1 / (1 + Math.exp(-x[j])), w = weight(weights, j);
      loss -= w * (y * Math.log(p) + (1 - y) * Math.log(1 - p));
      dx[j] += factor * w * (p - y);
    }
    return loss;
  }

  /** The gradients of moves, added to. */
  private record Moved(double[][] transition, double[] start, double[] stop) {}

  private double chain(int[] gold, double[][] emit, double[][] dEmit, Moved moved) {
    int T = emit.length, L = Gallery.LABELS;
    Moves moves = teaching.moves();
    double[][] trans = weights.of(TRANSITION);
    double[] start = weights.of(START)[0], stop = weights.of(STOP)[0];
    double[][] beta = new double[T][L]; // log of the weight of all ends behind a label
    for (int t = T - 1; t >= 0; t--) {
      for (int i = 0; i < L; i++) {
        if (t == T - 1) beta[t][i] = moves.mayEnd(i) ? stop[i] : Double.NEGATIVE_INFINITY;
        else beta[t][i] = logSumExp(next(moves, trans, emit, beta, t, i));
      }
    }
    double[][] dBeta = new double[T][L];
    double loss = 0;
    for (int t = 0; t < T; t++) {
      int before = t == 0 ? -1 : gold[t - 1];
      double[] scores =
          t == 0 ? first(moves, start, emit, beta) : next(moves, trans, emit, beta, t - 1, before);
      double normaliser = logSumExp(scores);
      int possible = 0;
      for (double score : scores) if (score > Double.NEGATIVE_INFINITY) possible++;
      double w = tokenShare * weight(teaching.tokenWeights(), gold[t]);
      double eps = teaching.tokenSmoothing();
      double[] dScores = new double[L];
      for (int j = 0; j < L; j++) {
        if (scores[j] == Double.NEGATIVE_INFINITY) continue;
        double q = (j == gold[t] ? 1 - eps : 0) + eps / possible;
        loss -= w * q * (scores[j] - normaliser);
        dScores[j] = w * (Math.exp(scores[j] - normaliser) - q);
      }
      share(t, before, dScores, moved, dEmit, dBeta);
    }
    // what the normalisers of later labels pass on: β[t,i] = log Σⱼ exp(…)
    for (int t = 0; t < T; t++) {
      for (int i = 0; i < L; i++) {
        if (dBeta[t][i] == 0 || beta[t][i] == Double.NEGATIVE_INFINITY) continue;
        if (t == T - 1) {
          moved.stop[i] += dBeta[t][i];
          continue;
        }
        double[] scores = next(moves, trans, emit, beta, t, i), dScores = new double[L];
        for (int j = 0; j < L; j++) dScores[j] = dBeta[t][i] * Math.exp(scores[j] - beta[t][i]);
        share(t + 1, i, dScores, moved, dEmit, dBeta);
      }
    }
    return loss;
  }

  /** Passes the gradient of start[j] or trans[i,j], plus emit[t,j] and β[t,j], to each of them. */
  private static void share(
      int t, int before, double[] dScores, Moved moved, double[][] dEmit, double[][] dBeta) {
    for (int j = 0; j < dScores.length; j++) {
      (t == 0 ? moved.start : moved.transition[before])[j] += dScores[j];
      dEmit[t][j] += dScores[j];
      dBeta[t][j] += dScores[j];
    }
  }

  private static double[] first(Moves moves, double[] start, double[][] emit, double[][] beta) {
    double[] scores = new double[start.length];
    for (int j = 0; j < scores.length; j++)
      scores[j] = moves.mayBegin(j) ? start[j] + emit[0][j] + beta[0][j] : Double.NEGATIVE_INFINITY;
    return scores;
  }

  private static double[] next(
      Moves moves, double[][] trans, double[][] emit, double[][] beta, int t, int i) {
    double[] scores = new double[trans.length];
    for (int j = 0; j < scores.length; j++)
      scores[j] =
          moves.mayFollow(i, j)
              ? trans[i][j] + emit[t + 1][j] + beta[t + 1][j]
              : Double.NEGATIVE_INFINITY;
    return scores;
  }

  private static double logSumExp(double[] x) {
    double max = Arrays.stream(x).max().orElseThrow(), sum = 0;
    if (max == Double.NEGATIVE_INFINITY) return max;
    for (double v : x) sum += Math.exp(v - max);
    return max + Math.log(sum);
  }
}
