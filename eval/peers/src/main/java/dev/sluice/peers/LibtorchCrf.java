package dev.sluice.peers;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A linear-chain CRF over padded scores [T,B,L]: all sentences and labels at once, token after token. Where a sentence has ended, its numbers stay as they are.
 *
 * @param weights the scores of moves, and of first and last labels
 * @param normaliser how log Z is worked out
 */
record LibtorchCrf(LibtorchWeights weights, LibtorchVariant.Crf normaliser) {

  /** The sum over the sentences of -log p(gold labels). */
  Tensor loss(Tensor scores, PaddedBatch batch) {
    Tensor logZ =
        normaliser == LibtorchVariant.Crf.LOG_SUM_EXP
            ? byLogSumExp(scores, batch)
            : byScaledProducts(scores, batch);
    return logZ.sub(gold(scores, batch));
  }

  /** The sum of the scores of the gold labels. */
  private Tensor gold(Tensor scores, PaddedBatch batch) {
    Tensor sum = at(scores, batch.gold).add(at(weights.start(), batch.first));
    if (batch.moves.length > 0) sum = sum.add(at(weights.transitions(), batch.moves));
    return sum.add(at(weights.stop(), batch.last));
  }

  private static Tensor at(Tensor scores, long[] places) {
    return scores.reshape(-1).index_select(0, torch.tensor(places)).sum();
  }

  /** The sum of log Z, by α[t,j] = score[t,j] + log Σᵢ exp(α[t-1,i] + trans[i,j]). */
  private Tensor byLogSumExp(Tensor scores, PaddedBatch batch) {
    Tensor into = weights.transitions().t().contiguous(); // [j,i]
    TensorVector score = scores.unbind(0);
    TensorVector live = live(batch).unbind(0);
    Tensor alpha = score.get(0).add(weights.start());
    for (int t = 1; t < batch.steps; t++) {
      Tensor next = alpha.unsqueeze(1).add(into).logsumexp(2).add(score.get(t));
      alpha = t < batch.shortest() ? next : torch.where(live.get(t), next, alpha);
    }
    return alpha.add(weights.stop()).logsumexp(1).sum();
  }

  /**
   * The sum of log Z, by probabilities [B,L] that are multiplied with exp(trans) and exp(score[t]) and scaled to the sum 1 at each token: log Z is the sum of the
   * logarithms of the scales. The highest score of each token and of the moves is taken off before exponentials and added to the result; log Z does not depend on it, so it
   * needs no gradient.
   */
  private Tensor byScaledProducts(Tensor scores, PaddedBatch batch) {
    Tensor highest = scores.detach().amax(new long[] {2}, true);
    Tensor highestMove = weights.transitions().detach().max();
    Tensor moves = weights.transitions().sub(highestMove).exp();
    TensorVector factor = scores.sub(highest).exp().unbind(0);
    Tensor live = live(batch);
    TensorVector liveAt = live.unbind(0);
    TensorVector scales = new TensorVector();
    Tensor p = factor.get(0).mul(weights.start().exp());
    for (int t = 0; ; t++) {
      if (t > 0) {
        Tensor next = p.mm(moves).mul(factor.get(t));
        p = t < batch.shortest() ? next : torch.where(liveAt.get(t), next, p);
      }
      Tensor scale = p.sum(1).unsqueeze(1);
      scales.push_back(scale);
      p = p.div(scale);
      if (t == batch.steps - 1) break;
    }
    return torch
        .stack(scales)
        .log()
        .add(highest.mul(live))
        .sum()
        .add(highestMove.mul(new Scalar((double) batch.tokens - batch.sentences)))
        .add(p.mul(weights.stop().exp()).sum(1).log().sum());
  }

  /** Whether a sentence reaches a step, [T,B,1]. */
  private static Tensor live(PaddedBatch batch) {
    Tensor step = torch.arange(new Scalar((long) batch.steps)).unsqueeze(1);
    return step.lt(torch.tensor(batch.lengths)).unsqueeze(2);
  }

  /**
   * The most probable labels, by Viterbi's recursion; the way back is walked in Java.
   *
   * @return for each sentence its labels
   */
  int[][] best(Tensor scores, PaddedBatch batch) {
    int T = batch.steps, B = batch.sentences, L = weights.labels();
    Tensor into = weights.transitions().t().contiguous();
    TensorVector score = scores.unbind(0);
    TensorVector live = live(batch).unbind(0);
    TensorVector before = new TensorVector();
    Tensor delta = score.get(0).add(weights.start());
    for (int t = 1; t < T; t++) {
      T_TensorTensor_T best = delta.unsqueeze(1).add(into).max(2);
      before.push_back(best.get1());
      Tensor next = best.get0().add(score.get(t));
      delta = t < batch.shortest() ? next : torch.where(live.get(t), next, delta);
    }
    long[] last = longs(delta.add(weights.stop()).max(1).get1());
    long[] way = T == 1 ? new long[0] : longs(torch.stack(before));
    int[][] labels = new int[B][];
    for (int i = 0; i < B; i++) {
      int[] path = labels[i] = new int[(int) batch.lengths[i]];
      path[path.length - 1] = (int) last[i];
      for (int t = path.length - 1; t > 0; t--)
        path[t - 1] = (int) way[((t - 1) * B + i) * L + path[t]];
    }
    return labels;
  }

  private static long[] longs(Tensor tensor) {
    long[] values = new long[Math.toIntExact(tensor.numel())];
    tensor.data_ptr_long().get(values);
    return values;
  }
}
