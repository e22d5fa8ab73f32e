package dev.sluice.peers.scaling;

import com.sun.management.ThreadMXBean;
import dev.sluice.peers.SluicePeer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What all threads of the process allocate from one batch to the next, in bytes. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long[] ids = THREADS.getAllThreadIds();
  private final double[] bytes;
  private long before;
  private int seen = -1;

  private Allocation(int batches) {
    bytes = new double[batches];
  }

  /** Per batch of training, after as many batches that do not count; each batch costs what this measurement itself takes, which is taken off. */
  static double[] ofTraining(SluicePeer peer, int batches) {
    Allocation[] counting = new Allocation[1];
    int[] batch = {0};
    peer.train(
        () -> {
          if (++batch[0] == batches) counting[0] = new Allocation(batches);
          return batch[0] < batches || !counting[0].take();
        });
    return counting[0].figures();
  }

  /** Per batch of tagging, in the same way. */
  static double[] ofTagging(SluicePeer peer, int batches) {
    for (int i = 0; i < batches; i++) peer.tagBatch();
    Allocation counting = new Allocation(batches);
    while (!counting.take()) peer.tagBatch();
    return counting.figures();
  }

  /** Takes a reading; whether it was the last. */
  private boolean take() {
    long now = total();
    if (seen >= 0) bytes[seen] = now - before;
    seen++;
    before = total(); // without what the reading took
    return seen == bytes.length;
  }

  private double[] figures() {
    long start = total();
    long own = total() - start; // what one reading takes
    return Arrays.stream(bytes).map(b -> Math.max(0, b - own)).toArray();
  }

  private long total() {
    long sum = 0;
    for (long id : ids) sum += Math.max(0, THREADS.getThreadAllocatedBytes(id));
    return sum;
  }
}
