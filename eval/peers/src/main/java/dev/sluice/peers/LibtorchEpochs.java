package dev.sluice.peers;

import dev.sluice.batch.Example;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** {@link LibtorchTagger} in training and at work, on the batches of our trainer. */
final class LibtorchEpochs implements EpochPeer {
  private final EpochWork work;
  private final LibtorchVariant variant;
  private final String system;
  private final LibtorchTagger tagger;
  private final TensorVector parameters;
  private final AdamOptions options;
  private final Adam adam;
  private final RowAdam rowAdam; // null when all rows are updated
  private final double clip;
  private int epochs;
  private double loss = Double.NaN;

  LibtorchEpochs(EpochWork work, LibtorchVariant variant) {
    this(work, variant, "libtorch");
  }

  /** With a name of its own, so that it is compared by itself. */
  LibtorchEpochs(EpochWork work, LibtorchVariant variant, String system) {
    this.system = system;
    this.work = work;
    this.variant = variant;
    torch.manual_seed(work.seed());
    tagger = new LibtorchTagger(work, variant);
    Tensor table = tagger.weights().words();
    parameters = tagger.weights().dense();
    double rate = work.config().training().optimizer().rate();
    if (variant.update() == LibtorchPeer.Update.DENSE) {
      parameters.push_back(table);
      rowAdam = null;
    } else {
      table.set_requires_grad(false);
      rowAdam = new RowAdam(table, (int) table.size(0), (int) table.size(1), rate);
    }
    options = new AdamOptions(rate);
    adam = new Adam(parameters, options);
    clip = work.config().training().clip().norm().orElseThrow();
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public String variant() {
    return variant.toString();
  }

  @Override
  public long weights() {
    return tagger.weights().count();
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public double trainEpoch() {
    return train(Integer.MAX_VALUE);
  }

  /**
   * Trains on the first batches of the next epoch.
   *
   * @return seconds
   */
  double train(int batches) {
    torch.set_num_threads(variant.threads());
    long began = System.nanoTime();
    Example[][] plan = work.epoch(++epochs);
    double sum = 0;
    long tokens = 0;
    for (int b = 0; b < Math.min(batches, plan.length); b++) {
      sum += learn(plan[b]);
      for (Example example : plan[b]) tokens += example.length();
    }
    loss = sum / tokens;
    if (!Double.isFinite(loss)) throw new IllegalStateException("the loss of libtorch is " + loss);
    return (System.nanoTime() - began) * 1e-9;
  }

  /** One step; returns the loss summed over the sentences. */
  @SuppressWarnings("try")
  private double learn(Example[] examples) {
    try (PointerScope scope = new PointerScope()) {
      PaddedBatch batch = tagger.lay(examples);
      adam.zero_grad();
      return rowAdam == null ? learnAllRows(batch) : learnTouchedRows(batch);
    }
  }

  private double learnAllRows(PaddedBatch batch) {
    Tensor table = tagger.weights().words();
    double sum = backward(batch, torch.embedding(table, torch.tensor(batch.words)));
    torch.clip_grad_norm_(parameters, clip);
    adam.step();
    return sum;
  }

  private double learnTouchedRows(PaddedBatch batch) {
    Map<Long, Integer> rowOf = new LinkedHashMap<>();
    long[] numbers = new long[batch.words.length];
    for (int n = 0; n < numbers.length; n++) {
      Integer row = rowOf.putIfAbsent(batch.words[n], rowOf.size());
      numbers[n] = row == null ? rowOf.size() - 1 : row;
    }
    long[] ids = rowOf.keySet().stream().mapToLong(Long::longValue).toArray();
    Tensor touched = torch.tensor(ids);
    Tensor rows = tagger.weights().words().index_select(0, touched).requires_grad_(true);
    double sum = backward(batch, torch.embedding(rows, torch.tensor(numbers)));
    torch.clip_grad_norm_(new TensorVector(parameters.get()).push_back(rows), clip);
    adam.step();
    AutoGradMode off = new AutoGradMode(false);
    rowAdam.step(touched, rows);
    off.deallocate();
    return sum;
  }

  private double backward(PaddedBatch batch, Tensor words) {
    Tensor sum = tagger.loss(batch, words);
    sum.div(new Scalar((double) batch.sentences)).backward();
    return sum.item_float();
  }

  @Override
  public double tagTokensPerSecond(Duration duration) {
    torch.set_num_threads(variant.threads());
    InferenceMode mode = new InferenceMode(true);
    try {
      return Rate.perSecond(
          duration, () -> Arrays.stream(tag(work.test())).mapToInt(labels -> labels.length).sum());
    } finally {
      mode.deallocate();
    }
  }

  /** The labels of sentences that stand longest first. */
  @SuppressWarnings("try")
  int[][] tag(Example[] examples) {
    int[][] labels = new int[examples.length][];
    for (int from = 0; from < examples.length; from += work.batch()) {
      int to = Math.min(examples.length, from + work.batch());
      try (PointerScope scope = new PointerScope()) {
        int[][] found = tagger.tag(tagger.lay(Arrays.copyOfRange(examples, from, to)));
        System.arraycopy(found, 0, labels, from, found.length);
      }
    }
    return labels;
  }

  @Override
  public void close() {
    if (rowAdam != null) rowAdam.close();
    adam.deallocate();
    options.deallocate();
    parameters.deallocate();
    tagger.close();
  }
}
