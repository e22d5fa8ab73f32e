package dev.sluice.peers;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch through the binding of bytedeco, used as its documentation asks for speed: time-major
 * tensors, the built-in LSTM, inference mode for tagging. Native memory is given back by scopes and by
 * {@link #close}; the collector must leave it alone (-Dorg.bytedeco.javacpp.nopointergc=true).
 */
final class LibtorchPeer implements Peer {

  /** How the embedding table is updated. */
  enum Update {
    /** libtorch's own Adam over the whole table. */
    DENSE("all rows updated"),
    /** {@link RowAdam} on the rows of the batch; libtorch's Adam for all other weights. */
    ROWS("touched rows updated");

    private final String title;

    Update(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  private final Work work;
  private final int threads;
  private final Update update;
  private final int[][][] batches;
  private final EmbeddingImpl embedding;
  private final LSTMImpl lstm;
  private final LinearImpl linear;
  private final TensorVector parameters;
  private final Adam adam;
  private final AdamOptions options;
  private final Tensor table;
  private final RowAdam rowAdam;
  private final LongOptional lastAxis = new LongOptional(-1);
  private final long[] ids;
  private final long[] labels;
  private final long[] rowOf; // per word its row among those of the batch, or -1
  private final long[] rowIds;
  private int next;
  private double loss = Double.NaN;

  LibtorchPeer(Work work, int threads, Update update) {
    this.work = work;
    this.threads = threads;
    this.update = update;
    batches = work.batches();
    ids = new long[work.tokens()];
    labels = new long[work.tokens()];
    rowIds = new long[work.tokens()];
    rowOf = new long[work.words()];
    Arrays.fill(rowOf, -1);
    torch.manual_seed(work.seed());
    embedding = new EmbeddingImpl(work.words(), work.dimension());
    try (LSTMOptions shape = new LSTMOptions(work.dimension(), work.hidden())) {
      shape.bidirectional().put(true);
      shape.num_layers().put(work.layers());
      lstm = new LSTMImpl(shape);
    }
    linear = new LinearImpl(2L * work.hidden(), work.labels());
    table = embedding.weight();
    parameters = new TensorVector();
    if (update == Update.DENSE) {
      parameters.push_back(table);
      rowAdam = null;
    } else {
      table.set_requires_grad(false);
      rowAdam = new RowAdam(table, work.words(), work.dimension(), Work.RATE);
    }
    for (TensorVector part : new TensorVector[] {lstm.parameters(), linear.parameters()}) {
      for (long i = 0; i < part.size(); i++) parameters.push_back(part.get(i));
    }
    options = new AdamOptions(Work.RATE);
    adam = new Adam(parameters, options);
  }

  /** Which library it is, for a report. */
  static String library() {
    return "libtorch: %s, %s %s oneDNN, OMP_NUM_THREADS=%s"
        .formatted(
            Machine.jar(torch.class),
            torch.get_cpu_capability().getString().toUpperCase(Locale.ROOT),
            torch.hasMKLDNN() ? "with" : "without",
            System.getenv("OMP_NUM_THREADS"));
  }

  @Override
  public String system() {
    return "libtorch";
  }

  @Override
  public String variant(Measure measure) {
    String count = threads + (threads == 1 ? " thread" : " threads");
    if (measure != Measure.TRAIN) return count;
    return count + ", " + update;
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public double trainTokensPerSecond(Duration duration) {
    torch.set_num_threads(threads);
    return Rate.perSecond(
        duration,
        () -> {
          train(nextBatch());
          return work.tokens();
        });
  }

  @Override
  public double tagTokensPerSecond(Duration duration) {
    torch.set_num_threads(threads);
    InferenceMode mode = new InferenceMode(true);
    try {
      return Rate.perSecond(duration, () -> tag(nextBatch()));
    } finally {
      mode.deallocate();
    }
  }

  @Override
  public double[] sentenceMicros(Duration duration) {
    torch.set_num_threads(threads);
    InferenceMode mode = new InferenceMode(true);
    try {
      return Rate.micros(duration, i -> tag(sentence(i)));
    } finally {
      mode.deallocate();
    }
  }

  private int[][] nextBatch() {
    int[][] batch = batches[next];
    next = (next + 1) % batches.length;
    return batch;
  }

  private int[][] sentence(int i) {
    return new int[][] {batches[i / work.sentences() % batches.length][i % work.sentences()]};
  }

  @SuppressWarnings("try")
  private void train(int[][] batch) {
    try (PointerScope scope = new PointerScope()) {
      int tokens = read(batch);
      adam.zero_grad();
      if (update == Update.DENSE) {
        learn(batch, torch.embedding(table, torch.tensor(ids).view(work.length(), batch.length)));
        torch.clip_grad_norm_(parameters, Work.CLIP_NORM);
        adam.step();
        return;
      }
      int count = gatherRows(tokens);
      Tensor touched = torch.tensor(Arrays.copyOf(rowIds, count));
      Tensor rows = table.index_select(0, touched);
      rows.set_requires_grad(true);
      learn(batch, torch.embedding(rows, torch.tensor(ids).view(work.length(), batch.length)));
      TensorVector clipped = new TensorVector(parameters.get()).push_back(rows);
      torch.clip_grad_norm_(clipped, Work.CLIP_NORM);
      adam.step();
      AutoGradMode off = new AutoGradMode(false);
      rowAdam.step(touched, rows);
      off.deallocate();
    }
  }

  /** Forward from the embedded words, loss and backward. */
  private void learn(int[][] batch, Tensor embedded) {
    Tensor error = torch.cross_entropy(scores(batch.length, embedded), torch.tensor(labels));
    error.backward();
    loss = error.item_float();
  }

  private Tensor scores(int sentences, Tensor embedded) {
    Tensor states = lstm.forward(embedded).get0();
    return linear.forward(states.view((long) work.length() * sentences, 2L * work.hidden()));
  }

  @SuppressWarnings("try")
  private int tag(int[][] batch) {
    try (PointerScope scope = new PointerScope()) {
      int tokens = read(batch);
      Tensor words = torch.tensor(tokens == ids.length ? ids : Arrays.copyOf(ids, tokens));
      Tensor embedded = torch.embedding(table, words.view(work.length(), batch.length));
      Tensor best = scores(batch.length, embedded).argmax(lastAxis, false);
      LongPointer found = best.data_ptr_long();
      found.get(labels, 0, tokens);
      return tokens;
    }
  }

  /** Lays a batch out time-major. */
  private int read(int[][] batch) {
    int n = 0;
    for (int t = 0; t < work.length(); t++) {
      for (int[] sentence : batch) {
        ids[n] = sentence[t];
        labels[n++] = work.label(sentence[t]);
      }
    }
    return n;
  }

  /** Numbers the distinct words of the batch and puts these numbers in place of the ids. */
  private int gatherRows(int tokens) {
    int count = 0;
    for (int n = 0; n < tokens; n++) {
      int word = (int) ids[n];
      if (rowOf[word] < 0) {
        rowOf[word] = count;
        rowIds[count++] = word;
      }
      ids[n] = rowOf[word];
    }
    for (int r = 0; r < count; r++) rowOf[(int) rowIds[r]] = -1;
    return count;
  }

  @Override
  public void close() {
    if (rowAdam != null) rowAdam.close();
    adam.deallocate();
    options.deallocate();
    parameters.deallocate();
    table.deallocate();
    linear.deallocate();
    lstm.deallocate();
    embedding.deallocate();
    lastAxis.deallocate();
  }
}
