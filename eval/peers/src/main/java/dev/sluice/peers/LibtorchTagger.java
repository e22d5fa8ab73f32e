package dev.sluice.peers;

import dev.sluice.batch.Example;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The network of epoch.yaml in libtorch: words and a convolution over their letters, an LSTM in both directions, a linear layer, a CRF. Whoever calls it owns the scope in which tensors live.
 */
final class LibtorchTagger implements AutoCloseable {
  private final LibtorchWeights weights;
  private final LibtorchVariant variant;
  private final LibtorchCrf crf;
  private final double inputDropout;
  private final double outputDropout;

  LibtorchTagger(EpochWork work, LibtorchVariant variant) {
    this.variant = variant;
    weights = new LibtorchWeights(work.network());
    crf = new LibtorchCrf(weights, variant.crf());
    inputDropout = work.config().encoder().dropout().input();
    outputDropout = work.config().encoder().dropout().layer();
  }

  LibtorchWeights weights() {
    return weights;
  }

  /** Lays out a batch, which stands longest first. */
  PaddedBatch lay(Example[] batch) {
    return new PaddedBatch(batch, weights.labels(), variant.letters(), weights.filling());
  }

  /**
   * The loss of training, summed over the sentences.
   *
   * @param words the vectors of the words, [T·B,D]
   */
  Tensor loss(PaddedBatch batch, Tensor words) {
    return crf.loss(scores(batch, words, true), batch);
  }

  /** The most probable labels of each sentence. */
  int[][] tag(PaddedBatch batch) {
    Tensor words = torch.embedding(weights.words(), torch.tensor(batch.words));
    return crf.best(scores(batch, words, false), batch);
  }

  /** [T,B,L]. */
  private Tensor scores(PaddedBatch batch, Tensor words, boolean training) {
    int T = batch.steps, B = batch.sentences;
    Tensor spelled = letters(batch).index_select(0, torch.tensor(batch.spelled));
    Tensor x = torch.cat(new TensorVector(words, spelled), 1).view(T, B, -1);
    if (training) x = dropped(x, inputDropout);
    Tensor states =
        variant.lstm() == LibtorchVariant.Lstm.PACKED
            ? packed(batch, x)
            : padded(batch, x, training);
    if (training) states = dropped(states, outputDropout);
    return torch.linear(states, weights.linear(), new TensorOptional(weights.linearBias()));
  }

  /** One mask for all tokens of a sentence. */
  private static Tensor dropped(Tensor x, double rate) {
    return rate == 0 ? x : x.mul(torch.dropout(torch.ones(1, x.size(1), x.size(2)), rate, true));
  }

  /**
   * The largest value of each filter over the letters of a word, [N,F]. The words are images of height 1 whose channels stand last in memory, as the lookup leaves them. (conv1d is slower, and in libtorch
   * 2.10.0 it gives wrong numbers for 30 channels: oneDNN does not clear what it fills them up with to a multiple of 16.)
   */
  private Tensor letters(PaddedBatch batch) {
    Tensor ids = torch.tensor(batch.letters).view(batch.read(), -1);
    Tensor x = torch.embedding(weights.letters(), ids, weights.filling(), false, false);
    long[] one = {1, 1};
    long[] margin = {0, (weights.window() - 1) / 2};
    Tensor y =
        torch.conv2d(
            x.transpose(1, 2).unsqueeze(2),
            weights.filters(),
            new TensorOptional(weights.filterBias()),
            one,
            margin,
            one,
            1);
    Tensor beyond = ids.eq(new Scalar(weights.filling())).unsqueeze(1);
    return y.squeeze(2).masked_fill(beyond, new Scalar(Double.NEGATIVE_INFINITY)).max(2).get0();
  }

  private Tensor packed(PaddedBatch batch, Tensor x) {
    PackedSequence in = torch.pack_padded_sequence(x, torch.tensor(batch.lengths));
    T_TensorTensorTensor_T out =
        torch.lstm(
            in.data(),
            in.batch_sizes(),
            begin(2, batch.sentences),
            both(),
            true,
            1,
            0,
            false,
            true);
    return torch.pad_packed_sequence(new PackedSequence(out.get0(), in.batch_sizes())).get0();
  }

  private Tensor padded(PaddedBatch batch, Tensor x, boolean training) {
    if (batch.even()) return lstm(x, batch.sentences, 2, both(), training);
    Tensor turned = torch.tensor(batch.turned);
    Tensor forward = lstm(x, batch.sentences, 1, weights.lstm("forward"), training);
    Tensor backward = lstm(turn(x, turned), batch.sentences, 1, weights.lstm("backward"), training);
    return torch.cat(new TensorVector(forward, turn(backward, turned)), 2);
  }

  private Tensor lstm(Tensor x, int B, int directions, TensorVector matrices, boolean training) {
    return torch
        .lstm(x, begin(directions, B), matrices, true, 1, 0, training, directions == 2, false)
        .get0();
  }

  /** Each sentence from its last token to its first. */
  private static Tensor turn(Tensor x, Tensor turned) {
    return x.reshape(-1, x.size(2)).index_select(0, turned).view(x.size(0), x.size(1), -1);
  }

  private TensorVector begin(int directions, int sentences) {
    Tensor zero = torch.zeros(directions, sentences, weights.hidden());
    return new TensorVector(zero, zero);
  }

  private TensorVector both() {
    TensorVector both = weights.lstm("forward");
    TensorVector backward = weights.lstm("backward");
    for (long i = 0; i < backward.size(); i++) both.push_back(backward.get(i));
    return both;
  }

  @Override
  public void close() {
    weights.close();
  }
}
